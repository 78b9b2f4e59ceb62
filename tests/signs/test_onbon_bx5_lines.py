"""Boards with BX-5K and BX-6K controllers on lines: several on one, real ports, any plain text."""

from __future__ import annotations

import asyncio
import string
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadcaster.clock import SystemTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import OnbonBx5
from broadcaster.domain.station import SignSpec
from broadcaster.links.open import open_lines
from broadcaster.ports import SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.pixels.font import render
from broadcaster.signs.screen import draw
from broadcaster.talk import UnshowableError
from tests.emulators.onbon_bx5 import OnbonBx5Board
from tests.emulators.served import ServedPort, ServedServer, ServedSocket

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def spec(address: int, model: str = "5K2", width: int = 64) -> SignSpec:
    settings = OnbonBx5(model=model, address=address)
    return SignSpec(id="cong", driver="onbon-bx5", width=width, height=16, settings=settings)


@pytest.mark.parametrize(
    "serve",
    [
        ServedPort,
        lambda _folder, *boards: ServedSocket(*boards),
        lambda _folder, *boards: ServedServer(*boards),
    ],
)
def test_two_boards_on_one_real_line_hold_each_its_own(
    tmp_path: Path, serve: Callable[..., ServedPort | ServedSocket | ServedServer]
) -> None:
    boards = [OnbonBx5Board(address=address, size=(64, 16)) for address in (7, 8)]
    time, far = SystemTime(), serve(tmp_path, *boards)

    async def main() -> None:
        (line,) = open_lines([far.link], time).values()
        signs = [
            LineSign(spec(board.address), driver(spec(board.address)), line, ZONE, time)
            for board in boards
        ]
        texts = (SignContent((ShownSlogan(text, "hold", 8.0),)) for text in ("Ế", "ặ"))
        sent = (sign.send(text) for sign, text in zip(signs, texts, strict=True))
        assert set(await asyncio.gather(*sent)) == {SignState.READ_BACK}
        assert "64 x 16 pixels; on, brightness 100 %, its clock " in str(await signs[0].check())
        await signs[0].close()

    asyncio.run(main())
    for board, text in zip(boards, ("Ế", "ặ"), strict=True):
        wanted = str(render(text).centred(64, 16)).splitlines()
        assert (board.holds(), board.faults) == ([wanted], [])


plain = st.text(sorted(set(string.printable[:95]) - {"\\"}), max_size=40)
slogans = st.tuples(plain, st.sampled_from(["hold", "flash", "scroll-left"]), st.floats(1, 300))


@given(st.lists(slogans, min_size=1, max_size=4, unique_by=lambda each: each[0].strip()))
@example([("OCOP", "hold", 1.0), ("TECHFEST", "hold", 284.5)])
def test_any_plain_texts_are_on_the_board_each_in_its_turn(
    wanted: list[tuple[str, str, float]],
) -> None:
    board, now = OnbonBx5Board(0x61), datetime(2025, 9, 22, tzinfo=UTC)
    of = spec(1, "6K1", 128)
    content = SignContent(tuple(ShownSlogan(*each) for each in wanted))
    try:
        says = driver(of).show(draw(content, of, now), None, now)
    except UnshowableError:
        # Half a second is what it flashes by, and all that is in the loop is cut into those.
        assert "flash" in {effect for _, effect, _ in wanted}
        return
    for say in says:
        heard = board.hear(say.pieces[0], 0.0)
        assert say.answer is not None
        assert say.answer(heard) is not None
    read = iter("\n".join(board.reads()))
    assert all(letter in read for text, _, _ in wanted for letter in text if letter != " ")
    assert board.faults == []
