"""What is plainly mistyped about days: read as it is meant, and shown to a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from broadcaster.domain.letter import Doubt
from broadcaster.letters.outline import Node
from broadcaster.messages import msg

_DAY = r"\d{1,2}[/.-]\d{1,2}"
_FORMS = (
    # "Tư" for "Từ"; not "thứ Tư".
    re.compile(r"(?<![Tt]hứ )(?<!\w)Tư\s+(?:ngày\s*)?\d{1,2}(?:[/.-]\d[\d/.-]*)?[-–]?[\d/.-]*"),
    re.compile(r"(?<!\w)ngày\d{1,2}(?:[/.-]\d{1,2}){1,2}[/.-]?\d*"),
    re.compile(rf"(?<![\d/]){_DAY}[/.-]\d{{3}}(?![\d/])"),
    re.compile(r"(?<![\d/])\d{1,2}/\d{4}/\d{1,2}(?![\d/])"),
)


def typos_of(nodes: Iterable[Node]) -> Iterator[Doubt]:
    """Give each, with its line."""
    for node in nodes:
        for form in _FORMS:
            for found in form.finditer(node.text):
                typo = found[0].rstrip(".-–/")
                seems = msg('"{typo}" seems mistyped; it is read as it must be meant', typo=typo)
                yield Doubt(node.line, seems)
