"""What is to be made known: resolutions, laws, honours, reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcaster.letters.outline import Node

_HEAD = re.compile(
    r"(?:(?:một\s+số|các|về|những)\s+)*nội\s+dung(?!.{0,20}khẩu\s+hiệu)(?P<of>\s+tuyên\s+truyền)?",
    re.IGNORECASE,
)
_ORDER = re.compile(r"(?:thông\s+tin,?\s+)?tuyên\s+truyền.{0,80}:$", re.IGNORECASE)
"""An order whose list is what is to be made known."""
_ELSE = re.compile(
    r"(?:chủ\s+đề|khẩu\s+hiệu|thời\s+gian|địa\s+điểm|hình\s+thức|chương\s+trình|thông\s+điệp"
    r"|kinh\s+phí|công\s+tác|các\s+hoạt\s+động|nội\s+dung\s+băng)",
    re.IGNORECASE,
)
_PARTS = re.compile(r";\s+")


def is_contents(node: Node) -> bool:
    """Tell a heading of contents, not that of a chapter."""
    found = _HEAD.match(node.text)
    return found is not None and (found["of"] is not None or found.end() < len(node.text.strip()))


def contents_of(node: Node) -> Iterator[tuple[str, int]]:
    """Give the items under a heading of contents, part by part, with their lines."""
    below = [each for each in node.all() if each is not node]
    head = next((each for each in below if is_contents(each)), None)
    head = head or next((each for each in below if _is_chapter(each)), None)
    head = head or next((each for each in below if _ORDER.match(each.text) and each.under), None)
    if head is not None:
        if not head.under:
            yield from _parts(head.text.partition(":")[2], head.line)
        yield from _items(head)


def _is_chapter(node: Node) -> bool:
    return _HEAD.match(node.text) is not None and not any(_ELSE.match(n.text) for n in node.under)


def _items(node: Node) -> Iterator[tuple[str, int]]:
    for each in node.under:
        if not _ELSE.match(each.text):
            if not each.text.endswith(":"):
                yield from _parts(each.text, each.line)
            yield from _items(each)


def _parts(text: str, line: int) -> Iterator[tuple[str, int]]:
    for part in _PARTS.split(text):
        if part := part.strip(" ;.,:"):
            yield part, line
