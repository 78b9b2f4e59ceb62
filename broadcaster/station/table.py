"""Typed reading of TOML tables; whatever is wrong is noted, and reading goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from broadcaster.messages import Message, msg
from broadcaster.station.document import Document
from broadcaster.station.ids import is_id, nearest, not_an_id
from broadcaster.station.lines import KeyPath
from broadcaster.station.quote import quoted

T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, where it stands, and the dotted name that people know it by."""

    document: Document
    path: KeyPath
    label: str
    value: Any

    def wrong(self, message: Message, hint: Message | None = None) -> None:
        """Note an error here; `{found}` in the message is filled with the value as written."""
        if "{found}" in message.id:
            message = replace(message, args=(*message.args, ("found", quoted(self.value))))
        self.document.wrong(self.path, self.label, message, hint)

    def warn(self, message: Message, hint: Message | None = None) -> None:
        """Note a warning here."""
        self.document.warn(self.path, self.label, message, hint)

    def inner(self, key: str | int, label: str) -> Cell:
        """Give the cell of something in this one; a value that isn't there is None."""
        there = key in self.value if isinstance(key, str) else True
        return Cell(self.document, (*self.path, key), label, self.value[key] if there else None)

    def elements(self) -> Iterator[Cell]:
        """Go through a list that has this cell's name throughout, less what TOML refused."""
        for place in range(len(self.value)):
            cell = self.inner(place, self.label)
            if not self.document.refused(cell.path, cell.value):
                yield cell


Reader = Callable[[Cell], T | None]
"""Makes a value of a cell, or notes what is wrong with it and gives None."""


class Table:
    """A table whose keys are read by name; `close` then names those that nobody asked for."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self._asked: set[str] = set()

    def key(self, key: str) -> Cell:
        """Give the cell of a key, for a problem that is found later."""
        shown = key if key and key.isprintable() and " " not in key else quoted(key)
        label = f"{self.cell.label}.{shown}" if self.cell.label else shown
        return self.cell.inner(key, label)

    def ask(self, key: str) -> None:
        """Say that a key may stand here."""
        self._asked.add(key)

    def has(self, key: str) -> bool:
        """Say whether a key is given, right or wrong."""
        return key in self.cell.value

    def required(self, key: str, read: Reader[T]) -> T | None:
        """Read a key that must be there; None after a problem."""
        if not self.has(key):
            self.ask(key)
            self.key(key).wrong(msg("is missing"))
            return None
        return self._read(key, read)

    def optional(self, key: str, read: Reader[T], default: D) -> T | D:
        """Read a key that may be left out; the default also stands in after a problem."""
        value = self._read(key, read)
        return default if value is None else value

    def _read(self, key: str, read: Reader[T]) -> T | None:
        self.ask(key)
        if not self.has(key):
            return None
        cell = self.key(key)
        return None if cell.document.refused(cell.path, cell.value) else read(cell)

    def close(self) -> None:
        """Note every key that was not asked for."""
        for key in self.cell.value:
            if key not in self._asked:
                unknown = self.key(key)
                if not unknown.document.refused(unknown.path, unknown.value):
                    unknown.wrong(msg("unknown key"), nearest(key, self._asked))


def top_table(document: Document) -> Table | None:
    """Give a whole file as a table; None where it can't be read, or is of a newer format."""
    if document.values is None or not document.check_format():
        return None
    top = Table(Cell(document, (), "", document.values))
    top.ask("format")
    return top


def table(cell: Cell) -> Table | None:
    """Read a table."""
    if isinstance(cell.value, dict):
        return Table(cell)
    cell.wrong(msg("must be a table, not {found}"))
    return None


def rows(cell: Cell) -> Iterator[Table]:
    """Read a list of tables, `[[name]]` each, known by their ids, or else by their places."""
    if isinstance(cell.value, dict):
        brackets = msg(
            "must be a list of tables: two brackets on either side, [[{name}]]", name=cell.label
        )
        cell.wrong(brackets)
    elif not isinstance(cell.value, list):
        cell.wrong(msg("must be a list of tables, not {found}"))
    else:
        for element in cell.elements():
            label = row_label(cell.label, int(element.path[-1]), element.value)
            row = table(replace(element, label=label))
            if row is not None:
                yield row


def by_id(cell: Cell) -> dict[str, Table]:
    """Read a table of tables, `[name.id]` each."""
    outer = table(cell)
    if outer is None:
        return {}
    found: dict[str, Table] = {}
    for key in cell.value:
        inner = outer.key(key)
        if inner.document.refused(inner.path, inner.value):
            continue
        if not is_id(key):
            inner.wrong(*not_an_id(key))
        elif (right := table(inner)) is not None:
            found[key] = right
    return found


def row_label(label: str, place: int, row: object) -> str:
    """Name a table of a list by its id, or else by its place, which is given from 0."""
    name = row.get("id") if isinstance(row, dict) else None
    if isinstance(name, str) and is_id(name):
        return f"{label}.{name}"
    return f"{label}[{place + 1}]"
