"""The daemon's status, for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from broadcaster.cli.app import columns, data
from broadcaster.errors import problem_from_json
from broadcaster.messages import msg, tr
from broadcaster.report.words import length, retold

_KINDS = {
    "speaker": msg("loudspeaker"),
    "sign": msg("sign"),
    "amplifier": msg("amplifier"),
    "engine": msg("speech engine"),
    "disk": msg("disk"),
    "ledger": msg("as-run ledger"),
}
_STATES = {"ok": msg("works"), "failed": msg("failed"), "unknown": msg("nothing known yet")}


def print_status(told: Any, now: datetime) -> None:
    """Print all of it."""
    data(
        tr("{station}: running since {time}", station=told["station"], time=_time(told["started"]))
    )
    for line in _held_back(told):
        data(line)
    _part(tr("On air"), [_sounding(each, now) for each in told["on_air"]])
    _part(tr("Next"), [_planned(each, now) for each in told["next"]])
    # Where there is room for some alone, those that failed are to be seen.
    devices = sorted(told["devices"], key=lambda each: each["state"] != "failed")
    _part(tr("Devices"), [_device(each) for each in devices])
    _part(tr("Problems"), [(str(problem_from_json(each)),) for each in told["problems"]])


def _held_back(told: Any) -> Iterator[str]:
    """Say why nothing sounds, where that is so for all of the station."""
    if not told["clock"]["trusted"]:
        yield tr("The clock is in doubt, so nothing sounds: {reason}", reason=retold(told["clock"]))
    if (paused := told["paused"]) is not None:
        yield tr("Paused since {time} by {by}", time=_time(paused["since"]), by=paused["by"])
    if told.get("season") is not None:
        yield retold(told["season"])


def _part(title: str, rows: list[tuple[str, ...]]) -> None:
    data("")
    data(title if rows else tr("{title}: nothing", title=title))
    columns(("", *row) for row in rows)


def _sounding(each: Any, now: datetime) -> tuple[str, ...]:
    left = max(0.0, (datetime.fromisoformat(each["ends"]) - now).total_seconds())
    return each["zone"], _name(each), each["title"], tr("{time} left", time=length(left))


def _planned(each: Any, now: datetime) -> tuple[str, ...]:
    waits = "" if datetime.fromisoformat(each["begins"]) > now else tr("waits")
    return _time(each["begins"]), each["zone"], _name(each), each["title"], waits


def _device(each: Any) -> tuple[str, ...]:
    kind, state = _KINDS[each["kind"]], _STATES[each["state"]]
    since = tr("since {time}", time=_time(each["since"])) if each.get("since") else ""
    return each["id"], tr(kind), tr(state), _and(since, retold(each))


def _and(*parts: str) -> str:
    return ": ".join(filter(None, parts))


def _name(each: Any) -> str:
    """Name a slot, and its class where that is not the usual one."""
    name = f"{each['campaign']}/{each['slot']}"
    return name if each["class"] == "normal" else f"{name} ({each['class']})"


def _time(instant: str) -> str:
    at = datetime.fromisoformat(instant)
    return f"{at:%d/%m/%Y %H:%M:%S}" if at.second else f"{at:%d/%m/%Y %H:%M}"
