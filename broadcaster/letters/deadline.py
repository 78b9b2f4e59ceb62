"""The day by which results are to be reported."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from broadcaster.letters.days import periods
from broadcaster.letters.found import Context
from broadcaster.letters.outline import Node

_REPORT = re.compile(
    r"báo\s+(?:cáo|lại)|kết\s+quả|tổng\s+hợp",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:trước|trong|chậm\s+nhất|muộn\s+nhất|chậm\s+nhất\s+là|hạn|thời\s+hạn|hết|xong)\W*"
    r"(?:(?:là|vào|lúc|đến|hết|trước|cuối|chót|gửi|báo\s+cáo|về|sáng|chiều|thứ\s+\w+|ngày|\d{1,2}\s?(?:giờ|h|g|:)"
    r"\s?\d{0,2}(?:\s?phút)?)\W*)*$",
    re.IGNORECASE,
)
_ABSENT = re.compile(r"vắng|lý\s+do|đăng\s+ký|dự\s+họp", re.IGNORECASE)
_EVERY = re.compile(r"h[àằ]ng\s+(?:tháng|tuần|quý|năm|ngày)|định\s+kỳ", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])")


def deadline_of(nodes: Iterable[Node], context: Context) -> tuple[date, Node] | None:
    """Give the last day for a report that a sentence names, and where; the letter's last word."""
    found = None
    for node in nodes:
        for sentence in _SENTENCE.split(node.text):
            day = _by(sentence, context)
            if day is not None:
                found = day, node
    return found


def _by(sentence: str, context: Context) -> date | None:
    if not _REPORT.search(sentence) or _ABSENT.search(sentence):
        return None
    for each in periods(sentence, context):
        if (
            each.day
            and _BY.search(sentence[: each.start])
            and not _EVERY.search(sentence[each.end :])
        ):
            return each.period.end
    return None
