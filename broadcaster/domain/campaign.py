"""A campaign: what one file in playlists/ says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from broadcaster.domain.days import DayRule, TimeRange
from broadcaster.messages import Message


class AirClass(StrEnum):
    """Circular 39/2020/TT-BTTTT's three classes."""

    NORMAL = "normal"
    PRIORITY = "priority"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """0 goes first."""
        return ("urgent", "priority", "normal").index(self.value)


class IfCut(StrEnum):
    """What becomes of an airing that an urgent one cut."""

    RESUME = "resume"
    RESTART = "restart"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Chime:
    """A short signal before or after speech."""

    name: str = "default"


@dataclass(frozen=True, slots=True)
class Speech:
    """A script to be spoken, by id."""

    script: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence, in seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class AudioFile:
    """A recorded file, named relative to scripts/."""

    name: str


@dataclass(frozen=True, slots=True)
class Relay:
    """Another station's stream for some seconds, or a script when it can't be had."""

    url: str
    seconds: float
    fallback: str | None = None


Item = Chime | Speech | Pause | AudioFile | Relay


def script_of(item: Item) -> str | None:
    """Name the script that an item speaks, or would where its stream is dead."""
    match item:
        case Speech(script) | Relay(_, _, script):
            return script
        case _:
            return None


JOIN: Literal["join"] = "join"
DEFAULT_LATE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RadioSlot:
    """A rule that airs items in zones at times of day."""

    id: str
    name: str = ""
    at: tuple[dt.time, ...]
    """Naive, in the station's zone, ascending."""
    days: DayRule = field(default_factory=DayRule)
    zones: tuple[str, ...]
    air_class: AirClass = AirClass.NORMAL
    late: dt.timedelta | Literal["join"] = DEFAULT_LATE
    if_cut: IfCut = IfCut.RESUME
    gain_db: float = 0.0
    bed: str | None = None
    """Music under what is spoken: a recorded file, named relative to scripts/."""
    items: tuple[Item, ...]
    order: int = 0
    enabled: bool = True
    fault: Message | None = None
    """Why it can't air, where its files are wrong: its airings are refused with this reason."""


class Effect(StrEnum):
    """How a slogan moves on a sign."""

    SCROLL_LEFT = "scroll-left"
    HOLD = "hold"
    FLASH = "flash"


class Colour(StrEnum):
    """What a slogan is lit in, where its sign has more than one colour."""

    RED = "red"
    GREEN = "green"
    YELLOW = "yellow"
    BLUE = "blue"
    MAGENTA = "magenta"
    CYAN = "cyan"
    WHITE = "white"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedSlot:
    """A rule that keeps slogans on signs between times of day."""

    id: str
    name: str = ""
    between: tuple[TimeRange, ...]
    days: DayRule = field(default_factory=DayRule)
    zones: tuple[str, ...]
    air_class: AirClass = AirClass.NORMAL
    slogans: tuple[str, ...]
    effect: Effect = Effect.SCROLL_LEFT
    dwell: float = 8.0
    """Seconds that one slogan holds still, or at least takes."""
    colour: Colour | None = None
    """None: the sign's own."""
    order: int = 0
    enabled: bool = True
    fault: Message | None = None
    unfit: Mapping[str, Message] = field(default_factory=dict)
    """Signs that can't show it, each with the reason; the others do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A script aired some whole days before an event, once."""

    before: dt.timedelta
    at: dt.time
    script: str
    zones: tuple[str, ...]
    fault: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A row of the letter's programme."""

    id: str
    title: str
    date: dt.date
    until: dt.date | None = None
    """The last day, where it takes several."""
    part: str = ""
    """sáng, chiều, tối, cả ngày; or empty where `time` is given."""
    time: dt.time | None = None
    place: str = ""
    remind: Reminder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRef:
    """The letter that ordered a campaign."""

    number: str
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A campaign, or a standing programme: one file in playlists/."""

    id: str
    title: str
    theme: str = ""
    letter: LetterRef | None = None
    implements: tuple[str, ...] = ()
    from_: dt.date | None = None
    until: dt.date | None = None
    """Both included: the window bounds airings, never the dates of events."""
    air_class: AirClass = AirClass.NORMAL
    enabled: bool = True
    radio: tuple[RadioSlot, ...] = ()
    led: tuple[LedSlot, ...] = ()
    events: tuple[Event, ...] = ()
