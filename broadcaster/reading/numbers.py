"""Numbers as Vietnamese says them."""

from __future__ import annotations

from broadcaster.domain.lexicon import Region

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LONGEST = 18
"""Digits that are read as one number; more are read one by one."""
_LONGEST_FRACTION = 3

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def one_by_one(digits: str) -> str:
    """Give digits as telephone numbers are read; what is no digit is left out."""
    return " ".join(DIGITS[int(each)] for each in digits if each.isdecimal())


def cardinal(number: int, region: Region = Region.NORTH) -> str:
    """Give a whole number in words: 2025 is `hai nghìn không trăm hai mươi lăm`."""
    if number < 0:
        return f"âm {cardinal(-number, region)}"
    if len(str(number)) > _LONGEST:
        return one_by_one(str(number))
    return _billions(number, region)


def whole(digits: str, region: Region = Region.NORTH) -> str:
    """Give a number written in digits, points between its thousands."""
    bare = digits.replace(".", "")
    # Python itself refuses to turn thousands of digits into a number.
    return one_by_one(bare) if len(bare) > _LONGEST else cardinal(int(bare), region)


def decimal(digits: str, fraction: str, region: Region = Region.NORTH) -> str:
    """Give a decimal number as schools teach it: 3,14 is `ba phẩy mười bốn`."""
    return f"{whole(digits, region)} phẩy {_fraction(fraction, region)}"


def ordinal(number: int, region: Region = Region.NORTH) -> str:
    """Give what follows `thứ`: nhất, hai, ba, tư."""
    return {1: "nhất", 4: "tư"}.get(number) or cardinal(number, region)


def month(number: int) -> str:
    """Give what follows `tháng`: the fourth is `tư`."""
    return "tư" if number == 4 else cardinal(number)  # noqa: PLR2004 - April


def coded(digits: str, region: Region = Region.NORTH) -> str:
    """Give a number whose leading zeros are said: Resolution 03 is `không ba`."""
    rest = digits.lstrip("0")
    zeros = [DIGITS[0]] * (len(digits) - len(rest))
    return " ".join([*zeros, *([whole(rest, region)] if rest else [])])


def roman(text: str) -> int | None:
    """Give a Roman number's value; None where it isn't written as one."""
    if not text or any(each not in _ROMAN for each in text):
        return None
    values = [_ROMAN[each] for each in text]
    total = 0
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total if _written_roman(total) == text else None


def _written_roman(number: int) -> str:
    signs = [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]  # fmt: skip
    found = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        found += sign * count
    return found


def _fraction(digits: str, region: Region) -> str:
    if len(digits) > _LONGEST_FRACTION:
        return one_by_one(digits)
    return coded(digits, region)


def _billions(number: int, region: Region) -> str:
    """Say a number in groups of nine digits, as tỷ repeats itself."""
    high, low = divmod(number, 10**9)
    if not high:
        return _millions(low, region, full=False)
    said = f"{_billions(high, region)} tỷ"
    return f"{said} {_millions(low, region, full=True)}" if low else said


def _millions(number: int, region: Region, *, full: bool) -> str:
    """Say up to nine digits; `full` where more stands before them."""
    if number == 0 and not full:
        return DIGITS[0]
    parts = []
    for size, name in ((10**6, "triệu"), (10**3, region.thousand), (1, "")):
        group, number = divmod(number, size)
        if group:
            parts.append(f"{_hundreds(group, region, full=full)} {name}".strip())
            full = True
    return " ".join(parts)


def _hundreds(number: int, region: Region, *, full: bool) -> str:
    """Say up to three digits; `full` says the hundreds even where there are none."""
    hundreds, rest = divmod(number, 100)
    parts = [f"{DIGITS[hundreds]} trăm"] if hundreds or full else []
    if rest:
        parts.append(_tens(rest, region, after=bool(parts)))
    return " ".join(parts)


def _tens(number: int, region: Region, *, after: bool) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return f"{region.odd} {DIGITS[ones]}" if after else DIGITS[ones]
    said = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if ones == 0:
        return said
    return f"{said} {_ones(tens, ones)}"


def _ones(tens: int, ones: int) -> str:
    changed = {5: "lăm"}
    if tens > 1:
        # Nobody says `bốn mươi tư`: the same sound twice is parted.
        changed |= {1: "mốt"} | ({4: "tư"} if tens != 4 else {})  # noqa: PLR2004
    return changed.get(ones) or DIGITS[ones]
