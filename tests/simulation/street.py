"""A ward's loudspeakers, amplifiers and boards: they outlive the daemon, and keep what happened."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from broadcaster.domain.airing import SignContent
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.ports import Played, Prepared, SignState
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
        self.amplifiers = {
            spec.amplifier.link: Amplifier(spec.amplifier.link, self)
            for spec in station.speakers.values()
            if spec.amplifier
        }

    @property
    def sounding(self) -> list[Sound]:
        """Give what sounds now."""
        return [sound for sound in self.sounds if sound.ends == math.inf]

    def close(self) -> None:
        """Lose the daemon: its players fall silent, and who watches for that releases."""
        if not self.closed:
            for sound in self.sounding:
                sound.ends = self.time.true()
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
            begins = self._street.time.true()
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
                    sound.ends = self._street.time.true()


class Amplifier(FakeAmplifier):
    """What a loudspeaker sounds through."""

    def __init__(self, name: str, street: Street) -> None:
        super().__init__(name, street.time)
        self.watched = True
        """Whether a process outlives the daemon that releases it."""
        self._street = street

    def orphaned(self) -> None:
        """Lose the daemon."""
        if self.watched and not self.dead:
            self._switch(on=False)

    async def _tell(self, *, on: bool) -> None:
        await self.check()
        if self.slow:
            await self._time.sleep(self.slow)
        if not self._street.closed:
            self._switch(on=on)

    def _switch(self, *, on: bool) -> None:
        now = self._street.time.true()
        if on and not self.on:
            self._street.powers.append(Power(self.id, now))
        if self.on and not on:
            self._street.powers[-1].ends = now
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
