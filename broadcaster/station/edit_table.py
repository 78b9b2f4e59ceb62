"""Changes keys of one table, given as its text: every other character stays."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from broadcaster.station.edit_literal import key_literal, literal, pair
from broadcaster.station.lines import KeyPath, headers, lines, values

_DAYS = ("days", "from", "until", "dates", "except", "holidays", "enabled", "order", "class")
ORDER: Mapping[str, tuple[str, ...]] = {
    "campaign": (
        "title", "theme", "letter", "implements", "from", "until", "class", "enabled",
    ),
    "radio": ("id", "name", "at", *_DAYS, "zones", "late", "if_cut", "gain_db", "bed", "items"),
    "led": ("id", "name", "between", *_DAYS, "zones", "slogans", "effect", "dwell", "colour"),
    "event": ("id", "title", "date", "until", "part", "time", "place", "remind"),
}  # fmt: skip
"""The keys of each kind of table, in the order that people write them in."""

_COMMENT = re.compile(r"([ \t]+)#")


def table(kind: str, keys: Mapping[str, Any]) -> str:
    """Write a new table; keys whose value is None are left out."""
    header = "[campaign]" if kind == "campaign" else f"[[{kind}]]"
    given = sorted(keys, key=lambda key: _rank(kind, key))
    written = [pair(key, keys[key]) for key in given if keys[key] is not None]
    return "\n".join([header, *written, ""])


def row(text: str, kind: str) -> Mapping[str, Any]:
    """Give what a table says; its lines are parted by bare line feeds."""
    found = tomllib.loads(text)[kind]
    return dict(found[0] if isinstance(found, list) else found)


def with_key(text: str, kind: str, key: str, value: Any) -> str:
    """Set one key, `outer.inner` for one in an inner table; None takes it away."""
    base: KeyPath = (kind,) if kind == "campaign" else (kind, 0)
    outer, _, inner = key.partition(".")
    path = (*base, outer, inner) if inner else (*base, outer)
    there = values(text)
    if value is None:
        inline = inner and path in there and path[:-1] in there
        return _inline_without(text, kind, outer, inner) if inline else _without(text, path)
    if path in there:
        return _replaced(text, path, path[-1], value)
    return _with_inner(text, kind, path, value) if inner else _with_line(text, kind, key, value)


def _replaced(text: str, path: KeyPath, key: str | int, value: Any) -> str:
    """Put a value in another's place; a comment behind it stays in its column if it can."""
    at, (start, end) = values(text)[path]
    alone = not text[text.rfind("\n", 0, at) + 1 : at].strip()
    new = pair(str(key), value)[len(f"{key_literal(str(key))} = ") :] if alone else literal(value)
    rest = text[end:]
    comment = _COMMENT.match(rest)
    if comment:
        room = end - start + len(comment[1]) - len(new)
        rest = " " * max(room, 1) + rest[comment.end(1) :]
    return text[:start] + new + rest


def _without(text: str, path: KeyPath) -> str:
    """Take away a key and all that is in it, with the lines that they stand on."""
    rows = text.split("\n")
    gone: set[int] = set()
    for other, (start, (_, end)) in values(text).items():
        if other[: len(path)] == path:
            gone |= set(range(text.count("\n", 0, start), text.count("\n", 0, end) + 1))
    gone |= {line - 1 for line, other in headers(text) if other == path}
    return "\n".join(row for number, row in enumerate(rows) if number not in gone)


def _with_inner(text: str, kind: str, path: KeyPath, value: Any) -> str:
    """Set a new key of an inner table, in the way that the table is written."""
    *_, outer, key = map(str, path)
    there = values(text)
    siblings = [other for other in there if other[:-1] == path[:-1]]
    if path[:-1] in there:
        return _inline_with(text, path[:-1], key, value)
    if siblings:
        return _behind(text, siblings[-1], outer, key, value)
    return _with_line(text, kind, outer, {key: value})


def _inline_with(text: str, path: KeyPath, key: str, value: Any) -> str:
    _, (start, end) = values(text)[path]
    if text[start] != "{":
        return text[:start] + literal({key: value}) + text[end:]
    inside = text[start + 1 : end - 1].rstrip()
    comma = "," if inside.strip() else ""
    return f"{text[:start]}{{{inside}{comma} {key_literal(key)} = {literal(value)} }}{text[end:]}"


def _inline_without(text: str, kind: str, key: str, inner: str) -> str:
    kept = {name: value for name, value in row(text, kind)[key].items() if name != inner}
    return with_key(text, kind, key, kept or None)


def _behind(text: str, sibling: KeyPath, outer: str, key: str, value: Any) -> str:
    """Add a key to an inner table that stands on lines of its own, as its others stand."""
    start, (_, end) = values(text)[sibling]
    margin = text[text.rfind("\n", 0, start) + 1 : start]
    dotted = text[start:].startswith(f"{outer}.") or text[start:].startswith(f"{outer} .")
    name = f"{outer}.{key_literal(key)}" if dotted else key_literal(key)
    close = text.find("\n", end)
    close = len(text) if close < 0 else close
    return f"{text[:close]}\n{margin}{name} = {literal(value)}{text[close:]}"


def _with_line(text: str, kind: str, key: str, value: Any) -> str:
    """Put a new key behind those that people write before it."""
    rows = text.removesuffix("\n").split("\n")
    there = _keys(text, kind)
    before = [line for name, line in there.items() if _rank(kind, name) <= _rank(kind, key)]
    after = [line for line in there.values() if line > max(before, default=1)]
    place = min(after, default=len(rows) + 1) - 1
    while place > 1 and (not rows[place - 1].strip() or rows[place - 1].lstrip().startswith("#")):
        place -= 1
    margin = re.match(r"[ \t]*", rows[place - 1])
    indented = [f"{margin[0] if margin else ''}{row}" for row in pair(key, value).split("\n")]
    return "\n".join([*rows[:place], *indented, *rows[place:], ""])


def _keys(text: str, kind: str) -> dict[str, int]:
    """Give the line, from 1, of each key of the table itself."""
    base = (kind,) if kind == "campaign" else (kind, 0)
    return {
        str(path[-1]): line
        for path, line in lines(text).items()
        if path[:-1] == base and isinstance(path[-1], str)
    }


def _rank(kind: str, key: str) -> int:
    known = ORDER[kind]
    return known.index(key) if key in known else len(known)
