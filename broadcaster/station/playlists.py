"""Reads playlists/<id>.toml: a campaign and its slots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from broadcaster.domain.campaign import AirClass, Campaign, Event, LedSlot, LetterRef, RadioSlot
from broadcaster.messages import Message, msg
from broadcaster.station.dayrules import Window, window
from broadcaster.station.document import Document
from broadcaster.station.events import event
from broadcaster.station.kinds import boolean, choice, date, ident, list_of, text
from broadcaster.station.slots import Frame, led_slot, radio_slot
from broadcaster.station.surroundings import Surroundings
from broadcaster.station.table import Cell, Table, rows, table, top_table

_KINDS = ("radio", "led", "event")


def playlist(id_: str, document: Document, around: Surroundings) -> Campaign | None:
    """Read one file; None where nothing can be said of what it holds.

    A slot with anything wrong, in it or in what its whole campaign hangs on, stays with its fault:
    what can't air is to be seen refused.
    """
    top = top_table(document)
    if top is None:
        return None
    campaign, fault = _head(id_, top)
    frame = Frame(Window(campaign.from_, campaign.until), campaign.air_class, around)
    taken: set[str] = set()
    campaign = replace(
        campaign,
        radio=tuple(_radio(top, frame, taken, fault)),
        led=tuple(_led(top, frame, taken, fault)),
        events=tuple(_events(top, frame, taken, fault)),
    )
    if not any(top.has(kind) for kind in _KINDS):
        top.cell.warn(msg("is empty: it has no radio, led or event table"))
    top.close()
    return campaign


def _head(id_: str, top: Table) -> tuple[Campaign, Message | None]:
    """Read the campaign's own table, and what in it bars the whole campaign from the air."""
    document = top.cell.document
    unsure = document.fault_since(0)
    mark = document.mark()
    of = top.required("campaign", table)
    if of is None:
        return Campaign(id=id_, title=id_), document.fault_since(0)
    days = window(of)
    campaign = Campaign(
        id=id_,
        title=id_,
        from_=days.first,
        until=days.last,
        air_class=of.optional("class", choice(AirClass), AirClass.NORMAL),
        enabled=of.optional("enabled", boolean, default=True),
    )
    unsure = unsure or document.fault_since(mark)
    # What follows is for people to read: wrong, it is a problem, but no doubt about what may air.
    campaign = replace(
        campaign,
        title=of.required("title", text) or id_,
        theme=of.optional("theme", text, ""),
        letter=of.optional("letter", _letter, None),
        implements=of.optional("implements", list_of(text, may_be_empty=True), ()),
    )
    mark = document.mark()
    of.close()
    return campaign, unsure or document.fault_since(mark)


def _letter(cell: Cell) -> LetterRef | None:
    of = table(cell)
    if of is None:
        return None
    number = of.required("number", text)
    written = of.optional("date", date, None)
    of.close()
    return None if number is None else LetterRef(number=number, date=written)


def _radio(top: Table, frame: Frame, taken: set[str], fault: Message | None) -> Iterator[RadioSlot]:
    for row, mark in _rows(top, "radio"):
        slot = radio_slot(row, _id(row, taken), frame)
        yield replace(slot, fault=row.cell.document.fault_since(mark) or fault)


def _led(top: Table, frame: Frame, taken: set[str], fault: Message | None) -> Iterator[LedSlot]:
    for row, mark in _rows(top, "led"):
        slot = led_slot(row, _id(row, taken), frame)
        yield replace(slot, fault=row.cell.document.fault_since(mark) or fault)


def _events(top: Table, frame: Frame, taken: set[str], fault: Message | None) -> Iterator[Event]:
    for row, mark in _rows(top, "event"):
        found = event(row, _id(row, taken), frame)
        own = row.cell.document.fault_since(mark)
        if found is not None and found.remind is not None:
            found = replace(found, remind=replace(found.remind, fault=own or fault))
        if found is not None:
            yield found


def _rows(top: Table, kind: str) -> Iterator[tuple[Table, int]]:
    """Give each row with the place in the reading where it begins."""
    for row in top.optional(kind, rows, ()):
        yield row, top.cell.document.mark()


def _id(row: Table, taken: set[str]) -> str:
    """Read a row's id. A wrong one is replaced by one that no right one can be.

    The keys of airings are made of it, and those of a refused row must be nobody else's.
    """
    id_ = row.required("id", ident)
    if id_ in taken:
        row.key("id").wrong(msg("{found} is taken by another table of this file"))
        id_ = None
    if id_ is None:
        id_ = ".".join(map(str, row.cell.path))
    taken.add(id_)
    return id_
