"""`status --watch`: drawn anew on each change, and each second in a terminal."""

from __future__ import annotations

import contextlib
import queue
import sys
import threading

import click

from broadcaster.cli.app import App, data
from broadcaster.cli.status import asked, show
from broadcaster.clock import rest_until
from broadcaster.control.client import Client
from broadcaster.errors import DeviceError

TICK = 1.0
"""Seconds; what is left of an airing counts down by them."""


def watch_it(app: App, *, as_json: bool) -> None:
    """Show it until Ctrl-C, whatever becomes of the daemon."""
    changes: queue.SimpleQueue[None] = queue.SimpleQueue()
    threading.Thread(target=_hear, args=(app, changes), daemon=True).start()
    drawn = sys.stdout.isatty() and not as_json
    _changed(changes, None)
    while True:
        told = asked(app)
        _draw(app, told, drawn=drawn, as_json=as_json)
        # Without a daemon nothing moves.
        while not _changed(changes, TICK if drawn and told else None):
            _draw(app, told, drawn=drawn, as_json=as_json)


def _hear(app: App, changes: queue.SimpleQueue[None]) -> None:
    """Pass on each change, and that the daemon ended, is there again or was not there."""
    there = True
    while True:
        with contextlib.suppress(DeviceError), Client(app.folder).following() as told:
            there = True
            changes.put(None)
            for _ in told:
                changes.put(None)
        if there:
            changes.put(None)
        there = False
        rest_until(rest_until(0.0) + TICK)


def _changed(changes: queue.SimpleQueue[None], seconds: float | None) -> bool:
    try:
        changes.get(timeout=seconds)
    except queue.Empty:
        return False
    while not changes.empty():  # one look at it is enough for them all
        changes.get()
    return True


def _draw(app: App, told: object, *, drawn: bool, as_json: bool) -> None:
    if drawn:
        click.clear()
    show(app, told, as_json=as_json)
    if not (drawn or as_json):
        data("")
