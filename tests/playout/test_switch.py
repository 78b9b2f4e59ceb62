"""A switch under any use: never on for nobody, never off for somebody."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from broadcaster.clock import SimulatedTime
from broadcaster.errors import DeviceError
from broadcaster.playout.switch import RETRY, Switch
from tests.fakes.amplifier import FakeAmplifier

DRAINS = st.sampled_from([0.0, 1.0, 7.0])


class Use(RuleBasedStateMachine):
    """Users come, fail and go, and the amplifier is out of reach now and then."""

    @initialize(on=st.sampled_from([None, True, False]))
    def start(self, on: bool | None) -> None:  # noqa: FBT001 - Hypothesis' way
        self.time = SimulatedTime(datetime(2025, 9, 22, tzinfo=UTC))
        self.amplifier = FakeAmplifier("tang", self.time)
        self.amplifier.on = on
        self.switch = Switch(self.amplifier, self.time)
        self.users = self.keyed = 0
        self.off_by = RETRY
        """When it has to be off, if it can be reached."""
        self.loop = asyncio.new_event_loop()
        self.switch_on_loop(self.switch.release)

    def teardown(self) -> None:
        if hasattr(self, "loop"):
            self.amplifier.dead = False
            self.loop.run_until_complete(self.switch.release_now())
            assert self.amplifier.on is False
            self.loop.close()

    def switch_on_loop(self, act: object) -> None:
        async def main() -> None:
            act()  # type: ignore[operator]
            await self.settle()

        self.loop.run_until_complete(main())

    async def settle(self) -> None:
        """Let everybody run who can."""
        for _ in range(20):
            await self.yield_()

    @staticmethod
    async def yield_() -> None:
        future = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(future.set_result, None)
        await future

    @rule()
    def need(self) -> None:
        async def main() -> None:
            try:
                await self.switch.hold()
            except DeviceError:
                assert self.amplifier.dead
            else:
                self.keyed += 1

        self.users += 1
        self.loop.run_until_complete(main())

    @precondition(lambda self: self.users)
    @rule(drain=DRAINS)
    def need_no_more(self, drain: float) -> None:
        self.users -= 1
        self.keyed = min(self.keyed, self.users)
        self.off_by = max(self.off_by, self.time.monotonic() + drain + RETRY)
        self.switch_on_loop(lambda: self.switch.let_go(drain))

    @rule(seconds=st.sampled_from([0.5, 3.0, 20.0]))
    def time_goes_by(self, seconds: float) -> None:
        async def main() -> None:
            alarm = asyncio.create_task(self.time.sleep(seconds))
            await self.settle()
            while not alarm.done():
                self.time.jump()
                await self.settle()

        self.loop.run_until_complete(main())

    @rule(dead=st.booleans())
    def reach(self, dead: bool) -> None:  # noqa: FBT001 - Hypothesis' way
        self.amplifier.dead = dead
        self.off_by = max(self.off_by, self.time.monotonic() + RETRY)

    @invariant()
    def who_was_keyed_for_has_it_on(self) -> None:
        if getattr(self, "keyed", 0):
            assert self.amplifier.on

    @invariant()
    def nobody_leaves_it_on(self) -> None:
        if hasattr(self, "loop") and not self.users and not self.amplifier.dead:
            assert self.time.monotonic() < self.off_by or self.amplifier.on is False


TestUse = Use.TestCase
TestUse.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
