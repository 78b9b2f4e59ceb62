from __future__ import annotations

import pytest

from broadcaster.domain.airing import ShownSlogan, SignContent
from tests.signs.onbon_bx5_rig import content, letters, standing


@pytest.mark.parametrize(
    ("wanted", "pages", "stay"),
    [
        (content("TECHFEST"), ["TECHFEST"], 8.0),
        (content("TECHFEST", "HP"), ["TECHFEST", "HP"], 8.0),
        (content("HP", effect="flash"), ["HP", " "], 0.5),
        (content("HP", dwell=600.0), ["HP"], 120.0),
        (standing(("A", 8.0), ("B", 12.0)), ["A", "A", "B", "B", "B"], 4.0),
        (standing(("A", 1.0), ("HAI PHONG", 120.0)), ["A", "HAI PHONG"], 120.0),
        # Exactly they would be 37 pages of 29 letters: more than the board takes.
        (standing(("A" * 16, 18.5), ("B" * 16, 40.0)), ["A" * 16, "B" * 16, "B" * 16], 18.5),
        (content("", effect="scroll-left"), [" "], 0.0),
        (content("TECHFEST HAI PHONG 2025"), ["TECHFEST HAI", "PHONG 2025"], 8.0),
        (content("TECHFESTHAIPHONG2025"), ["TECHFESTHAIPHONG2025"], 0.0),
        (
            content("TECHFEST", "HP", effect="scroll-left"),
            ["TECHFEST    HP"],
            0.0,
        ),
        (
            SignContent((ShownSlogan("HP", "hold", 1.0), ShownSlogan("!", "flash", 1.0)), ("c",)),
            ["HP", "HP", "!", " "],
            0.5,
        ),
    ],
)
def test_plain_letters_stand_flash_and_scroll(
    wanted: SignContent, pages: list[str], stay: float
) -> None:
    rig = letters()
    rig.send(wanted)
    (area,) = rig.board.texts.values()
    assert (area.pages, area.stay, area.moves) == (pages, stay, stay == 0.0)
    assert (area.x, area.width) == (0, 128)


@pytest.mark.parametrize(("height", "y", "rows"), [(16, 0, 16), (24, 0, 24), (64, 16, 32)])
def test_the_largest_font_that_fits_is_used(height: int, y: int, rows: int) -> None:
    for model, code in (("5K1", 0x51), ("6K1", 0x61)):
        rig = letters((96, height), model, code)
        rig.send(content("HP"))
        area = rig.board.texts[0]
        assert (area.y, area.height, area.width) == (y, rows, 96)


def test_slogans_are_in_their_colours() -> None:
    rig = letters()
    rig.send(SignContent((ShownSlogan("A", "hold", 1.0, "green"), ShownSlogan("B", "hold", 1.0))))
    assert rb"\FE000\C2A\n\C1B" in rig.line.data


def test_a_test_pattern_is_refused_as_there_are_no_pixels_to_draw_it_with() -> None:
    rig = letters()
    error = rig.fails(SignContent(pattern=True))
    assert str(error.message) == "this model has plain letters alone, and no test pattern"
    assert rig.line.writes == []
