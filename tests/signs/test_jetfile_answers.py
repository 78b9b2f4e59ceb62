"""What a board answers, and what is made of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.clock import SystemTime
from broadcaster.links.open import open_lines
from broadcaster.ports import SignError, SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.pixels.font import render
from broadcaster.signs.screen import draw
from broadcaster.talk import RefusedError
from tests.emulators.jetfile import JetFileBoard
from tests.emulators.served import ServedPort, ServedSocket
from tests.signs.jetfile_desk import (
    DIM,
    END_BLACK,
    MESSAGE,
    NOW,
    ON,
    ONE,
    OTHER,
    PICTURE,
    RUNNING,
    SLOGAN,
    ZONE,
    Desk,
    centred,
    heard,
    slogans,
    spec,
)  # fmt: skip


def test_serials_never_recur() -> None:
    made, of = driver(spec()), spec()
    says = [say for _ in range(50) for say in made.show(draw(RUNNING, of, NOW), None, NOW)]
    serials = [int.from_bytes(say.pieces[0][10:12], "little") for say in says]
    assert (serials[0], len(set(serials))) == (1, len(serials))


def test_a_late_answer_is_not_taken_for_that_to_the_next_frame() -> None:
    made, board = driver(spec()), JetFileBoard()
    first, second = made.show(draw(ONE, spec(), NOW), None, NOW)[:2]
    late = board.hear(first.pieces[0], 0.0)
    assert heard(first, late)
    assert not heard(second, late)
    assert heard(second, late + board.hear(second.pieces[0], 0.0))


async def unanswered(desk: Desk) -> LineSign:
    """Have the message of a running text taken, and its answer lost."""
    desk.board.unheard = {MESSAGE}
    with pytest.raises(SignError) as caught:
        await desk.sign.send(RUNNING, OTHER)
    assert caught.value.state is SignState.UNREACHABLE
    desk.board.unheard = set()
    return desk.sign


async def started_anew(desk: Desk) -> LineSign:
    """Have a running text on it, from a host that is gone."""
    await desk.asked(RUNNING, OTHER)
    return LineSign(spec(), driver(spec()), desk.line, ZONE, desk.time)


@pytest.mark.parametrize("sent", [1, 2], ids=["one set of labels", "the other"])
@pytest.mark.parametrize("how", [unanswered, started_anew])
def test_where_it_is_not_known_what_is_shown_nothing_is_put_under_it(
    how: Callable[[Desk], Awaitable[LineSign]], sent: int
) -> None:
    desk = Desk()
    held = [str(render(SLOGAN)).splitlines()]

    async def main() -> None:
        for content in [ONE, OTHER][-sent:]:
            await desk.asked(content)
        sign = await how(desk)
        assert desk.board.holds() == held
        at = desk.time.now() + timedelta(seconds=10)
        sending = asyncio.create_task(sign.send(slogans("Ỗ"), None, at))
        seen = []
        while desk.time.now() <= at + timedelta(seconds=0.1):
            seen.append(desk.board.holds())
            await desk.time.sleep(0.05)
        assert await sending is SignState.ACKNOWLEDGED
        assert [each for each, _ in groupby(seen)] == [held, [], [centred("Ỗ")]]

    desk.run(main)


@pytest.mark.parametrize("trailing", [True, False])
def test_a_board_that_waits_for_a_byte_more_gets_it(trailing: bool) -> None:  # noqa: FBT001 - a table's column
    desk = Desk(specs=[spec(trailing=trailing)])
    desk.board.waits = True

    async def main() -> None:
        if trailing:
            await desk.asked(RUNNING)
        else:
            with pytest.raises(SignError) as caught:
                await desk.sign.send(RUNNING)
            assert caught.value.state is SignState.UNREACHABLE

    desk.run(main)


def test_boards_on_one_line_are_told_apart() -> None:
    boards = JetFileBoard(), JetFileBoard(unit=2), JetFileBoard(group=2)
    specs = [spec(), spec(unit=2), spec(group=2)]
    desk = Desk(*boards, specs=specs)

    async def main() -> None:
        for sign, text in zip(desk.signs, "Ếặộ", strict=True):
            await sign.send(slogans(text))
        assert [board.holds() for board in boards] == [[centred(text)] for text in "Ếặộ"]

    desk.run(main)


def test_an_address_that_no_board_has_does_not_answer() -> None:
    desk = Desk(specs=[spec(unit=9)])

    async def main() -> None:
        with pytest.raises(SignError) as caught:
            await desk.sign.check()
        assert caught.value.state is SignState.UNREACHABLE

    desk.run(main)


def test_a_damaged_answer_is_none() -> None:
    desk = Desk()
    desk.board.corrupts = True

    async def main() -> None:
        with pytest.raises(SignError) as caught:
            await desk.sign.send(ONE)
        assert caught.value.state is SignState.UNREACHABLE

    desk.run(main)


def test_a_slow_board_is_waited_for() -> None:
    desk = Desk()

    async def main() -> None:
        desk.board.delay = 2.5
        await desk.asked(ONE)
        desk.board.delay = 3.5
        with pytest.raises(SignError):
            await desk.sign.send(OTHER, ONE)

    desk.run(main)


def test_a_refusal_says_why() -> None:
    desk = Desk()
    desk.board.refuses = True

    async def main() -> None:
        with pytest.raises(SignError, match="cong: has no room for it") as caught:
            await desk.sign.send(ONE)
        assert caught.value.state is SignState.SENT

    desk.time.run(main())


def test_an_old_board_need_not_know_of_black_but_of_dimming_where_that_is_wanted() -> None:
    desk = Desk()
    desk.board.lacks = {DIM, END_BLACK}

    async def main() -> None:
        with pytest.raises(SignError, match="doesn't know this command"):
            await desk.sign.send(ONE)
        assert [each.command for each in desk.board.asked] == [ON, MESSAGE, PICTURE, MESSAGE]

    desk.time.run(main())


def test_a_check_tells_its_size_and_its_address_where_it_knows_no_size() -> None:
    desk = Desk()

    async def main() -> None:
        who = "is unit 1 of group 1, program A512"
        assert str(await desk.sign.check()) == f"{who}; has 128 x 16 pixels"
        desk.board.lacks = {(1, 0x0A)}
        assert str(await desk.sign.check()) == who
        desk.board.lacks, desk.board.size = set(), (96, 64)
        with pytest.raises(SignError, match="is set to 96 x 64 pixels, not to 128 x 16"):
            await desk.sign.check()

    desk.time.run(main())


@given(st.binary(max_size=40), st.integers(0, 7), st.integers(0, 1))
def test_no_answer_brings_it_down(data: bytes, words: int, flag: int) -> None:
    made, screen = driver(spec()), draw(ONE, spec(), NOW)
    for say in (*made.show(screen, None, NOW), *made.look()):
        serial_and_command = say.pieces[0][10:14]
        head = len(data[4 * words :]).to_bytes(2, "little") + bytes.fromhex("0101 0000")
        body = head + serial_and_command + bytes((words, flag)) + data
        summed = b"\x55\xa8" + (sum(body) % 65536).to_bytes(2, "little") + body
        assert say.answer is not None
        with contextlib.suppress(RefusedError):
            answer = say.answer(summed)
            assert answer is None or answer.state is SignState.ACKNOWLEDGED


SERVED: dict[str, Callable[[Path, JetFileBoard], ServedPort | ServedSocket]] = {
    "serial": ServedPort,
    "socket": lambda _, board: ServedSocket(board),
}


@pytest.mark.parametrize("kind", list(SERVED))
def test_over_a_real_port_the_board_has_the_slogan_s_pixels(kind: str, tmp_path: Path) -> None:
    board = JetFileBoard()
    board.waits = True
    end = SERVED[kind](tmp_path, board)
    link = f"{end.link}?baud=115200"

    async def main() -> SignState:
        time = SystemTime()
        sign = LineSign(spec(), driver(spec()), open_lines([link], time)[link], ZONE, time)
        state = await sign.send(RUNNING)
        await sign.close()
        return state

    assert asyncio.run(main()) is SignState.ACKNOWLEDGED
    assert (board.holds(), board.faults) == ([str(render(SLOGAN)).splitlines()], [])
    end.unplug()
