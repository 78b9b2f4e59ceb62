"""The occasions that a letter orders to be made known, each with its part of the letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from broadcaster.letters.bodies import sentence
from broadcaster.letters.outline import Node

_LEVELS = ("part", "dated", "heading", "roman", "number", "decimal", "letter")
_OCCASION = re.compile(
    r"(?:(?:công\s+tác|đẩy\s+mạnh|tăng\s+cường|tổ\s+chức|triển\s+khai|đợt|chiến\s+dịch)\s+)*"
    r"(?:(?:thông\s+tin,?\s+)?tuyên\s+truyền|truyền\s+thông|hưởng\s+ứng|kỷ\s+niệm|chào\s+mừng)"
    r"(?!\s+(?:trên|qua|bằng|sâu|trực\s+quan|lưu\s+động|miệng|cổ\s+động|đến|tới|trước|rộng|:))[,\s]",
    re.IGNORECASE,
)
_SAID = re.compile(r"thời\s+gian|chủ\s+đề|khẩu\s+hiệu|nội\s+dung", re.IGNORECASE)
_TASK = re.compile(
    r"(?:nội\s+dung|hình\s+thức|thời\s+gian|mục\s+đích|yêu\s+cầu|khẩu\s+hiệu|chủ\s+đề|phạm\s+vi|đối\s+tượng"
    r"|kinh\s+phí|tổ\s+chức\s+thực\s+hiện|công\s+tác|chế\s+độ|địa\s+điểm|trách\s+nhiệm|phân\s+công"
    r"|phòng|trung\s+tâm|công\s+an|các|văn\s+phòng|đài|ubnd|ủy\s+ban|trường|trạm|ban|sở|đề\s+nghị)(?!\w)",
    re.IGNORECASE,
)
"""A field of one occasion, or an office's task."""
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
    if text.isupper():
        text = sentence(text)
    text = text.strip(" :.;,").removeprefix("và ")
    return text[:1].upper() + text[1:]


def scopes(root: Node) -> list[Scope]:
    """Give the sections that are occasions of their own, where a letter has several.

    One that says "tuyên truyền" is, and so are those beside it that have slogans or days as well.
    """
    for level in _LEVELS:
        named = [node for node in root.all() if node.kind == level and _says_when_or_what(node)]
        if not any(_OCCASION.match(node.text) for node in named):
            continue
        found = [node for node in named if _OCCASION.match(node.text) or not _TASK.match(node.text)]
        if len(found) > 1:
            return [Scope(title_of(node.text), node, node.line) for node in found]
    return []


def _says_when_or_what(node: Node) -> bool:
    return any(_SAID.match(each.text) for each in node.all() if each is not node)


def annexed(root: Node, taken: Sequence[Scope]) -> dict[int, list[Node]]:
    """Give the annexes of each scope, by its place: that whose name shares most words with its."""
    found: dict[int, list[Node]] = {}
    for node in root.under:
        if node.kind == "annex" and all(scope.node is not root for scope in taken):
            names = [set(scope.title.lower().split()) for scope in taken]
            shared = [len(name & set(node.text.lower().split())) for name in names]
            found.setdefault(shared.index(max(shared)), []).append(node)
    return found
