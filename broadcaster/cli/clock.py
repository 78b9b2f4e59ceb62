"""`clock`: whether the daemon takes the machine's clock for right."""

from __future__ import annotations

import click

from broadcaster.cli.app import App, as_json, data, data_json, pass_app, talk
from broadcaster.cli.asked import daemon
from broadcaster.messages import tr


@click.group(
    invoke_without_command=True,
    help=tr("Say whether the daemon trusts the clock; nothing sounds while it doesn't."),
)
@as_json
@pass_app
@click.pass_context
def clock(ctx: click.Context, app: App, as_json: bool) -> None:  # noqa: FBT001 - Click's way
    """Print it, where nothing else is asked."""
    if ctx.invoked_subcommand is not None:
        return
    from broadcaster.report.words import retold

    with daemon(app) as asked:
        told = asked.read("/v1/status")
    if as_json:
        data_json({"now": told["now"], **told["clock"]})
    elif told["clock"]["trusted"]:
        data(tr("{now}: the clock is trusted", now=told["now"]))
    else:
        data(tr("{now}: the clock is in doubt: {reason}", now=told["now"],
                reason=retold(told["clock"])))  # fmt: skip


@clock.command(help=tr("Confirm that the clock is right: the station sounds by it from now on."))
@pass_app
def confirm(app: App) -> None:
    """Take the person's word."""
    with daemon(app) as asked:
        asked.act("/v1/clock/confirm")
        now = asked.read("/v1/status")["now"]
    talk("{now}: the clock is trusted", now=now)
