"""What TOML refuses, told in words for people, with a line that it would accept."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from broadcaster.messages import Message, msg


class Refusal(NamedTuple):
    """What is wrong with a line, what to write, and the line as it may stand to be read on."""

    message: Message
    hint: Message | None = None
    mended: str | None = None
    """Of the same shape, its values meaningless; None where the rest can't be read."""
    value: tuple[int, int] | None = None
    """From where to where the line holds the one value that is wrong, where it is but one."""


PAIR = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=\s*")
TWICE = re.compile("twice|overwrite|[Dd]uplicate")
"""What tomllib's error says where a key or a table has been there before."""
_HEADER = re.compile(r"\s*\[([^\[\]]+)\.([A-Za-z0-9_-]+)\]")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|' + r"'[^']*'")
_ODD_KEY = re.compile(r"\s*([^=\[\]\"'#]*[^=\[\]\"'#A-Za-z0-9_.\s-][^=\[\]\"'#]*?)\s*=")
_BARE_START = re.compile(r"[^\s,\[\]{}=#\"']*\Z")
_CURLY = "“”„«»‘’"
_CURLY_TEXT = re.compile(f"[{_CURLY}]([^{_CURLY}]*)[{_CURLY}]?")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:hg](\d{2})?(:\d{2})?", re.ASCII)
_COMMA = re.compile(r"\s*[A-Za-z0-9_-]+\s*=\s*(-?\d+),(\d+)\s*(?:#.*)?", re.ASCII)
_NO_VALUE = re.compile("Invalid statement|key part|declaration")
"""What the errors of keys and headers say."""
_LONGEST = 80
_MONTHS = 12
_YES_NO = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false"}


def refusal(line: str, column: int, error: str) -> Refusal:
    """Explain tomllib's error at a place in a line, from 0."""
    rules = (_twice, _left_open, _odd_quotes, _no_equals, _decimal_comma, _bare)
    found = (rule(line, column, error) for rule in rules)
    return next((one for one in found if one), Refusal(_plain(error), None, emptied(line)))


def _plain(error: str) -> Message:
    if "Unclosed" in error or "declaration" in error:
        return msg("a comma or a closing bracket is missing")
    if "Expected newline" in error:
        return msg("something after the value does not belong there")
    if "Unescaped" in error:
        return msg("in quotes a backslash is written twice")
    return msg("can't be read as TOML: {error}", error=error)


def emptied(line: str) -> str | None:
    """Give `key = ""` for a line that holds a whole `key = value`."""
    pair = PAIR.match(line)
    bare = _STRING.sub("", line)
    whole = all(bare.count(a) == bare.count(b) for a, b in ("[]", "{}"))
    return f'{pair[1]} = ""' if pair and whole else None


def _write(text: str) -> Message:
    return msg("write: {text}", text=text)


def _twice(line: str, _: int, error: str) -> Refusal | None:
    if not TWICE.search(error):
        return None
    pair, header = PAIR.match(line), _HEADER.match(line)
    mended = None
    if pair:
        mended = f'"{pair[1]} (again)" = {line[pair.end() :]}'
    elif header:
        mended = f'[{header[1]}."{header[2]} (again)"]'
    hint = None
    if re.match(r"\s*\[(radio|led|event)\]", line):
        hint = msg(
            "a list of tables has two brackets on either side: [{header}]", header=line.strip()
        )
    return Refusal(msg("stands here twice"), hint, mended)


def _left_open(line: str, column: int, _: str) -> Refusal | None:
    """Explain a list that the file's end leaves open, or a table that its line's end does."""
    bare = _STRING.sub("", line).partition("#")[0]
    if column < len(line.rstrip()) or '"' in bare or "'" in bare:
        return None
    if line.lstrip().startswith("[") and bare.count("[") > bare.count("]"):
        return Refusal(_plain("Unclosed"))
    if bare.count("{") > bare.count("}"):
        return Refusal(msg("a table in {{ }} stands on one line"))
    if bare.count("[") > bare.count("]"):
        return Refusal(msg("a list opens here and is not closed"))
    return None


