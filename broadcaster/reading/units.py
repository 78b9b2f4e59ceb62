"""What follows a number: its size, its unit, and what that is counted by."""

from __future__ import annotations

import re

from broadcaster.reading.numbers import whole
from broadcaster.reading.scan import Scan
from broadcaster.reading.syllable import is_syllable

_SIZE = re.compile(r" (?:nghìn|ngàn|triệu|tỷ|tỉ|trăm|vạn)(?!\w)")
_DEGREES = re.compile(r" ?(?:độ|°) ?([CNESW])(?!\w)")
_SIDES = {"C": "xê", "N": "Bắc", "S": "Nam", "E": "Đông", "W": "Tây"}
_UNIT = re.compile(r" ?(?:tr\.đ(?:ồng)?(?!\w)|[^\W\d_]+[23]?|°C?|%|‰|\$|€)(?!\d)")
_PER = re.compile(
    r" ?/ ?(\d{1,3}(?:\.\d{3})* ?)?([^\W\d_]\w*(?:(?: [^\W\d_]{2,7}){1,2}(?=/[^\W\d_]))?)",
)
_EACH = re.compile(
    r"(?<!\w)(?:đồng|nghìn|ngàn|triệu|tỷ|tỉ|đô la|đô la Mỹ|đợt|phút|lần|lượt|buổi|tiết|bữa|viên"
    r"|phiên"
    r"|chuyến)$|(?<!\w)một ",
    re.IGNORECASE,
)
"""What is spoken of as at a market: 500 đồng một người một tháng, hai lần một ngày."""
_APART = frozenset("mglđ")
"""Units of one letter that may stand apart from their number: 5 m, but lớp 5 V is no volt."""
_OTHERWISE = {"h": "giờ", "H": "giờ", "s": "giây", "p": "phút"}


def unit_at(scan: Scan, end: int) -> tuple[str, int]:
    """Give what is said for the unit that follows a number, if any, and where it ends."""
    if size := _SIZE.match(scan.text, end):
        unit, end = unit_at(scan, size.end())
        return f"{size[0].strip()} {unit}".strip(), end
    if degrees := _DEGREES.match(scan.text, end):
        return f"độ {_SIDES[degrees[1]]}", degrees.end()
    found = _UNIT.match(scan.text, end)
    said = _said(found, scan) if found else None
    if not found or not said:
        return "", end
    return per(scan, said, found.end())


def per(scan: Scan, said: str, end: int) -> tuple[str, int]:
    """Go on over /giờ, /người/tháng."""
    while found := _PER.match(scan.text, end):
        by = _counted_by(found, scan)
        if by is None or (found[1] and said.endswith(by.removeprefix(f"{_many(found, scan)} "))):
            # 5km/10km are two lengths.
            break
        word = "một" if by == "lần" or _EACH.search(said) else "trên"
        said, end = f"{said} {word} {by}", found.end()
    return said, end


def _is_shortened(written: str, end: int, scan: Scan) -> bool:
    """Tell 2 đ/c, which are two comrades, from 2 đ, which is money."""
    more = _PER.match(scan.text, end)
    return bool(more and f"{written}{more[0]}" in scan.lexicon.abbreviations)


def _many(found: re.Match[str], scan: Scan) -> str:
    """Say how many of it: /100ml; a single one, as in /1 người, needs no word of its own."""
    count = (found[1] or "").strip()
    return whole(count, scan.region) if count not in {"", "1"} else ""


def _counted_by(found: re.Match[str], scan: Scan) -> str | None:
    written = found[2]
    many = f"{_many(found, scan)} ".lstrip()
    if written in _OTHERWISE:
        return f"{many}{_OTHERWISE[written]}"
    if written in scan.lexicon.units:
        said = scan.case(scan.lexicon.units[written], found.end())
        return f"{many}{said}" if said else None
    if written.isupper() and (cases := scan.lexicon.abbreviations.get(written)):
        return scan.case(cases, found.end())
    plain = len(written) > 1 and all(map(is_syllable, written.split()))
    return f"{many}{written}" if plain else None


def _said(found: re.Match[str], scan: Scan) -> str | None:
    written = found[0].strip()
    apart = found[0].startswith(" ") and written.isalpha() and len(written) == 1
    cases = scan.lexicon.units.get(written)
    if cases is None or (apart and written not in _APART):
        return None
    if _is_shortened(written, found.end(), scan):
        return None
    return scan.case(cases, found.end())
