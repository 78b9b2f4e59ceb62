"""The programme, by lists and sentences: what takes place at a time and a place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from broadcaster.domain.letter import LetterEvent, Period
from broadcaster.letters.found import Context
from broadcaster.letters.moments import CLOCK, moment
from broadcaster.letters.outline import Node
from broadcaster.letters.paragraphs import plain
from broadcaster.letters.programme import event_of, trimmed

_HEAD = re.compile(
    r"^(?:các\s+|một\s+số\s+)?hoạt\s+động|chương\s+trình|lịch\s+(?!sử)|các\s+hoạt\s+động|hoạt\s+động\s+(?:chính|cụ\s+thể)|chuỗi\s+hoạt",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:Lễ|Khai mạc|Bế mạc|Hội nghị|Hội thi|Hội thảo|Hội thao|Hội chợ|Ngày hội|Chung kết|Diễn đàn"
    r"|Tọa đàm|Mít tinh|Tổng kết|Giải|Liên hoan|Cuộc thi|Triển lãm)[^:;.]{0,100}:\s"
)
"""An item that is an event by its name."""
_HELD = re.compile(
    r"(?P<title>[A-ZĐÀ-Ỹ][^.;:]{3,120}?)\s+(?:được|sẽ)\s+(?:tổ\s+chức|diễn\s+ra|khai\s+mạc)\s"
)
_HOLD = re.compile(
    r"(?:tổ\s+chức|ra\s+quân)\s+(?P<title>[^.;:]{5,120}?)\s+(?:vào|lúc|hồi)\s+(?=\d)"
)
_REPORTED = re.compile(r"báo\s+cáo|gửi\s.{0,60}trước", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;])\s+")
_LUNAR = re.compile(r"(?:mùng|mồng|rằm|\d{1,2})\s+.{0,15}(?:âm\s+lịch|tháng\s+(?:Giêng|Chạp))",
                    re.IGNORECASE)  # fmt: skip
_AT = re.compile(
    r"[,;.:(–-]?\s*(?:địa\s+điểm|tại)\s*:?\s*(?P<place>[^;.)\0]{3,150})", re.IGNORECASE
)
_WHEN = re.compile(
    rf"(?:vào|lúc|hồi|từ|thời\s+gian)?[\s:]*(?:{CLOCK}(?:\s*(?:-|–|đến)\s*{CLOCK})?)?[\s,]*"
    r"(?:vào\s+)?(?:buổi\s+)?(?:cả\s+ngày|sáng|trưa|chiều|tối|đêm)?[\s,]*"
    r"(?:thứ\s+\w+|chủ\s+nhật)?[\s,]*\(?(?:ngày)?\s*\0\s*\)?(?:\s*\([^()\0]{2,40}\))?"
    rf"(?:\s*[:,]\s*{CLOCK}(?=\s*[,:]))?",
    re.IGNORECASE,
)
"""What stands around a day, which is cut out as a null."""


def of_items(nodes: Sequence[Node], context: Context, window: Period | None) -> list[LetterEvent]:
    """Give the items under a programme's heading that name a day, and those that are events."""
    listed = {id(each) for node in nodes if _HEAD.search(node.text[:80]) for each in node.under}
    items = (
        n for n in nodes
        if (id(n) in listed or _NAMED.match(n.text)) and not _REPORTED.search(n.text)
    )  # fmt: skip
    found = (_item(each, context, window) for each in items)
    return [each for each in found if each is not None]


def of_sentences(nodes: Sequence[Node], context: Context) -> list[LetterEvent]:
    """Give what sentences say is held at an hour of a day."""
    found = []
    for node in nodes:
        for sentence in _SENTENCE.split(plain(node.text)):
            held = _HELD.match(sentence) or _HOLD.search(sentence)
            told = moment(sentence[held.end() :], context) if held else None
            if held and told and told.days is not None and told.time is not None:
                where = _AT.search(sentence, held.end())
                place = re.split(r",\s+do\s", where["place"])[0] if where else None
                title = held["title"] if held.re is _HELD else _whole(held)
                found.append(event_of(title, told, place, None, node.line))
    return found


def _whole(held: re.Match[str]) -> str:
    """Give what is held: where people turn out for it, that is a part of its name."""
    title = held["title"] if held[0].startswith("tổ") else held[0].strip()
    title = re.sub(r"\s+(?:vào|lúc|hồi)$", "", title)
    return title[:1].upper() + title[1:]


def _item(node: Node, context: Context, window: Period | None) -> LetterEvent | None:
    text = plain(node.text)
    if text.endswith(":") and node.under:
        # Of a table that was flattened, when stands above what.
        text = f"{text} {plain(node.under[0].text)}"
    told = moment(text, context)
    if told.days is not None:
        rest = f"{text[: told.days.start]}\0{text[told.days.end :]}"
        rest = _WHEN.sub("\0", rest, count=1)
    elif _LUNAR.search(text):
        rest = _LUNAR.sub("\0", text, count=1)
    else:
        return None
    where = _AT.search(rest)
    if where is not None:
        rest = f"{rest[: where.start()]}\0{rest[where.end() :]}"
    title = trimmed(max(rest.split("\0"), key=len))
    return event_of(title, told, where["place"] if where else None, window, node.line)
