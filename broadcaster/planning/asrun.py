"""The ledger's records folded: one line an airing, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from broadcaster.domain.airing import Heard
from broadcaster.domain.record import AirState, AsRun, Kind, Outcome, Record, Sounding
from broadcaster.messages import from_json

ENDS = {
    Kind.FINISHED: Outcome.AIRED,
    Kind.MISSED: Outcome.MISSED,
    Kind.REFUSED: Outcome.BLOCKED,
}
"""The kinds that end an airing, and how, where the record itself doesn't say."""


def fold(records: Iterable[Record]) -> dict[str, AsRun]:
    """Fold records, in order, into one line for each airing's key; others are passed over.

    What a sign may not show is refused, and no airing.
    """
    runs: dict[str, AsRun] = {}
    for record in records:
        if record.kind == Kind.ALARM and record.key in runs:
            run = runs[record.key]
            runs[record.key] = replace(run, alarms=(*run.alarms, record.data))
        if (
            record.kind in {Kind.INTENT, Kind.AUDIBLE, Kind.CUT, *ENDS}
            and "sign" not in record.data
        ):
            runs[record.key] = _folded(runs.get(record.key) or _new(record), record)
    return runs


def states(runs: Mapping[str, AsRun]) -> dict[str, AirState]:
    """Say how far each airing has come."""
    return {key: _state(run) for key, run in runs.items()}


def cut(runs: Mapping[str, AsRun]) -> dict[str, Heard]:
    """Give those that wait to be taken up, and what was heard of them."""
    return {key: _heard(run) for key, run in runs.items() if run.cut and run.outcome is None}


def interrupted(runs: Mapping[str, AsRun]) -> tuple[AsRun, ...]:
    """Give those that began to sound and have no end: at start-up, what a crash cut short."""
    return tuple(run for run in runs.values() if _state(run) is AirState.AUDIBLE)


def forgotten(runs: Mapping[str, AsRun], planned: Iterable[str]) -> tuple[AsRun, ...]:
    """Give those that were about to sound, or were cut, and are in no plan any more.

    `planned` holds the rundown's keys. Nothing else would ever end their record.
    """
    keys = set(planned)
    waiting = {AirState.INTENT, AirState.CUT}
    return tuple(run for run in runs.values() if _state(run) in waiting and run.key not in keys)


def _heard(run: AsRun) -> Heard:
    data = run.data
    assert run.cut is not None  # noqa: S101 - asked by `cut` alone
    return Heard(
        run.started or run.cut,
        sum(each.seconds for each in run.soundings),
        len(run.soundings),
        run.cut,
        float(data.get("goes_on") or 0.0),
        from_json(data["reason_message"]),
        from_json(data["fault"]) if data.get("fault") else None,
    )


def _state(run: AsRun) -> AirState:
    if run.outcome is not None:
        return AirState.ENDED
    if run.cut is not None:
        return AirState.CUT
    return AirState.INTENT if run.started is None else AirState.AUDIBLE


def _new(record: Record) -> AsRun:
    # A key is campaign/slot/start/zone; what its data doesn't say, the key does.
    campaign, _, start, zone = (record.key.split("/", 3) + [""] * 3)[:4]
    planned = record.data.get("planned", start)
    return AsRun(
        key=record.key,
        campaign=record.data.get("campaign", campaign),
        zone=record.data.get("zone", zone),
        planned=datetime.fromisoformat(planned) if planned else record.at,
    )


def _folded(run: AsRun, record: Record) -> AsRun:
    data = {**run.data, **record.data}
    run = replace(
        run,
        voice=data.get("voice") or "",
        audio_sha256=data.get("audio_sha256") or "",
        data=data,
    )
    if record.kind == Kind.AUDIBLE:
        heard = (*run.soundings, Sounding(record.at, _left(run)))
        return replace(run, started=run.started or record.at, soundings=heard, cut=None)
    if record.kind == Kind.CUT:
        return replace(_ended(run, record), cut=record.at)
    if record.kind in ENDS:
        return replace(
            _ended(run, record),
            finished=record.at,
            outcome=Outcome(record.data.get("outcome", ENDS[Kind(record.kind)])),
            reason=record.data.get("reason", ""),
            cut=None,
        )
    return run


def _left(run: AsRun) -> float:
    """Give how long what begins now will sound, for all that is known of it."""
    whole = float(run.data.get("seconds") or 0.0)
    return max(0.0, whole - float(run.data.get("offset") or 0.0))


def _ended(run: AsRun, record: Record) -> AsRun:
    """Say how long the last stretch was: `seconds` is what was heard in all."""
    if run.cut is not None or not run.soundings or "seconds" not in record.data:
        return run
    before = sum(each.seconds for each in run.soundings[:-1])
    last = run.soundings[-1]._replace(seconds=max(0.0, float(record.data["seconds"]) - before))
    return replace(run, soundings=(*run.soundings[:-1], last))
