"""One programme on one loudspeaker, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest

from broadcaster.clock import SimulatedTime, SystemTime
from broadcaster.domain.sound import Played, Prepared
from broadcaster.ports import Speaker

START = datetime(2025, 9, 22, 22, 30, tzinfo=UTC)


class RealTime(SystemTime):
    """The machine's clock, with simulated time's way to run."""

    def run(self, main: Coroutine[Any, Any, None]) -> None:
        asyncio.run(main)


Time = SimulatedTime | RealTime


def near(seconds: float, time: Time) -> Any:
    """Compare exactly in simulated time, and with a second's grace on a busy machine."""
    return pytest.approx(seconds, abs=1.0 if isinstance(time, RealTime) else 1e-6)


class Sounded(NamedTuple):
    """What came of playing something once."""

    played: Played
    heard: list[float]
    """When it was audible, in seconds after it was to be."""
    took: float
    """Seconds from when it was to begin to when `play` came back."""


def play(
    time: Time,
    speaker: Speaker,
    audio: Prepared,
    offset: float = 0.0,
    stop_after: float | None = None,
    wait: float = 0.0,
) -> Sounded:
    """Sound something once, `wait` seconds from when its speaker can; stop it `after` those."""
    heard: list[datetime] = []
    results: list[Sounded] = []

    async def stop(seconds: float) -> None:
        await time.sleep(seconds)
        await speaker.stop()

    async def main() -> None:
        await speaker.ready()
        begins = time.now() + timedelta(seconds=speaker.arming + wait)
        stopping = (
            None if stop_after is None else asyncio.create_task(stop(speaker.arming + stop_after))
        )
        played = await speaker.play(audio, "ban-tin", offset, begins, heard.append)
        took = (time.now() - begins).total_seconds()
        late = [(at - begins).total_seconds() for at in heard]
        results.append(Sounded(played, late, took))
        if stopping is not None:
            await stopping

    time.run(main())
    return results[0]
