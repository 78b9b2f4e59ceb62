"""The pages of what a sign is to hold, where it holds one alone and can't turn them itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from broadcaster.domain.airing import SignContent
from broadcaster.ports import Sign, TimeSource

BRIEF = 2.0
"""Seconds that a page is to be seen for, or it is not turned to."""


class Turned(NamedTuple):
    """A page to be turned to."""

    content: SignContent
    due: float
    """By the steady clock: when it is to be seen."""


class Pages:
    """Which page is due on one sign: the first of other slogans, then one after the other."""

    def __init__(self, sign: Sign) -> None:
        self._sign = sign
        self._due = SignContent()
        self._since = 0.0
        """By the steady clock: when the page that is held was first seen."""

    def due(self, content: SignContent) -> SignContent:
        """Give content at its page that is due: a failed turn changes nothing about that."""
        return replace(content, page=self._due.page if _alike(content, self._due) else 0)

    def next(self, held: SignContent) -> Turned | None:
        """Say what follows the page that is held; None where it is held for good."""
        seconds = self._sign.pages(held)
        if len(seconds) < 2:  # noqa: PLR2004 - one can't be turned
            return None
        page = (held.page + 1) % len(seconds)
        return Turned(replace(held, page=page), self._since + seconds[held.page])

    def begun(self, content: SignContent) -> None:
        """Hear that content at one page is about to be sent."""
        self._due = content

    def took(self, content: SignContent, held: SignContent | None) -> None:
        """Hear that it took that, having held something else or the same, which is only renewed."""
        if held is None or not _alike(content, held) or content.page != held.page:
            self._since = self._sign.changed


async def turned(sign: Sign, content: SignContent, seconds: float, time: TimeSource) -> None:
    """Turn the pages of what a sign was just sent for so many seconds; raises SignError."""
    pages, ends = Pages(sign), time.monotonic() + seconds
    pages.took(content, None)
    while (page := pages.next(content)) and page.due + BRIEF <= ends:
        await time.sleep(page.due - time.monotonic() - sign.lead(page.content, content))
        at = time.now() + timedelta(seconds=page.due - time.monotonic())
        await sign.send(page.content, content, at)
        pages.took(page.content, content)
        content = page.content
    await time.sleep(ends - time.monotonic())


def whole(content: SignContent) -> SignContent:
    """Give content without regard to its pages."""
    return replace(content, page=0)


def _alike(one: SignContent, other: SignContent) -> bool:
    """Tell whether both have the same pages, be it at another brightness."""
    return (one.slogans, one.pattern) == (other.slogans, other.pattern)
