"""News of faults as people are told them: what, since when, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from broadcaster.domain.station import Station
from broadcaster.health.faults import FaultKind
from broadcaster.health.notices import News, Notice
from broadcaster.health.states import devices
from broadcaster.messages import Message, msg, plural, tr

KINDS: Mapping[FaultKind, Message] = {
    FaultKind.SPEAKER: msg("loudspeaker"),
    FaultKind.AMPLIFIER: msg("amplifier"),
    FaultKind.SIGN: msg("sign"),
    FaultKind.ENGINE: msg("speech engine"),
    FaultKind.DISK: msg("disk"),
    FaultKind.LEDGER: msg("as-run ledger"),
    FaultKind.CLOCK: msg("clock"),
    FaultKind.STATION: msg("station's files"),
    FaultKind.PLAYOUT: msg("broadcast"),
    FaultKind.NOTIFY: msg("notifications"),
}

ADVICE: Mapping[FaultKind, Message] = {
    FaultKind.SPEAKER: msg("Look at its power, its cable and its network."),
    FaultKind.AMPLIFIER: msg("Look at its power, and at the cable that switches it."),
    FaultKind.SIGN: msg("Look at its power and its cable."),
    FaultKind.ENGINE: msg("See what is wrong: broadcaster voice list"),
    FaultKind.DISK: msg("Remove files that nobody needs from the disk."),
    FaultKind.LEDGER: msg("Nothing may sound without it: see to it now."),
    FaultKind.CLOCK: msg("Set the clock of the machine right."),
    FaultKind.STATION: msg("See what is wrong: broadcaster check"),
    FaultKind.PLAYOUT: msg("See what is wrong: broadcaster check"),
    FaultKind.NOTIFY: msg("Try it: broadcaster notify test"),
}


def title(station: Station, notices: Sequence[Notice]) -> str:
    """Give a heading: the station, and how much is wrong."""
    if not notices:
        return station.name
    wrong = sum(each.what is not News.OVER for each in notices)
    said = plural(wrong, msg("1 fault"), msg("{count} faults")) if wrong else msg("works again")
    return f"{station.name}: {tr(said)}"


def line(station: Station, notice: Notice) -> str:
    """Say one piece of news, in the language of the locale."""
    fault = notice.fault
    names = {(each.kind, each.id): each.name for each in devices(station)}
    name = names.get((fault.kind, fault.of)) or fault.of
    what = f"{tr(KINDS[fault.kind])} {name}"
    time = f"{notice.at.astimezone(station.timezone):%H:%M %d/%m}"
    match notice.what:
        case News.CAME:
            said = tr("{what}: {reason}, since {time}.", what=what, reason=fault.reason, time=time)
            return f"{said} {tr(ADVICE[fault.kind])}"
        case News.OVER:
            return tr("{what}: works again since {time}.", what=what, time=time)
        case News.RESTLESS:
            said = tr(
                "{what}: comes and goes since {time}, the last time: {reason}.",
                what=what,
                time=time,
                reason=fault.reason,
            )
            return f"{said} {tr(ADVICE[fault.kind])}"
