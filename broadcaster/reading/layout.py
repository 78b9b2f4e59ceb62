"""Text as it comes out of files, PDF among them, to lines that belong together."""

from __future__ import annotations

import re
import unicodedata

FULL = 40
"""A line of so many characters may have been broken because it was full."""

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_NOTHING = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_POWER = re.compile(r"(?<![^\W\d_])(N?[kdcm]?m)([²³])")
_MARKER = re.compile(
    r"\s*(?:[-+*•●○▪■◦✓➢→·]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)](?:\s|$)|\(?[a-zđ][.)]\s|[IVX]{1,5}\.\s"
    r"|(?:PHẦN|CHƯƠNG|Phần|Chương|Điều|Phụ lục|PHỤ LỤC) (?:[IVX]{1,5}|\d{1,3})(?:[.:]|$))"
)
_ROW = re.compile(r"\d{1,3} ?(?:[^\W\d_]|$)")
_HEADING = re.compile(r"(?:S?TT|Số TT)\b")
_CLOSED = re.compile(r"[.!?;:…]\W*$")
_CUT = re.compile(r"(?<=[\w.])[-/]\s*$")
_CUT_NUMBER = re.compile(
    r"\d\.\n\d{3}(?![\d.)])|\d\.\n\d{3}(?:\.\d{3})+|\d,\n\d{1,2}(?!\d|[.)]\s)|\d\+\n\d"
)
_RAISED = re.compile("(?<=[\\d)])[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+")


def clean(text: str) -> str:
    """Give a text in composed letters, one kind of dash and of space, digits as 0-9."""
    text = unicodedata.normalize("NFC", _NOTHING.sub("", text))
    text = _POWER.sub(lambda found: found[1] + {"²": "2", "³": "3"}[found[2]], text)
    text = _RAISED.sub(lambda found: f" mũ {unicodedata.normalize('NFKC', found[0])}", text)
    text = text.replace("²", " bình phương").replace("³", " lập phương").replace("º", "°")
    text = unicodedata.normalize("NFKC", _DASHES.sub("-", text)).replace("\u2044", "/")
    return "".join(map(_plain, text)) if not text.isascii() else text


def blocks(text: str) -> list[str]:
    """Give what is one line of thought each: broken lines joined, list items and headings apart."""
    found: list[list[str]] = []
    before = ""
    for line in map(_squeezed, clean(text).splitlines()):
        if not line:
            continue
        if before and _goes_on(before, line):
            found[-1] += [line] if _is_cut(before, line) else [" ", line]
        else:
            found.append([line])
        before = line
    return list(map("".join, found))


def _is_cut(before: str, line: str) -> bool:
    """Tell a line that ends within a number: 57-, 3.000."""
    return bool(_CUT.search(before) or _CUT_NUMBER.match(f"{before[-2:]}\n{line[:12]}"))


def _plain(each: str) -> str:
    if each.isdecimal() and not each.isascii():
        return str(unicodedata.decimal(each))
    return " " if each.isspace() and each != "\n" else each


def _squeezed(line: str) -> str:
    return " ".join(line.split())


def _goes_on(before: str, line: str) -> bool:
    """Tell whether a line is what is left of the one before it."""
    if _is_cut(before, line) and line[0].isdigit():
        return True
    if _ROW.match(line) and (before[-1].isdigit() or _ROW.match(before) or _HEADING.match(before)):
        return False
    if _MARKER.match(line) or _CLOSED.search(before[-8:]):
        return False
    first, last = line[0], before[-1]
    if first.islower() or first.isdigit() or last in ",-/(" or first in ")/,;.":
        return True
    if before.isupper() or line.isupper():
        return before.isupper() and line.isupper()
    return len(before) >= FULL
