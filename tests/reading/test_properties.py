"""What holds of the reading of any text at all."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.domain.lexicon import Region
from broadcaster.reading.numbers import cardinal, roman
from broadcaster.reading.read import read
from broadcaster.reading.syllable import classic, is_syllable
from tests.reading.scoring import pairs

PIECES = sorted({piece for pair in pairs() for piece in re.findall(r"\S+|\s", pair.text)})
"""What letters are made of: any order of them must be read."""
texts = st.text() | st.lists(st.sampled_from([*PIECES, " ", "\n", ", "])).map(" ".join)
mixed = st.lists(st.sampled_from(list("0123456789/-.,:()%&ABĐTUQXIVhgmađéx° \n'\"+@$²½"))).map(
    "".join
)


@given(texts | mixed)
@settings(max_examples=400, deadline=None)
def test_only_words_and_pauses_are_left_and_they_read_as_themselves(text: str) -> None:
    reading = read(text)

    assert re.fullmatch(r"[^\W\d_](?:[\w ]|[,.?!](?=[ \n]|$)|\n)*|", reading.spoken)
    assert not any(each.isdigit() for each in reading.spoken)
    assert not re.search(r"[^\W\d_a-z]{2,}(?<=[A-Z]{2})", reading.spoken)
    assert read(reading.spoken).spoken == reading.spoken


@given(texts | mixed)
def test_it_says_the_same_whether_letters_are_composed_or_not(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)

    assert read(unicodedata.normalize("NFD", composed)).spoken == read(composed).spoken


@given(st.integers(0, 10**17))
def test_a_number_is_read_in_syllables_and_two_numbers_never_alike(number: int) -> None:
    said = cardinal(number)

    assert all(map(is_syllable, said.split()))
    assert cardinal(number + 1) != said
    assert len(cardinal(number, Region.SOUTH).split()) == len(said.split())


@given(st.integers(1, 3999))
def test_a_roman_number_that_is_well_written_has_its_value(number: int) -> None:
    written, rest = "", number
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    ):
        written, rest = written + sign * (rest // value), rest % value

    assert roman(written) == number
    assert roman(f"{written}IIII") is None


@given(st.sampled_from("hòa thủy khỏe quý lúa của xòe thúy tòa".split()))
def test_the_tone_mark_of_letters_stays_where_it_is(word: str) -> None:
    assert classic(word) == word
