"""What stands above a letter: number, date, issuing body, urgency, subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from broadcaster.letters.bodies import is_national, issuer_of
from broadcaster.letters.paragraphs import joined, plain
from broadcaster.letters.source import Block, Line

TYPES = (
    "KẾ HOẠCH|HƯỚNG DẪN|CÔNG ĐIỆN|THÔNG BÁO|CHỈ THỊ|QUYẾT ĐỊNH|NGHỊ QUYẾT|TỜ TRÌNH|BÁO CÁO"
    "|GIẤY MỜI|CHƯƠNG TRÌNH|THƯ NGỎ|LỜI KÊU GỌI|THỂ LỆ|ĐỀ ÁN|PHƯƠNG ÁN|ĐỀ CƯƠNG"
)
_TYPE = re.compile(rf"(?:{TYPES})(?:\s+KHẨN)?$")
_ADDRESSED = re.compile(r"Kính\s+gửi", re.IGNORECASE)
_NUMBER = re.compile(
    r"Số\s*:?\s*(?P<number>\d{1,5}[a-zA-Z]?)?[\s.…_]*(?P<symbol>(?:/\s?\d{4})?\s?[-/]\s?[A-ZĐƯƠ]"
    r"[A-ZĐƯƠa-zđươ0-9&]*(?:\s?[-/.]\s?[A-ZĐƯƠ][A-ZĐƯƠa-zđươ0-9&]*)*)"
)
_WRITTEN = re.compile(
    r"(?P<place>[A-ZĐÀ-Ỹ][^,;:\d]{1,40}),\s*(?:hồi\s.{3,20}?\s)?ngày\s*(?P<day>\d{1,2})?[\s.…_]*tháng\s*(?P<month>\d{1,2})?"
    r"[\s.…_]*năm\s*(?P<year>\d{4})?"
)
_STAMP = re.compile(r"\W*(?P<stamp>HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN)(?:\s+HẸN GIỜ.*)?\W*(?:\d.*)?")
_ABOUT = re.compile(r"(?:V/v|Về việc)\b:?\s*", re.IGNORECASE)
_OTHER = re.compile(r"Số|Ngày\s*:|ĐẾN")
"""What is no more of the subject: a stamp."""
_SIDES = re.compile(r"\t+|\s{3,}|(?<=\S)\s+(?=CỘNG H[ÒO][AÀ]|ĐẢNG CỘNG SẢN|Độc lập\s*-)")


@dataclass(slots=True)
class Head:
    """All of it, with the lines that it stands on."""

    number: str | None = None
    written: date | None = None
    year: int | None = None
    """Of a date whose day is left blank."""
    issuer: str | None = None
    urgency: str | None = None
    subject: tuple[str, int] = ("", 0)
    """And its line."""
    lines: dict[str, int] = field(default_factory=dict)
    body: int = 0
    """How many blocks it takes."""


def head_of(blocks: Sequence[Block]) -> Head:
    """Read it; a letter that begins with its addressees has none."""
    head = Head(body=_length(blocks))
    lines = list(_lines(blocks[: head.body]))
    for at, (number, text) in enumerate(lines):
        _note(head, number, text)
        # A column is narrow: place, hour and day may stand below each other.
        _note_date(head, number, " ".join(text for _, text in lines[at : at + 2]))
    head.subject = _subject(lines)
    names = [text for _, text in _before_number(lines)]
    head.issuer = issuer_of(names)
    if head.issuer and lines:
        head.lines["issuer"] = lines[0][0]
    return head


def _length(blocks: Sequence[Block]) -> int:
    for count, block in enumerate(blocks):
        if isinstance(block, Line):
            text = plain(block.text)
            if _ADDRESSED.match(text) or _TYPE.match(text):
                return count
    return 0


def _lines(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Give the left column's lines, then the right one's."""
    left: list[tuple[int, str]] = []
    right: list[tuple[int, str]] = []
    for block in blocks:
        if isinstance(block, Line):
            first, *rest = (plain(side) for side in _SIDES.split(block.text.strip()))
            side = right if block.text.startswith((" " * 20, "\t")) and not rest else left
            side.append((block.number, first))
            right += [(block.number, each) for each in rest if each]
            continue
        for row in block.rows:
            for column, cell in enumerate(row.cells):
                side = left if column == 0 else right
                side += [(row.number, plain(text)) for text in cell.split("\n") if text.strip()]
    yield from left
    yield from right


def _note(head: Head, number: int, text: str) -> None:
    found = _NUMBER.search(text)
    if found and not head.number and text.lstrip().startswith("Số"):
        if found["number"]:
            head.number = re.sub(r"\s", "", found["number"] + found["symbol"])
        head.lines["document_no"] = number
    if (found := _STAMP.fullmatch(text)) and head.urgency is None:
        head.urgency = found["stamp"].lower().replace("hoả", "hỏa")
        head.lines["urgency"] = number


def _note_date(head: Head, number: int, text: str) -> None:
    if head.written is None and (found := _WRITTEN.search(text)):
        head.lines["date"] = number
        head.year = int(found["year"]) if found["year"] else None
        if found["day"] and found["month"] and found["year"]:
            head.written = _day(found)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _before_number(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    names: list[tuple[int, str]] = []
    for line in lines:
        if line[1].startswith("Số") or _ABOUT.match(line[1]):
            break
        names.append(line)
    return names


def _subject(lines: Sequence[tuple[int, str]]) -> tuple[str, int]:
    found: list[str] = []
    first = 0
    for number, text in lines:
        if _ABOUT.match(text):
            first, found = number, [_ABOUT.sub("", text, count=1)]
        elif found:
            if is_national(text) or _WRITTEN.search(text) or _OTHER.match(text) or text.isupper():
                break
            found.append(text)
    return joined(found), first
