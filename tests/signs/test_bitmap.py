from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.signs.pixels.bitmap import Bitmap, beside


def drawn(*lines: str) -> Bitmap:
    rows = (int("0" + line.replace("#", "1").replace(".", "0"), 2) for line in lines)
    return Bitmap(len(lines[0]), tuple(rows))


@st.composite
def bitmaps(draw: st.DrawFn, height: int | None = None) -> Bitmap:
    width = draw(st.integers(0, 40))
    height = draw(st.integers(1, 8)) if height is None else height
    row = st.integers(0, (1 << width) - 1)
    return Bitmap(width, tuple(draw(st.lists(row, min_size=height, max_size=height))))


ARROW = drawn("..#..", ".###.", "#.#..")


def test_a_pixel_is_where_it_is_drawn() -> None:
    assert str(ARROW) == "..#..\n.###.\n#.#.."
    assert (ARROW.lit(0, 2), ARROW.lit(0, 0), ARROW.lit(3, 1), ARROW.lit(4, 1)) == (
        True,
        False,
        True,
        False,
    )


def test_columns_are_cut_from_within_and_from_beyond() -> None:
    assert ARROW.columns(1, 3) == drawn(".#.", "###", ".#.")
    assert ARROW.columns(-2, 4) == drawn("....", "...#", "..#.")
    assert ARROW.columns(3, 4) == drawn("....", "#...", "....")
    assert ARROW.columns(9, 2) == drawn("..", "..", "..")


def test_dark_columns_come_off_both_sides() -> None:
    assert ARROW.trimmed() == drawn("..#.", ".###", "#.#.")
    assert drawn("...", "...").trimmed() == Bitmap(0, (0, 0))


def test_a_narrow_one_lies_over_the_middle_of_a_wide_one() -> None:
    assert drawn("#.", "##").over(drawn("#....#", ".....#")) == drawn("#.#..#", "..##.#")


def test_on_a_board_it_stands_in_the_middle() -> None:
    assert drawn("##").centred(6, 4) == drawn("......", "..##..", "......", "......")


def test_bytes_begin_with_the_leftmost_pixel() -> None:
    assert drawn("#.......", ".......#").packed() == b"\x80\x01"
    assert drawn("#........#", "..........").packed() == b"\x80\x40\x00\x00"


@given(st.lists(bitmaps(height=3), max_size=5))
def test_parts_beside_one_another_are_found_again(parts: list[Bitmap]) -> None:
    line, at = beside(parts, 3), 0
    for part in parts:
        assert line.columns(at, part.width) == part
        at += part.width
    assert line.width == at


@given(bitmaps(), st.integers(1, 4))
def test_scaling_makes_squares(bitmap: Bitmap, times: int) -> None:
    large = bitmap.scaled(times)
    assert (large.width, large.height) == (bitmap.width * times, bitmap.height * times)
    for y in range(large.height):
        for x in range(large.width):
            assert large.lit(x, y) == bitmap.lit(x // times, y // times)
