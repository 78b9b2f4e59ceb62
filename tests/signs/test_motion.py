"""How slogans are set on boards: scrolled, in lines, in pages; and the test pattern."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import Colour, Effect
from broadcaster.signs.bitmap import below
from broadcaster.signs.font import render
from broadcaster.signs.motion import Scene, pages, scenes
from broadcaster.signs.pattern import LETTERS

SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
NOON = datetime(2025, 9, 22, 12, tzinfo=UTC)


def said(text: str, width: int, height: int, effect: str = "hold") -> list[str]:
    return [page.text for page in pages(ShownSlogan(text, effect, 8.0), width, height)]


@pytest.mark.parametrize(
    ("width", "height", "words"),
    [
        (
            128,
            16,
            ["Nhiệt liệt chào", "mừng Ngày hội đổi", "mới sáng tạo quốc", "gia 01-10"],
        ),
        (192, 24, ["Nhiệt liệt chào mừng", "Ngày hội đổi mới sáng", "tạo quốc gia 01-10"]),
        # Two lines of the 16-row face on each page.
        (192, 32, ["Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia", "01-10"]),
        (512, 16, [SLOGAN]),
    ],
)
def test_what_stands_still_and_is_too_wide_is_set_in_pages(
    width: int, height: int, words: list[str]
) -> None:
    assert said(SLOGAN, width, height) == words
    for page in pages(ShownSlogan(SLOGAN, "flash", 5.0, "green"), width, height):
        assert (page.pixels.width, page.pixels.height) == (width, height)
        assert (page.effect, page.seconds, page.colour) == (Effect.FLASH, 5.0, Colour.GREEN)


def test_a_page_is_as_large_as_can_be() -> None:
    (one,) = pages(ShownSlogan("Ngày hội", "hold", 8.0), 192, 32)
    assert one.pixels == render("Ngày hội", 32).centred(192, 32)
    (two,) = pages(ShownSlogan("Nhiệt liệt chào mừng Ngày hội đổi mới", "hold", 8.0), 192, 32)
    lines = ["Nhiệt liệt chào mừng Ngày hội", "đổi mới"]
    assert two.pixels == below([render(line) for line in lines]).centred(192, 32)


def test_a_slogan_of_two_lines_has_them_on_a_board_of_32_rows() -> None:
    text = "PHƯỜNG LÊ CHÂN\nChào mừng quý khách"
    first, second = text.splitlines()
    (page,) = pages(ShownSlogan(text, "hold", 8.0), 192, 32)
    assert page.pixels == below([render(first), render(second)]).centred(192, 32)
    assert said(text, 192, 16) == [first, second]
    (strip,) = pages(ShownSlogan(text, "scroll-left", 8.0), 96, 32)
    assert strip.pixels == below([render(first), render(second)])
    (strip,) = pages(ShownSlogan(text, "scroll-left", 8.0), 96, 16)
    assert strip.pixels == render(f"{first} {second}")


def test_a_word_wider_than_the_board_has_all_of_it_scroll() -> None:
    (page,) = pages(ShownSlogan("Chào mừng", "hold", 8.0), 24, 16)
    assert (page.effect, page.pixels) == (Effect.SCROLL_LEFT, render("Chào mừng"))


texts = st.text("abcđếỖ \n", max_size=40)


@given(texts, st.sampled_from(["hold", "flash", "scroll-left"]), st.integers(1, 200),
       st.sampled_from([16, 24, 32, 48]))  # fmt: skip
def test_no_word_and_no_pixel_is_lost(text: str, effect: str, width: int, height: int) -> None:
    found = pages(ShownSlogan(text, effect, 8.0), width, height)
    assert " ".join(page.text for page in found).split() == text.split()
    for page in found:
        assert page.pixels.height == height
        if page.effect is not Effect.SCROLL_LEFT:
            assert page.pixels.width == width
        words = page.text.replace(" ", "")
        assert bool(page.pixels.ink) == bool(words)


def pattern(width: int, height: int) -> tuple[Scene, ...]:
    return scenes(SignContent(pattern=True), width, height, NOON)


def test_the_pattern_has_a_border_and_four_corners_that_differ() -> None:
    frame, full, *_ = pattern(24, 16)
    assert str(frame.pixels).split() == [
        "####.##############..###",
        "####...#.......#.....###",
        "####..#.......#......###",
        "####.#.......#..........",
        "............#...........",
        "#..#.......#.......#...#",
        "#.#.......#.......#....#",
        "##.......#.......#.....#",
        "#.......#.......#......#",
        "#......#.......#.......#",
        "#.....#.......#.......##",
        ".....#.......#..........",
        "............#...........",
        "...........#............",
        "##........#.......#.....",
        "##...##############.....",
    ]
    assert all(row == (1 << 24) - 1 for row in full.pixels.rows)


def test_the_pattern_names_the_size_and_shows_every_letter() -> None:
    _, _, size, *letters = pattern(128, 16)
    assert size.text == "128x16"
    assert " ".join(page.text for page in letters) == LETTERS
    assert len(LETTERS.split()) == len(set(LETTERS.split())) == 134
