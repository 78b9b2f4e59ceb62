"""The figures that were found in a report, against those of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from broadcaster.messages import Message, msg
from broadcaster.report.content import Block, Heading, Paragraph, annex, body
from broadcaster.report.named import Named
from broadcaster.report.results import Results
from broadcaster.report.stated import MARK, stated

Found = Mapping[str, Sequence[str]]
"""What a report says for each figure, each time that it does."""


def expected(results: Results, names: Named) -> Counter[str]:
    """Give the names of the figures that a report has, and how often."""
    return in_blocks([*body(results, names), *annex(results, names)])


def in_blocks(blocks: Iterable[Block]) -> Counter[str]:
    """Count the figures in what a report says."""
    return Counter(
        name for block in blocks for text in _texts(block) for name in MARK.findall(text)
    )


def compared(
    found: Found, names: Mapping[str, int], results: Results
) -> Iterator[tuple[str, Message]]:
    """Say which figures differ, and which are not there any more."""
    figures = stated(results)
    for name, times in names.items():
        told = found.get(name, ())
        yield from ((name, differs(each, figures[name])) for each in told if each != figures[name])
        if len(told) < times:
            missing = times - len(told)
            yield name, msg("is not found any more in {count} places", count=missing)


def differs(told: str, right: str) -> Message:
    """Say what a report tells instead of what the ledger does."""
    return msg('says "{told}", the ledger gives "{right}"', told=told, right=right)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Paragraph(text):
            yield text
        case _:
            for row in block.rows:
                yield from row
