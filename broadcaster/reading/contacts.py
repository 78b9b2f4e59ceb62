"""Telephone numbers, and addresses on the network."""

from __future__ import annotations

import re

from broadcaster.domain.lexicon import bare
from broadcaster.reading.letters import ENDINGS, spell
from broadcaster.reading.numbers import one_by_one
from broadcaster.reading.scan import Rule, Scan
from broadcaster.reading.syllable import in_syllables, is_syllable

_LEAST = 9
"""Digits of the shortest telephone number with its area."""
_KNOWN = frozenset({"111", "112", "113", "114", "115", "116", "117", "119", "1022"})
_CALL = re.compile(
    r"(?:gọi|số máy|điện thoại|đt|sđt|tổng đài|đường dây nóng|hotline|cảnh sát|cứu hỏa|cứu hộ"
    r"|cứu nạn"
    r"|chữa cháy|cấp cứu|công an|liên hệ|nóng|khẩn cấp|báo)"
    r"(?: (?:ngay|số|máy|theo|đến|tới|về|qua|là))*[:(]?"
    r"(?:[\s\d.,;/()-]|và|hoặc|hay|số)*$",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"(?<!\w)(?:tổng đài|đường dây nóng|hotline|số nóng|đầu số|điện thoại|gọi|quay số|bấm|cổng"
    r"|ứng dụng"
    r"|kênh|hệ thống|phản ánh)[^.;!?\n]{0,58}$|(?<!\d)11[1-9] \([^)]{1,40}\)[,;] $",
    re.IGNORECASE,
)
"""What is called by a short number, some words before it."""
_COUNTED = re.compile(
    r" (?:người|hộ|trường|cuộc|lượt|đồng|triệu|nghìn|tỷ|suất|hồ|phiếu|ca|xã|phường|thôn|tổ|học"
    r"|em|cháu|đại|đảng"
    r"|đoàn|doanh|công dân|cơ|phòng|căn|máy|đơn|ý|câu|tin|bài|vụ|giờ|phút|ngày|tháng|năm)(?!\w)"
)
_HERE = re.compile(
    r"(?:tổng đài|đầu số|hotline|đường dây nóng|quay số)(?: số)?:? ?$",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[^\W\d_]+(?:[-_][^\W\d_]+)*|\d+|[^\w]|_")
_LETTERS = re.compile(r"[^\W\d_]+|\d+|[^\w]|_")
_SIGNS = {".": "chấm", "-": "gạch ngang", "_": "gạch dưới", "/": "gạch chéo", "@": "a còng"}


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
    if _COUNTED.match(scan.ahead(found.end())):
        return None
    emergency = found[0] in _KNOWN
    if _HERE.search(scan.behind) or (emergency and _SERVICE.search(scan.behind)):
        return one_by_one(found[0])
    if not _CALL.search(scan.behind):
        return None
    return one_by_one(found[0]) if emergency or len(found[0]) > 3 else None  # noqa: PLR2004


def _code(found: re.Match[str], scan: Scan) -> str | None:
    """Tổng đài 8088, right after the word."""
    called = _HERE.search(scan.behind) and not _COUNTED.match(scan.ahead(found.end()))
    return one_by_one(found[0]) if called else None


def _address(found: re.Match[str], scan: Scan) -> str:
    """www.haiphong.gov.vn, ten@gmail.com."""
    stripped = re.sub(r"^(?:https?|ftp)://", "", found[0]).rstrip(".,;:!?/")
    scan.pos = found.end() - (len(found[0]) - len(found[0].rstrip(".,;:!?")))
    return " ".join(_joined(part, scan) for part in _PIECES.findall(stripped))


def _part(part: str, scan: Scan) -> str:
    """Read a part of an address: known, of toneless syllables, or letter by letter."""
    low = part.lower()
    if low in _SIGNS:
        return _SIGNS[low]
    if low.isdigit():
        return one_by_one(low)
    if low in ENDINGS:
        return ENDINGS[low]
    if low in scan.lexicon.names:
        return scan.lexicon.names[low]
    if low in scan.lexicon.words or (len(low) > 1 and is_syllable(low)):
        return low
    return " ".join(map(_whole, in_syllables(low, scan.lexicon.names)))


def _whole(part: str) -> str:
    return part if len(part) > 1 else spell(part)


def _joined(piece: str, scan: Scan) -> str:
    """Read tin-tuc and hop_thu by the name that their parts make together."""
    parts, signs = re.split("[-_]", piece.lower()), re.findall("[-_]", piece)
    words = in_syllables("".join(parts), scan.lexicon.names) if signs else []
    if not words or [bare(word) for word in words] != parts:
        return " ".join(_part(part, scan) for part in _LETTERS.findall(piece))
    said = (f"{word} {_SIGNS[sign]}" for word, sign in zip(words, signs, strict=False))
    return " ".join([*said, words[-1]])


def _masked(found: re.Match[str], scan: Scan) -> str:
    """0868.xxx.xxx."""
    signs = re.sub(r"[ .]", "", found[0].lower())
    return " ".join(one_by_one(each) or "ích" for each in signs)


DIGITS: tuple[Rule, ...] = (
    (re.compile(r"0\d{2,3}(?:[ .]?(?:\d{3}|[xX]{3})){0,2}[ .]?[xX]{3}(?!\w)"), _masked),
    (re.compile(r"\+84[ .-]?\d{1,3}(?:[ .-]?\d{2,4}){2,3}(?!\d)"), _phone),
    (re.compile(r"\(?0\d{1,4}\)?(?:[ .-]?\d{1,4}){2,4}(?![\d/])"), _phone),
    (re.compile(r"\(?84[ .-]\d{2,3}\)[ .-]?\d{3,4}(?:[ .-]?\d{3,4}){1,2}(?!\d)"), _phone),
    (re.compile(r"1[89]00(?:[ .-]?\d{2,4}){1,3}(?![\d/])"), _service),
    (re.compile(r"1\d{2,5}(?![\d/]|[.,]\d)"), _short),
    (re.compile(r"[2-9]\d{2,5}(?![\d/]|[.,]\d)"), _code),
)
_HOST = (
    r"[a-zA-Z0-9-]{1,60}(?:\.[a-zA-Z0-9-]{1,60}){0,5}"
    r"\.(?:vn|com|net|org|edu|info|gov|me|io|asia|biz|top|xyz|shop|online|site|click|vip|ly)(?!\w)"
)
ADDRESSES: tuple[Rule, ...] = (
    (re.compile(r"(?:https?|ftp)://[^\s<>\"“”()]{1,200}"), _address),
    (re.compile(rf"[a-zA-Z0-9][\w.+-]{{0,60}}@{_HOST}"), _address),
    (re.compile(rf"{_HOST}(?:/[\w./?=&%#@-]{{0,120}})?"), _address),
)
