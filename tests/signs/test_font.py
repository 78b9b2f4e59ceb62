import unicodedata

import pytest

from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.font import ROWS, missing, render

SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"


@pytest.mark.parametrize(
    ("letter", "drawn"),
    [
        (
            "Ế",
            """
            .....#
            ..#.#.
            .#.#..
            #...#.
            ######
            #.....
            #.....
            #.....
            #####.
            #.....
            #.....
            #.....
            #.....
            ######
            ......
            ......
            """,
        ),
        (
            "ặ",
            """
            ......
            ......
            ......
            .#..#.
            ..##..
            ......
            .####.
            #....#
            .....#
            .#####
            #....#
            #....#
            #...##
            .###.#
            ......
            ..#...
            """,
        ),
    ],
)
def test_marks_stand_over_and_under_their_letter(letter: str, drawn: str) -> None:
    assert str(render(letter)).split() == drawn.split()


def test_a_decomposed_text_is_the_same_text() -> None:
    assert render(unicodedata.normalize("NFD", SLOGAN)) == render(SLOGAN)


def test_a_mark_without_a_letter_of_its_own_is_laid_over_the_one_before() -> None:
    plain, marked = render("m"), render("m̃")
    assert marked != plain
    assert all(row & whole == row for row, whole in zip(plain.rows, marked.rows, strict=True))


def test_words_are_further_apart_than_letters() -> None:
    assert render("a b").width == render("ab").width + 5


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        (SLOGAN, ()),
        ("“Đổi mới” – 57-NQ/TW… 100% ≥ 5 ₫ №1 → ①", ()),
        ("chào 👋 日本 👋", ("👋", "日", "本")),
        ("một\nhai\tba\u200b\u00ad", ()),
    ],
)
def test_what_the_face_lacks_is_named_once_and_in_order(
    text: str, lacking: tuple[str, ...]
) -> None:
    assert missing(text) == lacking


def test_what_the_face_lacks_is_seen_on_the_board() -> None:
    assert render("a👋b") == render("a\N{REPLACEMENT CHARACTER}b")


@pytest.mark.parametrize("height", [16, 17, 20, 23])
def test_a_somewhat_higher_board_has_the_line_in_its_middle(height: int) -> None:
    line, board = render("Ế", 16), render("Ế", height)
    above = (height - 16) // 2
    assert board.rows[above : above + ROWS] == line.rows
    assert (board.width, board.height) == (line.width, height)


def test_a_lower_board_takes_what_has_no_more_rows_and_refuses_the_rest() -> None:
    assert render("HELLO", 10).height == 10
    with pytest.raises(ValueError, match="14 rows high and the board 10"):
        render("Ế", 10)


def test_an_empty_text_has_no_pixels() -> None:
    assert render("") == Bitmap(0, (0,) * 16)
