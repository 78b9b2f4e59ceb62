"""What is to be made known: resolutions, laws, honours, reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcaster.letters.outline import Node

_HEAD = re.compile(
    r"^(?:(?:một\s+số|các|về|những)\s+)*nội\s+dung(?:\s+(?:trọng\s+tâm|chủ\s+yếu|cần|và|chính))*",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"^(?:chủ\s+đề|khẩu\s+hiệu|thời\s+gian|địa\s+điểm|hình\s+thức|chương\s+trình|thông\s+điệp|kinh\s+phí)",
    re.IGNORECASE,
)
_PARTS = re.compile(r";\s+")


def is_contents(node: Node) -> bool:
    """Tell a heading of contents."""
    return _HEAD.match(node.text) is not None and "tuyên truyền" in node.text[:60]


def contents_of(node: Node) -> Iterator[tuple[str, int]]:
    """Give the items under headings of contents, part by part, with their lines."""
    for each in node.all():
        if each.kind != "root" and _HEAD.match(each.text):
            yield from _items(each)
            return


def _items(node: Node) -> Iterator[tuple[str, int]]:
    for each in node.under:
        if _ELSE.match(each.text):
            continue
        if each.text.endswith(":") or not each.text:
            yield from _items(each)
            continue
        for part in _PARTS.split(each.text):
            if text := part.strip(" ;.,"):
                yield text, each.line
        yield from _items(each)
