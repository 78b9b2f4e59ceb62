from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.faces import FONTS, LARGE, UNIFONT, Face
from broadcaster.signs.pixels.font import missing, render, size

BASES = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"
TONED = [unicodedata.normalize("NFC", base + tone) for base in BASES for tone in TONES]
LOWER = [*TONED, *"ăâđêôơư"]
VIETNAMESE = [*LOWER, *(letter.upper() for letter in LOWER)]
HEIGHTS = {16: 1, 24: 2, 32: 3}
"""Rows of each face, and the dark columns between its letters."""

faces = pytest.mark.parametrize("height", HEIGHTS)


@faces
def test_every_accented_vietnamese_letter_looks_like_itself_alone(height: int) -> None:
    assert len(VIETNAMESE) == 134
    assert missing("".join(VIETNAMESE)) == ()
    assert len({render(letter, height) for letter in VIETNAMESE}) == 134


@pytest.mark.parametrize(("height", "least"), [(24, 4), (32, 7)])
def test_letters_of_the_large_faces_differ_in_several_pixels(height: int, least: int) -> None:
    drawn = [render(letter, height).centred(40, height) for letter in VIETNAMESE]
    assert least <= min(
        sum((a ^ b).bit_count() for a, b in zip(one.rows, other.rows, strict=True))
        for number, one in enumerate(drawn)
        for other in drawn[:number]
    )


@faces
@pytest.mark.parametrize("letter", "ẾỖẴẶ")
def test_a_stacked_capital_has_all_its_marks(height: int, letter: str) -> None:
    """Each part of it, letter and marks, has a row of ink of its own."""
    plain = unicodedata.normalize("NFD", letter)[0]
    base, whole = _inked(render(plain, height)), _inked(render(letter, height))
    assert whole > base
    assert set(range(min(base), max(base) + 1)) <= whole
    over, under = min(base) - min(whole), max(whole) - max(base)
    assert over + under >= height // 5


def _inked(pixels: Bitmap) -> set[int]:
    return {y for y, row in enumerate(pixels.rows) if row}


@given(st.sampled_from(list(HEIGHTS)), st.lists(st.sampled_from(VIETNAMESE), min_size=2))
def test_neighbours_are_dark_columns_apart_and_none_is_cut(height: int, letters: list[str]) -> None:
    line, gap, at = render("".join(letters), height), HEIGHTS[height], 0
    for letter in letters:
        alone = render(letter, height)
        assert line.columns(at, alone.width) == alone
        assert line.columns(at + alone.width, gap).ink == 0
        at += alone.width + gap
    assert line.width == at - gap


@faces
def test_a_decomposed_text_is_the_same_text(height: int) -> None:
    text = "".join(VIETNAMESE)
    assert render(unicodedata.normalize("NFD", text), height) == render(text, height)


def test_every_accented_letter_is_in_the_large_faces_themselves() -> None:
    for face in LARGE:
        codes = {line.split(":")[0] for line in face.file.read_text().splitlines()}
        assert {f"{ord(char):04X}" for char in (*VIETNAMESE, *"aZ09.,:;!?%()/-–“”…")} <= codes


@pytest.mark.parametrize("height", [24, 32])
def test_what_a_large_face_lacks_is_unifont_s(height: int) -> None:
    for char in "№→①≥":
        small = render(char)
        large = small.scaled(height // 16)
        assert render(char, height) == large.centred(large.width, height)
    assert missing("№→①≥") == ()


def test_what_a_large_face_has_no_face_lacks() -> None:
    lines = [line for face in LARGE for line in face.file.read_text().splitlines()]
    chars = {chr(int(line.split(":")[0], 16)) for line in lines}
    assert missing("".join(sorted(chars))) == ()


@pytest.mark.parametrize(
    ("height", "rows", "times"),
    [
        (24, 24, 1),
        (31, 24, 1),
        (32, 32, 1),
        (40, 32, 1),
        (48, 24, 2),
        (64, 32, 2),
        (72, 24, 3),
        (96, 32, 3),
    ],
)
def test_a_board_takes_the_highest_face_it_has_room_for(height: int, rows: int, times: int) -> None:
    letter = render("Ế", rows).scaled(times)
    assert render("Ế", height) == letter.centred(letter.width, height)
    assert size(height) == rows * times / 16


def test_the_faces_stay_small_and_have_their_licences() -> None:
    assert sum(face.file.stat().st_size for face in (UNIFONT, *LARGE)) < 250_000
    for name in ("unifont", "be-vietnam"):
        text = (FONTS / f"LICENSE-{name}.txt").read_text()
        assert text.count("SIL OPEN FONT LICENSE") == 1


@pytest.mark.parametrize("face", [UNIFONT, *LARGE])
def test_characters_are_in_the_order_that_they_are_looked_up_by(face: Face) -> None:
    codes = [int(line.split(":")[0], 16) for line in face.file.read_text().splitlines()]
    assert codes == sorted(codes)
    assert missing("".join(map(chr, codes))) == ()
