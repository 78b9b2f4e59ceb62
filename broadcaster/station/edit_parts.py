"""A playlist's text in parts: its tables, and what stands between them. Joined, they are the text.

A table is taken with the comment lines right above its header, and ends with its last value and
the comment lines right below that. Of several tables of a kind, comments above the first alone
are about all of them, and stay where they are. What is not edited stays byte for byte as it was.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from broadcaster.errors import Refusal
from broadcaster.messages import msg
from broadcaster.station.lines import KeyPath, headers

KINDS = ("radio", "led", "event")

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BLANK_START = re.compile(r"\A(?:[ \t]*(?:\r\n|\r|\n))+")
_BLANK_END = re.compile(r"(?:\A|(?<=\n)|(?<=\r)(?!\n))(?:[ \t]*(?:\r\n|\r|\n))+\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or what stands before, between and after tables."""

    kind: str
    """The table's name; empty for what is no table."""
    id: str
    text: str


def parts(text: str) -> list[Part]:
    """Part a text that tomllib accepts; raises Refusal where a table is not in one piece."""
    rows = _LINE.findall(text)
    plain = plain_lines(text)
    values = tomllib.loads(plain)
    found: list[Part] = []
    at = 0
    for kind, id_, first, last in _with_comments(rows, _places(plain, values)):
        _check_whole(found, kind, id_)
        found += [Part("", "", "".join(rows[at:first])), Part(kind, id_, "".join(rows[first:last]))]
        at = last
    found.append(Part("", "", "".join(rows[at:])))
    _check_tables(found, values)
    return [part for part in found if part.text]


def joined(found: Sequence[Part]) -> str:
    """Give the text."""
    return "".join(part.text for part in found)


def plain_lines(text: str) -> str:
    """Give a text with its lines parted by bare line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def ending(text: str) -> str:
    """Give what a text ends its lines with."""
    found = re.search(r"\r\n|\r|\n", text)
    return found[0] if found else "\n"


def with_part(found: Sequence[Part], changed: Part) -> list[Part]:
    """Give the parts with one table's text changed; its lines end as they did."""
    return [_like(part, changed) if _same(part, changed) else part for part in found]


def without(found: Sequence[Part], kind: str, id_: str) -> list[Part]:
    """Give the parts less one table, and less one of the gaps that it stood between."""
    place = next(place for place, part in enumerate(found) if (part.kind, part.id) == (kind, id_))
    before, after = list(found[:place]), list(found[place + 1 :])
    if not after and before and not before[-1].kind:
        before[-1] = replace(before[-1], text=_BLANK_END.sub("", before[-1].text))
    if after and not after[0].kind and not (before and before[-1].kind):
        after[0] = replace(after[0], text=_BLANK_START.sub("", after[0].text))
    return [*before, *after]


def inserted(found: Sequence[Part], new: Part, place: int) -> list[Part]:
    """Put a table in front of the part at `place`, a blank line above and below it."""
    before, after = list(found[:place]), list(found[place:])
    end = ending(joined(found))
    text = (plain_lines(new.text).removesuffix("\n") + "\n").replace("\n", end)
    above = joined(before)
    heading = bool(before) and not before[-1].kind and _idle(_LINE.findall(above)[-1])
    gap = "" if not above or heading or above.endswith(end * 2) else end
    if above and not above.endswith(end):
        gap = end * 2
    below = end if after and joined(after).lstrip(" \t")[:1] not in {"\r", "\n"} else ""
    return [*before, Part("", "", gap), replace(new, text=text), Part("", "", below), *after]


def place_for(found: Sequence[Part], kind: str) -> int:
    """Give where a new table of a kind belongs: after the last of its kind, or of those before."""
    before = ("campaign", *KINDS[: KINDS.index(kind) + 1])
    for wanted in reversed(before):
        places = [place for place, part in enumerate(found, 1) if part.kind == wanted]
        if places:
            return places[-1]
    return len(found)


class _Place(NamedTuple):
    """A table's lines, from 0, the last not included."""

    kind: str
    id: str
    first: int
    last: int


def _with_comments(rows: Sequence[str], places: Sequence[_Place]) -> list[_Place]:
    """Give each table the comments that are about it, and no more of what follows it."""
    found: list[_Place] = []
    for place in places:
        least = found[-1].last if found else 0
        first = _first(rows, place.first, least)
        found.append(place._replace(first=first, last=_last(rows, place.first, place.last)))
    for kind in KINDS:
        own = [number for number, place in enumerate(places) if place.kind == kind]
        commented = [number for number in own if found[number].first < places[number].first]
        if len(own) > 1 and commented == own[:1]:
            found[own[0]] = found[own[0]]._replace(first=places[own[0]].first)
    return found


def _places(plain: str, values: dict[str, Any]) -> list[_Place]:
    """Give the lines of every table, from its header to the next table's."""
    heads = [(line - 1, path) for line, path in headers(plain)]
    ends = [*(line for line, _ in heads[1:]), plain.count("\n") + 1]
    found: list[_Place] = []
    owners: list[KeyPath] = []
    for (start, path), end in zip(heads, ends, strict=False):
        owner = path[:2] if len(path) > 1 and isinstance(path[1], int) else path[:1]
        if owners and owner == owners[-1]:
            found[-1] = found[-1]._replace(last=end)
            continue
        owners.append(owner)
        found.append(_Place(str(owner[0]), _id(values, owner), start, end))
    return found


def _id(values: dict[str, Any], owner: KeyPath) -> str:
    row = values[str(owner[0])]
    for place in owner[1:]:
        row = row[place]
    id_ = row.get("id") if len(owner) > 1 else ""
    return id_ if isinstance(id_, str) else f"[{int(owner[1]) + 1}]"


def _first(rows: Sequence[str], start: int, least: int) -> int:
    while start > least and rows[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _last(rows: Sequence[str], start: int, end: int) -> int:
    """Give the line after the last value and the comments that touch it."""
    value = min(end, len(rows))
    while value > start + 1 and _idle(rows[value - 1]):
        value -= 1
    last = value
    while last < min(end, len(rows)) and rows[last].lstrip().startswith("#"):
        last += 1
    # Comments that touch the next header as well are that table's.
    return value if last == end < len(rows) else last


def _idle(row: str) -> bool:
    return not row.strip() or row.lstrip().startswith("#")


def _check_whole(found: Sequence[Part], kind: str, id_: str) -> None:
    if any((part.kind, part.id) == (kind, id_) for part in found):
        raise Refusal(
            msg(
                "{table} stands in the file twice, or in two pieces; put that right first",
                table=f"{kind}.{id_}".strip("."),
            )
        )


def _check_tables(found: Sequence[Part], values: dict[str, Any]) -> None:
    for kind in KINDS:
        rows = values.get(kind, [])
        if not isinstance(rows, list) or len(rows) != sum(part.kind == kind for part in found):
            raise Refusal(
                msg("{kind} is not written as tables [[{kind}]]; this can edit no other", kind=kind)
            )


def _same(part: Part, other: Part) -> bool:
    return (part.kind, part.id) == (other.kind, other.id)


def _like(part: Part, changed: Part) -> Part:
    return replace(changed, text=plain_lines(changed.text).replace("\n", ending(part.text)))
