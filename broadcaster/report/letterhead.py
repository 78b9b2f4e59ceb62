"""The fixed parts of an official report, by Decree 30/2020/NĐ-CP; blanks are the clerk's."""

from __future__ import annotations

import re

from broadcaster.domain.campaign import LetterRef
from broadcaster.messages import tr
from broadcaster.reading.lexicon import standard
from broadcaster.report.content import official_date
from broadcaster.report.named import Named

BLANK = "…………"
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_COMMITTEE = "Ủy ban nhân dân"
_DEPARTMENT = "Sở "
_PLACE = re.compile(r"\b(phường|xã|thị trấn|đặc khu)\b(.*)$", re.IGNORECASE)
_SHORT = {"đài truyền thanh": "ĐTT", "ủy ban nhân dân": "UBND", "uỷ ban nhân dân": "UBND"}


def parent(names: Named) -> str:
    """Name the body above the one that reports: of a ward's station, the ward's committee."""
    if _short(names) == _SHORT["ủy ban nhân dân"]:
        return ""
    found = _PLACE.search(names.station)
    place = (
        found[0].strip() if found and found[2].strip() else f"{found[1] if found else ''} {BLANK}"
    )
    return f"{_COMMITTEE} {place}".upper()


def symbol(names: Named) -> str:
    """Give a report's number without the number: the clerk's."""
    return tr("No.: {blank}/BC-{body}", blank="        ", body=_short(names) or BLANK)


def place_and_date() -> str:
    """Give the place and the date, all for the clerk."""
    return tr("{blank}, day {short} month {short} year {short}", blank=BLANK, short="……")


def grounds(names: Named) -> list[str]:
    """Cite the letters that ordered the campaign; what is not known of them is left blank."""
    letters = [names.letter] if names.letter else []
    letters += [LetterRef(number=number) for number in names.implements]
    ends = [";"] * (len(letters) - 1) + ["."]
    return [_cited(letter) + end for letter, end in zip(letters, ends, strict=False)]


def addressee(names: Named) -> str:
    """Name the Department that a letter's number tells of, or leave it to the clerk."""
    lexicon = standard()
    letters = [names.letter.number] if names.letter else []
    for number in [*letters, *names.implements]:
        for part in re.split(r"[/-]", number):
            cases = lexicon.symbols.get(part) or lexicon.abbreviations.get(part) or ()
            if cases and cases[0].say.startswith(_DEPARTMENT):
                return cases[0].say
    return BLANK * 3


def enclosed(names: Named) -> str:
    """Say what an annex belongs to."""
    return tr(
        "(Enclosed with report No. {blank}/BC-{body}, {date}, of {station})",
        blank="……",
        body=_short(names) or BLANK,
        date=tr("day {short} month {short} year {short}", short="……"),
        station=names.station,
    )


def receivers(names: Named) -> list[str]:
    """Give who receives it, a line each."""
    return [tr("- As above;"), tr("- Kept: VT, {body}.", body=_short(names) or BLANK)]


def _short(names: Named) -> str:
    return next((s for name, s in _SHORT.items() if names.station.lower().startswith(name)), "")


def _cited(letter: LetterRef) -> str:
    dated = official_date(letter.date) if letter.date else tr(
        "day {short} month {short} year {short}", short="……"
    )  # fmt: skip
    return tr(
        "On the ground of document No. {number}, {date}, of {blank}, on {blank}",
        number=letter.number,
        date=dated,
        blank=BLANK,
    )
