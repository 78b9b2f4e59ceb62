"""One occasion of a letter: its title, theme, days, slogans, contents and programme."""

from __future__ import annotations

from collections.abc import Sequence

from broadcaster.domain.letter import LetterCampaign, LetterEvent, Period
from broadcaster.letters.campaigns import Scope
from broadcaster.letters.contents import contents_of
from broadcaster.letters.found import Context
from broadcaster.letters.happenings import of_items, of_sentences
from broadcaster.letters.outline import Node
from broadcaster.letters.programme import of_tables, placed
from broadcaster.letters.said import GUESSED, HEADED, TOLD, Said
from broadcaster.letters.slogans import Slogan, slogans_of
from broadcaster.letters.themes import theme_of
from broadcaster.letters.windows import chosen, windows_of


def campaign_of(
    scope: Scope, annexes: Sequence[Node], name: str, context: Context, said: Said
) -> LetterCampaign:
    """Read it; its annexes hold slogans that are its own."""
    nodes = list(scope.node.all())
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
    slogans = {each.text: each.line for each in reversed(_slogans(scope, annexes))}
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


def _slogans(scope: Scope, annexes: Sequence[Node]) -> list[Slogan]:
    return [each for node in (scope.node, *annexes) for each in slogans_of(node)]
