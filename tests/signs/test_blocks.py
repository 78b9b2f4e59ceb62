from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.blocks import blocks
from broadcaster.signs.pixels.font import render


def test_two_rows_of_leds_are_a_line() -> None:
    assert list(blocks(Bitmap(4, (0b0110, 0b0011)), 80)) == [("▀█▄",)]
    assert list(blocks(Bitmap(4, (0b1001, 0b0000, 0b1111)), 80)) == [("▀  ▀", "▀▀▀▀")]


def test_what_is_too_wide_is_cut_between_words() -> None:
    drawn = list(blocks(render("Chào mừng Ngày hội"), 80))
    assert drawn == [*blocks(render("Chào mừng"), 80), *blocks(render("Ngày hội"), 80)]


def test_a_word_that_is_too_wide_is_cut_between_letters() -> None:
    drawn = list(blocks(render("nghiêng"), 30))
    assert drawn == [*blocks(render("nghi"), 80), *blocks(render("êng"), 80)]


@given(st.text("aỖ m-", max_size=30), st.integers(8, 60), st.sampled_from([16, 24, 32]))
def test_no_led_is_lost_and_no_line_too_long(text: str, columns: int, height: int) -> None:
    pixels = render(text, height)
    strips = list(blocks(pixels, columns))
    lines = "\n".join(line for strip in strips for line in strip)
    assert all(len(line) <= columns for line in lines.splitlines())
    lit = 2 * lines.count("█") + lines.count("▀") + lines.count("▄")
    assert lit == sum(row.bit_count() for row in pixels.rows)
