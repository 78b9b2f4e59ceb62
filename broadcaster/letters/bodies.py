"""The bodies that issue letters, as a letterhead names them in capitals and people write them."""

from __future__ import annotations

import re

_BEGINS = (
    "ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|VĂN PHÒNG|SỞ|PHÒNG|BAN|ĐẢNG BỘ"
    "|ĐẢNG ỦY|ĐẢNG UỶ|THÀNH ỦY|THÀNH UỶ|TỈNH ỦY|TỈNH UỶ|QUẬN ỦY|HUYỆN ỦY|THỊ ỦY|CHI BỘ"
    "|ỦY BAN MẶT TRẬN|UỶ BAN MẶT TRẬN|ỦY BAN MTTQ|UBMTTQ|MẶT TRẬN|ĐOÀN|HỘI|LIÊN ĐOÀN|LIÊN HIỆP"
    "|CÔNG AN|BỘ|CỤC|CHI CỤC|TRUNG TÂM|TRẠM|TRƯỜNG|BẢO HIỂM XÃ HỘI|BHXH|CHÍNH PHỦ|THỦ TƯỚNG"
    "|BCH|BCĐ|BTV|THÀNH ĐOÀN|TỈNH ĐOÀN|CÔNG ĐOÀN|THƯ VIỆN|BẢO TÀNG|ĐÀI|BỆNH VIỆN|TỔ|THUẾ"
    "|VIỆN|ĐỘI|CÔNG TY|TỔNG CÔNG TY|XÍ NGHIỆP|NHÀ MÁY|CHI NHÁNH|HỢP TÁC XÃ"
    "|ỦY BAN|UỶ BAN|MTTQ|VNPT|ĐIỆN LỰC|HẠT|TỔNG CỤC|QUÂN|BIÊN PHÒNG|ĐỒN"
)
_STARTS = re.compile(rf"(?:{_BEGINS})(?!\w)")
_NATION = re.compile(
    r"CỘNG\s+H[ÒO][ÀA]\s+XÃ|^(?:VIỆT )?NAM$|ĐẢNG\s+CỘNG\s+SẢN|Độc\s+lập", re.IGNORECASE
)
_STAMPS = re.compile(r"HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|MẬT")
_OFFICE = re.compile(r"BAN (?:THƯỜNG TRỰC|THƯỜNG VỤ|CHẤP HÀNH)$|BAN CHẤP HÀNH$|BTV$|BCH$")
"""What a body does through: its name is that of the body above."""
_SHORT = frozenset("UBND HĐND MTTQ BCH BCĐ BTV UBMTTQ BHXH TNCS VNPT THPT THCS PCTT TKCN".split())
_PLACES = frozenset("phường xã quận huyện tỉnh".split())
_TWO = (("thành", "phố"), ("thị", "xã"), ("thị", "trấn"), ("đặc", "khu"), ("tổ", "dân"))
_NAMES = (
    "Hồ Chí Minh", "Việt Nam", "Trung ương", "Hà Nội", "Hải Phòng", "Đà Nẵng", "Mặt trận Tổ quốc",
    "Hội đồng nhân dân", "Ủy ban",
)  # fmt: skip


def is_national(text: str) -> bool:
    """Tell the nation's or the party's name and motto."""
    return _NATION.search(text) is not None


def issuer_of(lines: list[str]) -> str | None:
    """Give the last body of a letterhead's left column, as one writes it in a sentence."""
    bodies: list[str] = []
    for line in lines:
        text = line.strip(" *-_.:")
        if text.isdigit() and bodies:
            bodies[-1] += f" {text}"  # a year
            continue
        if not text or not _capital(text) or is_national(text) or _STAMPS.match(text):
            continue
        if _STARTS.match(text) or not bodies:
            bodies.append(text)
        else:
            bodies[-1] += f" {text}"
    if len(bodies) > 1 and _OFFICE.match(bodies[-1]):
        bodies[-1] += f" {bodies.pop(-2)}"
    return sentence(bodies[-1]) if bodies else None


def sentence(capitals: str) -> str:
    """Write what is in capitals as in a sentence: names keep theirs."""
    words = capitals.replace("UỶ", "ỦY").split()
    written: list[str] = []
    named = False
    for number, word in enumerate(words):
        low = word.lower()
        pair = (written[-1].lower() if written else "", low)
        if word in _SHORT:
            written.append(word)
        elif low in _PLACES or pair in _TWO or (low, _next(words, number)) in _TWO:
            written.append(low)
            named = True
        elif named:
            written.append(low.capitalize())
        else:
            written.append(low)
    text = " ".join(written)
    for name in _NAMES:
        text = re.sub(re.escape(name), name, text, flags=re.IGNORECASE)
    return _offices(text[:1].upper() + text[1:])


def _offices(text: str) -> str:
    """Give what an office is for its capital: Sở Khoa học và Công nghệ."""
    found = re.match(r"(Sở|Bộ|Phòng|Ban|Trung tâm|Cục|Chi cục|Đoàn|Hội|Văn phòng) (\w)", text)
    if found is None:
        return text
    rest = text[found.start(2) :]
    rest = re.sub(r"(^|, | và | - )(\w)", lambda each: each[1] + each[2].upper(), rest)
    return text[: found.start(2)] + rest


def _next(words: list[str], number: int) -> str:
    return words[number + 1].lower() if number + 1 < len(words) else ""


def _capital(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) > len(letters) * 0.85
