"""`status`: what is on air, what comes next, and how every device is."""

from __future__ import annotations

import contextlib
from typing import Any

import click

from broadcaster.cli.app import App, as_json, data_json, pass_app
from broadcaster.cli.asked import daemon
from broadcaster.control.client import NoDaemonError
from broadcaster.messages import tr


@click.command(help=tr("Show what is on air, what comes next, and how every device is."))
@click.option("--watch", is_flag=True, help=tr("Go on showing it as it changes, until Ctrl-C."))
@as_json
@pass_app
def status(app: App, *, watch: bool, as_json: bool) -> None:
    """Show it once, or as it changes."""
    if not watch:
        show(app, asked(app), as_json=as_json)
        return
    from broadcaster.cli.status_watch import watch_it

    with contextlib.suppress(KeyboardInterrupt):
        watch_it(app, as_json=as_json)


def asked(app: App) -> Any:
    """Give what the daemon tells; None where none runs."""
    try:
        with daemon(app) as client:
            return client.read("/v1/status")
    except NoDaemonError:
        return None


def show(app: App, told: Any, *, as_json: bool) -> None:
    """Print it, or what the files and the ledger tell where no daemon runs."""
    if told is None:
        from broadcaster.cli.status_without import show_without

        show_without(app, as_json=as_json)
    elif as_json:
        data_json({"running": True, **told})
    else:
        from broadcaster.cli.status_shown import print_status

        print_status(told, app.time.now())
