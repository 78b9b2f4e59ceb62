"""Marks: pauses, list markers, and the signs that are words."""

from __future__ import annotations

import re

from broadcaster.reading.dates import NUMBERED
from broadcaster.reading.letters import ENDINGS, VIETNAMESE
from broadcaster.reading.numbers import cardinal, roman
from broadcaster.reading.scan import Rule, Scan
from broadcaster.reading.syllable import is_syllable
from broadcaster.reading.units import per

SILENT = ""
_SIGNS = {
    "&": "và", "%": "phần trăm", "=": "bằng", "<": "nhỏ hơn", ">": "lớn hơn",
    "≤": "nhỏ hơn hoặc bằng", "≥": "lớn hơn hoặc bằng", "<=": "nhỏ hơn hoặc bằng",
    ">=": "lớn hơn hoặc bằng", "≠": "khác", "~": "khoảng", "≈": "khoảng", "@": "a còng",
    "×": "nhân", "÷": "đến", "±": "cộng trừ", "°": "độ", "$": "đô la", "€": "ơ rô",
    "₫": "đồng", "°C": "độ xê", "‰": "phần nghìn",
}  # fmt: skip
_QUIET = frozenset("\"'“”‘’«»„`´*_^#•●○▪■◦✓➢·¨¸\\™®©†‡§¶¬¦¯♦★☆✔►▶◆□▫☐☑※")
_PAUSES = {"(": ",", ")": ",", "[": ",", "]": ",", "{": ",", "}": ",", ";": ",", ":": ",", ",": ",",
           ".": ".", "!": "!", "?": "?", "⇒": ",", "|": ","}  # fmt: skip
_MEASURED = frozenset("%‰°")
_SHARES = "người|hộ|tháng|năm|ngày|tuần|lượt|lần|cháu|em|học sinh|khẩu|suất|vụ"
_SHARED = re.compile(r"\d[^\d.;:,/()]{1,25}$")
_END = re.compile(r" ?(?:[^\W\d_]+ )?\d")
_ALSO = re.compile(rf"(?<!\w)(?:{NUMBERED}) \d{{1,3}} ?$", re.IGNORECASE)
_DATED = re.compile(r"(?<!\w)(?:tháng|năm) [^\W_]+ ?$", re.IGNORECASE)
_DATED_AHEAD = re.compile(r" ?(?:ngày|mùng|mồng|tháng) \d", re.IGNORECASE)
_MEASURES = re.compile(r"tấn|tạ|yến|vòng|bào")
_PLACED = re.compile(r"(?<!\w)([^\W\d_]+) ?\d+(?:\+\d+)? ?$")
"""A word and its number: the same word with another after a dash ends a range."""
_WEEKDAY = re.compile(r"(?<!\w)(?:T[2-7]|thứ [^\W_]{1,3}) ?$", re.IGNORECASE)
_WEEKDAY_AHEAD = re.compile(r" ?(?:(?:T[2-8]|thứ [^\W_]{1,3}|CN|chủ nhật)(?!\w))", re.IGNORECASE)
_PRICED = re.compile(
    r"\d ?(?:(?:nghìn|triệu|tỷ|tr|k) ?)?(?:đồng|đ|vnđ|k|tr|triệu|tỷ|usd|tuổi|tháng|m|km|g|kg|ha|m2"
    r"|°C|độ|độ C|oC|mm|cm|lít|phút|giây|ngày|tuần|người|hộ) ?$",
    re.IGNORECASE,
)
"""An amount with its unit: another after a dash is the end of a range."""
_ENDED = re.compile(r"(?<!\w)[^\W\d_A-ZĐ]{2,7}$")
"""A word in small letters: the sentence ends with it, though no space follows its point."""
_COUNTED = re.compile(r"\d (?:triệu |nghìn |tỷ |tế )?([^\W\d_]+)$")


def _numbered(found: re.Match[str], scan: Scan) -> str | None:
    """1., 2.1., (3), 4) at the beginning of a line, or (3) within it."""
    if not _opens_item(found[0], scan):
        return None
    numbers = found["n"].split(".")
    return " chấm ".join(cardinal(int(each)) for each in numbers) + ","


