"""What every sign must do: pictures in a folder, boards behind a link, the stand-in."""

from __future__ import annotations

import unicodedata
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.errors import DeviceError
from broadcaster.ports import SignState
from broadcaster.signs.pixels.font import render
from tests.contracts.signs import KINDS, SLOGANS, ZONE, Board, StandingPicture, content


@pytest.fixture
def time() -> SimulatedTime:
    return SimulatedTime(datetime(2025, 9, 22, 5, 30, tzinfo=ZONE))


@pytest.fixture(params=list(KINDS))
def board(request: pytest.FixtureRequest, tmp_path: Path, time: SimulatedTime) -> Board:
    return KINDS[request.param]()(tmp_path, time)


def fails(act: Coroutine[Any, Any, Any]) -> Coroutine[Any, Any, None]:
    async def main() -> None:
        with pytest.raises(DeviceError) as caught:
            await act
        assert caught.value.device == "board"

    return main()


def test_it_holds_what_it_was_sent_last(board: Board, time: SimulatedTime) -> None:
    async def main() -> None:
        for text in SLOGANS:
            assert await board.sign.send(content(text)) in {
                SignState.SENT,
                SignState.ACKNOWLEDGED,
                SignState.READ_BACK,
            }
            assert board.holds() == str(render(text))

    time.run(main())


def test_a_decomposed_text_is_the_same_text(board: Board, time: SimulatedTime) -> None:
    async def main() -> None:
        await board.sign.send(content(unicodedata.normalize("NFD", SLOGANS[0])))
        assert board.holds() == str(render(SLOGANS[0]))

    time.run(main())


def test_sending_the_same_again_mends_what_a_power_cut_has_taken(
    board: Board, time: SimulatedTime
) -> None:
    async def main() -> None:
        await board.sign.send(content(SLOGANS[0]))
        board.lose_power()
        assert board.holds() == ""
        await board.sign.send(content(SLOGANS[0]))
        assert board.holds() == str(render(SLOGANS[0]))

    time.run(main())


@pytest.mark.parametrize(
    "kind",
    [
        SignContent(clock=True),
        SignContent(),
        content(SLOGANS[0], effect="hold"),
        content(SLOGANS[0], effect="flash"),
        content(""),
        content("👋"),
    ],
)
def test_it_takes_every_kind_of_content(
    board: Board, time: SimulatedTime, kind: SignContent
) -> None:
    async def main() -> None:
        assert await board.sign.send(kind) in set(SignState)

    time.run(main())


def test_it_takes_several_slogans(board: Board, time: SimulatedTime) -> None:
    several = SignContent(tuple(ShownSlogan(text, "hold", 8.0) for text in SLOGANS), ("c",) * 3)

    async def main() -> None:
        assert await board.sign.send(several) in set(SignState)

    time.run(main())


def test_what_it_does_not_turn_itself_is_there_page_after_page(
    board: Board, time: SimulatedTime
) -> None:
    several = SignContent(tuple(ShownSlogan(text, "hold", 8.0) for text in SLOGANS), ("c",) * 3)

    async def main() -> None:
        pages = [replace(several, page=n) for n, _ in enumerate(board.sign.pages(several))]
        for page, held in zip(pages, [None, *pages], strict=False):
            before = time.monotonic()
            await board.sign.send(page, held)
            assert board.holds() == str(render(SLOGANS[page.page]))
            assert before < board.sign.changed <= time.monotonic()
        assert list(board.sign.pages(several)) == ([8.0] * 3 if pages else [])
        assert bool(pages) is isinstance(board, StandingPicture)

    time.run(main())


def test_a_check_changes_nothing(board: Board, time: SimulatedTime) -> None:
    async def main() -> None:
        await board.sign.check()
        assert board.holds() == ""
        await board.sign.send(content(SLOGANS[0]))
        await board.sign.check()
        assert board.holds() == str(render(SLOGANS[0]))

    time.run(main())


def test_what_can_not_be_reached_says_so_and_serves_again_when_mended(
    board: Board, time: SimulatedTime
) -> None:
    async def main() -> None:
        await board.sign.send(content(SLOGANS[0]))
        board.break_off()
        await fails(board.sign.check())
        await fails(board.sign.send(content(SLOGANS[1])))
        board.mend()
        await board.sign.check()
        await board.sign.send(content(SLOGANS[1]))
        assert board.holds() == str(render(SLOGANS[1]))

    time.run(main())


def test_a_closed_sign_opens_again(board: Board, time: SimulatedTime) -> None:
    async def main() -> None:
        await board.sign.close()
        await board.sign.send(content(SLOGANS[0]))
        await board.sign.close()
        await board.sign.close()
        await board.sign.send(content(SLOGANS[1]))
        assert board.holds() == str(render(SLOGANS[1]))

    time.run(main())
