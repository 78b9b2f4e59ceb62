"""One sign held on its content: what is sent when."""

from __future__ import annotations

import itertools

import pytest

from broadcaster.domain.airing import SignContent
from broadcaster.playout.board import RENEW
from broadcaster.ports import SignState
from tests.playout.holding import BARE, A, B, C, Held, dimmed

HOUR = 3600.0


def test_an_hour_of_unchanged_content_costs_one_send_and_the_slow_timer() -> None:
    held = Held()

    async def main() -> None:
        for _ in range(60):
            await held.want_for(A, 60)

    held.run(main)
    first, *renewals = held.arrived()
    assert first == (0, "A", None)
    assert {(words, known) for _, words, known in renewals} == {("A", "A")}
    times = [at for at, _, _ in renewals]
    assert len(times) == 12
    assert RENEW / 2 <= times[0] <= 1.5 * RENEW
    assert {round(b - a, 3) for a, b in itertools.pairwise(times)} == {RENEW}
    assert held.told() == [("A", "acknowledged", "")]


def test_a_change_is_sent_with_what_is_held() -> None:
    held = Held()

    async def main() -> None:
        for content in (A, dimmed(A, 40), BARE, BARE):
            await held.want_for(content, 10)

    held.run(main)
    assert held.arrived() == [(0, "A", None), (10, "A 40 %", "A"), (20, "", "A 40 %")]


def test_what_fails_is_tried_again_ever_more_rarely_and_sent_anew() -> None:
    held = Held()

    async def main() -> None:
        await held.want_for(A, 10)
        held.sign.dead = True
        tries = held.sign.tries
        await held.want_for(B, 120)
        assert held.sign.tries - tries == 7  # after 0, 1, 3, 7, 15, 31, 63 s
        held.sign.dead = False
        await held.time.sleep(60)

    held.run(main)
    assert held.arrived() == [(0, "A", None), (133, "B", None)]
    assert held.told() == [
        ("A", "acknowledged", ""),
        ("B", "unreachable", "does not answer"),
        ("B", "acknowledged", ""),
    ]


def test_a_renewal_that_fails_shows_that_the_sign_was_away() -> None:
    held = Held()

    async def main() -> None:
        await held.want_for(A, 10)
        held.sign.dead = True
        await held.time.sleep(2 * RENEW)
        assert held.board.state is SignState.UNREACHABLE
        held.sign.dead = False
        await held.time.sleep(60)

    held.run(main)
    assert held.arrived()[-1][1:] == ("A", None)
    assert [state for _, state, _ in held.told()] == ["acknowledged", "unreachable", "acknowledged"]


def test_a_power_cut_that_nobody_sees_is_mended_by_the_slow_timer() -> None:
    held = Held()

    async def main() -> None:
        await held.want_for(A, 10)
        held.sign.lose_power()
        await held.time.sleep(1.5 * RENEW)
        assert held.sign.sent == [A]

    held.run(main)


def test_a_lost_port_has_all_sent_at_once() -> None:
    held = Held()

    async def main() -> None:
        await held.want_for(A, 100)
        held.sign.lose_line()
        assert held.board.state is SignState.UNREACHABLE
        assert str(held.board.reason) == "is unplugged"
        await held.time.sleep(1)
        assert held.board.state is SignState.ACKNOWLEDGED
        assert held.board.reason is None

    held.run(main)
    assert held.arrived() == [(0, "A", None), (100, "A", None)]
    assert held.told() == [
        ("A", "acknowledged", ""),
        ("A", "unreachable", "is unplugged"),
        ("A", "acknowledged", ""),
    ]


def test_a_port_that_comes_and_goes_is_not_tried_all_the_time() -> None:
    held = Held()

    async def main() -> None:
        held.want(A)
        for _ in range(600):
            await held.time.sleep(1)
            held.sign.lose_line()

    held.run(main)
    assert 10 <= held.sign.tries <= 20


def test_a_port_that_is_lost_before_anything_is_wanted_is_nothing() -> None:
    held = Held()

    async def main() -> None:
        held.sign.lose_line()

    held.run(main)
    assert held.told() == []


