"""Keys the amplifiers of loudspeakers, so that they are warm at the first sample."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from broadcaster.domain.sound import Played
from broadcaster.errors import DeviceError
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.health.patrol import Look
from broadcaster.messages import Message, msg
from broadcaster.playout.switch import Switch
from broadcaster.ports import Amplifier, Speaker, TimeSource

Audible = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Power:
    """A loudspeaker's amplifier, and what the loudspeaker needs of it, in seconds."""

    amplifier: Amplifier
    warm_up: float
    release: float


class Amplifiers:
    """The amplifiers of a station. Loudspeakers may share one, and may have none."""

    def __init__(
        self, powers: Mapping[str, Power], time: TimeSource, faults: Faults | None = None
    ) -> None:
        self._faults = faults or Faults(time)
        self._powers = powers
        self._time = time
        self._switches = {each.amplifier: self._switch(each.amplifier) for each in powers.values()}
        self._gone: list[Switch] = []
        """Those of former takes that somebody needs still."""
        self._succession: asyncio.Task[None] | None = None

    def _switch(self, amplifier: Amplifier) -> Switch:
        return Switch(amplifier, self._time, self._faults)

    def begin(self) -> None:
        """Release them all: nobody knows what a crash or the power's return left on."""
        for switch in self._switches.values():
            switch.release()

    def take(self, powers: Mapping[str, Power]) -> None:
        """Key by these from now on; those that are gone are let go once nobody needs them."""
        before, self._powers = self._switches, powers
        made = {each.amplifier for each in powers.values()}
        self._switches = {each: before.get(each) or self._switch(each) for each in made}
        new = [self._switches[each] for each in made - before.keys()]
        gone = [switch for each, switch in before.items() if each not in made]
        self._gone += gone
        self._succession = asyncio.create_task(self._succeed(gone, new, self._succession))

    async def _succeed(
        self, gone: Sequence[Switch], new: Sequence[Switch], before: asyncio.Task[None] | None
    ) -> None:
        """Let go of what is gone, and only then release what is new: it may be the same relay."""
        if before is not None:
            await before
        await asyncio.gather(*(switch.part() for switch in gone))
        self._gone = [switch for switch in self._gone if switch not in gone]
        for switch in new:
            switch.release()

    async def close(self) -> None:
        """Release them all, for good."""
        if self._succession is not None:
            self._succession.cancel()
            await asyncio.wait({self._succession})
        switches = [*self._switches.values(), *self._gone]
        await asyncio.gather(*(switch.release_now() for switch in switches))
        # Not before: where two share a port, its closing would be the other's fault.
        await asyncio.gather(*(switch.close() for switch in switches))

    def looks(self) -> list[Look]:
        """Give what is to be looked at while nobody needs it."""
        switches = self._switches.items()
        return [Look(FaultKind.AMPLIFIER, of.id, switch.look) for of, switch in switches]

    def cold(self, speaker: str) -> float:
        """Give the seconds until a loudspeaker's amplifier is warm, if it is keyed now."""
        power = self._powers.get(speaker)
        return 0.0 if power is None else self._switches[power.amplifier].cold(power.warm_up)

    async def around(
        self,
        speaker: Speaker,
        at: datetime,
        play: Callable[[Audible], Awaitable[Played]],
        audible: Audible,
    ) -> Played:
        """Play with the amplifier on, warm `at` the first sample, and off when the last is through.

        Raises DeviceError where it can't be keyed: then the loudspeaker is silenced, and nothing
        of it was audible; or where it was lost meanwhile.
        """
        power = self._powers.get(speaker.id)
        if power is None:
            return await play(audible)
        use = _Use(power, self._switches[power.amplifier], self._time, audible)
        keying = asyncio.create_task(use.key(at, speaker))
        try:
            played = await play(use.sample)
        finally:
            fault = await use.end(keying)
        if fault:
            raise DeviceError(speaker.id, fault)
        return played


class _Use:
    """One loudspeaker's need of its amplifier, for one airing."""

    def __init__(self, power: Power, switch: Switch, time: TimeSource, audible: Audible) -> None:
        self._power = power
        self._switch = switch
        self._time = time
        self._audible = audible
        self._holds = self._keyed = False
        self._first: datetime | None = None

    async def key(self, at: datetime, speaker: Speaker) -> Message | None:
        """Key it a warm-up before its instant; where it fails silence the speaker, and say why."""
        warm_up = timedelta(seconds=self._power.warm_up)
        await self._time.sleep((at - warm_up - self._time.now()).total_seconds())
        self._holds = True
        try:
            await self._switch.hold()
        except DeviceError as error:
            await speaker.stop()
            return msg("its amplifier can't be keyed: {reason}", reason=error.message)
        self._keyed = True
        if self._first is not None:
            self._audible(max(self._first, self._time.now()))
        return None

    def sample(self, at: datetime) -> None:
        """Pass on when the first sample sounded; nobody hears it before the amplifier is on."""
        self._first = at
        if self._keyed:
            self._audible(at)

    async def end(self, keying: asyncio.Task[Message | None]) -> Message | None:
        """Need it no more; say where it wasn't on all the while.

        What is being keyed is so first, to know what became of it.
        """
        if not self._holds:
            keying.cancel()
        try:
            await asyncio.wait({keying})
            return None if keying.cancelled() else keying.result() or await self._lost()
        finally:
            if self._holds:
                self._switch.let_go(self._power.release)

    async def _lost(self) -> Message | None:
        try:
            await self._switch.check()
        except DeviceError as error:
            return msg("its amplifier was lost while it sounded: {reason}", reason=error.message)
        return None
