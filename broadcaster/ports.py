"""The seams between what decides and what acts; each has one contract suite in tests/contracts/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from broadcaster.domain.airing import Entry, SignContent
from broadcaster.domain.campaign import RadioSlot
from broadcaster.domain.record import AirState, Record
from broadcaster.domain.sound import Played, Prepared, Spoken
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError
from broadcaster.messages import Message


class TimeSource(Protocol):
    """The only thing that reads a clock."""

    def now(self) -> datetime:
        """Give the wall clock's instant, aware, in UTC."""

    def monotonic(self) -> float:
        """Give seconds that never step, from any origin."""

    async def sleep(self, seconds: float) -> None:
        """Wait for a duration, whatever the wall clock does."""

    def hold(self) -> AbstractContextManager[None]:
        """Say that real work is under way: simulated time stands still meanwhile."""

    @property
    def boot(self) -> str:
        """Which start of the machine this is; empty where nobody knows."""

    def since(self, last: datetime, *, trusted: bool, boot: str = "") -> None:
        """Judge anew, by the instant up to which the clock was trusted, and whether to its end.

        `boot` is the start of the machine that this instant fell into.
        """

    def doubt(self) -> Message | None:
        """Say why the wall clock can't be trusted: nothing may air by it then; None: it can."""

    def confirm(self) -> None:
        """Trust the wall clock as it is, as a person says that it is right."""


class Waker(Protocol):
    """Holds the next instant that matters."""

    async def wait(self, until: datetime | None) -> None:
        """Return at that instant, on a step of the wall clock, or after `poke`."""

    def poke(self) -> None:
        """Make the present `wait`, or the next one, return at once."""


class Synthesizer(Protocol):
    """A speech engine."""

    name: str

    async def voices(self) -> Sequence[str]:
        """Name its voices, that of its own choice first; raises DeviceError saying why none."""

    async def watch(self) -> None:
        """Raise DeviceError where it is plain that it couldn't speak now; costs next to nothing."""

    async def speak(self, paragraphs: Sequence[str], voice: str | None) -> Spoken:
        """Render texts, a pause between two, or find them in the cache; raises DeviceError."""

    def cached(self, paragraphs: Sequence[str], voice: str | None) -> Spoken | None:
        """Give what is rendered already, without rendering."""


class Studio(Protocol):
    """Makes the programmes of a station, ahead of their time."""

    @property
    def engines(self) -> Sequence[Synthesizer]:
        """Give who speaks, in the order they are asked."""

    def extend(self, station: Station) -> None:
        """Make programmes of what was added to the station, too; all else of it is as it was."""

    def seconds(self, campaign: str, slot: RadioSlot) -> float:
        """Say how long a slot sounds: measured where it is rendered, estimated before."""

    def prepared(self, entry: Entry) -> bool:
        """Say whether nothing is left to render for an airing: there is no better voice for it."""

    def at_hand(self, entry: Entry) -> bool:
        """Say whether an airing could begin without rendering, in whatever voice."""

    async def prepare(self, entry: Entry) -> None:
        """Render an airing; raises DeviceError naming what failed."""

    async def programmes(
        self, entry: Entry, speakers: Iterable[str], at: datetime
    ) -> Mapping[str, Prepared]:
        """Give what each speaker is to sound at that instant; raises DeviceError."""


class Speaker(Protocol):
    """One output for sound; it sounds one airing at a time."""

    id: str
    arming: float
    """Seconds it takes, once ready, from being told to the first sample; told earlier, it is on
    the second."""

    async def ready(self) -> None:
        """Start what it needs for the next `play`, which is the sooner for it; fails silently.

        Whatever it sounds meanwhile goes on.
        """

    async def unready(self) -> None:
        """End what `ready` started and no `play` has taken."""

    async def play(
        self,
        audio: Prepared,
        label: str,
        offset: float,
        at: datetime,
        audible: Callable[[datetime], None],
    ) -> Played:
        """Sound it from `offset` seconds on, to its end or `stop`, the first sample at `at`.

        `label` names the airing for people. `audible` is called once, after the first sample is
        out. Raises DeviceError, after `audible` or before it.
        """

    async def stop(self) -> None:
        """Fall silent, if it sounds, and return once another `play` may begin.

        The one that was stopped returns what had sounded, then or a moment later.
        """

    async def check(self) -> None:
        """Raise DeviceError when it couldn't sound now; sounds nothing, and gives way to `play`."""

    async def watch(self) -> object:
        """Give what can be seen of it at next to no cost: once that is another, `check` is due.

        Raises DeviceError where it is plain already that it couldn't sound now.
        """


