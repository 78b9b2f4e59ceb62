"""Changes at their second: never before it, and begun as far ahead as a sign needs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from broadcaster.domain.airing import SignContent
from broadcaster.planning.signage import Coming
from broadcaster.playout.board import RENEW
from broadcaster.ports import SignState
from tests.fakes.sign import FakeSign
from tests.playout.holding import START, A, B, C, Held, dimmed, text

CLOCK = SignContent(clock=True)


def changes(held: Held) -> list[tuple[float, str, str | None]]:
    """Give what was new to the sign when it came."""
    return [each for each in held.arrived() if each[1] != each[2]]


@pytest.mark.parametrize("seconds", [0.0, 0.5, 20.0, 250.0])
def test_what_is_next_is_there_at_its_second(seconds: float) -> None:
    held = Held()
    held.sign.seconds = seconds

    async def main() -> None:
        held.want(A, Coming(held.at(1000), B))
        await held.time.sleep(1000.001)
        assert held.board.state is SignState.ACKNOWLEDGED
        await held.want_for(B, 200)

    held.run(main)
    assert changes(held) == [(seconds, "A", None), (1000, "B", "A")]
    assert [words for words, _, _ in held.told()] == ["A", "B"]


def test_it_is_there_though_nobody_says_so_again() -> None:
    held = Held()

    async def main() -> None:
        held.want(A, Coming(held.at(100), B))
        await held.time.sleep(1000)

    held.run(main)
    assert changes(held) == [(0, "A", None), (100, "B", "A")]


def test_no_renewal_makes_a_change_late() -> None:
    """Whenever the change comes, a renewal taking half a minute would be in its way somewhere."""
    for second in range(100, 500, 7):
        held = Held()
        held.sign.seconds = 30.0

        async def main(held: Held = held, second: int = second) -> None:
            held.want(A, Coming(held.at(second), B))
            await held.time.sleep(second + 1)

        held.run(main)
        assert changes(held) == [(30, "A", None), (second, "B", "A")]


def test_what_could_not_be_there_before_the_next_change_is_not_begun() -> None:
    held = Held()
    held.sign.seconds = 20.0

    async def main() -> None:
        await held.want_for(A, 60)
        held.want(B, Coming(held.at(30), C))
        await held.time.sleep(60)

    held.run(main)
    assert held.arrived() == [(20, "A", None), (90, "C", "A")]


def test_what_is_urgent_is_begun_whatever_is_late_for_it() -> None:
    held = Held()
    held.sign.seconds = 20.0

    async def main() -> None:
        await held.want_for(A, 60)
        held.want(text("Bão", urgent=True), Coming(held.at(30), C))
        await held.time.sleep(60)

    held.run(main)
    assert held.arrived() == [(20, "A", None), (80, "Bão", "A"), (100, "C", "Bão")]


def test_a_change_that_leaves_the_plan_while_it_is_sent_ahead_does_not_come() -> None:
    held = Held()
    held.sign.seconds = 20.0

    async def main() -> None:
        held.want(A, Coming(held.at(100), B))
        await held.time.sleep(90)
        held.want(A)
        await held.time.sleep(60)

    held.run(main)
    # It had been begun, so that nobody knows what the sign holds.
    assert held.arrived() == [(20, "A", None), (110, "A", None)]
    assert [words for words, _, _ in held.told()] == ["A"]


@pytest.mark.parametrize("moved", [-40.0, 30.0])
def test_a_change_that_is_moved_comes_at_its_new_second(moved: float) -> None:
    held = Held()
    held.sign.seconds = 20.0

    async def main() -> None:
        held.want(A, Coming(held.at(100), B))
        await held.time.sleep(30)
        held.want(A, Coming(START + timedelta(seconds=100 + moved), B))
        await held.time.sleep(170)

    held.run(main)
    assert changes(held) == [(20, "A", None), (100 + moved, "B", "A")]


@pytest.mark.parametrize("after", [50.0, 85.0])
@pytest.mark.parametrize("by", [-30.0, -3600.0])
def test_a_clock_that_is_set_back_moves_the_change(after: float, by: float) -> None:
    """Whether it waits yet or is being sent."""
    held = Held()
    held.sign.seconds = 20.0

    async def main() -> None:
        coming = Coming(held.at(100), B)
        held.want(A, coming)
        await held.time.sleep(after)
        held.time.set(by)
        held.want(A, coming)
        await held.time.sleep(101 - after - by)

    held.run(main)
    assert [each[:2] for each in changes(held) if each[1] == "B"] == [(100, "B")]


def test_what_is_sent_while_a_clock_is_set_back_is_held_when_it_is_there() -> None:
    held = Held()
    held.sign.seconds = 20.0

    async def main() -> None:
        held.want(A)
        await held.time.sleep(10)
        held.time.set(-24 * 3600)
        await held.want_for(A, 11)
        assert held.board.state is SignState.ACKNOWLEDGED

    held.run(main)


def test_a_clock_that_is_set_forward_moves_the_change() -> None:
    held = Held()
    held.sign.seconds = 20.0

    async def main() -> None:
        coming = Coming(held.at(1000), B)
        held.want(A, coming)
        await held.time.sleep(50)
        held.time.set(900)
        held.want(A, coming)
        await held.time.sleep(51)

    held.run(main)
    assert changes(held) == [(20, "A", None), (1000, "B", "A")]


def test_a_change_that_is_moved_nearer_while_it_is_sent_goes_on() -> None:
    """Begun anew it would be there later still."""
    held = Held()
    held.sign.seconds = 20.0

    async def main() -> None:
        held.want(A, Coming(held.at(100), B))
        await held.time.sleep(90)
        held.want(A, Coming(held.at(5), B))
        await held.time.sleep(60)

    held.run(main)
    assert changes(held) == [(20, "A", None), (100, "B", "A")]


class Scheduling(FakeSign):
    """A sign that is told the instant, long ahead, and changes by itself."""

    def lead(self, content: SignContent, held: SignContent | None) -> float:
        return super().lead(content, held) + 20.0

    async def send(
        self, content: SignContent, held: SignContent | None = None, at: datetime | None = None
    ) -> SignState:
        del at
        return await super().send(content, held)


def test_what_a_sign_was_told_ahead_is_not_held_before_its_instant() -> None:
    held = Held()
    held.signs["bang"] = held.sign = Scheduling("bang", time=held.time)
    held.sign.seconds = 1.0

    async def main() -> None:
        coming = Coming(held.at(100), B)
        held.want(A, coming)
        await held.time.sleep(95)
        held.want(A, coming)
        assert [words for words, _, _ in held.told()] == ["A"]
        await held.time.sleep(6)
        assert [words for words, _, _ in held.told()] == ["A", "B"]
        held.want(B, Coming(held.at(99), C))
        await held.time.sleep(90)
        held.want(B)  # C, which the sign was told, is not to come any more
        await held.time.sleep(20)

    held.run(main)
    assert [(at, words) for at, words, _ in held.arrived()] == [
        *[(1, "A"), (80, "B"), (180, "C"), (192, "B")],
    ]
    assert [words for words, _, _ in held.told()] == ["A", "B"]


def test_what_fails_ahead_of_its_time_is_tried_on_until_it_is_there() -> None:
    held = Held()
    held.sign.seconds = 20.0

    async def main() -> None:
        held.want(A, Coming(held.at(100), B))
        await held.time.sleep(70)
        held.sign.refusals = 1
        await held.time.sleep(100)

    held.run(main)
    assert held.arrived() == [(20, "A", None), (121, "B", None)]


def test_a_board_that_can_not_tell_the_time_is_sent_each_minute_at_its_second() -> None:
    held = Held(start=START + timedelta(seconds=40))
    held.sign.tells_time = False
    held.sign.seconds = 3.0

    async def main() -> None:
        await held.want_for(CLOCK, 600)

    held.run(main)
    (first, _, _), *minutes = held.arrived()
    assert first == 43
    assert minutes == [(60.0 * n, "clock", "clock") for n in range(1, 11)]
    assert held.told() == [("", "acknowledged", "")]


def test_the_minutes_go_on_around_a_change_and_after_a_clock_that_was_set_back() -> None:
    held = Held()
    held.sign.tells_time = False
    held.sign.seconds = 20.0

    async def main() -> None:
        held.want(CLOCK, Coming(held.at(150), A))
        await held.time.sleep(200)
        await held.want_for(CLOCK, 105)
        held.time.set(-3600)
        await held.want_for(CLOCK, 100)

    held.run(main)
    assert [(at, words) for at, words, _ in held.arrived()] == [
        *[(20, "clock"), (60, "clock"), (120, "clock"), (150, "A"), (220, "clock")],
        *[(240, "clock"), (300, "clock"), (-3275, "clock"), (-3240, "clock")],
    ]


def test_a_minute_that_is_late_is_not_made_up_for() -> None:
    held = Held()
    held.sign.tells_time = False

    async def main() -> None:
        await held.want_for(CLOCK, 30)
        held.sign.delay = 130.0
        await held.time.sleep(159)
        held.sign.delay = 0.0
        await held.time.sleep(60)

    held.run(main)
    assert [at for at, _, _ in held.arrived()] == [0, 190, 190, 240]


def test_how_bright_it_is_is_content() -> None:
    held = Held()
    held.sign.seconds = 2.0

    async def main() -> None:
        held.want(A, Coming(held.at(60), dimmed(A, 40)))
        await held.time.sleep(RENEW / 2)

    held.run(main)
    assert held.arrived() == [(2, "A", None), (60, "A 40 %", "A")]
    assert len(held.told()) == 2