def _odd_quotes(line: str, _: int, __: str) -> Refusal | None:
    bare = _STRING.sub("", line).partition("#")[0]
    if '"' not in bare and "'" not in bare:
        return None
    simple = re.fullmatch(rf'{PAIR.pattern}"([^"]*)', line)
    hint = _write(f'{simple[1]} = "{simple[2].strip()}"') if simple else None
    return Refusal(msg("a quote is missing, or there is one too many"), hint, emptied(line))


def _no_equals(line: str, _: int, error: str) -> Refusal | None:
    if "Expected '='" not in error and "Invalid statement" not in error:
        return None
    odd = _ODD_KEY.match(line)
    if odd:
        key = odd[1]
        return Refusal(
            msg('a key has the letters a-z, digits, - and _, not "{key}"', key=key),
            None,
            f'"{key}" = {line[odd.end() :]}' if "\\" not in key else None,
        )
    first = re.match(r"\s*([A-Za-z0-9_-]+)(?![\w.])\s*:?\s*(.*)", line)
    if not first:
        return None
    hint = _write(f"{first[1]} = {first[2]}") if first[2] else None
    return Refusal(msg("there is no = between key and value"), hint, f'{first[1]} = ""')


def _decimal_comma(line: str, _: int, __: str) -> Refusal | None:
    found = _COMMA.fullmatch(line)
    if not found:
        return None
    return Refusal(
        msg("a number has a point, not a comma"), _write(f"{found[1]}.{found[2]}"), emptied(line)
    )


def _bare(line: str, column: int, error: str) -> Refusal | None:
    """Explain something that stands where a value belongs, and is none."""
    if _NO_VALUE.search(error):
        return None
    found = _BARE_START.search(line, 0, column)
    start = found.start() if found else column
    before = line[:start].rstrip()
    if before and before[-1] not in "=[,{":
        return None
    bare = _bare_text(line, start)
    if not bare:
        missing = Refusal(msg("has no value"), value=(start, start))
        return missing if PAIR.match(line) else None
    if not (bare[0].isalnum() or bare[0] in _CURLY):
        return None
    message, hint = _meant(bare[:_LONGEST])
    return Refusal(message, hint, value=(start, start + len(bare)))


def _bare_text(line: str, start: int) -> str:
    curly = _CURLY_TEXT.match(line, start)
    if curly:
        return curly[0]
    pair = PAIR.match(line)
    # Alone after its key it goes on to the end of the line; in a list a comma ends it.
    ends = re.compile(r"[^#\n]*" if pair and pair.end() == start else r"[^,\]}#\n]*")
    found = ends.match(line, start)
    return found[0].rstrip() if found else ""


def _meant(bare: str) -> tuple[Message, Message | None]:
    curly = _CURLY_TEXT.fullmatch(bare)
    if curly:
        return msg('quotes must be straight, as in "text"'), _write(f'"{curly[1]}"')
    day = _day(bare)
    if day:
        return _wrong_day(bare, *day)
    clock = _CLOCK.fullmatch(bare)
    if clock:
        meant = f'"{int(clock[1]):02}:{clock[2] or "00"}"'
        return msg("a time of day stands in quotes"), _write(meant)
    if bare.lower() in _YES_NO:
        return msg("must be true or false, in small letters"), _write(_YES_NO[bare.lower()])
    if re.fullmatch(r"0+[0-9]+", bare):
        return msg("a number does not begin with 0"), _write(bare.lstrip("0") or "0")
    return msg("a text stands in quotes"), _write(f'"{bare}"')


def _day(bare: str) -> tuple[int, int, int] | None:
    year_first, day_first = _DAY.match(bare), _DAY_FIRST.fullmatch(bare)
    if year_first:
        return int(year_first[1]), int(year_first[2]), int(year_first[3])
    return (int(day_first[3]), int(day_first[2]), int(day_first[1])) if day_first else None


def _wrong_day(bare: str, year: int, month: int, day: int) -> tuple[Message, Message | None]:
    try:
        meant = dt.date(year, month, day)
    except ValueError:
        pass
    else:
        return msg("{found} is not how a date is written", found=bare), _write(meant.isoformat())
    if not (1 <= month <= _MONTHS and year >= dt.MINYEAR):
        return msg("{found} is no date: a year has 12 months", found=bare), None
    last = calendar.monthrange(year, month)[1]
    return msg("{found} is no date: that month has {days} days", found=bare, days=last), None
