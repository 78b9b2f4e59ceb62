"""A letter's blocks to what it orders, each field with the line that says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from broadcaster.domain.letter import Doubt, Letter, LetterCampaign
from broadcaster.letters.campaigns import Scope, annexed, scopes, title_of
from broadcaster.letters.channels import channels_of
from broadcaster.letters.copies import without_copies
from broadcaster.letters.deadline import deadline_of
from broadcaster.letters.flat import rebuilt
from broadcaster.letters.found import Context
from broadcaster.letters.letterhead import Head, head_of
from broadcaster.letters.occasion import campaign_of
from broadcaster.letters.opening import implements_of, named_in, title_below, written_year
from broadcaster.letters.outline import Node, outline
from broadcaster.letters.paragraphs import Part, parts
from broadcaster.letters.said import FORMAL, HEADED, TOLD, Said
from broadcaster.letters.source import Block
from broadcaster.letters.typos import typos_of
from broadcaster.messages import msg


def read(blocks: Sequence[Block]) -> Letter:
    """Read it all."""
    head = head_of(blocks)
    body = without_copies(parts(rebuilt(blocks[head.body :])))
    root = outline(body)
    said = Said(blocks)
    for field, line in head.lines.items():
        said.note(field, line, FORMAL)
    context = Context(head.written, _year(head, body))
    taken = _scopes(head, body, root)
    beside = annexed(root, taken)
    campaigns = [
        campaign_of(scope, beside.get(number, []), f"campaigns[{number}]", context, said)
        for number, scope in enumerate(taken)
    ]
    channels = _channels(root, said)
    ordered = tuple(campaigns) if channels or any(each.slogans for each in campaigns) else ()
    return Letter(
        document_no=head.number,
        date=head.written,
        issuer=head.issuer,
        urgency=head.urgency,
        implements=tuple(_implements(root, said)),
        campaigns=ordered,
        channels=tuple(channels),
        reporting_deadline=_deadline(root, context, said),
        sources=said.found,
        doubts=(*typos_of(root.all()), *_unsaid(ordered)),
    )


def _year(head: Head, body: Sequence[Part]) -> int | None:
    return head.written.year if head.written else head.year or written_year(body)


def _scopes(head: Head, body: Sequence[Part], root: Node) -> list[Scope]:
    """Give the occasions: sections of their own, or all of the letter under its subject."""
    names = (head.subject, title_below(body), named_in(root))
    name, line = next((each for each in names if each[0]), ("", 0))
    return scopes(root) or [Scope(title_of(name), root, line)]


def _channels(root: Node, said: Said) -> list[str]:
    found = channels_of(root)
    for at, (_, node) in enumerate(found):
        said.note(f"channels[{at}]", node.line, TOLD)
    return [name for name, _ in found]


def _implements(root: Node, said: Said) -> list[str]:
    found = implements_of(root)
    for at, (_, line) in enumerate(found):
        said.note(f"implements[{at}]", line, HEADED)
    return [number for number, _ in found]


def _deadline(root: Node, context: Context, said: Said) -> dt.date | None:
    found = deadline_of(root.all(), context)
    if found is None:
        return None
    said.note("reporting_deadline", found[1].line, TOLD)
    return found[0]


def _unsaid(campaigns: Sequence[LetterCampaign]) -> Iterator[Doubt]:
    for each in campaigns:
        if each.window is None:
            yield Doubt(None, msg("{title}: the letter doesn't say from when to when",
                                  title=each.title))  # fmt: skip
