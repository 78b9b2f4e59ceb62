"""The daemon wakes at its instant, on a poke, and when the wall clock is set."""

import asyncio
import os
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broadcaster.clock import SimulatedTime, SystemTime
from broadcaster.kernel import arm
from broadcaster.wake import SimulatedWaker, SystemWaker

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="timerfd is Linux's own")


class SteppedTime(SystemTime):
    """A real clock whose wall can be set, as NTP or a person does."""

    offset = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.offset


def timers() -> list[int]:
    """Give this process's timers of the kernel."""
    links = [link for link in list(Path("/proc/self/fd").iterdir()) if link.is_symlink()]
    return [int(link.name) for link in links if "timerfd" in str(link.readlink())]


@contextmanager
def no_descriptor_left() -> Iterator[Callable[[], None]]:
    """Let this process open no file until what it gives is called."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = os.open(os.devnull, os.O_RDONLY)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, hard))

    def free() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    try:
        yield free
    finally:
        free()


def actions(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.action for record in caplog.records if hasattr(record, "action")]


def steps(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.message for each in caplog.records if getattr(each, "action", "") == "clock-step"]


async def waits(waker: SystemWaker | SimulatedWaker, until: datetime | None) -> bool:
    """Say whether the wait ends within a second."""
    try:
        await asyncio.wait_for(waker.wait(until), timeout=1)
    except TimeoutError:
        return False
    return True


def test_an_instant_in_the_past_wakes_at_once_however_late() -> None:
    async def main() -> bool:
        async with SystemWaker(time := SystemTime()).running() as waker:
            return await waits(waker, time.now() - timedelta(hours=2))

    assert asyncio.run(main())


def test_a_near_instant_wakes_and_a_far_one_does_not() -> None:
    async def main() -> tuple[bool, bool]:
        async with SystemWaker(time := SystemTime()).running() as waker:
            near = await waits(waker, time.now() + timedelta(milliseconds=20))
            return near, await waits(waker, time.now() + timedelta(hours=1))

    assert asyncio.run(main()) == (True, False)


def test_a_poke_before_the_wait_is_not_lost() -> None:
    async def main() -> bool:
        async with SystemWaker(SystemTime()).running() as waker:
            waker.poke()
            return await waits(waker, None)

    assert asyncio.run(main())


@needs_linux
def test_the_kernel_says_when_the_clock_is_set_and_nobody_looks_before(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A clock can't be set here: the real timer expires instead, which wakes its reader alike."""

    async def main() -> tuple[bool, bool, bool]:
        time = SteppedTime()
        async with SystemWaker(time).running() as waker:
            far = time.now() + timedelta(hours=1)
            time.offset = timedelta(hours=-1)
            looked = await waits(waker, far)
            (timer,) = timers()
            arm(timer, 1)  # long ago
            return looked, await waits(waker, far), await waits(waker, far)

    assert asyncio.run(main()) == (False, True, False)
    assert steps(caplog) == ["the wall clock stepped by -3600.0 s"]


@needs_linux
def test_nothing_is_left_of_the_watch() -> None:
    async def main() -> int:
        async with SystemWaker(SystemTime()).running():
            return len(timers())

    before = len(timers())
    assert asyncio.run(main()) == before + 1
    assert len(timers()) == before


def test_where_the_kernel_does_not_say_it_the_clock_is_looked_at(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def main() -> tuple[bool, bool]:
        time = SteppedTime()
        with no_descriptor_left() as freed:
            async with SystemWaker(time).running() as waker:
                freed()
                waiting = asyncio.create_task(waits(waker, time.now() + timedelta(hours=1)))
                await time.sleep(0)
                time.offset = timedelta(hours=-1)
                stepped = await waiting
                return stepped, await waits(waker, None)

    caplog.set_level("INFO")
    assert asyncio.run(main()) == (True, False)
    assert actions(caplog) == ["clock-polled", "clock-step"]
    assert steps(caplog) == ["the wall clock stepped by -3600.0 s"]


def test_simulated_waits_take_no_time() -> None:
    time = SimulatedTime(datetime(2025, 9, 22, tzinfo=UTC))

    async def main() -> None:
        waker = SimulatedWaker(time)
        await waker.wait(time.now() + timedelta(days=14))
        waker.poke()
        await waker.wait(time.now() + timedelta(days=14))

    time.run(main())
    assert time.now() == datetime(2025, 10, 6, tzinfo=UTC)
