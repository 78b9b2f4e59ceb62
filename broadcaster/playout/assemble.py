"""Which sounds a slot is made of, in order: what the station says of its items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, repeat
from pathlib import Path

from broadcaster.audio.programme import Programme, Segment, Silence, Sound, Tone, Window
from broadcaster.domain.campaign import AudioFile, Chime, Item, Pause, RadioSlot, Relay, Speech
from broadcaster.domain.sound import Spoken
from broadcaster.domain.station import Station

BREATH = 0.6
"""Seconds of silence between two items, as an announcer leaves it after a chime."""


def assembled(
    station: Station, slot: RadioSlot, spoken: Mapping[str, Spoken], gain_db: float
) -> Programme:
    """Give a slot's programme; `spoken` holds the speech of scripts without a recording."""
    segments = [_segment(station, item, spoken) for item in slot.items]
    breaths: Iterable[Segment] = repeat(Silence(BREATH))
    spaced = list(chain.from_iterable(zip(segments, breaths, strict=False)))[:-1]
    return Programme(
        tuple(spaced),
        station.loudness.target_lufs,
        station.loudness.peak_dbtp,
        station.loudness.speech_chain,
        recorded(station, slot.bed) if slot.bed else None,
        gain_db,
    )


def recorded(station: Station, name: str) -> Path:
    """Give where a recording is that an item names."""
    return station.folder / "scripts" / name


def _segment(station: Station, item: Item, spoken: Mapping[str, Spoken]) -> Segment:
    match item:
        case Chime(name):
            return Tone(name)
        case Pause(seconds):
            return Silence(seconds)
        case AudioFile(name):
            return Sound(recorded(station, name))
        case Speech(name):
            return _sound(station, name, spoken)
        case Relay(url, seconds, fallback):
            stand_in = _sound(station, fallback, spoken) if fallback else None
            return Window(url, seconds, stand_in)


def _sound(station: Station, script: str, spoken: Mapping[str, Spoken]) -> Sound:
    return Sound(station.scripts[script].recording or spoken[script].path, spoken=True)
