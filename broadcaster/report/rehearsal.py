"""The page of what was aired: planned against as-run, to be read and listened to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from broadcaster.domain.airing import Rundown
from broadcaster.domain.record import Record
from broadcaster.domain.station import Station
from broadcaster.ledger.chain import verify
from broadcaster.messages import tr
from broadcaster.planning.asrun import fold
from broadcaster.planning.signage import SignSpan, Withheld
from broadcaster.planning.untimed import Untimed
from broadcaster.report.airings import Line, days, figures, lines, timeless
from broadcaster.report.page import page
from broadcaster.report.signs import Pictures, recorded_boards
from broadcaster.report.words import day_short, word


def rehearsal_page(
    station: Station,
    rundown: Rundown,
    records: Iterable[Record],
    spans: Iterable[SignSpan],
    *,
    audio: Mapping[str, str],
    pictures: Pictures,
    withheld: Iterable[Withheld] = (),
    untimed: Iterable[Untimed] = (),
) -> str:
    """Give the page of a ledger's records against the plan they were to follow.

    `audio` links an airing's key, `pictures` a sign and its slogans, to a file; both relative to
    the page, unquoted.
    """
    told = list(records)
    shown = lines(station, rundown, fold(told), audio)
    return page(
        "rehearsal",
        title=tr("Rehearsal"),
        station=station.name,
        recorded=True,
        campaigns=campaigns(station, shown),
        window=window(shown),
        zone=str(station.timezone),
        figures=[(status, word(status), count, why) for status, count, why in figures(shown)],
        days=days(shown),
        boards=recorded_boards(station, spans, withheld, told, pictures),
        untimed=timeless(station, untimed),
        chain=_chain(told),
    )


def campaigns(station: Station, shown: Sequence[Line]) -> list[str]:
    """Give the titles of the campaigns that a page is about."""
    return list(dict.fromkeys(line.campaign for line in shown)) or [
        campaign.title for campaign in station.campaigns
    ]


def window(shown: Sequence[Line]) -> str:
    """Give the first day and the last."""
    if not shown:
        return ""
    first, last = shown[0].day, max(line.day for line in shown)
    return day_short(first) if first == last else f"{day_short(first)} - {day_short(last)}"


def _chain(records: Sequence[Record]) -> str:
    broken = verify(records)
    if broken:
        return tr("The ledger is broken: record {seq} {what}", seq=broken.seq, what=broken.message)
    if not records:
        return tr("The ledger is empty.")
    return tr(
        "The ledger's chain holds: {count} records, the last one's hash is {hash}",
        count=len(records),
        hash=records[-1].hash,
    )
