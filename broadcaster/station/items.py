"""Reads the items of a radio slot: one of chime, script, pause, audio or relay each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from broadcaster.audio.programme import CHIMES
from broadcaster.domain.campaign import AudioFile, Chime, Item, Pause, Relay, Speech
from broadcaster.messages import msg
from broadcaster.station.kinds import one_of
from broadcaster.station.streams import stream
from broadcaster.station.surroundings import Surroundings
from broadcaster.station.table import Cell, Reader, Table, rows
from broadcaster.station.times import some_time


def items(around: Surroundings) -> Reader[tuple[Item, ...]]:
    """Read what a slot airs, in order; what is wrong in it is noted and left out."""

    def read(cell: Cell) -> tuple[Item, ...]:
        if cell.value == []:
            cell.wrong(msg("is empty: there is nothing to air"))
        found = (_item(row, around) for row in rows(cell))
        return tuple(item for item in found if item is not None)

    return read


_Kind = Callable[[Table, Surroundings], Item | None]


def _item(row: Table, around: Surroundings) -> Item | None:
    given = [kind for kind in _KINDS if row.has(kind)]
    item = None
    if len(given) > 1:
        row.cell.wrong(
            msg("must be one thing, not {first} and {second}", first=given[0], second=given[1])
        )
        return None
    for kind in _KINDS:
        row.ask(kind)
    if given:
        item = _KINDS[given[0]](row, around)
    elif not row.cell.value:
        row.cell.wrong(msg("must be one of {words}", words=", ".join(_KINDS)))
    row.close()
    return item


def _chime(row: Table, _: Surroundings) -> Item | None:
    name = row.required("chime", one_of(CHIMES))
    return None if name is None else Chime(name)


def _speech(row: Table, around: Surroundings) -> Item | None:
    script = row.required("script", around.script)
    return None if script is None else Speech(script)


def _pause(row: Table, _: Surroundings) -> Item | None:
    length = row.required("pause", some_time)
    return None if length is None else Pause(length.total_seconds())


def _audio(row: Table, around: Surroundings) -> Item | None:
    name = row.required("audio", around.recording)
    return None if name is None else AudioFile(name)


def _relay(row: Table, around: Surroundings) -> Item | None:
    url = row.required("relay", stream)
    length = row.required("for", some_time)
    fallback = row.optional("fallback", around.script, None)
    if not row.has("fallback"):
        row.key("relay").warn(
            msg("has no fallback: nobody hears anything where the stream is dead"),
            msg("name a script: fallback = {example}", example='"..."'),
        )
    if url is None or length is None:
        return None
    return Relay(url, length.total_seconds(), fallback)


_KINDS: Mapping[str, _Kind] = {
    "chime": _chime,
    "script": _speech,
    "pause": _pause,
    "audio": _audio,
    "relay": _relay,
}
