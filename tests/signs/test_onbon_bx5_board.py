from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

import pytest

from broadcaster.domain.airing import SignContent
from broadcaster.domain.link import LinkUrl
from broadcaster.domain.station import Colours
from broadcaster.ports import SignError, SignState
from broadcaster.signs.pixels.font import render
from broadcaster.signs.probes import probe
from tests.emulators.onbon_bx5 import OnbonBx5Board
from tests.signs.onbon_bx5_rig import (
    SLOGAN,
    ZONE,
    Rig,
    content,
    drawn,
    letters,
    pictures,
)

ON, BRIGHT, CLOCK, TEXTS, AREA, BLOCK, STATUS, OFF, PARAMETERS = (
    *(0xA300, 0xA302, 0xA203, 0xA306),
    *(0xA401, 0xA403, 0xA102, 0xA300, 0xA20A),
)


@pytest.mark.parametrize(
    ("model", "code"),
    [("5K2", 0x58), ("5MK1", 0x54), ("5MK2", 0x53), ("6K2", 0x62), ("6K3-YY", 0x63)],
)
def test_a_model_with_pictures_holds_the_slogan_s_pixels(model: str, code: int) -> None:
    rig = pictures(model=model, code=code)
    assert rig.send(content(SLOGAN)) == [ON, BRIGHT, CLOCK, TEXTS, AREA, BLOCK, STATUS]
    assert rig.board.holds() == drawn(SLOGAN)


@pytest.mark.parametrize("effect", ["scroll-left", "flash"])
def test_what_fits_stands_whatever_its_effect(effect: str) -> None:
    rig = pictures()
    rig.send(content(SLOGAN, effect=effect))
    assert rig.board.holds() == drawn(SLOGAN)


def test_on_more_rows_a_longer_slogan_stands_in_lines() -> None:
    rig = pictures((128, 32))
    rig.send(content(f"{SLOGAN} toàn dân"))
    first, second = (render(text) for text in ("Đổi mới sáng", "tạo toàn dân"))
    (rows,) = rig.board.holds()
    assert [row.strip(".") for row in rows[:16]] == [row.strip(".") for row in str(first).split()]
    assert [row.strip(".") for row in rows[16:]] == [row.strip(".") for row in str(second).split()]


def test_a_large_picture_comes_in_blocks() -> None:
    for rig, count in ((pictures((256, 64)), 4), (pictures((256, 64), "6K2", 0x62), 3)):
        assert rig.send(content("Đổi")).count(BLOCK) == count
        assert rig.board.holds() == drawn("Đổi", 256, 64)


def test_only_what_differs_is_sent() -> None:
    rig = pictures()
    first, dim, other = content(SLOGAN), content(SLOGAN, brightness=40), content("Ế", brightness=40)
    rig.send(first)
    assert rig.send(dim, first) == [BRIGHT, STATUS]
    assert rig.board.brightness == 6
    assert rig.send(other, dim) == [BLOCK, STATUS]
    assert rig.send(other, other) == [BLOCK, STATUS]
    assert rig.board.holds() == drawn("Ế")


def test_dark_is_empty_and_off_and_nothing_old_is_seen_afterwards() -> None:
    for rig, emptied in ((pictures(), BLOCK), (letters(), TEXTS)):
        held, dark, other = content("HP"), SignContent(), content("TECH")
        rig.send(held)
        assert rig.send(dark, held) == [emptied, OFF, STATUS]
        assert (rig.board.on, rig.board.texts) == (False, {})
        assert rig.send(dark, dark) == [OFF, STATUS]
        rig.wait(3600.0)
        assert rig.send(other, dark)[0] == ON
        assert rig.board.holds() == drawn("TECH") or rig.board.reads() == ["TECH"]


def test_a_board_in_an_unknown_state_is_darkened() -> None:
    for rig in (pictures(), letters()):
        rig.send(SignContent())
        assert not rig.board.on


def test_what_is_not_renewed_vanishes_after_twelve_minutes() -> None:
    for rig in (pictures(), letters()):
        held = content("HP")
        rig.send(held)
        for _ in range(4):
            rig.wait(300.0)
            rig.send(held, held)
        rig.wait(717.0)
        assert rig.board.holds() or rig.board.reads()
        rig.wait(3.0)
        assert rig.board.holds() == rig.board.reads() == []


def test_the_picture_changes_at_its_instant_and_not_before() -> None:
    rig = pictures((256, 64))
    held, at = content("Ế"), datetime(2025, 9, 22, 17, 5, tzinfo=ZONE)
    rig.send(held)
    rig.line.writes.clear()
    begin = rig.time.monotonic() + (at - rig.time.now()).total_seconds()
    rig.send(content("Đổi"), held, at)
    *blocks, last, _status = rig.line.writes
    assert [when < begin - 100.0 for when, _ in blocks] == [True] * 3
    assert last[0] == pytest.approx(begin)
    assert rig.sign.lead(content("Đổi"), held) == pytest.approx(
        4 * (512 + 33) * 10 / 9600 + 0.2, abs=0.01
    )


def test_the_clock_shows_the_hour_of_the_station_though_its_pages_were_asked_for() -> None:
    rig = pictures()
    rig.wait(61.0)
    rig.sign.pages(SignContent(clock=True))
    rig.send(SignContent(clock=True))
    assert rig.board.holds() == drawn("17:04")


