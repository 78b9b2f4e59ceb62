"""Scripts drafted of a letter's own sentences, each paragraph with the line that it comes from.

What the station adds of itself is Vietnamese whatever the reader's language: it is to be spoken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from broadcaster.domain.letter import Letter, LetterCampaign, LetterEvent

GREETING = "Kính thưa bà con và các bạn!"
FAREWELL = "Xin trân trọng cảm ơn và kính chào bà con cùng các bạn!"


class Said(NamedTuple):
    """A paragraph, and the letter's line that says it; None where it is the station's own."""

    text: str
    line: int | None


def announcement(letter: Letter, campaign: LetterCampaign, name: str) -> list[Said]:
    """Make known what the letter orders: occasion, days, theme, contents, slogans."""
    return [
        Said(GREETING, None),
        *_opening(letter, campaign, name),
        *_window(letter, campaign, name),
        *_list(letter, campaign.contents, f"{name}.contents"),
        *_slogans(letter, campaign, name),
        Said("Kính mời bà con và các bạn chú ý đón nghe và tích cực hưởng ứng.", None),
        Said(FAREWELL, None),
    ]


def programme(day: dt.date, events: Sequence[LetterEvent]) -> list[Said]:
    """Tell what takes place on a day."""
    return [
        Said(GREETING, None),
        Said(f"Sau đây là chương trình ngày {day:%d/%m/%Y}.", None),
        *(Said(_event(each), each.line) for each in events),
        Said("Kính mời bà con và các bạn theo dõi, tham gia.", None),
        Said(FAREWELL, None),
    ]


def reminder(day: dt.date, events: Sequence[LetterEvent]) -> list[Said]:
    """Remind of what takes place on the day after."""
    return [
        Said(GREETING, None),
        Said(f"Ngày mai, {day:%d/%m/%Y}, sẽ diễn ra:", None),
        *(Said(_event(each), each.line) for each in events),
        Said("Kính mời bà con và các bạn tham gia.", None),
        Said(FAREWELL, None),
    ]


def _opening(letter: Letter, campaign: LetterCampaign, name: str) -> Iterator[Said]:
    orders = f"Thực hiện văn bản số {', '.join(letter.implements)}, " if letter.implements else ""
    who = letter.issuer or "Đài truyền thanh"
    yield Said(f"{orders}{who} xin thông báo: {campaign.title}.", _line(letter, f"{name}.title"))
    if campaign.theme:
        yield Said(f"Chủ đề: {_ended(campaign.theme)}", _line(letter, f"{name}.theme"))


def _window(letter: Letter, campaign: LetterCampaign, name: str) -> Iterator[Said]:
    window = campaign.window
    if window is not None and window.start is not None and window.end is not None:
        days = f"từ ngày {window.start:%d/%m/%Y} đến ngày {window.end:%d/%m/%Y}"
        yield Said(f"Thời gian: {days}.", _line(letter, f"{name}.window"))


def _slogans(letter: Letter, campaign: LetterCampaign, name: str) -> Iterator[Said]:
    if campaign.slogans:
        yield Said("Khẩu hiệu:", None)
        yield from _list(letter, campaign.slogans, f"{name}.slogans")


def _list(letter: Letter, texts: Sequence[str], field: str) -> Iterator[Said]:
    for number, text in enumerate(texts):
        yield Said(_ended(text), _line(letter, f"{field}[{number}]"))


def _event(event: LetterEvent) -> str:
    when = [event.time and f"{event.time}", event.part_of_day and f"buổi {event.part_of_day}"]
    told = ", ".join(filter(None, when))
    where = f", tại {event.place}" if event.place else ""
    return _ended(
        f"{told[:1].upper()}{told[1:]}: {event.title}{where}" if told else event.title + where
    )


def _line(letter: Letter, field: str) -> int | None:
    source = letter.sources.get(field)
    return source.line if source else None


def _ended(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
