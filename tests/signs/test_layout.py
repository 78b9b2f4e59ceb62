from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.font import TooHighError, render
from broadcaster.signs.pixels.layout import held, unrolled

SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
ONE_WORD = "Nghiêngnghiêngnghiêngnghiêng"


def texts(text: str, width: int, height: int) -> list[str]:
    return [page.text for page in held(text, width, height)]


def lines(*texts: str, width: int, rows: int) -> str:
    return "\n".join(str(render(text, rows).centred(width, rows)) for text in texts)


@pytest.mark.parametrize(
    ("width", "height", "told"),
    [
        (512, 16, [SLOGAN]),
        (
            128,
            16,
            ["Nhiệt liệt chào", "mừng Ngày hội", "đổi mới sáng tạo", "quốc gia 01-10"],
        ),
        (320, 32, [SLOGAN]),
        (192, 32, ["Nhiệt liệt chào mừng Ngày hội đổi mới sáng", "tạo quốc gia 01-10"]),
        (
            128,
            24,
            ["Nhiệt liệt chào", "mừng Ngày", "hội đổi mới", "sáng tạo", "quốc gia 01-10"],
        ),
    ],
)
def test_a_text_is_broken_at_words_into_as_few_pages_as_hold_it(
    width: int, height: int, told: list[str]
) -> None:
    assert texts(SLOGAN, width, height) == told
    for page in held(SLOGAN, width, height):
        assert (page.pixels.width, page.pixels.height) == (width, height)


def test_a_text_that_fits_is_as_large_as_may_be() -> None:
    (page,) = held("Ngày hội", 128, 32)
    assert str(page.pixels) == lines("Ngày hội", width=128, rows=32)
    assert page.lines == 1


def test_a_text_too_wide_for_the_large_face_is_set_in_two_lines_of_much_the_same_width() -> None:
    (page,) = held("Chào mừng Ngày hội đổi mới", 160, 32)
    assert str(page.pixels) == lines("Chào mừng Ngày", "hội đổi mới", width=160, rows=16)
    assert (page.text, page.lines) == ("Chào mừng Ngày hội đổi mới", 2)


def test_a_break_in_the_text_makes_two_lines_or_two_held() -> None:
    (page,) = held("dòng một\ndòng hai", 128, 32)
    assert str(page.pixels) == lines("dòng một", "dòng hai", width=128, rows=16)
    assert texts("dòng một\ndòng hai", 128, 16) == ["dòng một", "dòng hai"]
    assert texts("dòng một\n\n dòng hai\n", 128, 24) == ["dòng một", "dòng hai"]


def test_three_lines_are_two_pages_on_a_board_for_two() -> None:
    assert texts("một\nhai\nba", 128, 32) == ["một hai", "ba"]
    assert texts("một\nhai\nba", 128, 48) == ["một hai ba"]
    last = held("một\nhai\nba", 128, 32)[-1].pixels
    assert last == render("ba").centred(128, 32)


@pytest.mark.parametrize(("height", "rows"), [(16, 16), (32, 32)])
def test_only_a_word_wider_than_the_board_scrolls_as_large_as_may_be(
    height: int, rows: int
) -> None:
    before, word, after = held(f"Chào {ONE_WORD} bạn", 128, height)
    assert (before.text, word.text, after.text) == ("Chào", ONE_WORD, "bạn")
    assert word.pixels == render(ONE_WORD, rows)
    assert before.pixels.width == after.pixels.width == 128


def test_a_word_too_wide_in_the_large_face_is_drawn_smaller() -> None:
    (page,) = held("Nghiêngnghiêng", 128, 32)
    assert page.pixels == render("Nghiêngnghiêng").centred(128, 32)


def test_an_empty_text_is_a_dark_page() -> None:
    assert held("", 128, 16)[0].pixels == Bitmap(128, (0,) * 16)
    assert held(" \n ", 128, 32)[0].pixels == Bitmap(128, (0,) * 32)


WORDS = st.lists(st.sampled_from(SLOGAN.split()), min_size=1, max_size=12)


@given(WORDS, st.integers(70, 300), st.integers(16, 72))
def test_no_word_is_lost_and_no_line_is_cut(words: list[str], width: int, height: int) -> None:
    found = held(" ".join(words), width, height)
    assert " ".join(page.text for page in found).split() == words
    assert all(page.pixels.width == width for page in found)
    lit = sum(row.bit_count() for page in found for row in page.pixels.rows)
    rows = height // found[0].lines
    assert lit == sum(row.bit_count() for word in words for row in render(word, rows).rows)


def test_a_low_board_pages_plain_letters_and_refuses_what_is_higher() -> None:
    assert texts("PHUONG CHAO", 56, 10) == ["PHUONG", "CHAO"]
    with pytest.raises(TooHighError, match="14 rows high and the board 10"):
        held("Ế", 128, 10)


def test_what_scrolls_is_one_line_or_its_own_where_there_are_rows_for_them() -> None:
    assert unrolled(SLOGAN, 32).pixels == render(SLOGAN, 32)
    both = unrolled("dòng một\ndòng hai dài hơn", 32)
    upper, lower = render("dòng một"), render("dòng hai dài hơn")
    assert str(both.pixels) == f"{upper.columns(0, lower.width)}\n{lower}"
    assert (both.text, both.lines) == ("dòng một dòng hai dài hơn", 2)
    for height, text in ((16, "một\nhai"), (32, "một\nhai\nba")):
        assert unrolled(text, height).pixels == render(text.replace("\n", " "), height)
    assert unrolled("", 16).pixels == Bitmap(0, (0,) * 16)
