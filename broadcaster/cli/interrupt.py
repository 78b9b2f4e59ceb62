"""`interrupt`: an urgent announcement, now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from broadcaster.cli.app import DEVICE_FAILED, App, data, pass_app, talk
from broadcaster.cli.asked import daemon
from broadcaster.errors import DeviceError
from broadcaster.messages import msg, tr

ENDS = frozenset({"finished", "missed", "refused"})


@click.command(
    help=tr(
        "Announce a text, or a script, at once: what sounds is cut, the airtime guard is passed, "
        "and both are recorded."
    )
)
@click.argument("text", required=False)
@click.option("--script", metavar="ID", help=tr("A script instead of a text."))
@click.option(
    "--zone", "zones", multiple=True, required=True, metavar="ID",
    help=tr("Where; may be given several times."),
)  # fmt: skip
@click.option("--voice", help=tr("The voice; the station's own when left out."))
@click.option("--dry-run", is_flag=True, help=tr("Print the words as they would be spoken."))
@pass_app
@click.pass_context
def interrupt(
    ctx: click.Context,
    app: App,
    text: str | None,
    *,
    script: str | None,
    zones: tuple[str, ...],
    voice: str | None,
    dry_run: bool,
) -> None:
    """Print the words, then how it went, zone by zone."""
    if (text is None) == (script is None):
        raise click.UsageError(tr("give either a text or --script"))
    order = {"text": text, "script": script, "zones": zones, "voice": voice, "dry_run": dry_run}
    with daemon(app) as asked:
        if dry_run:
            data(asked.act("/v1/interrupt", **order)["spoken"])
            return
        with asked.following() as changes:
            told = asked.act("/v1/interrupt", **order)
            data(told["spoken"])
            # Each is told, whatever became of those before.
            went_well = [_told(each) for each in _begun(set(told["keys"]), changes)]
            if not all(went_well):
                ctx.exit(DEVICE_FAILED)


def _begun(keys: set[str], changes: Iterable[Any]) -> Iterator[Any]:
    """Give for each airing the record that says that it sounds, or how it ended without."""
    for change in changes:
        if change.get("key") in keys and change["kind"] in {"audible", *ENDS}:
            keys.remove(change["key"])
            yield change
        if not keys:
            return
    raise DeviceError("daemon", msg("it ended before the announcement was heard"))


def _told(record: Any) -> bool:
    """Say how it went, and tell whether well."""
    from broadcaster.report.words import retold, word

    zone = record["key"].rpartition("/")[2]
    if record["kind"] == "audible":
        talk("{zone}: it sounds", zone=zone)
        return True
    outcome = word(str(record["data"].get("outcome", record["kind"])))
    talk("{zone}: {outcome}: {reason}", zone=zone, outcome=outcome, reason=retold(record["data"]))
    return False
