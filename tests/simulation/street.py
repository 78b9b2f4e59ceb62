"""A ward's loudspeakers, amplifiers and boards: they outlive the daemon, and keep what happened."""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from broadcaster.daemon.equipment import Equipment
from broadcaster.domain.airing import SignContent
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.playout.amplifiers import Power as Switched
from broadcaster.ports import Played, Prepared, SignState, Studio
from tests.fakes.amplifier import FakeAmplifier
from tests.fakes.sign import FakeSign
from tests.fakes.speaker import FakeSpeaker
from tests.simulation.clock import MortalTime


@dataclass
class Sound:
    """A programme on one loudspeaker."""

    speaker: str
    label: str
    begins: float
    """True seconds, as all times here that are not the wall clock's."""
    wall: datetime
    """What the wall clock said then."""
    offset: float
    seconds: float
    """Of the whole programme."""
    ends: float = math.inf


def base(label: str) -> str:
    """Give the name of a programme, without which sounding of it this is."""
    return re.sub(r"_\d+$", "", label)


@dataclass
class Power:
    """A time in which an amplifier was on."""

    amplifier: str
    begins: float
    ends: float = math.inf


class Street:
    """What really happened; while `closed` nothing that is done to it has an effect."""

    def __init__(self, station: Station, time: MortalTime) -> None:
        self.time = time
        self.closed = True
        self.sounds: list[Sound] = []
        self.powers: list[Power] = []
        self.speakers = {name: Loudspeaker(name, self) for name in station.speakers}
        self.signs = {name: Board(name, self) for name in station.signs}
        self.amplifiers: dict[str, Amplifier] = {}
        for name, spec in station.speakers.items():
            if spec.amplifier:
                link = spec.amplifier.link
                self.amplifiers.setdefault(link, Amplifier(link, self)).speakers.add(name)

    def equipment(self, station: Station, studio: Studio) -> Equipment:
        """Give what an edition of the station works with: its devices stay where they are."""
        specs = {name: spec.amplifier for name, spec in station.speakers.items()}
        powers = {
            name: Switched(
                self.amplifiers[spec.link],
                spec.warm_up.total_seconds(),
                spec.release.total_seconds(),
            )
            for name, spec in specs.items()
            if spec is not None
        }
        return Equipment(
            station,
            studio,
            {name: self.speakers[name] for name in station.speakers},
            powers,
            {name: self.signs[name] for name in station.signs},
        )

    @property
    def sounding(self) -> list[Sound]:
        """Give what sounds now."""
        return [sound for sound in self.sounds if sound.ends == math.inf]

    def close(self) -> None:
        """Lose the daemon: its players fall silent, and who watches for that releases."""
        if not self.closed:
            for sound in self.sounding:
                sound.ends = self.time.elapsed
            for amplifier in self.amplifiers.values():
                amplifier.orphaned()
            self.closed = True

    def open(self) -> None:
        """Have a daemon again."""
        self.closed = False
        for speaker in self.speakers.values():
            speaker.sounding = False


class Loudspeaker(FakeSpeaker):
    """A player process and what is heard of it."""

    def __init__(self, name: str, street: Street) -> None:
        super().__init__(name, street.time)
        self.news = 0.0
        """Seconds from its first sample until that is told."""
        self.hangs = False
        """Whether it sounds, and says nothing more then: it is killed after ten seconds."""
        self._street = street
        self._told: asyncio.Task[None] | None = None

    async def play(
        self,
        audio: Prepared,
        label: str,
        offset: float,
        at: datetime,
        audible: Callable[[datetime], None],
    ) -> Played:
        first = partial(self._first, audio, label, offset, audible)
        self._told = None
        try:
            played = await super().play(audio, label, offset, at, first)
        finally:
            self._last()
            if self._told is not None:
                await self._told
        if self.hangs:
            await self._time.sleep(10)
            raise DeviceError(self.id, msg("did not answer, and was ended"))
        return played

    def _first(
        self,
        audio: Prepared,
        label: str,
        offset: float,
        audible: Callable[[datetime], None],
        at: datetime,
    ) -> None:
        if not self._street.closed:
            begins = self._street.time.elapsed
            sound = Sound(self.id, label, begins, at, offset, audio.seconds)
            self._street.sounds.append(sound)
            self._told = asyncio.create_task(self._tell(audible, at))

    async def _tell(self, audible: Callable[[datetime], None], at: datetime) -> None:
        await self._time.sleep(self.news)
        audible(at)

    def _last(self) -> None:
        if not self._street.closed:
            for sound in self._street.sounding:
                if sound.speaker == self.id:
                    sound.ends = self._street.time.elapsed


class Amplifier(FakeAmplifier):
    """What a loudspeaker sounds through."""

    def __init__(self, name: str, street: Street) -> None:
        super().__init__(name, street.time)
        self.watched = True
        """Whether a process outlives the daemon that releases it."""
        self.speakers: set[str] = set()
        """What sounds through it."""
        self.failed: list[float] = []
        """When it did not do what it was told."""
        self._street = street

    def orphaned(self) -> None:
        """Lose the daemon."""
        if self.watched and not self.dead:
            self._switch(on=False)
        elif self.on:
            self.failed.append(self._street.time.elapsed)

    async def _tell(self, *, on: bool) -> None:
        if self.dead:
            self.failed.append(self._street.time.elapsed)
        await self.check()
        if self.slow:
            await self._time.sleep(self.slow)
        if not self._street.closed:
            self._switch(on=on)

    def _switch(self, *, on: bool) -> None:
        now = self._street.time.elapsed
        if on and not self.on:
            self._power = Power(self.id, now)
            self._street.powers.append(self._power)
        if self.on and not on:
            self._power.ends = now
        self.on = on


class Board(FakeSign):
    """A board that answers, and what it shows."""

    def __init__(self, name: str, street: Street) -> None:
        super().__init__(name, SignState.ACKNOWLEDGED, street.time, seconds=0.4)
        self.shows: SignContent | None = None
        self._street = street

    async def send(
        self,
        content: SignContent,
        held: SignContent | None = None,
        at: datetime | None = None,
    ) -> SignState:
        state = await super().send(content, held, at)
        if not self._street.closed:
            self.shows = content
        return state

    def lose_power(self) -> None:
        super().lose_power()
        self.shows = None
