"""Ids and other known words: what they are made of, and which one a mistyped word may mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from broadcaster.messages import Message, msg

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_LONGEST = 80
_ALIKE = 0.65
_STEM = 3
"""Letters that are enough to know a word by its beginning."""


def is_id(text: str) -> bool:
    """Say whether a text may be an id: lower-case letters, digits, hyphens."""
    return len(text) <= _LONGEST and _ID.fullmatch(text) is not None


def not_an_id(text: str) -> tuple[Message, Message | None]:
    """Say what an id is made of, and which one may be meant."""
    meant = as_id(text)
    return (
        msg('an id has lower-case letters a-z, digits and hyphens, not "{id}"', id=text[:_LONGEST]),
        did_you_mean(meant) if meant else None,
    )


def as_id(text: str) -> str:
    """Make an id of a name: no marks, lower-case, hyphens; empty where nothing is left."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters)[:_LONGEST].strip("-")


def nearest(word: str, known: Iterable[str]) -> Message | None:
    """Ask whether a known word is meant, when one is near."""
    from difflib import get_close_matches

    by_case = {name.lower(): name for name in known}
    word = word[:_LONGEST].lower()
    begun = [name for name in by_case if len(word) >= _STEM and name.startswith(word)]
    found = get_close_matches(word, by_case, n=1, cutoff=_ALIKE)
    # A beginning that many words share says nothing of which is meant.
    found = found or (begun if len(begun) == 1 else [])
    return did_you_mean(by_case[found[0]]) if found else None


def did_you_mean(text: str) -> Message:
    """Ask whether this is meant."""
    return msg('did you mean "{meant}"?', meant=text)
