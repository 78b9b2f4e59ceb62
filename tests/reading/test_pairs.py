"""Official Vietnamese, and what a newsreader makes of it."""

from __future__ import annotations

from collections import Counter

import pytest

from broadcaster.reading.read import read
from tests.reading.scoring import Pair, pairs, words

PAIRS = pairs()


@pytest.mark.parametrize("category", sorted({pair.category for pair in PAIRS}))
def test_every_pair_is_read_as_it_says(category: str) -> None:
    of = [pair for pair in PAIRS if pair.category == category]
    wrong = [
        (pair.text, said)
        for pair in of
        if words(said := read(pair.text).spoken) != words(pair.spoken)
    ]

    assert wrong == []


def test_there_are_pairs_enough_and_none_twice() -> None:
    assert len(PAIRS) >= 300
    assert [text for text, count in Counter(pair.text for pair in PAIRS).items() if count > 1] == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.text[:40])
def test_what_was_read_reads_as_itself(pair: Pair) -> None:
    spoken = read(pair.text).spoken

    assert read(spoken).spoken == spoken
