"""What a letter orders, for people: to be checked against the letter in a minute."""

from __future__ import annotations

from collections.abc import Iterator

from broadcaster.cli.app import columns, data
from broadcaster.domain.letter import Letter, LetterCampaign, LetterEvent, Period
from broadcaster.messages import msg, tr
from broadcaster.report.words import day_short

_CHANNELS = {
    "loudspeaker": msg("loudspeakers"),
    "led": msg("LED boards"),
    "portal": msg("portal"),
    "fanpage": msg("fanpage"),
    "zalo": msg("Zalo"),
    "banner": msg("banners"),
    "flag": msg("flags"),
    "mobile_car": msg("loudspeaker cars"),
    "social": msg("social networks"),
    "app": msg("applications"),
}
UNSAID = msg("not said")


def show(letter: Letter) -> None:
    """Print it, each field with its line."""
    columns((f"{name}:", text, _line(letter, field)) for name, text, field in _head(letter))
    for number, campaign in enumerate(letter.campaigns):
        data("")
        data(f"{number + 1}. {campaign.title}{_line(letter, f'campaigns[{number}].title')}")
        columns(("  ", *row) for row in _campaign(letter, campaign, f"campaigns[{number}]"))
    if not letter.campaigns:
        data("")
        data(tr("The letter orders nothing that is to be aired or shown."))
    if letter.doubts:
        data("")
        for line in _doubts(letter):
            data(line)


def summary(letter: Letter, number: int, file: str) -> Iterator[str]:
    """Give the lines that head a draft of the campaign `number`, to be compared with the letter."""
    yield tr("Drafted from {file}. Compare it with the letter before you enable it:", file=file)
    for name, text, field in _head(letter):
        yield f"  {name}: {text}{_line(letter, field)}"
    for name, text in _campaign(letter, letter.campaigns[number], f"campaigns[{number}]"):
        yield f"  {name} {text}"
    yield from _doubts(letter)


def _doubts(letter: Letter) -> Iterator[str]:
    if letter.doubts:
        yield tr("To be looked at:")
    for doubt in letter.doubts:
        where = tr("line {line}: ", line=doubt.line) if doubt.line else ""
        yield f"  {where}{tr(doubt.message)}"


def _head(letter: Letter) -> Iterator[tuple[str, str, str]]:
    unsaid = tr(UNSAID)
    yield tr("Number"), letter.document_no or unsaid, "document_no"
    yield tr("Date"), day_short(letter.date) if letter.date else unsaid, "date"
    yield tr("Issued by"), letter.issuer or unsaid, "issuer"
    if letter.urgency:
        yield tr("Urgency"), letter.urgency, "urgency"
    yield tr("Carries out"), ", ".join(letter.implements) or unsaid, "implements[0]"
    channels = ", ".join(tr(_CHANNELS[name]) for name in letter.channels)
    yield tr("Channels"), channels or unsaid, "channels[0]"
    deadline = letter.reporting_deadline
    yield tr("Report by"), day_short(deadline) if deadline else unsaid, "reporting_deadline"


def _campaign(letter: Letter, campaign: LetterCampaign, name: str) -> Iterator[tuple[str, str]]:
    window = _period(campaign.window) if campaign.window else tr(UNSAID)
    yield tr("From, until:"), window + _line(letter, f"{name}.window")
    for extra in campaign.extra_windows:
        yield "", f"{_period(extra.period)} ({extra.label})"
    if campaign.theme:
        yield tr("Theme:"), campaign.theme + _line(letter, f"{name}.theme")
    for title, field, texts in (
        (tr("Slogans:"), "slogans", campaign.slogans),
        (tr("Contents:"), "contents", campaign.contents),
        (tr("Programme:"), "events", tuple(map(_event, campaign.events))),
    ):
        for number, text in enumerate(texts):
            yield "" if number else title, text + _line(letter, f"{name}.{field}[{number}]")


def _event(event: LetterEvent) -> str:
    days = [day_short(day) for day in (event.date, event.date_end) if day is not None]
    when = " ".join(filter(None, (event.time, event.part_of_day, " - ".join(days))))
    return ": ".join(filter(None, (when, event.title))) + (
        f" ({event.place})" if event.place else ""
    )


def _period(period: Period) -> str:
    start, end = (day_short(day) if day else "…" for day in (period.start, period.end))
    return f"{start} - {end}"


def _line(letter: Letter, field: str) -> str:
    source = letter.sources.get(field)
    return tr("  [line {line}]", line=source.line) if source else ""
