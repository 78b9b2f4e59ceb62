"""What stands in quotes."""

from __future__ import annotations

import re
from typing import NamedTuple

_QUOTED = re.compile(r"[“\"«„]\s*([^“”\"«»„]{2,400}?)\s*[”\"»]")


class Quoted(NamedTuple):
    """A quotation, without its quotes, and where it stands with them."""

    text: str
    start: int
    end: int


def quoted(text: str) -> list[Quoted]:
    """Give every quotation of a text, in order."""
    return [Quoted(each[1].strip(), *each.span()) for each in _QUOTED.finditer(text)]


def unquoted(text: str) -> str:
    """Take quotes off a text that stands in them as a whole."""
    inner = text[1:-1]
    if text[:1] in '“"' and text[-1:] in '”"' and not set('“”"') & set(inner):
        return inner.strip()
    return text