def test_the_newest_content_wins_over_what_is_under_way() -> None:
    held = Held()
    held.sign.seconds = 10.0

    async def main() -> None:
        await held.want_for(A, 15)
        await held.want_for(B, 5)
        await held.want_for(C, 5)
        await held.want_for(A, 20)

    held.run(main)
    # Nothing stale comes; and of what was broken off nobody knows what is there.
    assert held.arrived() == [(10, "A", None), (35, "A", None)]
    assert held.told() == [("A", "acknowledged", "")]


def test_what_comes_back_while_something_else_is_broken_off_is_sent_once() -> None:
    held = Held()
    held.sign.seconds = 10.0

    async def main() -> None:
        held.want(A)
        await held.time.sleep(1)
        held.want(B)
        held.want(A)
        await held.time.sleep(30)

    held.run(main)
    assert held.arrived() == [(11, "A", None)]


def test_what_is_under_way_and_still_wanted_goes_on() -> None:
    held = Held()
    held.sign.seconds = 10.0

    async def main() -> None:
        for _ in range(20):
            await held.want_for(A, 1)

    held.run(main)
    assert held.arrived() == [(10, "A", None)]


def test_a_slow_and_a_dead_sign_delay_no_other() -> None:
    held = Held("cham", "chet", "tot")
    held.signs["cham"].seconds = 100.0
    held.signs["chet"].dead = True

    async def main() -> None:
        await held.want_for(A, 1)
        assert held.signs["tot"].sent == [A]
        await held.want_for(B, 1)
        assert held.signs["tot"].sent == [A, B]

    held.run(main)


def test_the_renewals_of_many_signs_are_spread() -> None:
    held = Held(*(f"bang-{n}" for n in range(200)))

    async def main() -> None:
        await held.want_for(A, 1)
        await held.want_for(B, HOUR)  # all in one second, as at the beginning of a window

    held.run(main)
    seconds: dict[int, int] = {}
    for sign in held.signs.values():
        for each in sign.arrivals[2:]:
            second = int(each.at.timestamp() % RENEW)
            seconds[second] = seconds.get(second, 0) + 1
    # Twelve rounds of 200 over 300 seconds are eight a second.
    assert max(seconds.values()) <= 6 * 8


def test_a_sign_that_loses_nothing_is_not_renewed() -> None:
    held = Held()
    held.sign.renews = False

    async def main() -> None:
        await held.want_for(A, HOUR)
        await held.want_for(B, HOUR)

    held.run(main)
    assert held.arrived() == [(0, "A", None), (HOUR, "B", "A")]


def test_a_closed_board_lets_go_of_its_sign_and_sends_no_more() -> None:
    held = Held()

    async def main() -> None:
        held.sign.seconds = 10.0
        await held.want_for(A, 5)

    held.run(main)
    assert held.sign.closed
    assert held.arrived() == []


@pytest.mark.parametrize("forgets", [True, False])
def test_what_would_stay_for_ever_is_taken_off_a_sign_when_the_station_stops(
    forgets: bool,  # noqa: FBT001
) -> None:
    held = Held()
    held.sign.forgets = forgets

    async def main() -> None:
        await held.want_for(A, 5)

    held.run(main)
    ends = [] if forgets else [(5, "", "A")]
    assert held.arrived() == [(0, "A", None), *ends]
    told = [record.data["slogans"] for record in held.ledger.records("sign/bang")]
    assert told == [["A"]] if forgets else [["A"], []]
    assert held.sign.closed


@pytest.mark.parametrize("way", ["dead", "slow"])
def test_a_sign_that_is_away_doesn_t_keep_the_station_from_stopping(way: str) -> None:
    held = Held()
    held.sign.forgets = False

    async def main() -> None:
        held.sign.dead = way == "dead"
        await held.want_for(A, 5)
        held.sign.seconds = 600.0

    held.run(main)
    assert held.time.monotonic() <= 5 + 15
    assert held.sign.closed


def test_the_clock_of_a_sign_that_tells_the_time_is_content_as_any() -> None:
    held = Held()

    async def main() -> None:
        await held.want_for(SignContent(clock=True), HOUR)

    held.run(main)
    assert len(held.sign.arrivals) == 13
