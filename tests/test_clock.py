"""Simulated time moves only when nobody has work, and stands still for real work."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broadcaster import kernel
from broadcaster.clock import SimulatedTime, SystemTime
from broadcaster.kernel import synchronised

START = datetime(2025, 9, 22, tzinfo=UTC)


def test_sleepers_wake_in_order_of_their_instants() -> None:
    time = SimulatedTime(START)
    woken: list[tuple[str, timedelta]] = []

    async def sleeper(name: str, seconds: float) -> None:
        await time.sleep(seconds)
        woken.append((name, time.now() - START))

    async def main() -> None:
        await asyncio.gather(sleeper("late", 86_400), sleeper("early", 0.25), sleeper("mid", 60))

    time.run(main())
    assert woken == [
        ("early", timedelta(seconds=0.25)),
        ("mid", timedelta(seconds=60)),
        ("late", timedelta(days=1)),
    ]


def test_work_that_is_ready_goes_before_time() -> None:
    time = SimulatedTime(START)
    steps: list[float] = []

    async def busy() -> None:
        for _ in range(100):
            steps.append(time.monotonic())
            turn = asyncio.get_running_loop().create_future()
            asyncio.get_running_loop().call_soon(turn.set_result, None)
            await turn

    async def main() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(time.sleep(1))
            tasks.create_task(busy())

    time.run(main())
    assert steps == [0.0] * 100
    assert time.monotonic() == 1.0


def test_real_work_holds_the_clock() -> None:
    time = SimulatedTime(START)
    seen: list[datetime] = []

    async def work() -> None:
        with time.hold():
            child = await asyncio.create_subprocess_exec("sleep", "0.05")
            await child.wait()
            seen.append(time.now())

    async def main() -> None:
        await asyncio.gather(work(), time.sleep(3600))

    time.run(main())
    assert seen == [START]
    assert time.now() == START + timedelta(hours=1)


def test_a_cancelled_sleeper_moves_nothing() -> None:
    time = SimulatedTime(START)

    async def main() -> None:
        sleeper = asyncio.create_task(time.sleep(3600))
        await time.sleep(1)
        sleeper.cancel()
        await time.sleep(1)

    time.run(main())
    assert time.monotonic() == 2.0


def test_the_system_clock_is_aware_and_steady() -> None:
    time = SystemTime()
    assert time.now().utcoffset() == timedelta(0)
    before = time.monotonic()
    asyncio.run(time.sleep(0))
    assert time.monotonic() >= before


class SetTime(SystemTime):
    """The machine's clock, as it were if somebody had set it."""

    offset = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.offset


def test_the_system_clock_is_doubted_after_a_jump_that_no_time_source_explains() -> None:
    time = SetTime()
    time.since(time.now(), trusted=True)
    assert time.doubt() is None
    time.offset = timedelta(hours=-2)
    assert (time.doubt() is None) == synchronised()
    time.confirm()
    assert time.doubt() is None
    time.offset = timedelta(minutes=-90)
    assert time.doubt() is None


def test_the_system_clock_is_doubted_before_this_version_was_made() -> None:
    time = SetTime()
    time.offset = timedelta(days=-20_000)
    assert (time.doubt() is None) == synchronised()


@pytest.mark.skipif(sys.platform != "linux", reason="/sys is Linux's own")
@pytest.mark.parametrize(
    ("battery", "trusted"),
    [(None, False), (timedelta(days=-4000), False), (timedelta(seconds=2), True)],
)
def test_after_a_start_of_the_machine_the_clock_is_trusted_where_a_battery_kept_it(
    battery: timedelta | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, trusted: bool
) -> None:
    monkeypatch.setattr(kernel, "BATTERY_CLOCKS", tmp_path)
    time = SystemTime()
    if battery is not None:
        (tmp_path / "rtc0").mkdir()
        said = int((time.now() + battery).timestamp())
        (tmp_path / "rtc0" / "since_epoch").write_text(f"{said}\n", encoding="ascii")
    up = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
    for last, boot in ((0, "another"), (60, "another"), (up + 60, "")):
        time = SystemTime()
        time.since(time.now() - timedelta(seconds=last), trusted=True, boot=boot)
        assert (time.doubt() is None) == (trusted or synchronised())
    for last, boot in ((up + 60, time.boot), (0, "")):
        time = SystemTime()
        time.since(time.now() - timedelta(seconds=last), trusted=True, boot=boot)
        assert time.doubt() is None


def test_simulated_time_is_never_doubted() -> None:
    time = SimulatedTime(datetime(1970, 1, 1, tzinfo=UTC))
    time.since(START, trusted=False)
    assert time.doubt() is None
    time.confirm()
