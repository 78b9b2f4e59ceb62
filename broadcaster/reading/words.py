"""Words: syllables as they are, abbreviations by the lexicon, Roman numbers, the rest unknown."""

from __future__ import annotations

import re

from broadcaster.reading.documents import composed
from broadcaster.reading.letters import VIETNAMESE, spell
from broadcaster.reading.numbers import cardinal, coded, one_by_one, ordinal, roman, whole
from broadcaster.reading.repairs import mended, parted
from broadcaster.reading.scan import Rule, Scan
from broadcaster.reading.syllable import classic, is_syllable

_TOKEN = re.compile(r"[^\W\d_]+\d?(?:[&./,-][^\W\d_]+){0,4}\.?")
_ENDS = re.compile(r"[&./,-]|$|(?<=\d)")
_GLUED = re.compile(r"[A-ZĐ]{1,2}\.[A-ZĐ][^\W\d_A-Z]")
"""A title close to the name it belongs to: P.Gia Viên."""
_NAMED = frozenset(
    "hội khóa khoá quý kỷ thứ hạng chương phần mục lục cấp vực nghị kỳ đoàn bậc khu vùng nhóm phụ"
    " tw ương tháng chức quyển tập vòng chiến đoạn tiết câu bảng biểu mẫu số giai đợt lớp đô thi"
    " loại bđ".split()
)
"""Words that a Roman number follows."""
_LONG = 4
"""So many digits after letters are read one by one."""
_BUILDINGS = frozenset("tòa nhà lô khối block".split())
"""Words that letters and a number follow as a name."""
_SINGLE = frozenset("IVX")
"""Letters that alone may be a Roman number; C and D are letters: vitamin C."""
_VITAMIN = re.compile(
    r"(?:vitamin|vi ta min|viêm gan)s?(?:[ ,/+]|và|hoặc"
    r"|[A-Z]{1,2}\d{0,2}(?![^\W_])){1,12}$",
    re.IGNORECASE,
)
_CERTAIN = re.compile(r"[IVX]{2,6}")
"""Letters that together can be nothing but a number, save XI and VI."""
_ANOTHER = re.compile(r"(?<![^\W_])([IVX]{1,6})(?:,| và| -| đến|-) ?$")


def _abbreviation(found: re.Match[str], scan: Scan) -> str | None:
    """Take the longest part that the lexicon has."""
    token, at = found[0], found.start()
    if scan.shouting and is_syllable(token.rstrip(".")):
        return None
    lengths = {len(token), *(each.start() for each in _ENDS.finditer(token))}
    if _GLUED.match(token):
        lengths.add(token.index(".") + 1)
    for length in sorted(lengths, reverse=True):
        written, end = token[:length], at + length
        if scan.text[end : end + 1].isalnum() and not written.endswith("."):
            continue
        cases = scan.lexicon.abbreviations.get(written)
        if cases is None or not _is_title(written, scan, end):
            continue
        said = scan.case(cases, end)
        if said is not None:
            said = _in_place(said, scan)
            scan.pos = end
            return said
    return None


def _is_title(written: str, scan: Scan, end: int) -> bool:
    """Tell P. Thủy Nguyên from a name that is cut short at the end of a sentence."""
    if not written.endswith(".") or len(written) > _LONG:
        return True
    following = scan.ahead(end).lstrip(" ")[:1]
    return following.isupper() or following.isdigit()


def _in_place(said: str, scan: Scan) -> str:
    """Say `các chủ tịch`, and a sentence's first word with a capital."""
    return said[0].upper() + said[1:] if scan.opening else said


def _roman(found: re.Match[str], scan: Scan) -> str | None:
    """XIII after Đại hội, IV/2025 after quý."""
    value = roman(found[1])
    if value is None or (len(found[1]) == 1 and found[1] not in _SINGLE):
        return None
    another = _ANOTHER.search(scan.behind)
    certain = _CERTAIN.fullmatch(found[1]) and not is_syllable(found[1])
    if not certain and scan.last not in _NAMED and not (another and roman(another[1])):
        return None
    said = ordinal(value) if scan.last == "thứ" else cardinal(value)
    if found["of"]:
        return f"{said} trên {cardinal(int(found['of']))}"
    return f"{said} năm {whole(found['y'], scan.region)}" if found["y"] else said


