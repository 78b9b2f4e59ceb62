"""Who speaks: the first engine that can, and another when it fails."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from broadcaster.domain.sound import Spoken
from broadcaster.errors import ContentError, DeviceError
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.messages import msg
from broadcaster.ports import Synthesizer, TimeSource
from broadcaster.speech.engine import NothingToSpeakError

REST, LONGEST_REST = 600.0, 6 * 3600.0
"""Seconds that a failed engine is left alone: twice as long each time, up to the longest."""

Words = Sequence[str]


@dataclass(slots=True)
class Rest:
    """An engine that failed, left alone for a while."""

    error: DeviceError
    seconds: float
    until: float
    """On the monotonic clock."""


@dataclass(slots=True)
class Voices:
    """The speech engines of one station."""

    engines: Sequence[Synthesizer]
    """In the order they are tried."""
    more: Sequence[Synthesizer]
    """Those that speak only where a script names them."""
    time: TimeSource
    heals: bool = True
    """What failed may work a while later; not in simulated time."""
    faults: Faults | None = None
    _faults: Faults = field(init=False)
    _resting: dict[tuple[str, str | None], Rest] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep a register of its own where it is part of nothing larger."""
        self._faults = self.faults or Faults(self.time)

    async def speak(self, words: Words, voice: str | None) -> Spoken:
        """Let the first engine that works speak; raises DeviceError."""
        tries = list(self._tries(voice))
        fresh = [one for one in tries if not self._rests(one)]
        failures = []
        for engine, own in (*fresh, *(one for one in tries if self._rests(one))):
            try:
                return self._spoke(engine, own, await engine.speak(words, own))
            except NothingToSpeakError:
                # The text's fault: no other engine finds more in it.
                raise
            except DeviceError as failed:
                failures.append(failed)
                self._failed(engine, own, failed)
        raise _foremost(failures)

    def at_hand(self, words: Words, voice: str | None) -> Spoken | None:
        """Give what is spoken already, by the best engine that spoke it."""
        found = (engine.cached(words, own) for engine, own in self._tries(voice))
        return next((speech for speech in found if speech is not None), None)

    def best_at_hand(self, words: Words, voice: str | None) -> Spoken | None:
        """Give what is spoken already, unless a better engine may be asked again."""
        for engine, own in self._tries(voice):
            speech = engine.cached(words, own)
            if speech is not None or not self._rests((engine, own)):
                return speech
        return self.at_hand(words, voice)

    def failures(self) -> Sequence[DeviceError]:
        """Give what went wrong last with each engine that doesn't work."""
        return [rest.error for rest in self._resting.values()]

    def _tries(self, voice: str | None) -> Iterator[tuple[Synthesizer, str | None]]:
        """Give engines and their voices in turn; that of `engine:voice` comes first."""
        name, _, own = (voice or "").partition(":")
        named = next((one for one in (*self.engines, *self.more) if one.name == name), None)
        if named is None:
            yield from ((engine, voice) for engine in self.engines)
            return
        yield named, own or None
        yield from ((engine, None) for engine in self.engines if engine is not named)

    def _rests(self, one: tuple[Synthesizer, str | None]) -> bool:
        rest = self._resting.get((one[0].name, one[1]))
        return rest is not None and self.time.monotonic() < rest.until

    def _spoke(self, engine: Synthesizer, own: str | None, spoken: Spoken) -> Spoken:
        self._resting.pop((engine.name, own), None)
        self._faults.over(FaultKind.ENGINE, _named(engine, own))
        return spoken

    def _failed(self, engine: Synthesizer, own: str | None, error: DeviceError) -> None:
        key = (engine.name, own)
        before = self._resting.get(key)
        self._faults.tell(FaultKind.ENGINE, _named(engine, own), error, "voice-failed")
        seconds = min(2 * before.seconds, LONGEST_REST) if before else REST
        if not self.heals:
            seconds = math.inf
        self._resting[key] = Rest(error, seconds, self.time.monotonic() + seconds)


def _named(engine: Synthesizer, own: str | None) -> str:
    return f"{engine.name}:{own}" if own else engine.name


def _foremost(failures: Sequence[DeviceError]) -> DeviceError:
    """Give the last failure, one that may heal before one that can't."""
    may_heal = [error for error in failures if not isinstance(error, ContentError)]
    nobody = DeviceError("voice", msg("no speech engine is configured"))
    return (may_heal or failures or [nobody])[-1]
