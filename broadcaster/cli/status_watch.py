"""`status --watch`: drawn anew on each change, and each second in a terminal."""

from __future__ import annotations

import contextlib
import io
import queue
import threading
from typing import Any

from broadcaster.cli.app import App, data, talk, tell
from broadcaster.cli.screen import Screen
from broadcaster.cli.status import asked, show
from broadcaster.clock import rest_until
from broadcaster.control.client import Client
from broadcaster.errors import DeviceError, UserError
from broadcaster.messages import joined, tr

TICK = 1.0
"""Seconds; what is left of an airing counts down by them."""

Changes = queue.SimpleQueue[None]


def watch_it(app: App, *, as_json: bool) -> None:
    """Show it until Ctrl-C, whatever becomes of the daemon."""
    changes: Changes = queue.SimpleQueue()
    threading.Thread(target=_hear, args=(app, changes), daemon=True).start()
    _changed(changes, None)
    if as_json or not Screen.there():
        _print(app, changes, as_json=as_json)
        return
    try:
        _draw(app, changes)
    finally:
        data("")  # what the shell says next is to stand on a line of its own


def _hear(app: App, changes: Changes) -> None:
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


def _changed(changes: Changes, seconds: float | None) -> bool:
    try:
        changes.get(timeout=seconds)
    except queue.Empty:
        return False
    while not changes.empty():  # one look at it is enough for them all
        changes.get()
    return True


def _draw(app: App, changes: Changes) -> None:
    screen = Screen()
    while True:
        told, lines = _look(app)
        screen.draw(lines)
        while not _changed(changes, TICK):
            if isinstance(told, DeviceError):
                break  # it is starting, or ending
            if told is not None:  # without a daemon nothing moves, but the window may
                lines = _shown(app, told)
            screen.draw(lines)


def _look(app: App) -> tuple[Any, list[str]]:
    """Give what the daemon tells, or why it can't be asked, and the lines that say it."""
    try:
        told = asked(app)
        return told, _shown(app, told)
    except DeviceError as error:
        return error, [tr(joined(error.device, error.message))]
    except UserError as error:  # without a daemon the files are read
        return None, [str(problem) for problem in error.problems]


def _shown(app: App, told: Any) -> list[str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        show(app, told, as_json=False)
    return said.getvalue().splitlines()


def _print(app: App, changes: Changes, *, as_json: bool) -> None:
    failed = False
    while True:
        try:
            show(app, asked(app), as_json=as_json)
        except DeviceError as error:
            if not failed:
                talk(joined(error.device, error.message))
            failed = True
        except UserError as error:
            tell(error.problems)
        else:
            failed = False
            if not as_json:
                data("")
        _changed(changes, TICK if failed else None)
