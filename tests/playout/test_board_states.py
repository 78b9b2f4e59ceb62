"""How far a sign's content came, and why no further."""

from __future__ import annotations

import pytest

from broadcaster.messages import msg
from broadcaster.playout.board import YIELD
from broadcaster.ports import SignState
from tests.playout.holding import A, B, Held


@pytest.mark.parametrize("state", [SignState.SENT, SignState.ACKNOWLEDGED, SignState.READ_BACK])
def test_how_far_it_came_is_told_as_the_sign_tells_it(state: SignState) -> None:
    held = Held()
    held.sign.state = state

    async def main() -> None:
        held.want(A)
        assert held.board.state is SignState.QUEUED
        await held.time.sleep(1)
        assert held.board.state is state

    held.run(main)
    assert held.told() == [("A", state.value, "")]


def test_a_refusal_is_recorded_with_its_reason_once_and_other_content_tried_at_once() -> None:
    held = Held()

    async def main() -> None:
        held.sign.refusals = 5
        await held.want_for(A, 10)
        assert (held.board.state, str(held.board.reason)) == (
            SignState.SENT,
            "refused what was sent",
        )
        held.sign.refusals = 0
        await held.want_for(B, 1)
        assert (held.board.state, held.board.reason) == (SignState.ACKNOWLEDGED, None)

    held.run(main)
    assert held.arrived() == [(10, "B", None)]
    assert held.told() == [("A", "sent", "refused what was sent"), ("B", "acknowledged", "")]


def test_what_waits_for_its_next_try_is_queued_and_the_reason_stays() -> None:
    held = Held()

    async def main() -> None:
        held.sign.dead = True
        await held.want_for(A, 10)
        await held.want_for(B, 1)
        assert held.board.state is SignState.QUEUED
        assert held.board.reason == msg("does not answer")

    held.run(main)


def test_other_content_is_tried_soon_on_a_sign_that_did_not_answer() -> None:
    held = Held()
    held.sign.dead = True

    async def main() -> None:
        await held.want_for(A, 1000)
        tries = held.sign.tries
        await held.want_for(B, YIELD + 0.1)
        assert held.sign.tries == tries + 1

    held.run(main)
    assert held.told() == [
        ("A", "unreachable", "does not answer"),
        ("B", "unreachable", "does not answer"),
    ]


def test_a_port_that_is_lost_while_another_sends_on_it_has_all_sent_anew() -> None:
    held = Held()
    held.sign.seconds = 10.0

    async def main() -> None:
        await held.want_for(A, 20)
        await held.want_for(B, 5)
        held.sign.lose_line()
        await held.time.sleep(20)

    held.run(main)
    assert held.arrived() == [(10, "A", None), (35, "B", None)]


def test_a_mistake_in_a_driver_is_a_fault_of_that_sign_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    held = Held("cong", "nha")

    async def main() -> None:
        held.signs["cong"].bug = ZeroDivisionError("division by zero")
        await held.want_for(A, 30)
        assert held.signs["nha"].sent == [A]
        held.signs["cong"].bug = None
        await held.time.sleep(60)

    held.run(main)
    assert held.told("cong") == [
        ("A", "unreachable", "ZeroDivisionError('division by zero')"),
        ("A", "acknowledged", ""),
    ]
    assert [each.exc_info is not None for each in caplog.records if each.levelname == "ERROR"] == [
        True
    ]
