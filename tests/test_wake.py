"""The daemon wakes at its instant, on a poke, and when the wall clock is set."""

import asyncio
from datetime import UTC, datetime, timedelta

from broadcaster.clock import SimulatedTime, SystemTime
from broadcaster.wake import SimulatedWaker, SystemWaker


class SteppedTime(SystemTime):
    """A real clock whose wall can be set, as NTP or a person does."""

    offset = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.offset


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


def test_a_step_of_the_wall_clock_ends_the_wait() -> None:
    async def main() -> tuple[bool, bool]:
        time = SteppedTime()
        async with SystemWaker(time).running() as waker:
            waiting = asyncio.create_task(waits(waker, time.now() + timedelta(hours=1)))
            await time.sleep(0)
            time.offset = timedelta(hours=-1)
            stepped = await waiting
            return stepped, await waits(waker, None)

    assert asyncio.run(main()) == (True, False)


def test_simulated_waits_take_no_time() -> None:
    time = SimulatedTime(datetime(2025, 9, 22, tzinfo=UTC))

    async def main() -> None:
        waker = SimulatedWaker(time)
        await waker.wait(time.now() + timedelta(days=14))
        waker.poke()
        await waker.wait(time.now() + timedelta(days=14))

    time.run(main())
    assert time.now() == datetime(2025, 10, 6, tzinfo=UTC)
