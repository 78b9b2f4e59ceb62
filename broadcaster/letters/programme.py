"""The programme, by tables: each row happens on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from broadcaster.domain.letter import LetterEvent, Period
from broadcaster.letters.found import Context
from broadcaster.letters.moments import Moment, moment
from broadcaster.letters.outline import Node
from broadcaster.letters.paragraphs import joined, plain
from broadcaster.letters.quotes import unquoted
from broadcaster.letters.source import Row, Table

_ROLES = (
    ("number", re.compile(r"^(?:TT|STT|Số\s+TT)$", re.IGNORECASE)),
    ("due", re.compile(r"hoàn\s+thành|tiến\s+độ|thời\s+hạn", re.IGNORECASE)),
    ("slogan", re.compile(r"khẩu\s+hiệu", re.IGNORECASE)),
    ("place", re.compile(r"địa\s+điểm|^điểm|nơi\s+(?:tổ\s+chức|diễn\s+ra)", re.IGNORECASE)),
    ("time", re.compile(r"thời\s+gian|^ngày|^giờ|^buổi|thời\s+điểm", re.IGNORECASE)),
    ("title", re.compile(r"nội\s+dung|hoạt\s+động|chương\s+trình|sự\s+kiện|công\s+việc|tên",
                         re.IGNORECASE)),
)  # fmt: skip
"""What a column is, by its name."""
LONGEST_WHEN = 60
"""Characters of a cell that says when, and nothing else."""
_AT_END = re.compile(r",\s+tại\s+(?P<place>[^,;:.]{3,100})$", re.IGNORECASE)
_WHERE = re.compile(r"Địa\s+điểm(?:\s+tổ\s+chức)?\s*:\s*(?P<place>.{3,200})$", re.IGNORECASE)
_EDGES = " ,;:.-–"


def of_tables(nodes: Sequence[Node], context: Context, window: Period | None) -> list[LetterEvent]:
    """Give what happens, by tables that have a column for when and one for what."""
    found: list[LetterEvent] = []
    for node in nodes:
        led = moment(node.text, context)
        heading = led if led.days is not None else None
        for table in node.tables:
            days = [e.date for e in _rows(table, context, None, heading) if e.date is not None]
            whole = Period(min(days), max(days)) if days else window
            found += _rows(table, context, whole, heading)
    return found


def placed(found: Sequence[LetterEvent], nodes: Sequence[Node]) -> list[LetterEvent]:
    """Give the place of all to a programme that names none of its own."""
    if not any(each.place for each in found):
        for node in nodes:
            if (where := _WHERE.match(node.text)) is not None:
                return [replace(each, place=where["place"].strip(_EDGES)) for each in found]
    return list(found)


def event_of(
    title: str, told: Moment, place: str | None, window: Period | None, line: int
) -> LetterEvent:
    """Put a line of the programme together."""
    period = told.days.period if told.days else (window if told.throughout else None)
    first, last = (period.start, period.end) if period else (None, None)
    where = place.strip(_EDGES) if place else None
    return LetterEvent(
        unquoted(trimmed(title)), first, last if last != first else None,
        told.part, told.time, where, line,
    )  # fmt: skip


def trimmed(text: str) -> str:
    """Take off marks at a title's ends, and a bracket that has no other."""
    text = text.strip(_EDGES)
    if text.count("(") != text.count(")"):
        text = text.strip("()").strip(_EDGES)
    return text


def _roles(row: Row) -> dict[str, list[int]]:
    """Say what each column is, by a header; day, part and hour may have one each."""
    roles: dict[str, list[int]] = {}
    for column, cell in enumerate(row.cells):
        text = plain(cell.replace("\n", " "))
        name = next((name for name, form in _ROLES if form.search(text)), None)
        if name is not None:
            roles.setdefault(name, []).append(column)
    return roles


def _guessed(table: Table, context: Context) -> dict[str, list[int]]:
    """Say what each column is, of a table without a header: one says when, the next what."""
    columns = list(zip(*(row.cells for row in table.rows), strict=False))
    timed = [all(_is_when(cell, context) for cell in column) for column in columns]
    if True not in timed:
        return {}
    told = [
        number for number, column in enumerate(columns)
        if number != timed.index(True)
        and not all(re.fullmatch(r"\d{1,2}\.?", cell.strip()) for cell in column)
    ]  # fmt: skip
    places = {"place": told[1:2]} if len(told) > 1 else {}
    return {"time": [timed.index(True)], "title": told[:1], **places} if told else {}


def _is_when(cell: str, context: Context) -> bool:
    told = moment(cell, context)
    short = len(plain(cell)) <= LONGEST_WHEN
    return short and (told.days is not None or told.time is not None)


def _rows(
    table: Table, context: Context, window: Period | None, heading: Moment | None
) -> Iterator[LetterEvent]:
    """Give a row each; those between that are a day are that of the rows below."""
    roles, rows = _roles(table.rows[0]), table.rows[1:]
    if {"due", "slogan"} & roles.keys():
        return
    if not {"title", "time"} <= roles.keys():
        roles, rows = _guessed(table, context), table.rows
    last = None
    for row in rows if roles else ():
        if len(filled := [cell for cell in row.cells if cell.strip()]) <= 1:
            told = moment(" ".join(filled), context)
            heading = last = told if told.days is not None else heading
            continue
        cell = " ".join(_cell(row, column) for column in roles["time"]).strip()
        last = _complete(moment(cell, context), heading, None if cell else last)
        title, place = _where(
            *(_cell(row, roles.get(role, [None])[0]) for role in ("title", "place"))
        )
        yield event_of(title, last, place, window, row.number)


def _where(title: str, place: str) -> tuple[str, str | None]:
    """Give title and place; where no column has it, it may stand behind the title."""
    if not place and (where := _AT_END.search(title)) is not None:
        return title[: where.start()], where["place"]
    return title, place or None


def _cell(row: Row, column: int | None) -> str:
    if column is None or column >= len(row.cells):
        return ""
    return joined(row.cells[column].split("\n"))


def _complete(told: Moment, heading: Moment | None, last: Moment | None) -> Moment:
    """Take all from the row before where its cell is merged, else the day from the heading."""
    if last is not None:
        return last
    if told.days is None and heading is not None:
        return replace(told, days=heading.days, part=told.part or heading.part)
    return told
