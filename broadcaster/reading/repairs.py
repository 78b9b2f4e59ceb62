"""What is plainly mistyped, or torn by a page: read as it is meant, and told as a flaw."""

from __future__ import annotations

import re
from functools import partial

from broadcaster.reading.scan import Scan
from broadcaster.reading.syllable import ONSETS, classic, is_syllable

_DAY_FOLLOWS = re.compile(r" ?(?:\d{1,2}(?:[/.:-]\d|[hg])|ngày ?\d)")
_DAYS_FOLLOW = re.compile(r" ?\d{1,2}(?:[/.]\d{1,2}){0,2} ?- ?\d{1,2}[/.]\d")
_GLUED = frozenset("ngày tháng năm số lúc từ đến quý khóa khoản điều tổ lớp ngõ thứ".split())
"""Words that a number is written close to by mistake."""
_AFTER_NUMBERS = "ngày tháng năm đến sáng trưa chiều tối đêm tại từ và của về".split()
"""Words that are written close to the number before them by mistake."""
_VOWELS = "aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_REST = re.compile(rf" ([{_VOWELS}][^\W\d_]*)(?!\w)")
"""A part of a syllable that begins with its vowel."""


_SLIPS = (
    (re.compile(r"(?<=\d[hH])(\d\d)?/(?=\d{1,2}/\d{1,2}(?!\d))"), r"\1 ngày "),
    (re.compile(r"(?<=\d)[oO](?=[\d/])"), "0"),
    (re.compile(r"(?<=\d)(?://+|\\)(?=\d)"), "/"),
    (re.compile(r"(?<=\d[hH]) ?[:.](?=\d\d(?!\d))"), ""),
    (re.compile(r"(?<=trước )ngay(?= \d{1,2}[/.-]\d)", re.IGNORECASE), "ngày"),
    (re.compile(rf"(?<=\d)(?=(?:{'|'.join(_AFTER_NUMBERS)})(?!\w))", re.IGNORECASE), " "),
    (re.compile(r"(?<=ngày )(\d{1,2}) ?/ ?(\d{1,2})(?= [^\d/]|[,;.)]|$)"), r"\1/\2"),
    (
        re.compile(r"(?<![\d/.-])(\d{1,2})([/.])(\d{1,2})(?!\2)[/.-](\d{4})(?![\d/])"),
        r"\1/\3/\4",
    ),
    (re.compile(r"(?<![\d/.-])(1[3-9]|2\d|3[01])-(\d{1,2})[/.](\d{4})(?![\d/])"), r"\1/\2/\3"),
)
"""Numbers mistyped, and how they are meant."""
_SPACED = re.compile(
    r"(?<![\w.,/+-])[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})*[ \u00a0\u2009\u202f]000(?![\w.,/-])"
)
"""Thousands parted by spaces, as the metric system has them: 1 250 000."""
_SEEN = 12
"""Characters around a slip that are told with it."""


def tidied(line: str, flaws: list[tuple[str, str]]) -> str:
    """Give a line with its numbers written as they are meant: 08//11, 16h00ngày, 20.10/2025."""
    if not any(map(str.isdigit, line)):
        return line
    for slip, meant in _SLIPS:
        line = slip.sub(partial(_told, meant, flaws), line)
    return _SPACED.sub(lambda found: ".".join(found[0].split()), line)


def _told(template: str, flaws: list[tuple[str, str]], found: re.Match[str]) -> str:
    """Give what a slip means, and tell it with the numbers and letters it stands between."""
    meant = found.expand(template)
    start, end = max(0, found.start() - _SEEN), found.end() + _SEEN
    before, after = found.string[start : found.start()], found.string[found.end() : end]
    before, after = before.split(" ")[-1], after.split(" ")[0]
    if meant != found[0]:
        flaws.append((f"{before}{found[0]}{after}", f"{before}{meant}{after}"))
    return meant


def mended(found: re.Match[str], scan: Scan) -> str | None:
    """Read ngày13, Tư 09-11/10, tr ước; None where nothing is wrong."""
    return _close_to_number(found, scan) or _wednesday(found, scan) or _torn(found, scan)


def parted(found: re.Match[str], scan: Scan) -> str | None:
    """Part what was written together: Kínhgửi, UBNDphường."""
    word = found[0]
    if word.isascii():
        return None
    for at in range(1, len(word)):
        first, last = word[:at], word[at:]
        said = _whole(first, found.end(), scan)
        if said and len(last) > 1 and is_syllable(last):
            scan.heard.flaws.append((word, f"{first} {last}"))
            return f"{said} {classic(last.lower())}"
    return None


def _whole(first: str, end: int, scan: Scan) -> str | None:
    """Say what begins a word that was written together with the next."""
    if len(first) == 1:
        return None
    if cases := scan.lexicon.abbreviations.get(first):
        return scan.case(cases, end)
    if not is_syllable(first):
        return None
    return classic(first if first[1:].islower() else first.lower())


def _close_to_number(found: re.Match[str], scan: Scan) -> str | None:
    word, end = found[0], found.end()
    if word.lower() not in _GLUED or not scan.text[end : end + 1].isdigit():
        return None
    number = scan.ahead(end).split()[0].rstrip(".,;:)")
    scan.heard.flaws.append((f"{word}{number}", f"{word} {number}"))
    return word


def _wednesday(found: re.Match[str], scan: Scan) -> str | None:
    """Read Tư before a day as Từ, where no Thứ stands before it."""
    word, behind, ahead = found[0], scan.behind.rstrip(), scan.ahead(found.end())
    alone = not behind or behind[-1] in ":;,.(-"
    lasts = _DAYS_FOLLOW.match(ahead) and scan.last != "thứ"
    if word.lower() != "tư" or not (lasts or (alone and _DAY_FOLLOWS.match(ahead))):
        return None
    meant = "Từ" if word[0].isupper() else "từ"
    scan.heard.flaws.append((word, meant))
    return meant


def _torn(found: re.Match[str], scan: Scan) -> str | None:
    """Put together what a page tore apart: tr ước, phư ờng, Đ ảng."""
    rest = _REST.match(scan.text, found.end())
    if not rest:
        return None
    word, together = found[0], found[0] + rest[1]
    broken = not is_syllable(rest[1]) or (word.lower() in ONSETS and not is_syllable(word))
    if not broken or word[1:].isupper() or not is_syllable(together):
        return None
    scan.heard.flaws.append((f"{word} {rest[1]}", together))
    scan.pos = rest.end()
    return classic(together)
