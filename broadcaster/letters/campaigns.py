"""The occasions that a letter orders to be made known, each with its part of the letter."""

from __future__ import annotations

import re
from typing import NamedTuple

from broadcaster.letters.outline import Node

_LEVELS = ("roman", "number", "decimal", "letter")
_OCCASION = re.compile(
    r"(?:(?:công\s+tác|đẩy\s+mạnh|tăng\s+cường|tổ\s+chức|triển\s+khai|đợt|chiến\s+dịch)\s+)*"
    r"(?:(?:thông\s+tin,?\s+)?tuyên\s+truyền|truyền\s+thông|hưởng\s+ứng|kỷ\s+niệm|chào\s+mừng)"
    r"(?!\s+(?:trên|qua|bằng|sâu|trực\s+quan|lưu\s+động|miệng|cổ\s+động|đến|tới|trước|rộng|:))[,\s]",
    re.IGNORECASE,
)
_SAID = re.compile(r"thời\s+gian|chủ\s+đề|khẩu\s+hiệu|nội\s+dung", re.IGNORECASE)
_LEAD = re.compile(
    r"[^“”.;:]{0,70}?(?:tuyên\s+truyền|truyền\s+thông)(?:\s+(?:về|cho|việc))?[,\s]+", re.IGNORECASE
)
_TO_PEOPLE = re.compile(
    r"thông\s+tin\s+(?:tới|đến)\s+.*?(?=sự\s+kiện|ngày\s+hội|tuần\s+lễ|lễ\s+hội)", re.IGNORECASE
)
_ABOUT = re.compile(r"(?:V/v|Về\s+việc|Về)\s+(?:việc\s+)?", re.IGNORECASE)


class Scope(NamedTuple):
    """An occasion's name, and where all of it stands."""

    title: str
    node: Node
    line: int
    """Of its name."""


def title_of(text: str) -> str:
    """Give what is made known, of a heading that orders to make it known."""
    for lead in (_ABOUT, _LEAD, _TO_PEOPLE):
        if (found := lead.match(text)) is not None:
            text = text[found.end() :]
    text = text.strip(" :.;,").removeprefix("và ")
    return text[:1].upper() + text[1:]


def scopes(root: Node) -> list[Scope]:
    """Give the sections that are occasions of their own, where a letter has several."""
    for level in _LEVELS:
        found = [node for node in root.all() if node.kind == level and _is_occasion(node)]
        if len(found) > 1:
            return [Scope(title_of(node.text), node, node.line) for node in found]
    return []


def _is_occasion(node: Node) -> bool:
    return _OCCASION.match(node.text) is not None and any(
        _SAID.match(each.text) for each in node.all() if each is not node
    )
