"""A station: the folder a daemon runs on, read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path

from broadcaster.domain.amplifier import AmplifierSpec
from broadcaster.domain.boards import BoardSettings
from broadcaster.domain.campaign import Campaign
from broadcaster.domain.days import EVERY_DAY, TimeRange
from broadcaster.domain.lexicon import Lexicon, Region
from broadcaster.domain.outputs import Output

VOICES = "voices"
"""The folder of a station's Piper voices."""
VOICE_FILE = ".onnx"
"""What a Piper voice's file ends in; what describes it ends in .onnx.json."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Airtime:
    """The guard: when and how much a zone may sound. Class urgent alone passes it."""

    allowed: tuple[TimeRange, ...] = ()
    """Empty allows nothing."""
    days: frozenset[int] = EVERY_DAY
    sessions_per_day: int | None = None
    minutes_per_day: float | None = None
    relays_count: bool = True


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage for a part of the day."""

    between: TimeRange
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Loudspeakers or signs addressed together."""

    id: str
    name: str = ""
    speakers: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    volume: int = 100
    """Percent of its loudspeakers' own."""
    volume_at: tuple[Percent, ...] = ()
    airtime: Airtime = field(default_factory=Airtime)
    """Its own, or the station's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerSpec:
    """One output for sound, as devices.toml describes it."""

    id: str
    name: str = ""
    driver: str
    volume: int = 100
    """Percent of full voltage."""
    volume_at: tuple[Percent, ...] = ()
    output: Output | None = None
    """What its driver needs to know; None for files."""
    amplifier: AmplifierSpec | None = None
    """What is keyed while it sounds."""


class Colours(StrEnum):
    """What a board's LEDs can be lit in."""

    SINGLE = "single"
    """One colour, whichever."""
    RED_GREEN = "red-green"
    """Red, green, and yellow of both."""
    FULL = "full"
    """Red, green, blue, and what they mix to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignSpec:
    """One LED board, as devices.toml describes it."""

    id: str
    name: str = ""
    driver: str
    link: str | None = None
    width: int
    height: int
    """Pixels."""
    colours: Colours = Colours.SINGLE
    settings: BoardSettings | None = None
    """What its driver needs to know; None for pictures in a folder."""
    idle: str = "blank"
    """clock, blank, or a slogan: what it shows when nothing is wanted."""
    brightness_at: tuple[Percent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandVoice:
    """A program that speaks: it reads a text and writes a sound file."""

    run: tuple[str, ...]
    """The command line; {out} is where the file goes, {voice} who speaks."""
    voices: tuple[str, ...] = ()
    """Who it may be asked for, the usual one first; empty where it has one voice only."""
    timeout: timedelta = timedelta(seconds=60)
    """For one paragraph."""
    version: str = ""
    """Another one makes all that it spoke be spoken again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSettings:
    """Who speaks."""

    engines: tuple[str, ...] = ("espeak",)
    """The first that works."""
    region: Region = Region.NORTH
    """Whose words for numbers."""
    piper: str | None = None
    """The Piper voice in voices/ that speaks, where a script names none."""
    command: CommandVoice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """What EBU R128 measures on a finished programme."""

    target_lufs: float = -16.0
    peak_dbtp: float = -1.0
    speech_chain: bool = True
    """Speech is made to carry: without rumble, clear and even."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A text to be spoken: one file in scripts/."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    """NFC, their lines as they are written; a pause stands between two."""
    voice: str | None = None
    letter: str = ""
    recording: Path | None = None
    """A recording of this text: it airs instead of an engine's voice."""
    doubtful: tuple[Path, ...] = ()
    """Recordings beside it that don't air: one of another text, or more than one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """Everything that a station folder says, as far as it is right."""

    folder: Path
    name: str
    timezone: tzinfo
    holidays: frozenset[date] = frozenset()
    airtime: Airtime = field(default_factory=Airtime)
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    loudness: Loudness = field(default_factory=Loudness)
    notify: str | None = None
    """The file of those who are told of faults, from its folder on; None: nobody is."""
    zones: Mapping[str, Zone] = field(default_factory=dict)
    speakers: Mapping[str, SpeakerSpec] = field(default_factory=dict)
    signs: Mapping[str, SignSpec] = field(default_factory=dict)
    lexicon: Lexicon = field(default_factory=Lexicon)
    """What it reads otherwise than the standard lexicon, or beyond it."""
    scripts: Mapping[str, Script] = field(default_factory=dict)
    campaigns: tuple[Campaign, ...] = ()


def piper_names(files: Iterable[str]) -> list[str]:
    """Give the Piper voices among files, the Vietnamese ones first, as their names tell."""
    names = [file.removesuffix(VOICE_FILE) for file in files if file.endswith(VOICE_FILE)]
    return sorted(names, key=lambda name: (not name.startswith("vi_"), name))
