"""Official Vietnamese to the words that a newsreader would say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from broadcaster.domain.lexicon import Lexicon, Region
from broadcaster.reading import amounts, contacts, dates, documents, marks, times, words
from broadcaster.reading.layout import blocks
from broadcaster.reading.lexicon import standard
from broadcaster.reading.repairs import tidied
from broadcaster.reading.scan import Heard, Rule, Scan

_PAUSES = ",.?!"
"""From the shortest to the strongest."""
_DIGITS: Sequence[Rule] = (
    *marks.OPENINGS, *contacts.ADDRESSES, *documents.RULES, *amounts.SCORES, *times.RULES,
    *dates.RULES, *contacts.DIGITS, *amounts.RULES,
)  # fmt: skip
_LETTERS: Sequence[Rule] = (
    *marks.OPENINGS, *marks.TIMES, *contacts.ADDRESSES, *words.RULES,
)  # fmt: skip
_MARKS: Sequence[Rule] = (
    *marks.BRACKETS, *marks.OPENINGS, *contacts.DIGITS, *amounts.MONEY, *marks.RULES,
)  # fmt: skip
_EMPTY = Lexicon()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is spoken."""

    spoken: str
    """Words and pauses: commas, full stops, and a line for each item, heading or paragraph."""
    unknown: tuple[str, ...] = ()
    """Tokens that are no Vietnamese and in no lexicon, as they are written; spoken by guess."""
    flaws: tuple[tuple[str, str], ...] = ()
    """What seems mistyped, and what it was read as."""


def read(text: str, lexicon: Lexicon | None = None, region: Region = Region.NORTH) -> Reading:
    """Turn a text into words; never raises for what it holds.

    `lexicon` is the station's own, laid over the standard one.
    """
    known = standard()
    if lexicon and lexicon != _EMPTY:
        known = known.extended(lexicon)
    heard, start = Heard(), 0
    lines = [tidied(line, heard.flaws) for line in blocks(text)]
    whole = "\n".join(lines)
    said_lines = []
    for line in lines:
        said = _line(Scan(line, whole, start, known, region, heard))
        start += len(line) + 1
        if said:
            said_lines.append(said)
    unknown, flaws = dict.fromkeys(heard.unknown), dict.fromkeys(heard.flaws)
    return Reading("\n".join(_closed(said_lines)), tuple(unknown), tuple(flaws))


def spoken_lines(
    paragraphs: Iterable[str], lexicon: Lexicon | None = None, region: Region = Region.NORTH
) -> tuple[str, ...]:
    """Give the line that a voice speaks for each paragraph; a pause stands between two."""
    readings = (read(text, lexicon, region).spoken for text in paragraphs)
    return tuple(said.replace("\n", " ") for said in readings if said)


def _line(scan: Scan) -> str:
    said: list[str] = []
    while scan.pos < len(scan.text):
        each = scan.text[scan.pos]
        if each.isspace():
            scan.pos += 1
        else:
            said += _next(scan, _rules(each)).split()
    return _joined(said)


def _rules(each: str) -> Sequence[Rule]:
    if each.isdigit():
        return _DIGITS
    return _LETTERS if each.isalpha() else _MARKS


def _next(scan: Scan, rules: Iterable[Rule]) -> str:
    """Say what the first rule makes of this place, and go on behind it."""
    for pattern, say in rules:
        found = pattern.match(scan.text, scan.pos)
        if found is None:
            continue
        here = scan.pos
        said = say(found, scan)
        if said is not None:
            # A rule that read on has moved the place itself.
            scan.pos = scan.pos if scan.pos > here else found.end()
            return said
    scan.pos += 1
    return ""


def _joined(said: Iterable[str]) -> str:
    """Put pauses close to their words; of several, the strongest stays, and none begins a line."""
    out: list[str] = []
    for each in said:
        word, pause = each.rstrip(_PAUSES), each[len(each.rstrip(_PAUSES)) :]
        if word:
            # A letter that stands alone is a word: A, Y tế.
            out.append(word if len(word) > 1 else word.lower())
        if pause and out:
            had = out[-1][len(out[-1].rstrip(_PAUSES)) :]
            strongest = max(had + pause, key=_PAUSES.index)
            out[-1] = out[-1].rstrip(_PAUSES) + strongest
    if len(out) > 1 and len(out[0]) == 2:  # noqa: PLR2004 - a letter and its point
        # So an item's letter is written, and would be read back with a shorter pause.
        out[0] = out[0].replace(".", ",")
    return " ".join(out)


def _closed(lines: list[str]) -> list[str]:
    """End every line but the last with a pause that a voice hears."""
    ends = [line if line[-1] in _PAUSES[1:] else f"{line.rstrip(',')}." for line in lines[:-1]]
    return [*ends, *(line.rstrip(",") for line in lines[-1:])]
