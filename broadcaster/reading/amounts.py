"""Numbers that count or measure: with units, in ranges, fractions and scores; and bare ones."""

from __future__ import annotations

import re

from broadcaster.reading.dates import NUMBERED, STREETS
from broadcaster.reading.letters import spell
from broadcaster.reading.numbers import (
    cardinal,
    coded,
    decimal,
    month,
    one_by_one,
    ordinal,
    whole,
)
from broadcaster.reading.scan import Rule, Scan
from broadcaster.reading.units import unit_at

_NUMBER = r"\d{1,3}(?:\.\d{3}){1,6}(?!\d)(?:,\d+)?|\d+(?:,\d+)?"
_POINT = re.compile(r"(\d+)\.(\d{1,2})(?![\d.])")
_SCORE = re.compile(
    r"(?<!\w)(?:t[ỷỉ] số|thắng|thua|hòa|hoà|dẫn|pen|luân lưu|kết quả|đánh bại|vượt qua|hạ|kết thúc"
    r"|U\d\d)(?!\w)[^.;\n]{0,40}$",
    re.IGNORECASE,
)
_HOUSE = re.compile(rf"(?:{'|'.join(STREETS)}|số|bậc)(?: số)? $", re.IGNORECASE)
_COUNTABLE = re.compile(
    r" (?:điểm|câu|phiếu|tiêu|chỉ|xã|phường|thôn|tổ|hộ|đơn|môn|thí|trường|chi|đảng|mũi|bài|lớp"
    r"|khu|tdp|dự"
    r"|công trình|nhiệm|nội|thành viên|đồng chí|đại biểu|ngành|tháng|ngày)(?!\w)",
    re.IGNORECASE,
)
_PARTS = 4
"""So many parts are a fraction of anything; 7/10 hộ are seven out of ten."""
_CHAPTER = re.compile(r"(?:khoản|mục|điều|phần|chương|nghiệp|công nghệ|mạng|web) $", re.IGNORECASE)
_MATCH = re.compile(
    r"[A-ZĐ][^\d:;.]{0,30} - [A-ZĐ][^\d:;.]{0,30}:? $"
    r"|(?:trận|hiệp|set|séc|ván|bán kết|tứ kết|chung kết|vòng bảng|vòng loại|bảng [A-H]"
    r"|luân lưu)[^.;\n]{0,50}$"
)
"""Two teams, or what they play: 2-1 after it is a score."""
_LIST = re.compile(
    rf"(?<!\w)(?:ngày|tháng|quý|thứ|đường|{NUMBERED}) (?:\d{{1,3}}(?:, ?| và ))*$", re.IGNORECASE
)
"""What is told by its number, several of them with commas between."""
_VALUE = re.compile(
    r"(?<!\w)(?:hệ|chỉ|con|tỷ|tỉ|tham|trị|thông|trung bình) số [\d, và]*$",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+")
_LONG = 10
"""So many digits without points are a code, read one by one."""


def _valued(text: str, scan: Scan) -> str:
    digits, comma, fraction = text.partition(",")
    if comma:
        return decimal(digits, fraction, scan.region)
    return whole(digits, scan.region)


def _amount(found: re.Match[str], scan: Scan) -> str:
    """Read a number, and its unit."""
    said = _bare(found[0], scan)
    unit, scan.pos = unit_at(scan, found.end())
    return f"{said} {unit}".strip()


def _bare(text: str, scan: Scan) -> str:
    if "," in text or "." in text:
        return _valued(text, scan)
    if len(text) >= _LONG or (text.startswith("0") and len(text) > 2):  # noqa: PLR2004
        return one_by_one(text)
    close = scan.behind.lower().rstrip(" ")
    if close.endswith("thứ"):
        return ordinal(int(text), scan.region)
    if close.endswith("tháng"):
        return month(int(text))
    return cardinal(int(text), scan.region)


def _score(found: re.Match[str], scan: Scan) -> str | None:
    """2-1, where somebody won or lost."""
    behind = scan.behind
    counted = re.match(r" ?[^\W\d_]+", scan.ahead(found.end()))
    played = _MATCH.search(behind) and not (counted and counted[0].strip()[0].islower())
    if not _SCORE.search(behind) and not played:
        return None
    return f"{cardinal(int(found['a']))} {cardinal(int(found['b']))}"


def _listed(found: re.Match[str], scan: Scan) -> str | None:
    """Read the first of 5,15,25 where days, classes or articles are told one by one."""
    behind = scan.behind
    if not _LIST.search(behind) or _VALUE.search(behind):
        return None
    return _bare(found[0], scan)


def _several(found: re.Match[str], scan: Scan) -> str:
    """1,2,3 in a row; 1,250,000 as the English write it."""
    if _ENGLISH.fullmatch(found[0]):
        unit, scan.pos = unit_at(scan, found.end())
        return f"{whole(found[0].replace(',', ''), scan.region)} {unit}".strip()
    return ", ".join(_bare(each, scan) for each in found[0].split(","))


def _ratio(found: re.Match[str], scan: Scan) -> str | None:
    """Read tỷ lệ 1:500."""
    if not re.search(r"t[ỷỉ] lệ(?: [^\W\d_]+){0,3} $", scan.behind, re.IGNORECASE):
        return None
    first, second = (cardinal(int(each), scan.region) for each in found.group("a", "b"))
    return f"{first} trên {second}"


def _chain(found: re.Match[str], scan: Scan) -> str:
    """Read 2-4-6 one after the other."""
    return ", ".join(cardinal(int(each), scan.region) for each in found[0].split("-"))


def _range(found: re.Match[str], scan: Scan) -> str | None:
    """20-30 người, 2 - 3 ngày."""
    first, last = found.group("a", "b")
    unit, scan.pos = unit_at(scan, found.end())
    return f"{_valued(first, scan)} đến {_valued(last, scan)} {unit}".strip()


def _slashed(found: re.Match[str], scan: Scan) -> str:
    """1/2 as a fraction; ngõ 8/24 and what is larger as `trên`."""
    over, under = found.group("a", "b")
    tell = _HOUSE.search(scan.behind) or (
        int(under) > _PARTS and _COUNTABLE.match(scan.ahead(found.end()))
    )
    first = cardinal(int(over), scan.region)
    if tell or not 0 < int(over) < int(under) <= _LONG:
        unit, scan.pos = unit_at(scan, found.end())
        return f"{first} trên {cardinal(int(under), scan.region)} {unit}".strip()
    return f"{first} phần {month(int(under))}"


def _pointed(found: re.Match[str], scan: Scan) -> str | None:
    """3.5 tấn as a decimal; khoản 1.2 and công nghệ 4.0 by their point."""
    whole_, fraction = found.group(1, 2)
    if _CHAPTER.search(scan.behind) or fraction == "0":
        parts = (cardinal(int(each), scan.region) for each in (whole_, fraction))
        return " chấm ".join(parts)
    unit, scan.pos = unit_at(scan, found.end())
    return f"{decimal(whole_, fraction, scan.region)} {unit}".strip()


def _chapters(found: re.Match[str], scan: Scan) -> str:
    """1.2.3 within a text."""
    return " chấm ".join(cardinal(int(each), scan.region) for each in found[0].split("."))


def _spaced(found: re.Match[str], scan: Scan) -> str:
    """Read 12. 500.000, with a space that a page put in."""
    scan.heard.flaws.append((found[0], found[0].replace(" ", "")))
    unit, scan.pos = unit_at(scan, found.end())
    return f"{whole(found[0].replace(' ', ''), scan.region)} {unit}".strip()


def _american(found: re.Match[str], scan: Scan) -> str:
    """$100, $1.5."""
    return f"{_valued(found[1], scan)} đô la"


def _coded(found: re.Match[str], scan: Scan) -> str | None:
    """12A1, 5B, 15A-123.45, 12A/35: numbers and letters as they stand."""
    if found[0][-1] in scan.lexicon.units:
        return None
    said = []
    for part in re.findall(r"\d+|[^\W\d_]+|/", found[0]):
        if part == "/":
            said.append("trên")
        elif part.isdigit():
            said.append(coded(part, scan.region) if len(part) <= 3 else one_by_one(part))  # noqa: PLR2004
        else:
            said.append(spell(part))
    return " ".join(said)


def _plate(found: re.Match[str], scan: Scan) -> str:
    """15A-123.45, digit by digit after the letter."""
    series = " ".join(spell(each) or one_by_one(each) for each in found["series"])
    return f"{cardinal(int(found['of']))} {series} {one_by_one(found['number'])}"


def _fifth_generation(found: re.Match[str], scan: Scan) -> str:
    """5G, 3D."""
    letter = {"G": "gờ", "D": "đê"}[found[2]]
    return f"{cardinal(int(found[1]))} {letter}"


def _and_more(found: re.Match[str], scan: Scan) -> str | None:
    """1m65, 3kg5."""
    whole_, unit, rest = found.groups()
    if unit == "m" and rest in {"2", "3"}:
        return None
    said = scan.case(scan.lexicon.units[unit], found.end())
    return f"{cardinal(int(whole_))} {said} {cardinal(int(rest))}"


RULES: tuple[Rule, ...] = (
    (re.compile(r"(\d{1,3})(m|kg|tr|l)([1-9]\d?)(?![\w/])"), _and_more),
    (re.compile(r"\d{1,3}\. \d{3}(?:\.\d{3}){1,5}(?![\d,])"), _spaced),
    (
        re.compile(
            r"(?P<of>\d\d)-?(?P<series>[A-ZĐ]{1,2}\d?) ?- ?(?P<number>\d{3}\.\d\d|\d{4,5})(?!\w)"
        ),
        _plate,
    ),
    (re.compile(r"([2-6])([GD])(?!\w)"), _fifth_generation),
    (re.compile(r"\d{1,4}[A-ZĐ]\d{0,3}(?:/\d{1,4}[A-ZĐ]?){0,6}(?!\w)"), _coded),
    (re.compile(r"\d{1,4}(?:/\d{1,4}){2,6}(?![\w/])"), _coded),
    (re.compile(r"\d{1,3}(?:-\d{1,3}){2,9}(?![\d/-])"), _chain),
    (re.compile(r"\d{1,3}(?:,\d{1,3}){2,30}(?![\d,./])"), _several),
    (re.compile(r"\d{1,3}(?=,\d)|(?<=\d,)\d{1,3}(?![\d.,/-])"), _listed),
    (re.compile(rf"(?P<a>{_NUMBER}) ?- ?(?P<b>{_NUMBER})(?![\d/-]|,\d)(?! ?- ?\d)"), _range),
    (re.compile(r"(?P<a>\d{1,4})/(?P<b>[1-9]\d{0,3})(?![\d/]|\.\d)"), _slashed),
    (re.compile(r"\d{1,2}(?:\.\d{1,2}){2,6}(?!\d)"), _chapters),
    (_POINT, _pointed),
    (re.compile(_NUMBER), _amount),
)
SCORES: tuple[Rule, ...] = (
    (re.compile(r"(?P<a>\d{1,5}) ?: ?(?P<b>\d{1,6})(?![\d/:-])"), _ratio),
    (re.compile(r"(?P<a>\d{1,3}) ?[-:] ?(?P<b>\d{1,3})(?![\d/-])"), _score),
)
MONEY: tuple[Rule, ...] = ((re.compile(rf"\$ ?({_NUMBER})"), _american),)
