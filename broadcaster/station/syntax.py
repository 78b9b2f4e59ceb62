"""Reads on past what TOML refuses, so that one wrong line costs no more than itself."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from broadcaster.errors import Problem
from broadcaster.messages import msg
from broadcaster.station.lines import last_statement
from broadcaster.station.refusals import PAIR, TWICE, Refusal, emptied, refusal

_MOST = 50
"""Mistakes mended in one file; with more it is something else than TOML."""
_MOST_IN_LINE = 10
"""Values mended one by one in a line; with more the whole line counts as wrong."""
STAND_IN = "\0"
"""Begins what stands in for a refused value; a text file holds no such character itself."""
_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?")
_TOO_DEEP, _TOO_LONG = "lists lie too deep in one another", "a number is too long"
_DEEP, _LONG = re.compile(r"(?:[\[{]\s*){99}"), re.compile(r"\d{999}")
_WORD = re.compile(r"\s*([^\s\x00-\x1f\x7f=:\[\]{}\"'#]+)")
_ID = re.compile(r'\s*id\s*=\s*"([a-z0-9-]+)"')


class Parsed(NamedTuple):
    """A file's values, and the text they come of."""

    values: dict[str, Any] | None
    """None where a mistake reaches beyond its line."""
    text: str
    """As given, less what was refused; lines keep their numbers."""
    problems: Sequence[Problem]
    """All that was refused."""
    lines: Mapping[int, Problem]
    """By line. What stands in such a line has the right key and a meaningless value."""
    stand_ins: Mapping[str, Problem]
    """By the text that stands in for a refused value; the rest of its line counts."""


def parse(file: str, text: str) -> Parsed:
    """Read TOML, a refused line put into a form that it accepts for the rest to be read."""
    mending = _Mending(file, text.split("\n"))
    for _ in range(_MOST):
        values = _values(mending.lines)
        if not isinstance(values, str):
            return mending.parsed(values, "\n".join(mending.lines))
        if not mending.mend(values):
            break
    return mending.parsed(None, text)


class _Mending:
    """A file's lines while they are put into a form that TOML accepts."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self._file = file
        self.lines = lines
        self._problems: list[Problem] = []
        self._whole: dict[int, Problem] = {}
        self._stand_ins: dict[str, Problem] = {}

    def parsed(self, values: dict[str, Any] | None, text: str) -> Parsed:
        return Parsed(values, text, self._problems, self._whole, self._stand_ins)

    def mend(self, error: str) -> bool:
        """Note what tomllib's error says, and mend its line; False where it can't be."""
        number, found = _refusal(self.lines, error)
        line = self.lines[number - 1]
        mended = emptied(line) if number in self._whole else self._noted(number, line, found)
        if mended is None or mended == line:
            return False
        self.lines[number - 1] = mended
        return True

    def _noted(self, number: int, line: str, found: Refusal) -> str | None:
        key = _label(self.lines, number)
        problem = Problem(self._file, number, key, found.message, found.hint)
        before = sum(one.line == number for one in self._problems)
        self._problems.append(problem)
        if found.value is None or before >= _MOST_IN_LINE:
            self._whole[number] = problem
            return found.mended if found.value is None else emptied(line)
        start, end = found.value
        stand_in = f"{STAND_IN}{len(self._stand_ins)}"
        self._stand_ins[stand_in] = problem
        return f"{line[:start]}{json.dumps(stand_in)}{line[end:]}"


def _values(lines: Sequence[str]) -> dict[str, Any] | str:
    """Give what lines say, or what tomllib says of them."""
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        return str(error)
    except RecursionError:
        return f"{_TOO_DEEP} (at line {_first(_DEEP, lines)}, column 1)"
    except ValueError:
        # Python refuses to read integers of thousands of digits.
        return f"{_TOO_LONG} (at line {_first(_LONG, lines)}, column 1)"


def _first(pattern: re.Pattern[str], lines: Sequence[str]) -> int:
    return next((number for number, line in enumerate(lines, 1) if pattern.search(line)), 1)


def _refusal(lines: Sequence[str], error: str) -> tuple[int, Refusal]:
    """Give the line, from 1, that is to be put right, and what is wrong with it."""
    place = _PLACE.fullmatch(error)
    what = place[1] if place else error
    at_end = not (place and place[2])
    if place and place[2]:
        number, column = int(place[2]), int(place[3]) - 1
    else:
        number = max((n for n, line in enumerate(lines, 1) if line.strip()), default=1)
        column = len(lines[number - 1])
    line = lines[number - 1]
    if what in {_TOO_DEEP, _TOO_LONG}:
        return number, Refusal(msg("can't be read: {why}", why=what), None, emptied(line))
    # What follows the mistake may look like the end of what it left open.
    begun = last_statement("\n".join([*lines[: number - 1], line[:column]]))
    if begun < number and TWICE.search(what):
        number, line, column = begun, lines[begun - 1], 0
    elif begun < number and (at_end or _begins_statement(line, column)):
        return begun, Refusal(msg("a list or text opens here and is not closed"))
    return number, refusal(line, column, what)


def _begins_statement(line: str, column: int) -> bool:
    pair = PAIR.match(line)
    return bool(_HEADER.fullmatch(line) or (pair and column <= pair.end()))


def _label(lines: Sequence[str], number: int) -> str:
    """Name the key of a line as far as can be told without reading the file."""
    begun = last_statement("\n".join(lines[:number]))
    word = _WORD.match(lines[begun - 1])
    key = word[1] if word else ""
    for place in range(begun, 0, -1):
        header = _HEADER.fullmatch(lines[place - 1])
        if header:
            name = header[2] if header[1] == "[" else _row(lines, place, header[2])
            return f"{name}.{key}" if key else name
    return key


def _row(lines: Sequence[str], place: int, name: str) -> str:
    """Name a table of a list by its id, or else by how many there are up to it."""
    for line in lines[place:]:
        if _HEADER.fullmatch(line):
            break
        found = _ID.match(line)
        if found:
            return f"{name}.{found[1]}"
    before = (_HEADER.fullmatch(line) for line in lines[:place])
    return f"{name}[{sum(1 for one in before if one and one[2] == name)}]"