def _slashed(found: re.Match[str], scan: Scan) -> str | None:
    """Đ/ c, with a space that doesn't belong there."""
    cases = scan.lexicon.abbreviations.get(found[0].replace(" ", ""))
    said = scan.case(cases, found.end()) if cases else None
    return _in_place(said, scan) if said else None


def _alley(found: re.Match[str], scan: Scan) -> str:
    """K45/12."""
    house, inner = found[2].split("/")
    return f"{spell(found[1])} {cardinal(int(house))} trên {cardinal(int(inner))}"


def _prefixed(found: re.Match[str], scan: Scan) -> str | None:
    """QL5, ĐT 359, U23."""
    letters, space, digits = found.group(1, 2, 3)
    cases = scan.lexicon.prefixes.get(letters)
    roadlike = (space == "." and len(letters) > 1) or letters == "CT"
    if cases is None or (digits[0] == "0" and not roadlike) or (space and len(letters) == 1):
        return None
    said = scan.case(cases, found.end())
    return f"{said} {cardinal(int(digits), scan.region)}" if said else None


def _numbered(found: re.Match[str], scan: Scan) -> str | None:
    """H5N1, B1, COP26, COVID-19: letters, then a number."""
    letters, digits = found.group(1, 2)
    if found[0] in scan.lexicon.units:
        return scan.case(scan.lexicon.units[found[0]], found.end())
    if letters.lower() in scan.lexicon.words and not re.fullmatch(r"[A-Z]{2}", letters):
        said = letters.lower()
    elif (
        letters in scan.lexicon.abbreviations
        and len(digits) < _LONG
        and scan.last not in _BUILDINGS
    ):
        said = scan.case(scan.lexicon.abbreviations[letters], found.end()) or spell(letters)
    elif letters.isupper():
        # Of examinations' blocks, D is the French one: D01.
        said = "đê" if letters == "D" and digits.startswith("0") else spell(letters)
        if len(letters) > 2 and is_syllable(letters):  # noqa: PLR2004 - RON95, not AB5
            said = letters.lower()
    else:
        return None
    # A flight, a model: VN1188.
    return f"{said} {_coded(digits, scan)}"


def _code(found: re.Match[str], scan: Scan) -> str:
    """A12-05, HP-90123-TS: a flat, a boat."""
    parts = re.findall(r"\d+|[^\W\d_]+", found[0])
    return " ".join(_coded(part, scan) if part.isdigit() else spell(part) for part in parts)


def _coded(digits: str, scan: Scan) -> str:
    return coded(digits, scan.region) if len(digits) < _LONG else one_by_one(digits)


def _word(found: re.Match[str], scan: Scan) -> str:
    """Read any run of letters."""
    word = found[0]
    if mistyped := mended(found, scan):
        return mistyped
    low = word.lower()
    if is_syllable(word):
        return classic(low if _is_loud(word) else word)
    if low in scan.lexicon.words:
        return low if _is_loud(word) else word
    return _by_name(found, scan) or parted(found, scan) or _unknown(word, scan)


def _by_name(found: re.Match[str], scan: Scan) -> str | None:
    """Read a letter, a unit that stands alone, and names of several humps."""
    word = found[0]
    if len(word) == 1:
        return VIETNAMESE.get(word.lower())
    if word in scan.lexicon.units:
        return scan.case(scan.lexicon.units[word], found.end())
    parts = _humps(word)
    whole_name = len(parts) > 1 and all(map(is_syllable, parts))
    return " ".join(map(classic, parts)) if whole_name else None


def _humps(word: str) -> list[str]:
    """Cut ThuyNguyen before its capitals."""
    starts = [at for at, each in enumerate(word) if at == 0 or each.isupper()]
    return [word[start:end] for start, end in zip(starts, [*starts[1:], len(word)], strict=True)]


