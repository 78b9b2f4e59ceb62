from __future__ import annotations

import io
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from PIL import Image, ImageSequence

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import Effect
from broadcaster.domain.station import Colours
from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.font import render
from broadcaster.signs.pixels.motion import FLASH, SPEED, Scene, scenes, views
from broadcaster.signs.pixels.picture import STEP, gif, sheet

SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
NOON = datetime(2025, 9, 22, 12, 5, tzinfo=UTC)
WIDTH, HEIGHT = 128, 16


def loop(*slogans: tuple[str, str, float]) -> tuple[Scene, ...]:
    content = SignContent(tuple(ShownSlogan(*slogan) for slogan in slogans))
    return scenes(content, WIDTH, HEIGHT, NOON)


def png(drawn: Bitmap, scale: int = 1) -> bytes:
    return sheet((Scene(drawn, Effect.HOLD, 8.0),), scale)


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
    (short,) = loop(("Ế", "scroll-left", 8.0))
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


RED, GREEN, YELLOW, BLACK = (255, 0, 0), (0, 255, 0), (255, 255, 0), (0, 0, 0)


def coloured(*colours: str, effect: str = "hold") -> tuple[Scene, ...]:
    slogans = (ShownSlogan("Ế", effect, 2.0, colour) for colour in colours)
    return scenes(SignContent(tuple(slogans)), WIDTH, HEIGHT, NOON)


def shades(image: Image.Image) -> set[object]:
    return {colour for _, colour in image.convert("RGB").getcolors()}


def test_a_picture_of_one_colour_has_one_bit_a_pixel() -> None:
    with Image.open(io.BytesIO(sheet(coloured("green"), 1))) as image:
        assert image.mode == "1"
        assert image.size == (WIDTH, HEIGHT)
        assert pixels(image, 1) == str(render("Ế").centred(WIDTH, HEIGHT))


def test_a_board_with_colours_lights_each_slogan_in_its_own() -> None:
    loop = coloured("green", "red", "")
    with Image.open(io.BytesIO(sheet(loop, 1, colours=Colours.RED_GREEN))) as image:
        assert image.mode == "RGB"
        parts = [image.crop((0, top, WIDTH, top + HEIGHT)) for top in (0, 17, 34)]
        assert [shades(part) for part in parts] == [{BLACK, GREEN}, {BLACK, RED}, {BLACK, RED}]
        still = str(render("Ế").centred(WIDTH, HEIGHT))
        lit = ["".join(".#"[px != BLACK] for px in _row(parts[0], y)) for y in range(HEIGHT)]
        assert "\n".join(lit) == still


def _row(image: Image.Image, y: int) -> list[object]:
    return [image.getpixel((x, y)) for x in range(image.width)]


@pytest.mark.parametrize(
    ("wanted", "colours", "lit"),
    [
        ("white", Colours.RED_GREEN, YELLOW),
        ("blue", Colours.RED_GREEN, GREEN),
        ("magenta", Colours.RED_GREEN, RED),
        ("blue", Colours.FULL, (0, 0, 255)),
        ("blue", Colours.SINGLE, (255, 255, 255)),
    ],
)
def test_a_colour_that_the_board_lacks_is_its_nearest(
    wanted: str, colours: Colours, lit: tuple[int, int, int]
) -> None:
    with Image.open(io.BytesIO(sheet(coloured(wanted), 1, colours=colours))) as image:
        assert shades(image) == {BLACK, lit}


def test_a_moving_picture_has_the_colour_of_each_slogan() -> None:
    data = gif(coloured("green", "red", effect="flash"), WIDTH, colours=Colours.RED_GREEN)
    with Image.open(io.BytesIO(data)) as image:
        seen = [shades(frame) for frame in ImageSequence.Iterator(image)]
    dark = seen[1]
    green, red = seen[0] - dark, seen[-2] - dark
    assert len(dark) == 2
    assert len(green) == len(red) == 1
    assert green != red
    assert seen == [dark | green, dark] * 2 + [dark | red, dark] * 2