def test_the_clock_is_drawn_where_pictures_are_and_told_where_letters_are() -> None:
    rig = pictures()
    rig.send(SignContent(clock=True))
    assert (rig.sign.tells_time, rig.board.holds()) == (False, drawn("17:03"))
    rig = letters()
    rig.send(SignContent(clock=True))
    assert (rig.sign.tells_time, rig.board.reads()) == (True, ["17:03"])
    told = rig.board.clock.replace(tzinfo=ZONE)
    assert abs((told - rig.time.now()).total_seconds()) < 1.0
    assert rig.send(SignContent(clock=True), SignContent(clock=True)) == [CLOCK, TEXTS, STATUS]


@pytest.mark.parametrize(
    ("rig", "wanted", "why"),
    [
        (letters(), content(SLOGAN), "plain letters alone, not Đổớáạ; .* 5K2, 5MK1"),
        (letters(), content(r"a\nb"), r"not \\; "),
        (letters((128, 12)), content("HP"), "need 16 rows, and the board has 12"),
        (letters(), content("x" * 990), "takes 999 bytes and the board holds 988"),
        (
            letters(model="5K1", code=0x51),
            content("x" * 480, effect="scroll-left"),
            "takes 489 bytes and the board holds 476",
        ),
        (
            pictures(),
            content(SLOGAN, "ĐổiMới" * 6),
            "pictures that stand: a word is 2.. pixels wide and the board 128",
        ),
        (pictures((1024, 160)), content("Ế"), "takes 20480 bytes and the board holds 16384"),
    ],
)
def test_what_a_board_can_not_hold_is_refused_before_a_byte(
    rig: Rig, wanted: SignContent, why: str
) -> None:
    error = rig.fails(wanted)
    assert error.state is SignState.QUEUED
    assert re.search(why, str(error))
    assert rig.line.writes == []


def test_pictures_are_sent_in_one_colour_alone() -> None:
    rig = pictures()
    rig.sign = rig.spelled("5K2", (128, 16), colours=Colours.RED_GREEN)
    assert "in one colour alone" in str(rig.fails(content(SLOGAN)))


def test_a_board_that_says_no_is_not_said_to_hold_anything() -> None:
    rig = pictures()
    rig.board.refuses = True
    error = rig.fails(content(SLOGAN))
    assert (error.state, "is busy" in str(error)) == (SignState.SENT, True)


def test_a_board_that_forgot_is_found_out_when_it_is_renewed() -> None:
    for rig in (pictures(), letters()):
        held = content("HP")
        rig.send(held)
        rig.board.on = False
        assert "it is switched off" in str(rig.fails(held, held))
        rig.board.lose_power()
        rig.board.faults.clear()
        rig.send(held)
        assert rig.board.holds() or rig.board.reads()


@pytest.mark.parametrize(("fault", "value"), [("dead", True), ("corrupts", True), ("delay", 3.0)])
def test_a_board_that_does_not_answer_is_unreachable(fault: str, value: float) -> None:
    rig = pictures()
    setattr(rig.board, fault, value)
    assert rig.fails(content(SLOGAN)).state is SignState.UNREACHABLE


def test_boards_on_one_line_do_not_take_each_other_s_frames_or_answers() -> None:
    rig = pictures()
    other = OnbonBx5Board(0x58, address=8)
    rig.line.boards = (other, rig.board)
    rig.send(content(SLOGAN))
    assert (rig.board.holds(), other.holds(), other.done) == (drawn(SLOGAN), [], [])


def test_a_look_tells_its_state_and_changes_nothing() -> None:
    rig = letters()
    rig.send(content("HP", brightness=40))
    rig.board.done.clear()

    async def main() -> None:
        assert str(await rig.sign.check()) == (
            "an Onbon BX-6K1, address 7, 128 x 16 pixels; on, brightness 40 %, its clock 17:03"
        )

    rig.time.run(main())
    assert rig.board.done == [PARAMETERS, STATUS]


def test_a_board_of_another_size_than_its_sign_is_told_when_it_is_looked_at() -> None:
    rig = pictures((192, 16))
    sign = rig.spelled("5K2", (128, 16))

    async def main() -> None:
        with pytest.raises(SignError, match="is set to 192 x 16 pixels, not to 128 x 16"):
            await sign.check()

    rig.time.run(main())


def test_a_board_is_found_whatever_its_address() -> None:
    rig = pictures((384, 32))

    async def main() -> None:
        found = await probe(LinkUrl("serial", "COM1"), lambda _url: rig.line)
        assert found is not None
        assert (found.driver, found.baud) == ("onbon-bx5", 9600)
        assert str(found.told) == "an Onbon BX-5K2, address 7, 384 x 32 pixels"

    rig.time.run(main())


def test_a_second_passes_between_two_contents() -> None:
    rig = pictures()
    held = None
    for text in ("A", "B", "C"):
        rig.send(content(text), held)
        held = content(text)
    shown = [at for at, frame in rig.line.writes if b"\xa4\x03" in frame]
    assert all(later - at > 1.0 for at, later in pairwise(shown))
