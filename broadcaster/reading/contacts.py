"""Telephone numbers, and addresses on the network."""

from __future__ import annotations

import re

from broadcaster.reading.letters import spell
from broadcaster.reading.numbers import one_by_one
from broadcaster.reading.scan import Rule, Scan
from broadcaster.reading.syllable import in_syllables, is_syllable

_LEAST = 9
"""Digits of the shortest telephone number with its area."""
_EMERGENCY = frozenset({"111", "112", "113", "114", "115", "116", "117", "119"})
_CALL = re.compile(
    r"(?:gọi|số máy|điện thoại|đt|sđt|tổng đài|đường dây nóng|hotline|cảnh sát|cứu hỏa"
    r"|chữa cháy|cấp cứu|công an|liên hệ|nóng|khẩn cấp|báo)"
    r"(?: (?:ngay|số|máy|theo|đến|tới|về|qua|là))*[:(]?"
    r"(?:[\s\d.,;/()-]|và|hoặc|hay|số)*$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+|\d+|[^\w]|_")
_SIGNS = {".": "chấm", "-": "gạch ngang", "_": "gạch dưới", "/": "xẹt", "@": "a còng"}
_ENDINGS = {"vn": "vê nờ", "www": "vê kép vê kép vê kép"}


def _phone(found: re.Match[str], scan: Scan) -> str | None:
    digits = re.sub(r"\D", "", found[0])
    if len(digits) < _LEAST:
        return None
    if found[0].startswith("+84"):
        return f"cộng {one_by_one(digits)}"
    return one_by_one(digits)


def _service(found: re.Match[str], scan: Scan) -> str:
    """1800 1234."""
    return one_by_one(found[0])


def _short(found: re.Match[str], scan: Scan) -> str | None:
    """113, 1022: where somebody is to be called."""
    if not _CALL.search(scan.behind):
        return None
    emergency = found[0] in _EMERGENCY
    return one_by_one(found[0]) if emergency or len(found[0]) > 3 else None  # noqa: PLR2004


def _number_of(found: re.Match[str], scan: Scan) -> str:
    """Read the number of a card or an account."""
    return one_by_one(found[0])


def _address(found: re.Match[str], scan: Scan) -> str:
    """www.haiphong.gov.vn, ten@gmail.com."""
    bare = re.sub(r"^(?:https?|ftp)://", "", found[0]).rstrip(".,;:!?/")
    scan.pos = found.end() - (len(found[0]) - len(found[0].rstrip(".,;:!?")))
    return " ".join(_part(part, scan) for part in _LETTERS.findall(bare))


def _part(part: str, scan: Scan) -> str:
    """Read a part of an address: known, of toneless syllables, or letter by letter."""
    low = part.lower()
    if low in _SIGNS:
        return _SIGNS[low]
    if low.isdigit():
        return one_by_one(low)
    if low in _ENDINGS:
        return _ENDINGS[low]
    if low in scan.lexicon.words or (len(low) > 1 and is_syllable(low)):
        return low
    return " ".join(each if len(each) > 1 else spell(each) for each in in_syllables(low))


DIGITS: tuple[Rule, ...] = (
    (re.compile(r"\+84[ .-]?\d{1,3}(?:[ .-]?\d{2,4}){2,3}(?!\d)"), _phone),
    (re.compile(r"\(?0\d{1,4}\)?(?:[ .-]?\d{1,4}){2,4}(?![\d/])"), _phone),
    (re.compile(r"1[89]00(?:[ .-]?\d{2,4}){1,3}(?![\d/])"), _service),
    (re.compile(r"1\d{2,5}(?![\d/]|[.,]\d)"), _short),
)
_HOST = (
    r"[a-zA-Z0-9-]{1,60}(?:\.[a-zA-Z0-9-]{1,60}){0,5}"
    r"\.(?:vn|com|net|org|edu|info|gov|me|io|asia|biz)(?!\w)"
)
ADDRESSES: tuple[Rule, ...] = (
    (re.compile(r"(?:https?|ftp)://[^\s<>\"“”()]{1,200}"), _address),
    (re.compile(rf"[a-zA-Z0-9][\w.+-]{{0,60}}@{_HOST}"), _address),
    (re.compile(rf"{_HOST}(?:/[\w./?=&%#-]{{0,120}})?"), _address),
)
