"""Slogans that signs can't show: `check` finds them, and edits are refused them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from typing import TYPE_CHECKING

from broadcaster.errors import Problem
from broadcaster.messages import msg

if TYPE_CHECKING:
    from broadcaster.domain.campaign import LedSlot
    from broadcaster.domain.station import SignSpec, Station
    from broadcaster.messages import Message
    from broadcaster.planning.signage import SignSpan
    from broadcaster.signs.fit import Misfit
    from broadcaster.station.textfile import Overrides
    from broadcaster.station.whereabouts import Whereabouts


def unlit(station: Station, texts: Overrides | None = None) -> Iterator[Problem]:
    """Tell them; `texts` are what files of the station would hold."""
    from broadcaster.signs.fit import judge
    from broadcaster.station.whereabouts import Whereabouts

    places, misfit = Whereabouts(station.folder, texts), judge(station.timezone)
    for campaign in station.campaigns:
        for slot in campaign.led:
            for why in _misfits(station, slot, misfit):
                yield _problem(places, campaign.id, slot.id, why)
    for sign in station.signs.values():
        if message := _idle(sign, misfit):
            yield Problem(*places.idle(sign.id), message)


def _misfits(station: Station, slot: LedSlot, misfit: Misfit) -> Iterator[Message]:
    from broadcaster.signs.fit import alone, signs_of
    from broadcaster.signs.pixels.font import undrawable

    if lost := undrawable(slot.slogans):
        yield lost
        return
    for spec in signs_of(station, slot):
        if why := misfit(spec, alone(slot)):
            yield _on(spec.id, why)


def _idle(sign: SignSpec, misfit: Misfit) -> Message | None:
    from broadcaster.signs.fit import idle_text
    from broadcaster.signs.pixels.font import undrawable

    return undrawable([sign.idle]) or misfit(sign, idle_text(sign))


def overfull(station: Station, texts: Overrides | None = None) -> Iterator[Problem]:
    """Tell loops that are too much for a sign though each slot of them is not."""
    from broadcaster.signs.fit import fitted, judge
    from broadcaster.station.whereabouts import Whereabouts

    places, misfit = Whereabouts(station.folder, texts), judge(station.timezone)
    able, told = fitted(station), set()
    for span in _spans(able):
        why = misfit(able.signs[span.sign], span.content)
        what = (span.sign, span.content)
        if why is not None and what not in told:
            told.add(what)
            yield _problem(places, *_last(able, span), _on(span.sign, why))


def _spans(station: Station) -> Iterator[SignSpan]:
    """Give what signs show in the campaigns' windows, day by day."""
    from broadcaster.planning.days import instant
    from broadcaster.planning.plan import days_between, window
    from broadcaster.planning.signage import spans

    bounds = window(station.campaigns) if station.signs else None
    for day in days_between(*bounds) if bounds else ():
        start = instant(day, time(), station.timezone)
        yield from spans(station, start, start + timedelta(days=1))


def _last(station: Station, span: SignSpan) -> tuple[str, str]:
    """Name the last slot of a loop: the one too many."""
    campaign, text = span.content.campaigns[-1], span.content.slogans[-1].text
    led = next(each.led for each in station.campaigns if each.id == campaign)
    return campaign, next(slot.id for slot in led if text in slot.slogans)


def _on(sign: str, why: Message) -> Message:
    return msg("sign {sign} can't show it: {why}", sign=sign, why=why)


def _problem(places: Whereabouts, campaign: str, slot: str, message: Message) -> Problem:
    file, line, key = places.find(campaign, slot)
    return Problem(file, line, f"{key}.slogans", message)
