"""The driver and an emulated board, on a line as slow as real ones are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import JetFile
from broadcaster.domain.days import TimeRange
from broadcaster.domain.station import Percent, SignSpec
from broadcaster.ports import SignError, SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.font import render
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.screen import draw
from broadcaster.talk import Say
from tests.emulators.jetfile import JetFileBoard
from tests.fakes.line import FakeLine

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2025, 9, 22, 17, 5, tzinfo=ZONE)
SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
PICTURE, MESSAGE, END_BLACK, OFF, ON, DIM, CLOCK = (
    (2, 6), (2, 9), (4, 2), (4, 3), (4, 4), (4, 7), (5, 2),
)  # fmt: skip
DARK = SignContent()


def slogans(*texts: str, effect: str = "hold") -> SignContent:
    return SignContent(tuple(ShownSlogan(text, effect, 8.0) for text in texts), ("c",) * len(texts))


ONE, OTHER, RUNNING = slogans("Ế"), slogans("ặ"), slogans(SLOGAN, effect="scroll-left")


def spec(**settings: Any) -> SignSpec:
    return SignSpec(
        id="cong",
        driver="jetfile",
        link="serial://COM1",
        width=128,
        height=16,
        settings=JetFile(**settings),
        brightness_at=(Percent(TimeRange(18 * 60, 6 * 60), 40),),
    )


class Desk:
    """Signs on a line, and a look at what their boards were asked."""

    def __init__(self, *boards: JetFileBoard, specs: Sequence[SignSpec] = (spec(),)) -> None:
        self.time = SimulatedTime(NOW)
        self.boards = boards or (JetFileBoard(),)
        self.board = self.boards[0]
        self.line = FakeLine(self.time, *self.boards)
        self.signs = [LineSign(of, driver(of), self.line, ZONE, self.time) for of in specs]
        self.sign = self.signs[0]

    def run(self, act: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.time.run(act())
        assert [board.faults for board in self.boards] == [[]] * len(self.boards)

    async def asked(
        self, content: SignContent, held: SignContent | None = None
    ) -> list[tuple[int, int]]:
        """Send content, and give what the board was asked meanwhile."""
        del self.board.asked[:]
        assert await self.sign.send(content, held) is SignState.ACKNOWLEDGED
        return [each.command for each in self.board.asked]


def centred(text: str) -> list[str]:
    return str(render(text).centred(128, 16)).splitlines()


def test_a_board_of_which_nothing_is_known_is_told_everything() -> None:
    desk = Desk()

    async def main() -> None:
        desk.board.on, desk.board.black = False, True
        assert await desk.asked(ONE) == [END_BLACK, ON, PICTURE, MESSAGE, DIM]
        assert desk.board.holds() == [centred("Ế")]
        # What differs goes out alone.
        assert await desk.asked(OTHER, ONE) == [PICTURE, MESSAGE]
        assert desk.board.holds() == [centred("ặ")]
        assert await desk.asked(replace(OTHER, brightness=40), OTHER) == [DIM]
        assert desk.board.brightness == 40
        assert desk.board.holds() == [centred("ặ")]

    desk.run(main)


def test_a_text_that_runs_is_whole_and_loops_of_several_keep_their_order() -> None:
    desk = Desk()

    async def main() -> None:
        await desk.asked(RUNNING)
        assert desk.board.holds() == [str(render(SLOGAN)).splitlines()]
        assert [frame.moves for frame in desk.board.shown()] == ["11"]
        mixed = SignContent(RUNNING.slogans + ONE.slogans, ("c", "c"))
        await desk.asked(mixed, RUNNING)
        assert desk.board.holds() == [str(render(SLOGAN)).splitlines(), centred("Ế")]
        assert [(each.moves, each.pause) for each in desk.board.shown()] == [("11", 0), ("00", 8)]

    desk.run(main)


def test_a_dark_board_is_off_and_wakes_to_nothing_old() -> None:
    desk = Desk()

    async def main() -> None:
        await desk.asked(ONE)
        assert await desk.asked(DARK, ONE) == [PICTURE, MESSAGE, OFF]
        assert desk.board.holds() == []
        desk.board.wait(100_000.0)
        desk.board.on = True
        assert desk.board.holds() == [["." * 128] * 16]
        desk.board.on = False
        assert await desk.asked(OTHER, DARK) == [ON, PICTURE, MESSAGE, DIM]
        assert desk.board.holds() == [centred("ặ")]
        # While dark, its brightness may change; as little as possible is asked of it.
        await desk.asked(DARK, OTHER)
        assert await desk.asked(replace(DARK, brightness=40), DARK) == [DIM]
        assert desk.board.holds() == []

    desk.run(main)


def test_what_nobody_renews_goes_and_a_renewal_mends_a_power_cut_that_nobody_noticed() -> None:
    desk = Desk()

    async def main() -> None:
        await desk.asked(ONE)
        desk.board.wait(719.0)
        assert desk.board.holds() == [centred("Ế")]
        desk.board.wait(2.0)
        assert desk.board.holds() == []
        desk.board.lose_power()
        assert await desk.asked(ONE, ONE) == [PICTURE, MESSAGE, DIM]
        assert desk.board.holds() == [centred("Ế")]

    desk.run(main)


def test_a_renewal_begins_with_the_slogan_that_is_on() -> None:
    desk = Desk()
    loop = slogans("Ế", "ặ", "Ỗ")

    async def main() -> None:
        await desk.asked(loop)
        # Each renewal begins its slogan anew: 300 s later half of the next one is over.
        for order in ("ặỖẾ", "ỖẾặ", "ẾặỖ"):
            await desk.time.sleep(300.0)
            await desk.asked(loop, loop)
            assert desk.board.holds() == [centred(text) for text in order]

    desk.run(main)


def test_nothing_is_seen_before_its_instant() -> None:
    desk = Desk()

    async def main() -> None:
        await desk.asked(ONE)
        at = desk.time.now() + timedelta(seconds=10)
        sending = asyncio.create_task(desk.sign.send(RUNNING, ONE, at))
        await desk.time.sleep(9.999)
        assert len(desk.board.files) == 5
        assert desk.board.holds() == [centred("Ế")]
        await desk.time.sleep(0.002)
        assert desk.board.holds() == [str(render(SLOGAN)).splitlines()]
        await sending

    desk.run(main)


def test_the_time_that_it_takes_is_known_ahead() -> None:
    desk = Desk()

    async def main() -> None:
        await desk.asked(ONE)
        began = desk.time.now()
        expected = desk.sign.lead(RUNNING, ONE)
        await desk.asked(RUNNING, ONE)
        took = (desk.time.now() - began).total_seconds()
        assert expected == pytest.approx(took, abs=0.2)

    desk.run(main)


def test_exactly_one_of_what_is_said_shows_the_change() -> None:
    made, of = driver(spec()), spec()
    kinds = [None, DARK, ONE, RUNNING, replace(ONE, brightness=40), SignContent(clock=True)]
    for held in kinds:
        for wanted in kinds[1:]:
            assert wanted is not None
            drawn = draw(held, of, NOW) if held else None
            says = made.show(draw(wanted, of, NOW), drawn, NOW)
            assert [say.shows for say in says].count(True) == 1


def test_the_clock_is_the_sign_s_own_set_before_it_is_shown() -> None:
    desk = Desk()

    async def main() -> None:
        asked = await desk.asked(SignContent(clock=True))
        assert asked == [END_BLACK, ON, CLOCK, MESSAGE, DIM]
        assert desk.board.time == "2025-09-22 17:05"
        assert [frame.text for frame in desk.board.shown()] == ["{2F}"]

    desk.run(main)


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


def heard(say: Say, data: bytes) -> bool:
    assert say.answer is not None
    return say.answer(data) is not None


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


def test_a_board_that_nobody_dims_is_left_its_light_sensor() -> None:
    desk = Desk(specs=[replace(spec(), brightness_at=())])

    async def main() -> None:
        assert await desk.asked(ONE) == [END_BLACK, ON, PICTURE, MESSAGE]
        assert await desk.asked(ONE, ONE) == [PICTURE, MESSAGE]

    desk.run(main)


def test_an_old_board_need_not_know_of_black_but_of_dimming_where_that_is_wanted() -> None:
    desk = Desk()
    desk.board.lacks = {DIM, END_BLACK}

    async def main() -> None:
        with pytest.raises(SignError, match="doesn't know this command"):
            await desk.sign.send(ONE)
        assert [each.command for each in desk.board.asked] == [ON, PICTURE, MESSAGE]

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


def test_what_no_board_can_hold_is_refused_before_a_byte() -> None:
    desk = Desk()

    async def main() -> None:
        with pytest.raises(SignError, match="need 32 pictures") as caught:
            await desk.sign.send(
                slogans(*(f"{'1' * n} {SLOGAN}" for n in range(8)), effect="scroll-left")
            )
        assert caught.value.state is SignState.QUEUED

    desk.run(main)
    assert desk.line.writes == []
