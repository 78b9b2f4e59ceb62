"""How a line begins that is an item of a list: I., 1., 1/, 1.1, a), -, +."""

from __future__ import annotations

import re
from typing import NamedTuple

_ROMAN = r"(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})"
_FORMS = (
    ("roman", re.compile(rf"(?P<label>{_ROMAN})(?P<mark>[.)]|[-–/](?=\s))\s*(?=\S)")),
    ("decimals", re.compile(r"(?P<label>\d{1,2}\.\d{1,2}\.\d{1,2})(?P<mark>)[.)]?\s+")),
    ("decimal", re.compile(r"(?P<label>\d{1,2}\.\d{1,2})(?P<mark>)(?:[.)]\s*|\s+)(?![\d/])")),
    (
        "number",
        re.compile(
            r"(?P<label>\d{1,2})(?P<mark>[.)]|[-–/](?=\s)(?!\s[A-ZĐ]+/))(?:\s*(?=[^\d\s/.])|\s+(?=\d+\s))"
        ),
    ),
    ("capital", re.compile(r"(?P<label>[A-H])(?P<mark>[.)])\s+(?=\S)")),
    ("bracketed", re.compile(r"\((?P<label>[ivx]{1,4}|[a-z]|\d{1,2})\)(?P<mark>)\s+(?=\S)")),
    ("letter", re.compile(r"(?P<label>[a-zđ])(?P<mark>[.)/])\s*(?=\S)")),
    ("dash", re.compile(r"(?P<label>[-–—])(?P<mark>)\s*(?=\S)")),
    ("plus", re.compile(r"(?P<label>[+*•●○▪◦·])(?P<mark>)\s*(?=\S)")),
)
BULLETS = frozenset({"dash", "plus"})


class Mark(NamedTuple):
    """A mark, and where the text after it begins."""

    kind: str
    label: str
    style: str
    """What stands behind a number or a letter: 1. and 1) are of two lists."""
    end: int


def mark_of(text: str) -> Mark | None:
    """Give the mark that a line begins with."""
    for kind, form in _FORMS:
        if found := form.match(text):
            return Mark(kind, found["label"], found["mark"], found.end())
    return None
