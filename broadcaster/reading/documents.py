"""Numbers of documents, and their symbols read out by what each part stands for."""

from __future__ import annotations

import re

from broadcaster.reading.letters import spell
from broadcaster.reading.numbers import cardinal, coded, whole
from broadcaster.reading.scan import Rule, Scan

_PART = r"[A-ZĐƯÂÔÊ][A-Za-zĐđƯưƠơÂâÔôÊê]*\d{0,3}"
_SYMBOL = rf"{_PART}(?: ?[-/&.] ?{_PART})*"
_PARTED = re.compile(r" ?[-/.] ?")
_AND = re.compile(r" ?& ?")
_NUMBERED = re.compile(r"([A-ZĐ]+?)(\d{1,3})")
KINDS = (
    "nghị quyết", "nghị định", "chỉ thị", "kết luận", "đề án", "quyết định", "kế hoạch",
    "công văn", "thông tư", "hướng dẫn", "luật", "thông báo", "báo cáo", "công điện", "quy định",
    "chương trình", "tờ trình", "pháp lệnh", "văn bản", "thông tri", "quy chế", "chương trình số",
)  # fmt: skip
"""What is cited by its number: a leading zero of it is said."""
CITED = re.compile(rf"(?:(?:{'|'.join(KINDS)})(?: liên tịch)?(?: số)?|số):? ?$", re.IGNORECASE)


def _document(found: re.Match[str], scan: Scan) -> str | None:
    number, year, symbol = found.group("n", "y", "symbol")
    parts = _PARTED.split(symbol)
    if not _looks_official(parts, found["mark"], scan):
        return None
    said = [coded(number, scan.region)]
    if year:
        said.append(f"năm {whole(year, scan.region)}")
    at = found.start("symbol")
    for part in parts:
        at = scan.text.index(part, at) + len(part)
        said.append(read_part(part, scan, at))
    return " ".join(said)


def _looks_official(parts: list[str], mark: str, scan: Scan) -> bool:
    """Tell a symbol from the letter of a house: 12A/35 has none, 5-A neither."""
    known = parts[0] in scan.lexicon.symbols
    if " " in mark:
        # tổ 5 - UBND phường is no number of a document.
        written_apart = mark.startswith(" ") and mark.endswith(" ")
        known = known or ("/" in mark and parts[0] in scan.lexicon.abbreviations)
        return known and len(parts) > 1 and (not written_apart or bool(CITED.search(scan.behind)))
    if known or parts[0] in scan.lexicon.abbreviations or len(parts) > 1:
        return True
    return mark == "/" and len(parts[0]) > 1 and parts[0].isupper()


def read_part(part: str, scan: Scan, end: int) -> str:
    """Give what one part of a symbol stands for; spelled, and told as unknown, where none does."""
    if said := _known(_AND.sub("&", part), scan, end):
        return said
    if "&" in part:
        return " và ".join(read_part(each, scan, end) for each in _AND.split(part))
    return _spelled(part, scan)


def _known(part: str, scan: Scan, end: int) -> str | None:
    lexicon = scan.lexicon
    for table in (lexicon.symbols, lexicon.abbreviations):
        if part in table and (said := scan.case(table[part], end)):
            return said
    return _of_a_number(part, scan, end) or composed(part, scan, end)


def _of_a_number(part: str, scan: Scan, end: int) -> str | None:
    """QH15: the National Assembly's fifteenth term; BCĐ35: what is known by a number."""
    found = _NUMBERED.fullmatch(part)
    if not found:
        return None
    lexicon = scan.lexicon
    for table in (lexicon.prefixes, lexicon.symbols, lexicon.abbreviations):
        if found[1] in table and (said := scan.case(table[found[1]], end)):
            return f"{said} {coded(found[2], scan.region)}"
    return None


def composed(part: str, scan: Scan, end: int) -> str | None:
    """SKHCN: a Sở of what is known; BTGTW: a Ban of the Trung ương; HNDVN: one of Việt Nam."""
    known = scan.lexicon.abbreviations
    for letter, body in (("S", "Sở"), ("P", "Phòng"), ("B", "Bộ")):
        rest = part.removeprefix(letter)
        if part.startswith(letter) and len(rest) > 1 and rest in known:
            return f"{body} {scan.case(known[rest], end) or spell(rest)}"
    for letters in ("TW", "TU", "ĐU", "VN", "TP"):
        rest = part.removesuffix(letters)
        if part.endswith(letters) and rest in known:
            of = scan.case(known[letters], end)
            return f"{scan.case(known[rest], end) or spell(rest)} {of}"
    return None


def _spelled(part: str, scan: Scan) -> str:
    scan.heard.unknown.append(part)
    letters, digits = re.fullmatch(r"(\D*)(\d*)", part).groups()  # type: ignore[union-attr]
    return f"{spell(letters)} {cardinal(int(digits))}" if digits else spell(letters)


def _of_a_year(found: re.Match[str], scan: Scan) -> str | None:
    """Read Nghị định 168/2024 by its number and its year."""
    if not CITED.search(scan.behind):
        return None
    year = whole(found["y"], scan.region)
    return f"{coded(found['n'], scan.region)} năm {year}"


def _cited(found: re.Match[str], scan: Scan) -> str | None:
    """Read Nghị quyết 03 with its zero."""
    behind = scan.behind.lower()
    if not CITED.search(behind) or not behind.rstrip(" :").removesuffix(" số").endswith(KINDS):
        return None
    return coded(found["n"], scan.region)


RULES: tuple[Rule, ...] = (
    (
        re.compile(
            rf"(?P<n>\d{{1,5}})(?:/(?P<y>[12]\d{{3}}))?"
            rf"(?P<mark> ?[-/] ?)(?P<symbol>{_SYMBOL})(?!\w)"
        ),
        _document,
    ),
    (re.compile(r"(?P<n>\d{1,5})/(?P<y>(?:19|20)\d\d)(?![\d/.-])"), _of_a_year),
    (re.compile(r"(?P<n>0\d{1,3})(?![\d/]|[.,:-]\d)"), _cited),
)
