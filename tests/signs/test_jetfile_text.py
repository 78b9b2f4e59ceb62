from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.domain.campaign import Colour, Effect
from broadcaster.domain.station import Colours, SignSpec
from broadcaster.signs.jetfile.text import LABELS, bmp, programme, resumed
from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.motion import Scene
from broadcaster.signs.screen import Screen
from broadcaster.talk import UnshowableError
from tests.emulators import jetfile_text as emulated

SPEC = SignSpec(id="cong", driver="jetfile", width=8, height=2)
PIXELS = Bitmap(8, (0b10000001, 0b11110000))
HEAD = b"\x01Z00\x02AA"


def scene(effect: Effect, seconds: float = 2.0, pixels: Bitmap = PIXELS) -> Scene:
    return Scene(pixels, effect, seconds)


def text(*scenes: Scene) -> bytes:
    return programme(Screen(scenes), SPEC, "ABCDEFGH").text


def test_a_bitmap_has_two_colours_and_its_lowest_row_first() -> None:
    assert bmp(PIXELS, 1).hex() == (
        "424d 46000000 0000 0000 3e000000"  # BM, 70 bytes, pixels from 62 on
        "28000000 08000000 02000000 0100 0100 00000000 08000000"  # 8 x 2, 1 bit
        "00000000 00000000 02000000 00000000"
        "00000000 0000ff00"  # black and red, blue first
        "f0000000 81000000"
    ).replace(" ", "")


@given(st.data())
def test_a_bitmap_is_read_as_it_was_drawn(data: st.DataObject) -> None:
    width = data.draw(st.integers(1, 70))
    row = st.integers(0, (1 << width) - 1)
    pixels = Bitmap(width, tuple(data.draw(st.lists(row, min_size=1, max_size=4))))
    lights = data.draw(st.integers(1, 7))
    read = emulated.picture(bmp(pixels, lights))
    assert "\n".join(read.rows) == str(pixels)
    assert read.colour == tuple(255 if lights & each else 0 for each in (1, 2, 4))


def test_what_stands_is_called_for_its_time() -> None:
    # All but the call is what stood on a sign of 96 x 64 (framboises/cockpit).
    assert text(scene(Effect.HOLD, 7.2)) == (
        HEAD + b"\x1b0b\x1f0\x1e0\x0aI0\x0aO0\x0f2\x0e20008\x14EA\x04"
    )


def test_a_text_that_runs_is_cut_into_pictures_no_wider_than_the_board() -> None:
    # Codes as LEDSign's author's headlines ran: no wrapping, leftwards in and out, no pause.
    wide = Bitmap(19, (0b1010101010101010101, 0))
    made = programme(Screen((scene(Effect.SCROLL_LEFT, pixels=wide),)), SPEC, "ABC")
    assert made.text == (HEAD + b"\x1b0a\x1f0\x1e1\x0aI1\x0aO1\x0f2\x0e000\x14EA\x14EA\x14EB\x04")
    assert [emulated.picture(file).rows[0] for _, file in made.pictures] == ["#.#.#.#.", "#.#"]


def test_flashing_is_two_pictures_of_half_a_second() -> None:
    lit_and_dark = b"\x14EA\x0c\x14EB"
    codes = HEAD + b"\x1b0b\x1f0\x1e0\x0aI0\x0aO0\x0f2\x0e30500"
    assert text(scene(Effect.FLASH, 60.0)) == codes + lit_and_dark + b"\x04"
    # In a loop it goes on for its turn.
    two = text(scene(Effect.FLASH, 3.0), scene(Effect.HOLD))
    assert two.startswith(codes + b"\x0c".join([lit_and_dark] * 3) + b"\x0c")


def test_a_short_text_that_runs_is_repeated_in_a_loop_until_its_turn_is_over() -> None:
    # 16 columns at 40 a second take 0.4 s.
    run = scene(Effect.SCROLL_LEFT, 1.0)
    assert text(run).count(b"\x14EA") == 1
    assert text(run, scene(Effect.HOLD)).count(b"\x14EA") == 3 + 1


def test_the_same_picture_is_sent_once() -> None:
    made = programme(Screen((scene(Effect.HOLD), scene(Effect.HOLD))), SPEC, "AB")
    assert [label for label, _ in made.pictures] == ["A"]


@pytest.mark.parametrize(
    ("colours", "colour", "lit"),
    [
        (Colours.SINGLE, None, (255, 255, 255)),
        (Colours.SINGLE, Colour.GREEN, (255, 255, 255)),
        (Colours.RED_GREEN, None, (255, 0, 0)),
        (Colours.RED_GREEN, Colour.YELLOW, (255, 255, 0)),
        (Colours.RED_GREEN, Colour.CYAN, (0, 255, 0)),
        (Colours.RED_GREEN, Colour.BLUE, (0, 255, 0)),
        (Colours.FULL, Colour.BLUE, (0, 0, 255)),
        (Colours.FULL, Colour.WHITE, (255, 255, 255)),
    ],
)
def test_a_slogan_has_the_colour_that_the_board_can_light(
    colours: Colours, colour: Colour | None, lit: tuple[int, int, int]
) -> None:
    of = replace(SPEC, colours=colours)
    made = programme(Screen((replace(scene(Effect.HOLD), colour=colour),)), of, "A")
    assert emulated.picture(made.pictures[0][1]).colour == lit


def test_more_pictures_than_labels_are_refused() -> None:
    for labels in LABELS:
        wide = Bitmap(8 * 31, (int("".join(f"{n:08b}" for n in range(1, 32)), 2), 0))
        full = Screen((scene(Effect.SCROLL_LEFT, pixels=wide),))
        assert len(programme(full, SPEC, labels).pictures) == 31
        more = Screen((*full.scenes, scene(Effect.HOLD)))
        with pytest.raises(UnshowableError, match="need 32 pictures and the sign has names for 31"):
            programme(more, SPEC, labels)


def test_a_message_longer_than_a_sign_takes_is_refused() -> None:
    # Each but the first takes 22 bytes.
    assert len(text(*[scene(Effect.HOLD)] * 46)) == 1022
    with pytest.raises(UnshowableError, match="need 1044 bytes and the sign takes 1024"):
        text(*[scene(Effect.HOLD)] * 47)


def test_labels_of_one_set_are_none_of_the_other_in_whatever_case() -> None:
    one, other = (set(labels.upper()) for labels in LABELS)
    assert not one & other
    assert [len(set(labels)) for labels in LABELS] == [31, 31]


@pytest.mark.parametrize(
    ("elapsed", "first"), [(0.0, 0), (4.9, 0), (5.0, 1), (7.4, 2), (7.7, 0), (7.6 * 99 + 5.1, 1)]
)
def test_a_loop_goes_on_where_it_is(elapsed: float, first: int) -> None:
    # The last one is on for the 0.4 s that 16 columns take.
    loop = (
        scene(Effect.HOLD, 5.0),
        scene(Effect.HOLD, 2.2),
        scene(Effect.SCROLL_LEFT, 0.1),
    )
    assert resumed(loop, 8, elapsed) == loop[first:] + loop[:first]
