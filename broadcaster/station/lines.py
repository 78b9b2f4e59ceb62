"""Where everything stands in a TOML file: the line of every key, table and list element."""

from __future__ import annotations

import contextlib
import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping

KeyPath = tuple[str | int, ...]
"""Keys and places in lists, from 0: ("radio", 0, "at", 1)."""

_BLANK = re.compile(r"(?:[ \t\r\n,]+|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*("(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*""")
_EQUALS = re.compile(r"=[ \t]*")
# A multi-line string may end in two quotes of its own before the three that close it.
_SCALAR = re.compile(
    r'''"""(?:\\.|[^\\])*?""""{0,2}'''
    r"""|\'\'\'.*?\'\'\'\'{0,2}"""
    r"""|"(?:\\.|[^"\\])*"|'[^']*'|[^,\]}#\n]+""",
    re.DOTALL,
)


def lines(text: str) -> Mapping[KeyPath, int]:
    """Give the line, from 1, of every key path in a text that tomllib accepts.

    A table stands where its own header does, or else where it is first named; a list element
    where its value begins. What tomllib refuses gives nonsense or an error here.
    """
    return _Scan(text).run()


Span = tuple[int, int]
"""Offsets in a text, the end not included."""


def values(text: str) -> Mapping[KeyPath, tuple[int, Span]]:
    """Give where every key begins, and from where to where its value stands.

    List elements begin with their values. Tables with a header of their own are not among them.
    """
    scan = _Scan(text)
    scan.run()
    return scan.values


def headers(text: str) -> list[tuple[int, KeyPath]]:
    """Give the line, from 1, and the path of every table's own header, in order."""
    scan = _Scan(text)
    scan.run()
    return scan.headers


def last_statement(text: str) -> int:
    """Give the line where the last header or `key = value` begins; the text may break off in it."""
    scan = _Scan(text)
    with contextlib.suppress(ValueError, IndexError):
        scan.run()
    return scan.statement


class _Scan:
    """One pass over the text; nesting is kept on a stack, as deep as tomllib's own recursion."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._found: dict[KeyPath, int] = {}
        self._tables_in: dict[KeyPath, int] = {}
        self._base: KeyPath = ()
        self.statement = 1
        self.headers: list[tuple[int, KeyPath]] = []
        self.values: dict[KeyPath, tuple[int, Span]] = {}
        self._key_at = 0

    def run(self) -> Mapping[KeyPath, int]:
        self._take(_BLANK)
        while self._at < len(self._text):
            self.statement = self._line()
            if self._text[self._at] == "[":
                self._header()
            else:
                self._pair()
            self._take(_BLANK)
        return self._found

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if match is None:
            raise ValueError(self._at)
        self._at = match.end()
        return match[match.lastindex or 0]

    def _line(self) -> int:
        return bisect_left(self._ends, self._at) + 1

    def _key(self) -> list[str]:
        parts = [_plain(self._take(_KEY))]
        while self._text[self._at] == ".":
            self._at += 1
            parts.append(_plain(self._take(_KEY)))
        return parts

    def _header(self) -> None:
        line = self._line()
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        *outer, last = self._key()
        self._at += brackets
        path: KeyPath = ()
        for part in outer:
            path = (*path, part)
            self._found.setdefault(path, line)
            if path in self._tables_in:
                path = (*path, self._tables_in[path] - 1)
        path = (*path, last)
        if brackets == 2:  # noqa: PLR2004 - two brackets head a table in a list
            self._found.setdefault(path, line)
            place = self._tables_in.get(path, 0)
            self._tables_in[path] = place + 1
            path = (*path, place)
        self._found[path] = line
        self.headers.append((line, path))
        self._base = path

    def _named(self, base: KeyPath) -> KeyPath:
        line = self._line()
        self._key_at = self._at
        path = base
        for part in self._key():
            path = (*path, part)
            self._found.setdefault(path, line)
        self._take(_EQUALS)
        return path

    def _pair(self) -> None:
        """Go through one `key = value`, the lists and inline tables in the value included."""
        path: KeyPath | None = self._named(self._base)
        opened: list[tuple[KeyPath, int | None]] = []
        while path is not None:
            first, start = self._text[self._at], self._at
            if first in "[{":
                opened.append((path, -1 if first == "[" else None))
                self._at += 1
            else:
                self._take(_SCALAR)
            end = start + len(self._text[start : self._at].rstrip())
            self.values[path] = (self._key_at, (start, end))
            path = self._next(opened)

    def _next(self, opened: list[tuple[KeyPath, int | None]]) -> KeyPath | None:
        """Go to the next value in the innermost list or inline table that is not at its end."""
        while opened:
            self._take(_BLANK)
            if self._text[self._at] not in "]}":
                path, place = opened.pop()
                if place is None:
                    opened.append((path, None))
                    return self._named(path)
                opened.append((path, place + 1))
                self._found[(*path, place + 1)] = self._line()
                self._key_at = self._at
                return (*path, place + 1)
            closed, _ = opened.pop()
            self._at += 1
            key, (start, _) = self.values[closed]
            self.values[closed] = (key, (start, self._at))
        return None


def _plain(key: str) -> str:
    if key[0] not in "\"'":
        return key
    if "\\" not in key:
        return key[1:-1]
    return str(tomllib.loads(f"key = {key}")["key"])
