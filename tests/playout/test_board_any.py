"""One sign under anything that can happen to it, on a steady clock and a wall clock."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.domain.airing import SignContent
from broadcaster.planning.signage import Coming
from broadcaster.playout.board import RENEW
from broadcaster.ports import SignState
from tests.playout.holding import BARE, A, B, C, Held, dimmed, text

CONTENTS = (A, B, C, BARE, dimmed(A, 40), text("Bão", urgent=True))
SOON = 2 * RENEW + 120.0
"""Seconds in which whatever happened is mended: by a renewal, or the longest pause and a try."""

content = st.sampled_from(CONTENTS)
seconds = st.sampled_from([0.0, 0.3, 1.0, 9.0, 45.0, 400.0])
acts = st.lists(
    st.one_of(
        st.tuples(st.just("want"), content, seconds),
        st.tuples(st.just("next"), content, seconds),
        st.tuples(st.just("dead"), st.booleans(), seconds),
        st.tuples(st.just("refuse"), st.integers(0, 3), seconds),
        st.tuples(st.just("slow"), st.sampled_from([0.0, 1.0, 20.0, 90.0]), seconds),
        st.tuples(st.just("bug"), st.booleans(), seconds),
        st.tuples(st.just("line"), st.none(), seconds),
        st.tuples(st.just("power"), st.none(), seconds),
    ),
    max_size=25,
)


class Street(Held):
    """A sign, what it is to show at any instant, and what happens to it."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted = A
        self.coming: Coming | None = None

    def plan(self, content: SignContent, coming: Coming | None) -> None:
        """Change the plan, as the daemon does: what has come is what is wanted."""
        self.wanted, self.coming = content, coming
        self.want(content, coming)

    def desired(self, at: datetime) -> SignContent:
        due = self.coming is not None and self.coming.at <= at
        return self.coming.content if self.coming and due else self.wanted

    def act(self, what: str, how: object) -> None:
        sign = self.sign
        if what == "want" and isinstance(how, SignContent):
            self.plan(how, None)
        elif what == "next" and isinstance(how, SignContent):
            self.plan(self.desired(self.time.now()), Coming(self.at(60), how))
        elif what == "dead":
            sign.dead = bool(how)
        elif what == "refuse" and isinstance(how, int):
            sign.refusals = how
        elif what == "slow" and isinstance(how, float):
            sign.delay = how
        elif what == "bug":
            sign.bug = ZeroDivisionError() if how else None
        elif what == "line":
            sign.lose_line()
        else:
            sign.lose_power()

    def mend(self) -> None:
        self.sign.dead, self.sign.refusals, self.sign.bug = False, 0, None
        self.sign.delay = 0.0


@settings(max_examples=300, deadline=None)
@given(acts)
def test_it_holds_what_is_desired_once_faults_are_over(
    script: list[tuple[str, object, float]],
) -> None:
    street = Street()
    street.sign.seconds = 0.5

    async def main() -> None:
        street.plan(A, None)
        for what, how, pause in script:
            street.act(what, how)
            await street.time.sleep(pause)
        street.mend()
        await street.time.sleep(SOON)
        assert street.sign.sent[-1:] == [street.desired(street.time.now())]
        assert street.board.state is SignState.ACKNOWLEDGED
        # It agrees from now on: nothing is sent but by the slow timer.
        before = len(street.sign.arrivals)
        await street.time.sleep(10 * RENEW)
        after = street.sign.arrivals[before:]
        assert len(after) in {10, 11}
        assert {(each.content, each.held) for each in after} == {(street.sign.sent[-1],) * 2}

    street.run(main)


@settings(max_examples=300, deadline=None)
@given(acts)
def test_nothing_arrives_that_is_not_desired_then(
    script: list[tuple[str, object, float]],
) -> None:
    """Not ahead of its time, nor what was wanted once and is no more."""
    street = Street()
    street.sign.seconds = 0.5
    checked = 0

    async def watch() -> None:
        nonlocal checked
        for each in street.sign.arrivals[checked:]:
            assert each.content == street.desired(each.at), each
        checked = len(street.sign.arrivals)

    async def main() -> None:
        street.plan(A, None)
        for what, how, pause in script:
            if what != "slow":
                await watch()
                street.act(what, how)
            await street.time.sleep(pause)
        await watch()

    street.run(main)
