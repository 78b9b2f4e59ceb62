"""What the ledger keeps of an airing: its facts, how it ended and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from broadcaster.domain.airing import Entry, Heard
from broadcaster.domain.alarm import Alarm
from broadcaster.domain.record import AsRun, Kind, Outcome
from broadcaster.domain.sound import Played
from broadcaster.errors import DeviceError
from broadcaster.messages import Message, from_json, msg, to_json

LATE_AFTER = timedelta(seconds=10)
"""What begins within this of its instant is on time to a listener."""


def judge(
    entry: Entry,
    played: Mapping[str, Played | DeviceError],
    offset: float,
    stopped: Message | None,
    *,
    sounded: bool,
) -> tuple[Outcome, Message | None]:
    """Say how an airing ended, from what each of its speakers did."""
    failed = failure(played)
    heard = [result for result in played.values() if isinstance(result, Played)]
    if entry.heard is not None:
        return _judge_rest(entry, entry.heard, failed, stopped, offset)
    if not sounded:
        return Outcome.MISSED, failed or stopped
    if failed:
        return Outcome.PARTIAL, failed
    if offset:
        return Outcome.PARTIAL, msg("joined {seconds:.0f} s after its start", seconds=offset)
    if not all(result.whole for result in heard):
        return Outcome.PARTIAL, stopped or msg("was cut short")
    return _punctual(entry, min(result.started for result in heard))


def failure(played: Mapping[str, Played | DeviceError]) -> Message | None:
    """Give what was wrong with the first of its speakers that failed, if one did."""
    failures = [
        msg("{device}: {what}", device=result.device, what=result.message)
        for result in played.values()
        if isinstance(result, DeviceError)
    ]
    failures += [
        msg("{device}: {what}", device=name, what=result.reason)
        for name, result in played.items()
        if isinstance(result, Played) and result.reason
    ]
    return next(iter(failures), None)


def given_up(cut: Message, reason: Message) -> Message:
    """Say who cut it, and why it is not taken up."""
    return msg("{cut}; not taken up: {reason}", cut=cut, reason=reason)


def _judge_rest(
    entry: Entry, heard: Heard, failed: Message | None, stopped: Message | None, offset: float
) -> tuple[Outcome, Message | None]:
    """Say how an airing ended that was cut before, and taken up."""
    wrong = heard.fault or failed or stopped
    if wrong:
        return Outcome.PARTIAL, msg("{one}; {other}", one=heard.reason, other=wrong)
    missed = offset - heard.goes_on
    if missed >= 1:
        return Outcome.PARTIAL, msg(
            "{cut}; joined again after {seconds:.0f} s", cut=heard.reason, seconds=missed
        )
    outcome, late = _punctual(entry, heard.started)
    told = msg("{cut}; taken up", cut=heard.reason)
    return outcome, msg("{one}; {other}", one=late, other=told) if late else told


def _punctual(entry: Entry, started: datetime) -> tuple[Outcome, Message | None]:
    late = started - entry.begins
    if late > LATE_AFTER:
        return Outcome.LATE, msg("began {seconds:.0f} s late", seconds=late.total_seconds())
    return Outcome.AIRED, None


def facts(entry: Entry) -> dict[str, Any]:
    """Give what the ledger keeps of a planned airing."""
    airing = entry.airing
    return {
        "campaign": airing.campaign,
        "zone": airing.zone,
        "planned": airing.start.isoformat(),
        "begins": entry.begins.isoformat(),
        "class": airing.slot.air_class.value,
        "times": [f"{at:%H:%M}" for at in airing.slot.at],
        "asked": round(airing.seconds, 3),
    }


def ending(entry: Entry, outcome: Outcome, reason: Message | None) -> dict[str, Any]:
    """Give what the ledger keeps of an airing's end; the reason is kept so that it translates."""
    return facts(entry) | end(outcome, reason)


def end(outcome: Outcome, reason: Message | None) -> dict[str, Any]:
    """Give how anything ended, its reason in English and so that it translates."""
    return {
        "outcome": outcome.value,
        "reason": str(reason or ""),
        "reason_message": to_json(reason) if reason else None,
    }


def alarmed(alarm: Alarm, speakers: Iterable[str]) -> dict[str, Any]:
    """Give what the ledger keeps of something wrong with a sound, and of where it was heard."""
    names = list(speakers)
    reason = msg("{device}: {what}", device=", ".join(names), what=alarm.message)
    return {
        "alarm": alarm.what.value,
        "second": round(alarm.at, 1),
        "seconds": round(alarm.seconds, 1),
        "speakers": names,
        "reason": str(reason),
        "reason_message": to_json(reason),
    }


def ended_unseen(
    run: AsRun, why: Message | None = None, *, heard: bool
) -> tuple[Kind, str, dict[str, Any]]:
    """Give the record that ends an airing which a crash, or a full disk, left open.

    `why` what has yet to sound does not: else it is no longer planned.
    """
    if run.cut is not None:
        kind, outcome = Kind.FINISHED, Outcome.PARTIAL
        cut = from_json(run.data["reason_message"])
        reason = given_up(cut, why or msg("it is no longer planned"))
    elif heard:
        kind, outcome = Kind.FINISHED, Outcome.PARTIAL
        reason = msg(
            "the station or its disk broke down while it sounded; how much was heard is unknown"
        )
    else:
        kind, outcome = Kind.MISSED, Outcome.MISSED
        reason = why or msg("the station broke down before it sounded, and it is no longer planned")
    # Of what sounded on after the last record, the seconds it has are those asked for.
    unknown = {"heard_unknown": True} if heard and run.cut is None else {}
    return kind, run.key, dict(run.data) | unknown | end(outcome, reason)


def label(entry: Entry) -> str:
    """Name an airing's sound for people: when, which campaign, which slot; which part, if cut."""
    airing = entry.airing
    again = f"_{entry.heard.soundings + 1}" if entry.heard else ""
    return f"{airing.start:%Y-%m-%d_%H%M}_{airing.campaign}_{airing.slot.id}{again}"


def closing(entry: Entry, outcome: Outcome, reason: Message | None) -> dict[str, Any]:
    """Give what the ledger keeps of an end without a sound, after what was heard before it."""
    heard = {"seconds": entry.heard.seconds} if entry.heard else {}
    return ending(entry, outcome, reason) | heard


def not_taken_up(entry: Entry, reason: Message) -> Message:
    """Say why what was cut, if it was, is given up."""
    return given_up(entry.heard.reason, reason) if entry.heard else reason