def _lettered(found: re.Match[str], scan: Scan) -> str | None:
    """Read a), b. at the beginning of a line, or c) within it."""
    if not _opens_item(found[0], scan):
        return None
    return VIETNAMESE[found["l"]] + ","


def _small(found: re.Match[str], scan: Scan) -> str | None:
    """(i), ii) as the numbers that they are."""
    value = roman((found["s"] or found["s2"]).upper())
    return f"{cardinal(value)}," if value and _opens_item(found[0], scan) else None


def _chaptered(found: re.Match[str], scan: Scan) -> str | None:
    """I., IV. at the beginning of a line."""
    value = roman(found["r"])
    return f"{cardinal(value)}," if value and scan.opening else None


def _opens_item(marker: str, scan: Scan) -> bool:
    """Tell (2) and c) after a pause from what merely stands in brackets."""
    bracketed = marker.endswith(")")
    return scan.opening or (bracketed and (marker[0] == "(" or scan.behind.rstrip()[-1:] in ";,.:"))


def _dash(found: re.Match[str], scan: Scan) -> str:
    """Read -5 as minus, 9 - 11 as to, a dash between clauses as a pause, any other not at all."""
    behind, ahead = scan.behind, scan.ahead(found.end())
    same = _PLACED.search(behind)
    if (
        same
        and (is_syllable(same[1]) or same[1].lower() == "km")
        and re.match(rf" ?{re.escape(same[1])} ?\d", ahead, re.IGNORECASE)
    ):
        return "đến"
    if _WEEKDAY.search(behind) and _WEEKDAY_AHEAD.match(ahead):
        return "đến"
    if _DATED.search(behind) and _DATED_AHEAD.match(ahead):
        return "đến"
    counted = behind.rstrip()[-1:].isdigit() or bool(_PRICED.search(behind))
    if ahead[:1].isdigit() and not counted and (scan.opening or behind[-1:] in " ("):
        return "âm"
    if ahead.lstrip()[:1].isdigit() and (counted or behind.rstrip()[-1:] in _MEASURED):
        return "đến"
    clause = " " in (behind[-1:], ahead[:1]) and not ahead.lstrip()[:1].islower()
    return "," if clause and not scan.opening else SILENT


def _arrow(found: re.Match[str], scan: Scan) -> str:
    """12 -> 48 as a range; a step to the next elsewhere."""
    ends = _END.match(scan.ahead(found.end()))
    return "đến" if ends and scan.behind.rstrip()[-1:].isdigit() else ","


def _slash(found: re.Match[str], scan: Scan) -> str:
    before, after = scan.behind.rstrip(), scan.ahead(found.end()).lstrip()[:1]
    if before[-1:].isdigit() and after.isdigit():
        return "trên"
    counted = _COUNTED.search(before)
    if not counted:
        return ","
    # As of money, to tell what it is a share of.
    said, end = per(scan, "đồng", found.start())
    if end == found.start():
        return "trên" if after.isalpha() else ","
    scan.pos = end
    shares = said.removeprefix("đồng một ")
    return f"{_share(counted[1], scan.text[found.start() : end], scan)} {shares}"


def _share(counted: str, written: str, scan: Scan) -> str:
    """Tell five men a team, spoken of as money is, from measures: tons a year, people a km2."""
    by = written.lstrip("/ ").split("/")[0]
    measured = _MEASURES.fullmatch(counted) or by[0].isdigit() or by in scan.lexicon.units
    return "trên" if measured else "một"


def _each(found: re.Match[str], scan: Scan) -> str | None:
    """10 kg gạo/người/tháng, where what is counted stands between the number and its share."""
    if _COUNTED.search(scan.behind) or not _SHARED.search(scan.behind):
        return None
    # Spoken of as money is.
    said, scan.pos = per(scan, "đồng", found.start())
    return said.removeprefix("đồng ")