class SignState(StrEnum):
    """How far content has come; never shown, as no protocol proves that LEDs are lit."""

    QUEUED = "queued"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    READ_BACK = "read back"
    UNREACHABLE = "unreachable"


class SignError(DeviceError):
    """A sign that doesn't hold what it was to, and how far that came."""

    def __init__(self, device: str, message: Message, state: SignState) -> None:
        self.state = state
        """QUEUED: it can't be shown there; SENT: it was refused; UNREACHABLE."""
        super().__init__(device, message)


class Sign(Protocol):
    """One LED board."""

    id: str
    tells_time: bool
    """Whether it has a clock of its own to show; else the minute's picture is sent to it."""
    renews: bool
    """Whether it may lose what it holds without anybody noticing."""
    forgets: bool
    """Whether it lets go by itself of what nobody renews."""
    changed: float
    """By the steady clock, since when it shows what it was sent last, or a little later."""

    def pages(self, content: SignContent) -> Sequence[float]:
        """Give how many seconds each `page` of content is due, where it can't turn them itself.

        None or one: content is sent once, and it shows all of it.
        """

    def lead(self, content: SignContent, held: SignContent | None) -> float:
        """Give how many seconds ahead of its instant content is to be sent."""

    async def send(
        self,
        content: SignContent,
        held: SignContent | None = None,
        at: datetime | None = None,
    ) -> SignState:
        """Make the board hold content; gives SENT, ACKNOWLEDGED or READ_BACK, raises SignError.

        `held` is what it is known to hold: where nothing is, all that it needs is sent, and where
        it is this content, all that renews it without disturbing it. What it shows changes at
        `at`, or a moment later, never before; where that is past or None, at once.
        """

    async def check(self) -> Message | None:
        """Ask the board what it tells of itself; raises SignError; changes nothing on it."""

    async def watch(self) -> None:
        """Raise SignError where the board is gone; asks no more than shows that, and yields."""

    def listen(self, lost: Callable[[SignError], None]) -> None:
        """Have `lost` called whenever its port is lost, be it while nothing is sent."""

    async def close(self) -> None:
        """Let go of its port."""


class Link(Protocol):
    """A port that bytes go out of."""

    async def write(self, data: bytes) -> None:
        """Send all of it, or raise DeviceError; opens the port when it is not open."""

    async def check(self) -> None:
        """Raise DeviceError when the port can't be opened."""

    async def close(self) -> None:
        """Let go of the port; a later `write` opens it again."""


class Amplifier(Protocol):
    """What switches the power of one loudspeaker or of several, or keys a transmitter."""

    id: str

    async def key(self) -> None:
        """Switch it on; raises DeviceError, and it may be on even then."""

    async def release(self) -> None:
        """Switch it off, whatever it was; raises DeviceError, and it may be on still."""

    async def check(self) -> None:
        """Raise DeviceError when it couldn't be switched now; leaves it as it is."""

    async def close(self) -> None:
        """Let go of its port."""


class Ledger(Protocol):
    """The as-run ledger: append-only, hash-chained, durable when a call returns."""

    def append(self, at: datetime, kind: str, key: str, data: Mapping[str, Any]) -> Record:
        """Add one record; raises DeviceError when the disk refuses it."""

    def append_all(
        self, at: datetime, rows: Iterable[tuple[str, str, Mapping[str, Any]]]
    ) -> tuple[Record, ...]:
        """Add records (kind, key, data) in one commit: all or none."""

    def records(self, prefix: str = "", after: int = 0) -> Iterable[Record]:
        """Give records in order whose key starts with `prefix`, those after `after` alone."""

    def before(self, at: datetime) -> int:
        """Give the number of the last record before the first of this instant or later."""

    def states(self, keys: Iterable[str]) -> Mapping[str, AirState]:
        """Say how far each of these airings ever came; keys without a record are left out.

        One that was cut came as far as audible: what waits to be taken up, the fold says.
        """

    def last(self) -> Record | None:
        """Give the newest record."""

    def close(self) -> None:
        """Let go of the file."""
