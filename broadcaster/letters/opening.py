"""What a letter says at its beginning: what it carries out, and its own name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from broadcaster.letters.letterhead import TYPES
from broadcaster.letters.marks import mark_of
from broadcaster.letters.outline import Node
from broadcaster.letters.paragraphs import Paragraph, Part, joined

_OPENS = re.compile(
    r"^(?:Thực\s+hiện|Căn\s+cứ|Theo|Tiếp\s+theo|Triển\s+khai|Để\s+thực\s+hiện|Thi\s+hành|Hưởng\s+ứng"
    r"|Trên\s+cơ\s+sở|Xét|Nhằm)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w/])(?P<number>\d{1,5}[a-z]?)\s?(?P<symbol>(?:/\d{4})?\s?[/-]\s?[A-ZĐƯƠ][A-ZĐƯƠa-z0-9&]*(?:\s?[-./]\s?[A-ZĐƯƠ][A-ZĐƯƠa-z0-9&]*)*)"
)
_OWN = re.compile(
    r"đã\s+ban\s+hành|điều\s+chỉnh|bãi\s+bỏ|thay\s+thế|sửa\s+đổi|nhận\s+được|yêu\s+cầu"
    r"|(?<!theo )(?<!Theo )đề\s+nghị"
    r"|(?:xây\s+dựng|ban\s+hành)\s+kế\s+hoạch",
    re.IGNORECASE,
)
"""Where it begins to speak of what it does itself."""
_TITLE = re.compile(rf"^(?:{TYPES})$")
_MADE_KNOWN = re.compile(
    r"tuyên truyền[^.;:“”]{5,160}?(?=\s+(?:như sau|theo|với|cụ thể|trên địa bàn)|[:;.])"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


def implements_of(root: Node) -> list[tuple[str, int]]:
    """Give the numbers of the documents that the opening names, and their lines."""
    found: dict[str, int] = {}
    for node in root.under:
        if node.kind not in {"text", "dash"}:
            break
        # It may stand below the addressees, and still belongs to no item.
        for said in (node, *(each for each in node.under if each.kind == "text")):
            if _OPENS.match(said.text):
                for each in _NUMBER.finditer(_OWN.split(said.text)[0]):
                    found.setdefault(re.sub(r"\s", "", each[0]), said.line)
    return list(found.items())


def title_below(body: Sequence[Part]) -> tuple[str, int]:
    """Give the name of a plan or a guide, what stands below its type, and its line."""
    name: list[str] = []
    first, begun = 0, False
    for part in body:
        if not isinstance(part, Paragraph):
            continue
        if _TITLE.match(part.text):
            begun = True
        elif begun:
            if (
                (_OPENS.match(part.text) and name)
                or mark_of(part.text)
                or re.match(r"[-_*–]{3,}", part.text)
            ):
                break
            if re.match(r"(?:Kính gửi|Thực hiện|Căn cứ|Nhằm)", part.text) or part.text.endswith(
                ":"
            ):
                break
            first = first or part.line
            name.append(part.text)
    return joined(name), first


def named_in(root: Node) -> tuple[str, int]:
    """Give what the opening sentences order to be made known, and their line."""
    for node in root.under:
        if node.kind != "text":
            break
        if (found := _MADE_KNOWN.search(node.text)) is not None:
            return found[0], node.line
    return "", 0


def written_year(body: Sequence[Part]) -> int | None:
    """Give the year that a letter without a date speaks of most."""
    text = " ".join(part.text for part in body if isinstance(part, Paragraph))
    years = _YEAR.findall(text)
    return int(max(set(years), key=years.count)) if years else None
