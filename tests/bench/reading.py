"""How right official Vietnamese is read, by kind of text, and how fast."""

from __future__ import annotations

import time
from collections import defaultdict

from broadcaster.reading.read import read
from tests.reading.scoring import Pair, errors, pairs, words

ROUNDS = 20
MEGABYTE = 1_000_000


def rows() -> list[tuple[str, float, str, float | None]]:
    """Score every pair and time the sentences; figures are of what is wrong."""
    by_category: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs():
        by_category[pair.category].append(pair)
    every = [pair for of in by_category.values() for pair in of]
    return [
        *(_wrong(name, of) for name, of in by_category.items()),
        _wrong("all", every),
        ("read otherwise: words", _word_error(every), "%", 2),
        ("read a sentence", _milliseconds(by_category["sentences"]), "ms", 1),
        *_megabyte(every),
    ]


def _wrong(name: str, of: list[Pair]) -> tuple[str, float, str, float | None]:
    wrong = sum(words(read(pair.text).spoken) != words(pair.spoken) for pair in of)
    return f"read otherwise: {name}, {len(of)} texts", 100 * wrong / len(of), "%", 5


def _word_error(of: list[Pair]) -> float:
    wrong = sum(errors(words(read(pair.text).spoken), words(pair.spoken)) for pair in of)
    return 100 * wrong / sum(len(words(pair.spoken)) for pair in of)


def _milliseconds(of: list[Pair]) -> float:
    read(of[0].text)
    begun = time.perf_counter()
    for _ in range(ROUNDS):
        for pair in of:
            read(pair.text)
    return 1000 * (time.perf_counter() - begun) / ROUNDS / len(of)


def _megabyte(of: list[Pair]) -> list[tuple[str, float, str, float | None]]:
    """Read a lot at once, and hold its cost against that of a tenth of it."""
    text = "\n".join(pair.text for pair in of)
    text *= MEGABYTE // len(text)
    whole, tenth = _seconds(text), _seconds(text[: len(text) // 10])
    return [
        ("read a megabyte", whole, "s", None),
        ("read a megabyte, against ten times a tenth of it", whole / tenth / 10, "x", 1.5),
    ]


def _seconds(text: str) -> float:
    begun = time.perf_counter()
    read(text)
    return time.perf_counter() - begun
