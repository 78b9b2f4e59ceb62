"""Which slogans go on which signs: what no face draws, and what a board can't hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime, tzinfo

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import Campaign, LedSlot
from broadcaster.domain.station import SignSpec, Station
from broadcaster.messages import Message
from broadcaster.signs.drivers import driver
from broadcaster.signs.pixels.font import undrawable
from broadcaster.signs.screen import draw
from broadcaster.talk import UnshowableError

ANY_TIME = datetime(2025, 1, 1, 12)  # noqa: DTZ001 - takes the station's zone; sizes know no date
APART = {"address", "group", "unit"}
"""Settings in which boards differ that hold the same."""

Misfit = Callable[[SignSpec, SignContent], Message | None]
"""Says why a sign can't hold content; None where it can."""


def fitted(station: Station) -> Station:
    """Give a station whose slots know what can't be shown: `fault`, and `unfit` for single signs.

    A sign whose idle text can't be shown is dark instead.
    """
    misfit = judge(station.timezone)
    campaigns = tuple(_campaign(station, each, misfit) for each in station.campaigns)
    signs = {name: _idle(spec, misfit) for name, spec in station.signs.items()}
    return replace(station, campaigns=campaigns, signs=signs)


def judge(zone: tzinfo) -> Misfit:
    """Give what judges content for signs, once for all boards of a kind and size."""
    known: dict[object, Message | None] = {}

    def misfit(spec: SignSpec, content: SignContent) -> Message | None:
        what = (_kind(spec), content)
        if what not in known:
            known[what] = _misfit(spec, content, zone)
        return known[what]

    return misfit


def alone(slot: LedSlot) -> SignContent:
    """Give what a sign shows while no other slot wants it."""
    colour = slot.colour or ""
    shown = (ShownSlogan(text, slot.effect, slot.dwell, colour) for text in slot.slogans)
    return SignContent(tuple(shown))


def idle_text(spec: SignSpec) -> SignContent:
    """Give what a sign shows while no slot wants it, where that is a text."""
    if spec.idle in {"clock", "blank"}:
        return SignContent()
    return SignContent((ShownSlogan(spec.idle, "scroll-left", 8.0),))


def signs_of(station: Station, slot: LedSlot) -> Iterator[SignSpec]:
    """Give the signs of a slot's zones, each once."""
    zones = [station.zones[name] for name in slot.zones if name in station.zones]
    names = dict.fromkeys(sign for zone in zones for sign in zone.signs if sign in station.signs)
    return (station.signs[name] for name in names)


def _campaign(station: Station, campaign: Campaign, misfit: Misfit) -> Campaign:
    return replace(campaign, led=tuple(_slot(station, slot, misfit) for slot in campaign.led))


def _slot(station: Station, slot: LedSlot, misfit: Misfit) -> LedSlot:
    fault = slot.fault or undrawable(slot.slogans)
    if fault is not None:
        return replace(slot, fault=fault)
    found = {spec.id: misfit(spec, alone(slot)) for spec in signs_of(station, slot)}
    return replace(slot, unfit={sign: why for sign, why in found.items() if why is not None})


def _idle(spec: SignSpec, misfit: Misfit) -> SignSpec:
    lost = undrawable([spec.idle]) or misfit(spec, idle_text(spec))
    return replace(spec, idle="blank") if lost else spec


def _misfit(spec: SignSpec, content: SignContent, zone: tzinfo) -> Message | None:
    now = ANY_TIME.replace(tzinfo=zone)
    try:
        screen = draw(content, spec, now)
        if spec.settings is not None:
            driver(spec).show(screen, None, now)
    except UnshowableError as error:
        return error.message
    return None


def _kind(spec: SignSpec) -> tuple[object, ...]:
    settings: Mapping[str, object] = asdict(spec.settings) if spec.settings else {}
    shared = tuple((key, value) for key, value in settings.items() if key not in APART)
    return spec.driver, spec.width, spec.height, spec.colours, shared
