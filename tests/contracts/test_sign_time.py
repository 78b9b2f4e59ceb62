"""When every sign changes: at its instant, and only then."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import SignContent
from broadcaster.ports import Sign, SignError, SignState
from broadcaster.signs.pixels.font import render
from tests.contracts.signs import KINDS, SLOGANS, ZONE, Board, OnALine, content

START = datetime(2025, 9, 22, 5, 28, tzinfo=ZONE)
CHANGE = START + timedelta(minutes=2)
A, B = (content(text) for text in SLOGANS[:2])
CLOCK = SignContent(clock=True)
MOMENT = 1.0
"""Seconds after its instant in which a change is there: a line passes bytes on a little late."""


@pytest.fixture
def time() -> SimulatedTime:
    return SimulatedTime(START)


@pytest.fixture(params=list(KINDS))
def board(request: pytest.FixtureRequest, tmp_path: Path, time: SimulatedTime) -> Board:
    return KINDS[request.param]()(tmp_path, time)


async def until(time: SimulatedTime, instant: datetime) -> None:
    await time.sleep((instant - time.now()).total_seconds())


async def seen(board: Board, time: SimulatedTime, instant: datetime, what: str) -> bool:
    """Tell whether it is seen in the moment from an instant on, and not just before that."""
    await until(time, instant - timedelta(milliseconds=1))
    early = board.holds() == what
    await until(time, instant + timedelta(seconds=MOMENT))
    return not early and board.holds() == what


@pytest.mark.parametrize("known", [True, False])
def test_a_change_is_there_at_its_instant_and_not_before(
    board: Board, time: SimulatedTime, *, known: bool
) -> None:
    async def main() -> None:
        await board.sign.send(A)
        held = A if known else None
        await until(time, CHANGE - timedelta(seconds=board.sign.lead(B, held)))
        sending = asyncio.create_task(board.sign.send(B, held, CHANGE))
        assert await seen(board, time, CHANGE, str(render(SLOGANS[1])))
        await sending

    time.run(main())


def test_what_is_late_already_is_sent_at_once(board: Board, time: SimulatedTime) -> None:
    async def main() -> None:
        await board.sign.send(A)
        late = time.now() - timedelta(seconds=30)
        began = time.now()
        await board.sign.send(B, A, late)
        assert board.holds() == str(render(SLOGANS[1]))
        assert time.now() - began < timedelta(seconds=60)

    time.run(main())


def test_what_renews_what_is_held_leaves_it_in_peace(
    board: Board, time: SimulatedTime, request: pytest.FixtureRequest
) -> None:
    slogan = str(render(SLOGANS[0]))
    seen: set[str] = set()

    async def main() -> None:
        await board.sign.send(A)
        await time.sleep(300)
        renewing = asyncio.create_task(board.sign.send(A, A))
        while not renewing.done():
            seen.add(board.holds())
            await time.sleep(0.01)
        assert await renewing in {SignState.SENT, SignState.ACKNOWLEDGED, SignState.READ_BACK}
        assert board.holds() == slogan

    time.run(main())
    # A C-Power window is made anew, and empty until its picture is in.
    dark = {""} if request.node.callspec.params["board"] == "c-power" else set()
    assert seen == {slogan} | dark


def test_a_board_that_can_not_tell_the_time_shows_each_minute_from_its_second_on(
    board: Board, time: SimulatedTime
) -> None:
    def face(at: datetime) -> str:
        return str(render(f"{at:%H:%M}"))

    async def main() -> None:
        await board.sign.send(CLOCK)
        for number in range(1, 4):
            at = START + timedelta(minutes=number)
            await until(time, at - timedelta(seconds=board.sign.lead(CLOCK, CLOCK)))
            sending = asyncio.create_task(board.sign.send(CLOCK, CLOCK, at))
            await until(time, at - timedelta(milliseconds=1))
            assert face(at - timedelta(minutes=1)) in lit(board)
            await until(time, at + timedelta(seconds=MOMENT))
            assert face(at) in lit(board)
            await sending

    if not board.sign.tells_time:
        time.run(main())


def test_who_listens_hears_that_the_port_is_lost(board: Board, time: SimulatedTime) -> None:
    lost: list[SignError] = []

    async def main() -> None:
        board.sign.listen(lost.append)
        await board.sign.send(A)
        board.break_off()
        await fails(board.sign)

    time.run(main())
    assert {(each.device, each.state) for each in lost} <= {("board", SignState.UNREACHABLE)}
    assert bool(lost) is isinstance(board, OnALine)


async def fails(sign: Sign) -> None:
    with pytest.raises(SignError) as caught:
        await sign.send(B, A)
    assert caught.value.state is SignState.UNREACHABLE


def lit(board: Board) -> str:
    """Draw the picture without what is dark on both sides of it."""
    rows = board.holds().splitlines()
    marks = [x for x in range(len(rows[0])) if any(row[x] == "#" for row in rows)]
    return "\n".join(row[marks[0] : marks[-1] + 1] for row in rows)
