from __future__ import annotations

import io
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from PIL import Image, ImageSequence

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.signs.bitmap import Bitmap
from broadcaster.signs.font import render
from broadcaster.signs.motion import FLASH, SPEED, Scene, pages, scenes, views
from broadcaster.signs.picture import STEP, gif, png, sheet

SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
NOON = datetime(2025, 9, 22, 12, 5, tzinfo=UTC)
WIDTH, HEIGHT = 128, 16


def loop(*slogans: tuple[str, str, float]) -> tuple[Scene, ...]:
    content = SignContent(tuple(ShownSlogan(*slogan) for slogan in slogans))
    return scenes(content, WIDTH, HEIGHT, NOON)


def pixels(image: Image.Image, scale: int) -> str:
    """Read the LEDs of a picture back, by their upper left corner."""
    small = image.convert("L")
    lit = [
        [small.getpixel((x, y)) > 100 for x in range(0, image.width, scale)]  # type: ignore[operator]
        for y in range(0, image.height, scale)
    ]
    return "\n".join("".join(".#"[led] for led in row) for row in lit)


@pytest.mark.parametrize("scale", [1, 2, 3, 5])
def test_a_picture_is_the_very_pixels(scale: int) -> None:
    text = render(SLOGAN)
    with Image.open(io.BytesIO(png(text, scale))) as image:
        assert image.size == (text.width * scale, 16 * scale)
        assert pixels(image, scale) == str(text)


def test_at_scale_one_lit_is_white_and_dark_is_black() -> None:
    with Image.open(io.BytesIO(png(render(SLOGAN)))) as image:
        assert sorted(colour for _, colour in image.convert("RGB").getcolors()) == [
            (0, 0, 0),
            (255, 255, 255),
        ]


def test_a_round_led_is_dark_at_its_corners_and_one_of_many_is_lit() -> None:
    with Image.open(io.BytesIO(png(Bitmap(2, (0b10,)), 9))) as image:
        shown = image.convert("RGB")
        board, lit, dark = (shown.getpixel(at) for at in ((0, 0), (4, 4), (13, 4)))
    assert len({board, lit, dark}) == 3
    assert sum(lit) > sum(dark) > sum(board)  # type: ignore[arg-type]


def test_an_empty_text_makes_a_picture_too() -> None:
    with Image.open(io.BytesIO(png(render("")))) as image:
        assert image.size == (1, 16)


def test_a_sheet_has_every_slogan_with_a_dark_row_between() -> None:
    turns = loop(("Ế", "hold", 8.0), (SLOGAN, "scroll-left", 8.0))
    with Image.open(io.BytesIO(sheet(turns))) as image:
        rows = pixels(image, 3).splitlines()
    assert rows[17:] == str(render(SLOGAN)).splitlines()
    still = str(render("Ế").centred(WIDTH, HEIGHT)).splitlines()
    assert [row[:WIDTH] for row in rows[:16]] == still
    assert set(rows[16]) == {"."}


def frames(data: bytes) -> list[tuple[str, float]]:
    with Image.open(io.BytesIO(data)) as image:
        assert image.info["loop"] == 0
        return [
            (pixels(frame, 3), frame.info["duration"] / 1000)
            for frame in ImageSequence.Iterator(image)
        ]


def test_a_scrolling_text_comes_in_from_the_right_and_leaves_to_the_left() -> None:
    text = render(SLOGAN)
    moving = frames(gif(loop((SLOGAN, "scroll-left", 8.0)), WIDTH))
    wanted = [str(text.columns(at, WIDTH)) for at in range(-WIDTH, text.width, STEP)]
    # A GIF joins frames that are the same.
    assert [shown for shown, _ in moving] == [
        shown for before, shown in pairwise(["", *wanted]) if shown != before
    ]
    assert sum(seconds for _, seconds in moving) == pytest.approx(
        len(wanted) * STEP / SPEED, abs=0.01
    )


def test_a_flashing_text_is_lit_and_dark_in_turn() -> None:
    dark, lit = str(Bitmap(WIDTH, (0,) * 16)), str(render("Ế").centred(WIDTH, HEIGHT))
    assert frames(gif(loop(("Ế", "flash", 2.0)), WIDTH)) == [(lit, FLASH), (dark, FLASH)] * 2


def test_slogans_take_turns_for_their_dwell() -> None:
    shown = frames(gif(loop(("một", "hold", 3.0), ("hai", "hold", 5.0)), WIDTH))
    assert shown == [
        (str(render("một").centred(WIDTH, HEIGHT)), 3.0),
        (str(render("hai").centred(WIDTH, HEIGHT)), 5.0),
    ]


def test_a_scrolling_text_among_others_repeats_until_its_dwell_is_over() -> None:
    (short,) = pages(ShownSlogan("Ế", "scroll-left", 8.0), WIDTH, HEIGHT)
    once = sum(view.seconds for view in views(short, WIDTH))
    turn = sum(view.seconds for view in views(short, WIDTH, alone=False))
    assert once < 8.0 <= turn < 8.0 + once


def test_the_clock_shows_the_minute_it_was_drawn_at() -> None:
    (clock,) = scenes(SignContent(clock=True), WIDTH, HEIGHT, NOON)
    assert clock.pixels == render("12:05").centred(WIDTH, HEIGHT)


def test_a_blank_board_is_dark() -> None:
    (dark,) = scenes(SignContent(), WIDTH, HEIGHT, NOON)
    assert (dark.pixels.ink, dark.pixels.width, dark.pixels.height) == (0, WIDTH, HEIGHT)


def test_a_moving_picture_of_a_long_slogan_stays_small() -> None:
    assert len(SLOGAN) == 61
    assert len(gif(loop((SLOGAN, "scroll-left", 8.0)), WIDTH)) < 300_000
