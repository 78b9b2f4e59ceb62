"""A switch under any use: never on for nobody, never off for somebody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from broadcaster.clock import SimulatedTime
from broadcaster.errors import DeviceError
from broadcaster.playout.switch import RETRY, Switch
from tests.fakes.amplifier import FakeAmplifier

SOON = RETRY + 4.0
"""Seconds for a try to release it, the pause between two, and slow acts that were begun before."""
SLOWNESS = st.sampled_from([0.0, 1.0])
"""Seconds that acts take which begin from now on."""
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
        self.off_by = SOON
        """When it has to be off, if it can be reached."""
        self.loop = asyncio.new_event_loop()
        self.run(self.begin(self.switch.release))

    def teardown(self) -> None:
        if hasattr(self, "loop"):
            self.amplifier.dead = False
            self.run(self.switch.release_now())
            assert self.amplifier.on is False
            self.loop.close()

    def run(self, what: Coroutine[Any, Any, None]) -> None:
        """Do something to its end, however much time goes by."""

        async def main() -> None:
            task = asyncio.create_task(what)
            await self.settle()
            while not task.done():
                self.time.jump()
                await self.settle()
            await task

        self.loop.run_until_complete(main())

    async def settle(self) -> None:
        """Let everybody run who can."""
        for _ in range(20):
            turn = asyncio.get_running_loop().create_future()
            asyncio.get_running_loop().call_soon(turn.set_result, None)
            await turn

    async def begin(self, act: Callable[[], None]) -> None:
        act()
        await self.settle()

    @rule(slow=SLOWNESS)
    def need(self, slow: float) -> None:
        async def hold() -> None:
            try:
                await self.switch.hold()
            except DeviceError:
                assert self.amplifier.dead
            else:
                self.keyed += 1

        self.amplifier.slow = slow
        self.users += 1
        self.run(hold())

    @precondition(lambda self: self.users)
    @rule(drain=DRAINS, slow=SLOWNESS)
    def need_no_more(self, drain: float, slow: float) -> None:
        self.amplifier.slow = slow
        self.users -= 1
        self.keyed = min(self.keyed, self.users)
        self.off_by = max(self.off_by, self.time.monotonic() + drain + SOON)
        self.run(self.begin(lambda: self.switch.let_go(drain)))

    @rule(seconds=st.sampled_from([0.5, 3.0, 20.0]))
    def time_goes_by(self, seconds: float) -> None:
        self.run(self.time.sleep(seconds))

    @rule(dead=st.booleans())
    def reach(self, dead: bool) -> None:  # noqa: FBT001 - Hypothesis' way
        self.amplifier.dead = dead
        self.off_by = max(self.off_by, self.time.monotonic() + SOON)

    @invariant()
    def who_was_keyed_for_has_it_on(self) -> None:
        if getattr(self, "keyed", 0):
            assert self.amplifier.on

    @invariant()
    def nobody_leaves_it_on(self) -> None:
        if hasattr(self, "loop") and not self.users and not self.amplifier.dead:
            assert self.time.monotonic() < self.off_by or self.amplifier.on is False


TestUse = Use.TestCase
TestUse.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)
