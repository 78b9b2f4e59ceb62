"""`playlist show`: all that one playlist says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from broadcaster.cli.app import App, as_json, columns, data, data_json, pass_app, tell
from broadcaster.cli.editing import playlist_file
from broadcaster.cli.told import (
    NO_TIME,
    WEEKDAYS,
    items_told,
    late_told,
    rule_told,
    slogans_told,
    window_told,
)
from broadcaster.cli.typed import ident
from broadcaster.domain.campaign import (
    AudioFile,
    Campaign,
    Chime,
    Event,
    Item,
    LedSlot,
    Pause,
    RadioSlot,
    Relay,
    Reminder,
    Speech,
)
from broadcaster.domain.days import DayRule
from broadcaster.errors import Problem, UserError
from broadcaster.messages import tr


@click.command(help=tr("Show all that a playlist says."))
@click.argument("id_", metavar="ID", type=ident)
@as_json
@pass_app
def show(app: App, id_: str, as_json: bool) -> None:  # noqa: FBT001 - Click's way
    """Print the campaign, then its tables."""
    original = playlist_file(app, id_)
    station, problems = app.station()
    own = [problem for problem in problems if problem.file == original.file]
    campaign = _found(station.campaigns, id_, own)
    if as_json:
        data_json(_campaign_row(campaign))
    else:
        _print(campaign)
    tell(own)


def _found(campaigns: tuple[Campaign, ...], id_: str, own: list[Problem]) -> Campaign:
    for campaign in campaigns:
        if campaign.id == id_:
            return campaign
    raise UserError(own)


def _print(campaign: Campaign) -> None:
    data(f"{campaign.id}: {campaign.title}")
    for line in _facts(campaign):
        data(f"  {line}")
    blocks = (
        (tr("On loudspeakers:"), [_radio(slot) for slot in campaign.radio]),
        (tr("On signs:"), [_led(slot) for slot in campaign.led]),
        (tr("Events:"), [_event(event) for event in campaign.events]),
    )
    for title, rows in blocks:
        if rows:
            data("")
            data(title)
            columns((f"  {first}", *rest) for first, *rest in rows)


def _facts(campaign: Campaign) -> Iterator[str]:
    if campaign.theme:
        yield tr("theme: {theme}", theme=campaign.theme)
    if campaign.letter:
        yield tr("letter: {number}", number=campaign.letter.number)
    if campaign.implements:
        yield tr("implements: {numbers}", numbers=", ".join(campaign.implements))
    window = window_told(campaign.from_, campaign.until) or tr("always")
    yield tr("window: {window}", window=window)
    yield tr("class: {name}", name=campaign.air_class.value)
    if not campaign.enabled:
        yield tr("disabled: nothing of it airs or is shown")


def _radio(slot: RadioSlot) -> tuple[str, ...]:
    times = ", ".join(f"{at:%H:%M}" for at in slot.at) or NO_TIME
    told = [items_told(slot.items), *_flags(slot)]
    return slot.id, times, rule_told(slot.days), ", ".join(slot.zones), "; ".join(told)


def _led(slot: LedSlot) -> tuple[str, ...]:
    times = ", ".join(map(str, slot.between)) or NO_TIME
    told = [slogans_told(slot.slogans), *_flags(slot)]
    return slot.id, times, rule_told(slot.days), ", ".join(slot.zones), "; ".join(told)


def _flags(slot: RadioSlot | LedSlot) -> Iterator[str]:
    if slot.air_class.value != "normal":
        yield slot.air_class.value
    if slot.order:
        yield f"order = {slot.order}"
    if not slot.enabled:
        yield tr("disabled")
    if slot.fault:
        yield tr("refused: {reason}", reason=slot.fault)


def _event(event: Event) -> tuple[str, ...]:
    day = f"{event.date:%d/%m/%Y}" + (f"-{event.until:%d/%m/%Y}" if event.until else "")
    hour = f"{event.time:%H:%M}" if event.time else event.part
    told = "; ".join(part for part in (event.title, event.place, _reminder(event.remind)) if part)
    return event.id, day, hour, told


def _reminder(remind: Reminder | None) -> str:
    if remind is None:
        return ""
    return tr(
        "reminder {script}, {days}d before at {time}, {zones}",
        script=remind.script,
        days=remind.before.days,
        time=f"{remind.at:%H:%M}",
        zones=", ".join(remind.zones),
    )


def _campaign_row(campaign: Campaign) -> dict[str, Any]:
    letter = campaign.letter
    return {
        "id": campaign.id,
        "title": campaign.title,
        "theme": campaign.theme,
        "letter": letter and {"number": letter.number, "date": _iso(letter.date)},
        "implements": campaign.implements,
        "from": _iso(campaign.from_),
        "until": _iso(campaign.until),
        "class": campaign.air_class.value,
        "enabled": campaign.enabled,
        "radio": [_radio_row(slot) for slot in campaign.radio],
        "led": [_led_row(slot) for slot in campaign.led],
        "events": [_event_row(event) for event in campaign.events],
    }


def _slot_row(slot: RadioSlot | LedSlot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "name": slot.name,
        **_days_row(slot.days),
        "zones": slot.zones,
        "class": slot.air_class.value,
        "order": slot.order,
        "enabled": slot.enabled,
        "fault": slot.fault and str(slot.fault),
    }


def _radio_row(slot: RadioSlot) -> dict[str, Any]:
    return _slot_row(slot) | {
        "at": [f"{at:%H:%M}" for at in slot.at],
        "late": late_told(slot.late),
        "if_cut": slot.if_cut.value,
        "gain_db": slot.gain_db,
        "bed": slot.bed,
        "items": [_item_row(item) for item in slot.items],
    }


def _led_row(slot: LedSlot) -> dict[str, Any]:
    return _slot_row(slot) | {
        "between": [str(each) for each in slot.between],
        "slogans": slot.slogans,
        "effect": slot.effect.value,
        "dwell": slot.dwell,
    }


def _event_row(event: Event) -> dict[str, Any]:
    remind = event.remind
    return {
        "id": event.id,
        "title": event.title,
        "date": event.date.isoformat(),
        "until": _iso(event.until),
        "part": event.part,
        "time": event.time and f"{event.time:%H:%M}",
        "place": event.place,
        "remind": remind
        and {
            "before": f"{remind.before.days}d",
            "at": f"{remind.at:%H:%M}",
            "script": remind.script,
            "zones": remind.zones,
        },
    }


def _days_row(rule: DayRule) -> dict[str, Any]:
    return {
        "days": [WEEKDAYS[day] for day in sorted(rule.weekdays)],
        "from": _iso(rule.from_),
        "until": _iso(rule.until),
        "dates": [day.isoformat() for day in sorted(rule.dates)],
        "except": [day.isoformat() for day in sorted(rule.except_)],
        "holidays": rule.holidays,
    }


def _item_row(item: Item) -> dict[str, Any]:
    match item:
        case Chime(name):
            return {"chime": name}
        case Speech(script):
            return {"script": script}
        case Pause(seconds):
            return {"pause": f"{seconds:g}s"}
        case AudioFile(name):
            return {"audio": name}
        case Relay(url, seconds, fallback):
            return {"relay": url, "for": f"{seconds:g}s", "fallback": fallback}


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
