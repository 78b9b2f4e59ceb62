"""A letter's blocks to what it orders, each field with the line that says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from broadcaster.domain.letter import Doubt, Letter, LetterCampaign, LetterEvent, Period
from broadcaster.letters.campaigns import Scope, scopes, title_of
from broadcaster.letters.channels import channels_of
from broadcaster.letters.contents import contents_of
from broadcaster.letters.copies import without_copies
from broadcaster.letters.days import Context
from broadcaster.letters.deadline import deadline_of
from broadcaster.letters.flat import rebuilt
from broadcaster.letters.happenings import of_items, of_sentences
from broadcaster.letters.letterhead import Head, head_of
from broadcaster.letters.opening import implements_of, named_in, title_below, written_year
from broadcaster.letters.outline import Node, outline
from broadcaster.letters.paragraphs import Part, parts
from broadcaster.letters.programme import of_tables, placed
from broadcaster.letters.said import FORMAL, GUESSED, HEADED, TOLD, Said
from broadcaster.letters.slogans import slogans_of
from broadcaster.letters.source import Block
from broadcaster.letters.themes import theme_of
from broadcaster.letters.typos import typos_of
from broadcaster.letters.windows import chosen, windows_of
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
    campaigns = [_campaign(scope, number, context, said)
                 for number, scope in enumerate(_scopes(head, body, root))]  # fmt: skip
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


def _campaign(scope: Scope, number: int, context: Context, said: Said) -> LetterCampaign:
    nodes, name = list(scope.node.all()), f"campaigns[{number}]"
    best, others = chosen(windows_of(nodes, context))
    window = best.period if best else None
    if best is not None:
        said.note(f"{name}.window", best.node.line, HEADED if best.rank == 0 else TOLD)
    events = (
        of_tables(nodes, context, window)
        or of_items(nodes, context, window)
        or of_sentences(nodes, context)
    )
    if window is None:
        window = _of_events(events)
    theme = theme_of(nodes)
    if scope.line:
        said.note(f"{name}.title", scope.line, HEADED if scope.node.line else TOLD)
    if theme is not None:
        said.note(f"{name}.theme", theme[1], HEADED)
    for at, event in enumerate(events):
        said.note(f"{name}.events[{at}]", event.line, HEADED if event.date else GUESSED)
    contents = list(contents_of(scope.node))
    slogans = {each.text: each.line for each in reversed(list(slogans_of(scope.node)))}
    for field, found in (("contents", contents), ("slogans", list(reversed(slogans.items())))):
        for at, (_, line) in enumerate(found):
            said.note(f"{name}.{field}[{at}]", line, HEADED)
    return LetterCampaign(
        title=scope.title,
        theme=theme[0] if theme else None,
        contents=tuple(text for text, _ in contents),
        slogans=tuple(reversed(slogans)),
        window=window,
        extra_windows=tuple(others),
        events=tuple(placed(events, nodes)),
    )


def _of_events(events: Sequence[LetterEvent]) -> Period | None:
    """Give the days of the event itself, where the letter names no others."""
    days = [day for each in events for day in (each.date, each.date_end) if day is not None]
    return Period(min(days), max(days)) if days else None


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
