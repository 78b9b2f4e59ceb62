from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.domain.airing import SignContent
from broadcaster.domain.campaign import Colour, Effect
from broadcaster.domain.station import Colours
from broadcaster.signs.pixels.font import render
from broadcaster.signs.pixels.motion import Scene, scenes
from broadcaster.signs.pixels.pattern import frame, full

NOON = datetime(2025, 9, 22, 12, 5, tzinfo=UTC)


def pattern(width: int, height: int, colours: Colours = Colours.SINGLE) -> tuple[Scene, ...]:
    return scenes(SignContent(pattern=True), width, height, NOON, colours)


def test_a_board_of_8_rows_is_drawn_like_this() -> None:
    assert str(frame(40, 8)).split() == [
        "########################################",
        "#.......#.......#.......#.......#......#",
        "#...............................#......#",
        "#.#................................#.#.#",
        "#......................................#",
        "#.#.#.#.#........................#.#.#.#",
        "#......................................#",
        "########################################",
    ]


@given(st.integers(7, 600), st.integers(7, 256))
def test_the_outermost_pixels_are_lit_all_around(width: int, height: int) -> None:
    drawn = frame(width, height)
    assert (drawn.width, drawn.height) == (width, height)
    assert drawn.rows[0] == drawn.rows[-1] == (1 << width) - 1
    assert all(drawn.lit(0, y) and drawn.lit(width - 1, y) for y in range(height))


@given(st.integers(30, 300), st.integers(9, 128))
def test_mirrored_or_turned_round_it_is_another(width: int, height: int) -> None:
    rows = str(frame(width, height)).splitlines()
    mirrored = [row[::-1] for row in rows]
    assert rows not in (mirrored, rows[::-1], mirrored[::-1])


@pytest.mark.parametrize(
    ("width", "height", "rows"), [(128, 16, 11), (64, 32, 16), (192, 32, 27), (96, 24, 16)]
)
def test_the_size_stands_in_the_middle(width: int, height: int, rows: int) -> None:
    label = str(render(f"{width}×{height}", rows)).split()
    left, top = (width - len(label[0])) // 2, 3 + (height - 5 - rows) // 2
    drawn = str(frame(width, height)).split()
    assert [row[left : left + len(label[0])] for row in drawn[top : top + rows]] == label


@pytest.mark.parametrize(("width", "height"), [(128, 16), (64, 32), (96, 24), (32, 16), (320, 64)])
def test_all_134_letters_follow_and_none_has_to_scroll(width: int, height: int) -> None:
    first, every, *letters = pattern(width, height)
    assert first.pixels == frame(width, height)
    assert every.pixels.rows == ((1 << width) - 1,) * height
    shown = "".join(scene.text for scene in letters).replace(" ", "")
    assert len(shown) == len(set(shown)) == 134
    for letter in shown:
        assert unicodedata.normalize("NFC", letter) == letter
        assert not letter.isascii()
    assert {scene.effect for scene in letters} == {Effect.HOLD}


def test_a_board_too_low_for_marks_shows_its_frame_and_its_leds_alone() -> None:
    assert [scene.pixels for scene in pattern(64, 8)] == [frame(64, 8), full(64, 8)]


@pytest.mark.parametrize(
    ("colours", "shown"),
    [
        (Colours.SINGLE, [None]),
        (Colours.RED_GREEN, [Colour.RED, Colour.GREEN, Colour.YELLOW]),
        (Colours.FULL, list(Colour)),
    ],
)
def test_all_leds_are_lit_in_every_colour_of_the_board(
    colours: Colours, shown: list[Colour | None]
) -> None:
    lit = [scene for scene in pattern(64, 8, colours) if scene.pixels == full(64, 8)]
    assert [scene.colour for scene in lit] == shown
