"""What is plainly mistyped, or torn by a page: read as it is meant, and told as a flaw."""

from __future__ import annotations

import re

from broadcaster.reading.scan import Scan
from broadcaster.reading.syllable import ONSETS, classic, is_syllable

_DAY_FOLLOWS = re.compile(r" ?(?:\d{1,2}(?:[/.:-]\d|[hg])|ngày ?\d)")
_DAYS_FOLLOW = re.compile(r" ?\d{1,2}(?:[/.]\d{1,2}){0,2} ?- ?\d{1,2}[/.]\d")
_GLUED = frozenset("ngày tháng năm số lúc từ đến quý khóa khoản điều tổ lớp ngõ thứ".split())
"""Words that a number is written close to by mistake."""
_VOWELS = "aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_REST = re.compile(rf" ([{_VOWELS}][^\W\d_]*)(?!\w)")
"""A part of a syllable that begins with its vowel."""


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
