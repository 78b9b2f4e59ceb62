"""A letter's paragraphs by their marks: which is part of which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from broadcaster.letters.marks import BULLETS, mark_of
from broadcaster.letters.paragraphs import Paragraph, Part
from broadcaster.letters.source import Table

_ANNEX = re.compile(r"PHỤ\s+LỤC|Phụ\s+lục(?=\s*(?:\d|[IVX]|$))")
_PART = re.compile(r"(?:PHẦN|Phần)\s+(?:thứ\s+)?(?:[IVX]+|\d|nhất|hai|ba|tư|năm)(?!\w)[.:]?\s*")
_DATED = re.compile(
    r"(?P<days>(?:Từ|Trong|Ngày)\s.{5,60}?\d)\s*:\s*(?=tuyên\s+truyền|hưởng\s+ứng|kỷ\s+niệm)"
)
_HEADING = re.compile(r"Tuyên truyền[,\s].{8,200}[^.;:,!”]$")
_DOING = re.compile(r"(?:Tổ chức\s+)?[Tt]hực hiện$|Tổ chức thực hiện$")
_INTRODUCES = re.compile(r"khẩu\s+hiệu|chương\s+trình|lịch|hoạt\s+động", re.IGNORECASE)
SLOGAN = 150
"""Characters of a line that is one."""
_ABOVE = frozenset({*BULLETS, "text"})


@dataclass(slots=True)
class Node:
    """A paragraph, less its mark, with what stands under it."""

    kind: str
    """Of its mark; "text" where it has none, "annex" for an annex's name."""
    style: str
    text: str
    line: int
    under: list[Node] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def all(self) -> Iterator[Node]:
        """Give it, and all under it, in order."""
        yield self
        for each in self.under:
            yield from each.all()


def outline(parts: Sequence[Part]) -> Node:
    """Give the root of all."""
    root = Node("root", "", "", 0)
    stack = [root]
    headings = _headings(parts)
    for part in parts:
        if isinstance(part, Table):
            stack[-1].tables.append(part)
        elif (chapter := headings.get(part.line) or _chapter(part)) is not None:
            del stack[1:]
            _push(stack, chapter)
        else:
            _add(stack, part)
    return root


def _headings(parts: Sequence[Part]) -> dict[int, Node]:
    """Give what heads an occasion without number or mark, where several do; and their end."""
    texts = [part for part in parts if isinstance(part, Paragraph)]
    heads = [
        part for above, part in pairwise(texts)
        if _HEADING.match(part.text) and not above.text.isupper()
    ]  # fmt: skip
    if len(heads) < 2:  # noqa: PLR2004 - one is the letter's own name
        return {}
    ends = [part for part in texts if part.line > heads[-1].line and _DOING.match(part.text)]
    return {part.line: Node("heading", "", part.text, part.line) for part in (*heads, *ends)}


def _chapter(part: Paragraph) -> Node | None:
    """Give what begins anew without a number: an annex, a part, or days with what is then said."""
    if _ANNEX.match(part.text):
        return Node("annex", "", part.text, part.line)
    if (found := _PART.match(part.text)) is not None:
        return Node("part", "", part.text[found.end() :], part.line)
    if (found := _DATED.match(part.text)) is None:
        return None
    days = Node("text", "", f"Thời gian: {found['days']}", part.line)
    return Node("dated", "", part.text[found.end() :], part.line, [days])


def _push(stack: list[Node], node: Node) -> None:
    stack[-1].under.append(node)
    stack.append(node)


def _add(stack: list[Node], part: Paragraph) -> None:
    mark = mark_of(part.text)
    if mark is None:
        _add_text(stack, part)
        return
    at = next((n for n, each in enumerate(stack) if (each.kind, each.style) == mark[:3:2]), None)
    if at is not None:
        del stack[at:]
    elif mark.kind not in BULLETS:
        # A list of bullets is over where something else begins, unless it introduces it.
        while stack[-1].kind in _ABOVE and not _introduces(stack):
            stack.pop()
    elif stack[-1].kind == "text" and not stack[-1].text.endswith(":"):
        stack.pop()
    _push(stack, Node(mark.kind, mark.style, part.text[mark.end :], part.line))


def _add_text(stack: list[Node], part: Paragraph) -> None:
    """Put a paragraph without a mark to what it goes on with."""
    bare = stack[-1].text.upper().strip(" .:") in {"PHỤ LỤC", ""}
    named = bare or part.text.isupper() or part.text.startswith("(")
    if named and stack[-1].kind in {"annex", "part"} and not stack[-1].under:
        stack[-1].text = f"{stack[-1].text} {part.text}".strip()
        return
    if stack[-1].kind == "text" and stack[-1].text.endswith(":") and _is_slogan(stack[-1], part):
        stack[-1].under.append(Node("text", "", part.text, part.line))
        return
    if _goes_on(stack[-1], part):
        stack[-1].under.append(Node("text", "", part.text, part.line))
        return
    while stack[-1].kind in _ABOVE:
        stack.pop()
    _push(stack, Node("text", "", part.text, part.line))


def _is_slogan(node: Node, part: Paragraph) -> bool:
    """Tell a line of its own below a sentence that leads to slogans."""
    led = re.search(r"(?:khẩu\s+hiệu|dòng\s+chữ).{0,40}:$", node.text, re.IGNORECASE) is not None
    return led and len(part.text) <= SLOGAN and ":" not in part.text and ", " not in part.text[:12]


def _introduces(stack: Sequence[Node]) -> bool:
    """Tell what a list stands under: but not the sentence that leads to all of the letter."""
    top, above = stack[-1], stack[-2]
    return top.text.endswith(":") and (
        top.kind != "text" or above.kind != "root" or _INTRODUCES.search(top.text) is not None
    )


def _goes_on(node: Node, part: Paragraph) -> bool:
    """Tell whether an item has not ended: what follows without a mark is still of it."""
    if node.kind in BULLETS and node.text.endswith(":") and not node.under:
        return True
    unended = node.text.rstrip().endswith((";", ",")) or part.text[:1].islower()
    return node.kind in _ABOVE and unended
