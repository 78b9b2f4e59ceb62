"""Asks the daemon, for the commands that need one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from broadcaster.cli.app import App
from broadcaster.control.client import Client, NoDaemonError
from broadcaster.errors import DeviceError
from broadcaster.messages import msg


@contextlib.contextmanager
def daemon(app: App) -> Iterator[Client]:
    """Give the way to the daemon; raises NoDaemonError where none runs, else DeviceError."""
    try:
        yield Client(app.folder)
    except NoDaemonError:
        from broadcaster.cli.device_held import runs

        if runs(app):
            raise DeviceError("daemon", msg("runs and can't be asked; its log says why")) from None
        raise
