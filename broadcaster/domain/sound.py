"""What sounds are made into, and what becomes of them on a loudspeaker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from broadcaster.domain.alarm import Alarm
from broadcaster.messages import Message


@dataclass(frozen=True, slots=True)
class Spoken:
    """Speech in a file: 16-bit mono PCM in a WAV."""

    path: Path
    seconds: float
    voice: str
    """Engine and voice, as the ledger names them: `espeak:vi`."""


@dataclass(frozen=True, slots=True)
class RelayWindow:
    """Where in a programme another station's stream is to sound."""

    url: str
    start: float
    """Seconds from the programme's first sample."""
    seconds: float
    stand_in: float
    """For how many of them the programme itself holds a fallback; it is silent after that."""
    lufs: float
    """How loud the stream is to be; -inf mutes it."""
    peak_dbtp: float
    spool: Path | None = None
    """What is received of it: 48 kHz, mono, 16 bit, little-endian, from `start` on; it grows."""
    gain_db: float = 0.0
    """What is to be added to what the spool holds."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A programme ready to air: finished, levelled, measured."""

    path: Path
    """FLAC, 48 kHz, mono."""
    seconds: float
    sha256: str
    """Of the file's bytes."""
    lufs: float | None
    """Integrated loudness as measured on the finished file; None where it is silent."""
    dbtp: float
    """True peak as measured on the finished file."""
    voice: str = ""
    """Who speaks in it; empty for recordings alone."""
    pauses: tuple[tuple[float, float], ...] = ()
    """From second to second: silence that is meant."""
    alarms: tuple[Alarm, ...] = ()
    """What is wrong with the finished file all the same: it airs, and that is told."""
    relays: tuple[RelayWindow, ...] = ()
    """What else sounds where a stream can be had: the file is the whole programme without one."""
    title: str = ""
    """What those who listen on the network are told is on."""


@dataclass(frozen=True, slots=True)
class Played:
    """What a speaker did with a programme."""

    started: datetime
    seconds: float
    """How much of it sounded."""
    whole: bool
    alarms: tuple[Alarm, ...] = ()
    """What was wrong with what it was given to sound, logged as a warning already."""
    reason: Message | None = None
    """Why not, where that is a fault of the speaker's."""
