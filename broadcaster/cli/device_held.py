"""What the ledger says of signs while the daemon runs, to whom their ports belong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from broadcaster.cli.app import App
from broadcaster.errors import Refusal
from broadcaster.messages import Message, msg

if TYPE_CHECKING:
    from broadcaster.domain.record import Record
    from broadcaster.domain.station import Station

Held = tuple[Message | None, Message | None]
"""What is wrong with a sign, and what is told of it."""


def held(app: App, station: Station) -> Mapping[str, Held]:
    """Tell of every sign on a line, if the station's daemon runs; nothing if it doesn't."""
    on_lines = [name for name, spec in station.signs.items() if spec.link]
    if not on_lines or not runs(app):
        return {}
    latest = _latest(app)
    return {name: _told(station, latest.get(f"sign/{name}")) for name in on_lines}


def runs(app: App) -> bool:
    """Tell whether the station's daemon runs."""
    from broadcaster.wiring.place import LOCK, alone

    if not (app.folder / LOCK).exists():
        return False
    try:
        with alone(app.folder):
            return False
    except Refusal:
        return True


def _latest(app: App) -> Mapping[str, Record]:
    from broadcaster.ledger.file import PLACE
    from broadcaster.ledger.sqlite import SqliteLedger

    if not (app.folder / PLACE).exists():
        return {}
    ledger = SqliteLedger(app.folder / PLACE, read_only=True)
    try:
        return {record.key: record for record in ledger.records("sign/")}
    finally:
        ledger.close()


def _told(station: Station, last: Record | None) -> Held:
    from broadcaster.report.words import retold, word

    if last is None:
        return None, msg("the station runs, and has told nothing of it yet")
    at = f"{last.at.astimezone(station.timezone):%d/%m/%Y %H:%M:%S}"
    state, reason = word(str(last.data.get("state", ""))), retold(last.data)
    if reason:
        return msg("the station runs: {state} at {time}: {reason}", state=state, time=at,
                   reason=reason), None  # fmt: skip
    return None, msg("the station runs: {state} at {time}", state=state, time=at)