def _is_loud(word: str) -> bool:
    """Tell a word in capitals, or with some inside."""
    return len(word) == 1 or word.isupper() or not word[1:].islower()


def _unknown(word: str, scan: Scan) -> str:
    end = scan.pos + len(word)
    if (cases := scan.lexicon.abbreviations.get(word)) and (said := scan.case(cases, end)):
        return said
    if word.isupper() and len(word) >= _LONG and (said := composed(word, scan, end)):
        return said
    scan.heard.unknown.append(word)
    said = word if word[1:].islower() else word.lower()
    means_more = said in scan.lexicon.units or said in scan.lexicon.abbreviations
    return spell(word) or said if word.isupper() or means_more else said


def _vitamin(found: re.Match[str], scan: Scan) -> str | None:
    """D in vitamin D, viêm gan D and 3D is the French one; B12 and D3 bear numbers."""
    if not _VITAMIN.search(scan.behind):
        return None
    letters, digits = found.group(1, 2)
    said = "đê" if letters == "D" else spell(letters)
    return f"{said} {cardinal(int(digits))}" if digits else said


def _flu(found: re.Match[str], scan: Scan) -> str:
    """H5N1."""
    first, second = (cardinal(int(each)) for each in found.group(1, 2))
    return f"hát {first} en {second}"


def _place(found: re.Match[str], scan: Scan) -> str:
    """Read Đ/c: Tầng 3 as an address; before a name it is a comrade."""
    return _in_place("địa chỉ", scan)


def _kind(found: re.Match[str], scan: Scan) -> str | None:
    """Read TT 15/2017/TT-BTTTT as the symbol that follows says."""
    said = scan.case(scan.lexicon.symbols[found[1]], found.end())
    return _in_place(said, scan) if said else None


def _sunday(found: re.Match[str], scan: Scan) -> str:
    return "Chủ nhật"


RULES: tuple[Rule, ...] = (
    (
        re.compile(
            r"[đĐ] ?/? ?[cC] ?(?=: ?(?:\d|[A-ZĐ]?\d|(?:số|tầng|ngõ|ngách|hẻm|kiệt|thôn|xóm|tổ"
            r"|khu|lô|đường|phố|tòa|toà"
            r"|nhà|trụ sở|trường|trạm|chợ|phường|xã|ấp|khóm|tdp|p\.|x\.|km|ubnd|nvh|trung tâm"
            r"|hội trường)(?!\w)))",
            re.IGNORECASE,
        ),
        _place,
    ),
    (re.compile(r"([A-Z]{1,2})(\d{0,2})(?![^\W_])"), _vitamin),
    (
        re.compile(r"(TTLT|TT|CT|KH|CV|TB|BC|HD|KL)(?= (?:số ?)?\d{1,5}(?:/\d{4})?[/-]\1(?!\w))"),
        _kind,
    ),
    (re.compile(r"H(\d{1,2})N(\d{1,2})(?!\w)"), _flu),
    (re.compile(r"CN(?=[,(: ]{1,3}(?:ngày )?\d{1,2}[/.-]\d)"), _sunday),
    (
        re.compile(r"([IVXL]+)(?:/(?:(?P<y>(?:19|20)\d\d)|(?P<of>\d{1,2})(?![/\d])))?(?![^\W_])"),
        _roman,
    ),
    (re.compile(r"[^\W\d_] ?/ ?[^\W\d_](?!\w)"), _slashed),
    (re.compile(r"([^\W\d_]{1,7})([ .]?)(\d{1,3})(?![\w/-]|[.,]\d)"), _prefixed),
    (re.compile(r"([A-ZĐ])(\d{1,4}/\d{1,4})(?![\w/])"), _alley),
    (re.compile(r"[A-ZĐ]{1,2}\d{1,3}-0\d{1,2}(?![\w/-])|[A-Z]{2}-\d{4,5}-TS(?!\w)"), _code),
    (_TOKEN, _abbreviation),
    (re.compile(r"([^\W\d_]{1,20})-?(\d{1,6})(?![\d.,/]\d|\w{2}|\d)"), _numbered),
    (re.compile(r"[^\W\d_]+"), _word),
)
