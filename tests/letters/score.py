"""How well letters are read: field by field against what was expected, over many letters."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from broadcaster.cli.letter_json import letter_json
from broadcaster.letters import docx, pdf, texts
from broadcaster.letters.read import read
from broadcaster.letters.source import Block
from tests.letters.squeezing import squeezed

WHOLE = ("document_no", "date", "issuer", "urgency", "implements", "channels", "reporting_deadline")
"""Fields of a letter that are right or wrong."""
WITHIN = ("title", "theme", "window", "extra_windows")
"""Fields of a campaign."""
EVENT = ("title", "date", "date_end", "part_of_day", "time", "place")


@dataclass(slots=True)
class Score:
    """What was found, of what there was; and every difference in words."""

    right: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def recall(self, name: str) -> float:
        """Give how much of what there was is found."""
        return self.right[name] / self.wanted[name] if self.wanted[name] else 1.0

    def precision(self, name: str) -> float:
        """Give how much of what is found was there."""
        return self.right[name] / self.given[name] if self.given[name] else 1.0

    def count(self, letter: str, name: str, wanted: Iterable[str], given: Iterable[str]) -> None:
        """Compare two lists of things, whatever their order."""
        want, have = Counter(wanted), Counter(given)
        self.right[name] += (want & have).total()
        self.wanted[name] += want.total()
        self.given[name] += have.total()
        self.wrong += [f"{letter}: {name}: missing: {each}" for each in (want - have)]
        self.wrong += [f"{letter}: {name}: not there: {each}" for each in (have - want)]


def letters(folder: Path) -> Iterator[Path]:
    """Give every letter's folder."""
    return (each.parent for each in sorted(folder.glob("*/expected.json")))


@cache
def scored(folder: Path, form: str) -> Score:
    """Read every letter of a folder in one form."""
    score = Score()
    for each in letters(folder):
        wanted = json.loads((each / "expected.json").read_text(encoding="utf-8"))
        if form.endswith(".txt"):
            wanted |= wanted.get("text_form", {})
        _compare(score, each.name, wanted, told(each / form))
    return score


def told(file: Path) -> Any:
    """Give what is read in a file, as JSON has it."""
    made = letter_json(read(blocks_in(file)))
    return json.loads(json.dumps(made, default=str))


def blocks_in(file: Path) -> list[Block]:
    """Give a file's lines and tables as `files.blocks_of` does, without a process for each."""
    if file.suffix == ".txt":
        return [*texts.lines_of(file, file.read_bytes())]
    return (pdf if file.suffix == ".pdf" else docx).blocks(file)


def _compare(score: Score, name: str, wanted: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    for key in WHOLE:
        score.count(name, key, [_plain(wanted[key])], [_plain(given[key])])
    for key in WITHIN:
        score.count(
            name,
            key,
            [_plain(campaign[key]) for campaign in wanted["campaigns"]],
            [_plain(campaign[key]) for campaign in given["campaigns"]],
        )
    for key in ("slogans", "contents", "events"):
        score.count(name, key, _items(wanted, key), _items(given, key))


def _items(letter: Mapping[str, Any], key: str) -> list[str]:
    items = [item for campaign in letter["campaigns"] for item in campaign[key]]
    if key == "events":
        items = [[item[name] for name in EVENT] for item in items]
    return [_plain(item) for item in items]


def _plain(value: Any) -> str:
    """Give a value as it is compared; of windows the days alone."""
    if isinstance(value, list) and value and isinstance(value[0], dict) and "label" in value[0]:
        value = sorted([each["start"], each["end"]] for each in value)
    return squeezed(json.dumps(value, ensure_ascii=False))
