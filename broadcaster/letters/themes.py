"""The theme that an occasion has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from broadcaster.letters.outline import Node
from broadcaster.letters.quotes import quoted

_THEME = re.compile(r"chủ\s+đề|thông\s+điệp", re.IGNORECASE)
_NEAR = 80


def theme_of(nodes: Iterable[Node]) -> tuple[str, int] | None:
    """Give the quotation behind the word, else what its colon is followed by; and its line."""
    unquoted = None
    for node in nodes:
        if _THEME.fullmatch(node.text.strip(" :.")) and node.under:
            below = node.under[0]
            quotes = quoted(below.text)
            return (quotes[0].text if quotes else below.text.strip(" .;")), below.line
        for found in _THEME.finditer(node.text):
            rest = node.text[found.end() :]
            quotes = quoted(rest)
            if quotes and quotes[0].start <= _NEAR and "." not in rest[: quotes[0].start]:
                return quotes[0].text, node.line
            if unquoted is None and (
                colon := re.match(r"[^.:“]{0,60}:\s*(?P<theme>[^“”]{5,200})$", rest)
            ):
                unquoted = colon["theme"].strip(" .;"), node.line
    return unquoted
