"""`broadcaster log`: the as-run ledger, and whether its chain holds."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from textwrap import shorten
from typing import Any

import click

from broadcaster.cli.app import App, as_json, columns, data, data_json, pass_app, talk
from broadcaster.domain.record import AsRun, Record
from broadcaster.errors import Refusal, UserError
from broadcaster.messages import msg, plural, tr

VERIFY = "verify"
SHOWN = 80
"""Characters of a text that was ordered."""


@click.command(
    help=tr(
        "Show what the as-run ledger holds, of CAMPAIGN alone if named.\n\n"
        "`log verify` finds records that were changed, moved or taken out from among the others "
        "since they were written. It can't tell that the end was cut off, or that all was written "
        "anew: note the last hash elsewhere, and compare it with what is in the ledger later."
    )
)
@click.argument("campaign", required=False, metavar=f"[CAMPAIGN | {VERIFY}]")
@click.option(
    "--airings", is_flag=True, help=tr("One line an airing: planned, aired, and why not.")
)
@click.option(
    "--ledger",
    "path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=tr("Another ledger than the station's: a rehearsal's, or a copy."),
)
@as_json
@pass_app
def log(app: App, campaign: str | None, path: Path | None, *, airings: bool, as_json: bool) -> None:
    """Read the ledger; the daemon may be writing it."""
    if campaign == VERIFY and airings:
        raise click.UsageError(tr("`log verify` checks records, it has no --airings"))
    prefix = f"{campaign}/" if campaign and campaign != VERIFY else ""
    with _records(app, path, prefix) as records:
        if campaign == VERIFY:
            _verify(records, as_json=as_json)
        elif airings:
            _airings(app, records, as_json=as_json)
        else:
            _list(app, records, as_json=as_json)


@contextlib.contextmanager
def _records(app: App, path: Path | None, prefix: str) -> Iterator[Iterable[Record]]:
    """Open the ledger for reading; say so where there is none yet, or nothing in it."""
    from broadcaster.ledger.file import PLACE
    from broadcaster.ledger.sqlite import SqliteLedger

    path = path or app.folder / PLACE
    if not path.exists():
        talk("There is no ledger yet: {path} begins when the station runs.", path=path)
        yield ()
        return
    ledger = SqliteLedger(path, read_only=True)
    try:
        if ledger.last() is None:
            talk("The ledger is empty.")
        elif prefix and next(ledger.records(prefix), None) is None:
            talk("The ledger has no record of {campaign}.", campaign=prefix.rstrip("/"))
        yield ledger.records(prefix)
    finally:
        ledger.close()


def _verify(records: Iterable[Record], *, as_json: bool) -> None:
    from broadcaster.ledger.chain import GENESIS, Broken, verify
    from broadcaster.ledger.sqlite import UnreadableRecordError

    count, last = 0, GENESIS

    def counted() -> Iterator[Record]:
        nonlocal count, last
        for record in records:
            count, last = count + 1, record.hash
            yield record

    try:
        broken = verify(counted())
    except UnreadableRecordError as error:
        broken = Broken(error.seq, msg("was changed after it was written"))
    if as_json:
        what = broken and {"seq": broken.seq, "reason": str(broken.message)}
        data_json({"records": count, "last": last, "broken": what})
    elif count and not broken:
        # Only a hash noted elsewhere shows that the end was cut off.
        holds = plural(
            count,
            msg("1 record, the chain holds; the last hash is {hash}", hash=last),
            msg("{count} records, the chain holds; the last hash is {hash}", hash=last),
        )
        data(tr(holds))
    if broken:
        raise Refusal(msg("record {seq} {what}", seq=broken.seq, what=broken.message))


def _list(app: App, records: Iterable[Record], *, as_json: bool) -> None:
    from broadcaster.ledger.chain import fields
    from broadcaster.report.words import word

    if as_json:
        for record in records:
            data_json(fields(record))
        return
    tz = _zone(app)
    columns(
        (_time(record.at, tz), word(record.kind), record.key, _note(record.data))
        for record in records
    )


def _note(held: Mapping[str, Any]) -> str:
    """Say in short what a record adds to its kind and key."""
    from broadcaster.report.words import no_slogan, passed, retold, word

    state = str(held.get("outcome") or held.get("state") or held.get("did") or "")
    shown = ""
    if "slogans" in held:
        slogans = (" ".join(text.splitlines()) for text in held["slogans"])
        shown = " / ".join(slogans) or no_slogan(clock=bool(held.get("clock")))
    if (percent := held.get("brightness", 100)) != 100:  # noqa: PLR2004 - full light
        shown = f"{shown} ({percent} %)"
    told = (word(state), shown, _ordered(held), retold(held), passed(held))
    return ": ".join(part for part in told if part)


def _ordered(held: Mapping[str, Any]) -> str:
    """Say who ordered what, and which files were edited."""
    what = held.get("text") or held.get("script") or ", ".join(held.get("files") or ())
    by = tr("by {who}", who=held["by"]) if held.get("by") else ""
    return ": ".join(filter(None, (by, shorten(what, SHOWN, placeholder="…"))))


def _airings(app: App, records: Iterable[Record], *, as_json: bool) -> None:
    from broadcaster.planning.asrun import fold

    tz = _zone(app)
    runs = fold(records).values()
    if as_json:
        for run in runs:
            data_json(_folded(run, tz))
    else:
        columns(_row(run, tz) for run in runs)


def _folded(run: AsRun, tz: tzinfo) -> dict[str, Any]:
    def iso(at: datetime | None) -> str | None:
        return at.astimezone(tz).isoformat() if at else None

    return {
        "key": run.key,
        "campaign": run.campaign,
        "zone": run.zone,
        "planned": iso(run.planned),
        "started": iso(run.started),
        "finished": iso(run.finished),
        "outcome": run.outcome,
        "reason": run.reason,
        "seconds": round(sum(each.seconds for each in run.soundings), 3),
        "voice": run.voice,
        "audio_sha256": run.audio_sha256,
        "alarms": [
            {key: each[key] for key in ("alarm", "second", "seconds", "speakers")}
            for each in run.alarms
        ],
    }


def _row(run: AsRun, tz: tzinfo) -> tuple[str, ...]:
    from broadcaster.report.words import UNDER_WAY, recorded, word

    slot = run.key.split("/")[1:2]
    return (
        _time(run.planned, tz),
        word(run.outcome or UNDER_WAY),
        f"{run.started.astimezone(tz):%H:%M:%S}" if run.started else "-",
        run.zone,
        "/".join([run.campaign, *slot]),
        recorded(run),
    )


def _time(at: datetime, tz: tzinfo) -> str:
    return f"{at.astimezone(tz):%d/%m/%Y %H:%M:%S}"


def _zone(app: App) -> tzinfo:
    """Give the station's time zone; the ledger can be read beside files that can't."""
    try:
        return app.station()[0].timezone
    except UserError:
        return UTC