def _bracketed(found: re.Match[str], scan: Scan) -> str | None:
    """Read a unit in brackets, as tables' headings have it: Giá (đ)."""
    cases = () if scan.opening else scan.lexicon.units.get(found[1], ())
    said = scan.case(cases, found.end())
    return f", {said}," if said else None


def _plus(found: re.Match[str], scan: Scan) -> str:
    if _ALSO.search(scan.behind) and scan.ahead(found.end()).lstrip()[:1].isdigit():
        return "và"
    return SILENT if scan.opening else "cộng"


def _tested(found: re.Match[str], scan: Scan) -> str:
    """(+), (-) behind a test."""
    return SILENT if scan.last == "tính" else f"{'dương' if found[1] == '+' else 'âm'} tính"


def _times(found: re.Match[str], scan: Scan) -> str | None:
    """3 x 4, 3m x 4m."""
    apart = scan.behind.endswith(" ") or re.search(r"\d ?\w{0,2}$", scan.behind)
    return "nhân" if apart and scan.ahead(found.end()).lstrip()[:1].isdigit() else None


def _point(found: re.Match[str], scan: Scan) -> str | None:
    """III.2 by its point; GS.TS without."""
    before, after = scan.behind[-1:], scan.ahead(found.end())[:1]
    if before.isalnum() and after.isdigit():
        return "chấm"
    ended = after.isupper() and _ENDED.search(scan.behind)
    return SILENT if before.isalpha() and after.isalpha() and not ended else "."


def _ending(found: re.Match[str], scan: Scan) -> str:
    """Read .com or .gov.vn where no address stands before it."""
    return " ".join(f"chấm {ENDINGS[each]}" for each in found[0].split(".")[1:])


def _to(found: re.Match[str], scan: Scan) -> str:
    """10~15."""
    return "đến"


def _closing(found: re.Match[str], scan: Scan) -> str:
    return "."


def _sign(found: re.Match[str], scan: Scan) -> str:
    """Read any other sign, or tell it as unknown."""
    sign = found[0]
    if sign in _SIGNS:
        return _SIGNS[sign]
    if sign in _PAUSES:
        return _PAUSES[sign]
    if sign not in _QUIET:
        scan.heard.unknown.append(sign)
    return SILENT


OPENINGS: tuple[Rule, ...] = (
    (re.compile(r"\(?(?P<n>\d{1,2}(?:\.\d{1,2})*)(?:[.)](?= |$)|(?<=\.\d)(?= [A-ZĐ]))"), _numbered),
    (re.compile(r"(?:\((?P<s>[ivx]{1,4})|(?P<s2>[ivx]{2,4}))\)"), _small),
    (re.compile(r"\(?(?P<l>[a-zđ])(?:\)|\.(?= ))"), _lettered),
    (re.compile(r"(?P<r>[IVX]{1,6})[./](?= )"), _chaptered),
)
BRACKETS: tuple[Rule, ...] = (
    (re.compile(r"\(([+-])\)"), _tested),
    (re.compile(r"\(([^\W\d_]{1,4}[23]?|%|°C)\)"), _bracketed),
)
TIMES: tuple[Rule, ...] = ((re.compile(r"x(?= ?\d)"), _times),)
RULES: tuple[Rule, ...] = (
    (re.compile(r"(?:\.(?:apk|exe|pdf|docx?|xlsx?|zip))(?!\w)"), _ending),
    (re.compile(rf"(?<!\w)(?:\.(?:{'|'.join(ENDINGS)}))+(?!\w)"), _ending),
    (re.compile(r"\./\.?|/\./?"), _closing),
    (re.compile(r"\.{2,}|…"), _closing),
    (re.compile(r"-+>|=+>|→"), _arrow),
    (re.compile(r"-+"), _dash),
    (re.compile(rf"/(?=(?:{_SHARES})(?!\w))"), _each),
    (re.compile(r"/+"), _slash),
    (re.compile(r"\+"), _plus),
    (re.compile(r"\."), _point),
    (re.compile(r"(?<=\d)~(?=\d)"), _to),
    (re.compile(r"<=|>=|°C(?!\w)"), _sign),
    (re.compile(r".", re.DOTALL), _sign),
)
