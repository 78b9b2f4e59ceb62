"""The days in which a campaign is to be made known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from broadcaster.domain.letter import ExtraWindow, Period
from broadcaster.letters.days import periods
from broadcaster.letters.found import Context, Found
from broadcaster.letters.outline import Node
from broadcaster.letters.paragraphs import plain

_HEAD = re.compile(
    r"(?:về\s+|hình\s+thức,?\s+(?:và\s+)?)?(?:thời\s+gian|thời\s+điểm|thời\s+hạn)"
    r"(?P<what>[^:.;\d]{0,60}?)(?=:|từ|trong|kể|đến|\d|bắt|$)",
    re.IGNORECASE,
)
_HELD = re.compile(r"tổ\s+chức|diễn\s+ra|sự\s+kiện|lễ|hội\s+thi", re.IGNORECASE)
_KNOWN = re.compile(
    r"tuyên\s+truyền|thông\s+tin|phát|thực\s+hiện|triển\s+khai|hưởng\s+ứng|cao\s+điểm|truyền\s+thông",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"treo|băng\s*r[ôo]n|cờ|pa\s?n?ô|trang\s+trí|cổ\s+động|bảng\s+(?:tin\s+|chữ\s+)?điện\s+tử|chạy\s+chữ|led|xe\s+(?:loa|tuyên|lưu|cổ)|đăng|cổng"
    r"|fanpage|facebook|zalo|(?<!\w)oa(?!\w)",
    re.IGNORECASE,
)
_LOUD = re.compile(r"truyền\s+thanh|phát\s+thanh|loa(?!\s+lưu)", re.IGNORECASE)
_REPORT = re.compile(r"báo\s+cáo|gửi\s+về|chậm\s+nhất|đăng\s+ký|lập\s+danh\s+sách", re.IGNORECASE)
_STAGE = re.compile(r"đợt|giai\s+đoạn|cao\s+điểm", re.IGNORECASE)
_HOUR = r"(?:\d{1,2}\s?(?:h|g|giờ)\s?\d{0,2}\s+)?"
_UNTIL = re.compile(rf"(?:đến|cho\s+đến|tới)\s+(?:hết\s+)?{_HOUR}(?:ngày\s*)?$", re.IGNORECASE)
_FROM = re.compile(rf"(?:từ|kể\s+từ|bắt\s+đầu(?:\s+từ)?)\s+{_HOUR}(?:ngày\s*)?$", re.IGNORECASE)
_THROUGH = re.compile(r"(?:^|[^\w/])hết\s+$", re.IGNORECASE)
"""Before a month."""
_COUNTED = re.compile(r"(\d{1,2})\s+ngày,?\s+(?:kể\s+)?từ\s+(?:ngày\s*)?$", re.IGNORECASE)
_HOW = re.compile(r"hình\s+thức|kênh|phương\s+thức", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=[.;])\s+")
HEADED, SAID, HELD = range(3)
"""Of candidates for a campaign's window, the best first: under a heading, in a sentence, and the
days of the event itself."""


class Window(NamedTuple):
    """A window, and what it is for."""

    period: Period
    label: str
    rank: int
    extra: bool
    """Whether it is for something else than to be heard."""
    node: Node


def windows_of(nodes: Iterable[Node], context: Context) -> list[Window]:
    """Give all windows that the paragraphs name, in order."""
    found: list[Window] = []
    headed: set[int] = set()
    for node in nodes:
        if _HEAD.match(node.text):
            headed |= {id(each) for each in node.all()}
        found += _in(node, context, headed=id(node) in headed)
        found += _by_channel(node, context)
    return [each for each in found if _is_near(each.period, context)]


def _in(node: Node, context: Context, *, headed: bool) -> Iterator[Window]:
    """Look at each clause: what it, or its paragraph, says that its days are for."""
    clauses = _CLAUSE.split(node.text)
    for clause in clauses:
        if _REPORT.search(clause):
            continue
        head = _HEAD.match(clause)
        for each in _bounded(clause, context):
            if each.period.start == each.period.end and not (headed or head):
                continue
            led = clause[: each.start]
            about = clauses[0] if head and clause is not clauses[0] else led
            if not (headed or head or _KNOWN.search(clause) or _OTHER.search(clause)):
                continue
            yield Window(each.period, _label(about), _rank(about, headed=bool(headed or head)),
                         _is_extra(about), node)  # fmt: skip


def _by_channel(node: Node, context: Context) -> Iterator[Window]:
    """Look in tables that give each way of making known its days."""
    for table in node.tables:
        names = [plain(cell) for cell in table.rows[0].cells]
        how = next((n for n, name in enumerate(names) if _HOW.search(name)), None)
        when = next((n for n, name in enumerate(names) if _HEAD.match(name)), None)
        if how is None or when is None:
            continue
        for row in table.rows[1:]:
            if max(how, when) < len(row.cells):
                label = plain(row.cells[how].replace("\n", " "))
                for each in _bounded(plain(row.cells[when].replace("\n", " ")), context):
                    yield Window(each.period, label, HEADED, _is_extra(label), node)


def _rank(about: str, *, headed: bool) -> int:
    if _HELD.search(about) and not _KNOWN.search(about):
        return HELD
    return HEADED if headed else SAID


def _is_extra(about: str) -> bool:
    return _OTHER.search(about) is not None and _LOUD.search(about) is None


def _bounded(text: str, context: Context) -> Iterator[Found]:
    """Give periods; of a day with "until" or "from" before it the other end is open."""
    for each in periods(text, context):
        period = each.period
        if (each.day and _UNTIL.search(text[: each.start])) or (
            not each.day and _THROUGH.search(text[: each.start])
        ):
            period = Period(None, period.end)
        elif each.day and _FROM.search(text[: each.start]):
            period = Period(period.start, _last(text[: each.start], period.start))
        yield Found(each.start, each.end, period, day=each.day)


def _last(before: str, first: date | None) -> date | None:
    """Give the last day where it is said how many there are."""
    counted = _COUNTED.search(before)
    return first + timedelta(int(counted[1]) - 1) if counted and first else None


def _is_near(period: Period, context: Context) -> bool:
    """Tell a window from the years of an anniversary."""
    years = [day.year for day in (period.start, period.end) if day is not None]
    return max(years) - min(years) <= 1 and (
        context.year is None or all(abs(year - context.year) <= 1 for year in years)
    )


def chosen(found: Sequence[Window]) -> tuple[Window | None, list[ExtraWindow]]:
    """Give the campaign's own window, and the others with what they are for."""
    if not found:
        return None, []
    best = min(found, key=lambda each: (each.extra, each.rank))
    stages = [each for each in found if _STAGE.search(each.label)]
    if best in stages and len(stages) > 1:
        best = best._replace(period=_whole(stages))
    others = [
        each for each in found if each.period != best.period and (each.extra or each in stages)
    ]
    return best, [ExtraWindow(each.label, each.period) for each in others]


def _whole(stages: Sequence[Window]) -> Period:
    starts = [each.period.start for each in stages if each.period.start is not None]
    ends = [each.period.end for each in stages if each.period.end is not None]
    return Period(min(starts, default=None), max(ends, default=None))


def _label(text: str) -> str:
    text = plain(text).strip(" ,;:.-–(")
    text = re.sub(r"[\s,:(]+(?:từ|ngày|trong|thời\s+gian)$", "", text, flags=re.IGNORECASE)
    return text.strip(" ,;:.-–(")
