"""A station's folder of state: where things lie in it, and who may write them."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError, Refusal
from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.messages import msg
from broadcaster.ports import TimeSource

VAR = "var"
"""The folder of a station's state: never in git, safe to copy, not safe to share."""

LOCK = Path(VAR, "daemon.lock")

SDP = "sdp"
"""The folder in it of what IP loudspeakers are to be told."""

RELAYS = "relays"
"""The folder in it of what is received of streams while they are relayed."""

AUDIO = "audio"
"""The folder in it of what file speakers sounded."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a station's devices are, and what time it is there."""

    station: Station
    folder: Path
    """What devices write files into."""
    time: TimeSource


def ledger_path(folder: Path) -> Path:
    """Name the ledger of a station folder."""
    return folder / VAR / "ledger.sqlite"


def writable(folder: Path) -> None:
    """Raise DeviceError where a station's state can't be kept."""
    var = folder / VAR
    there = next(path for path in (var, *var.absolute().parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise DeviceError("var", msg("can't be written; nothing may sound without a ledger there"))


@contextlib.contextmanager
def open_ledger(path: Path) -> Iterator[SqliteLedger]:
    """Open a ledger to write to; raises DeviceError."""
    ledger = SqliteLedger(path)
    try:
        yield ledger
    finally:
        ledger.close()


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only daemon of a station; raises Refusal where there is one already, or DeviceError.

    The lock is SQLite's own: the system lets go of it when a process dies, on every platform.
    """
    lock = None
    with contextlib.suppress(OSError):  # which the lock then names
        (folder / VAR).mkdir(exist_ok=True)
    try:
        lock = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        raise _not_alone(folder, error) from None
    else:
        yield
    finally:
        if lock is not None:
            lock.close()


def _not_alone(folder: Path, error: sqlite3.OperationalError) -> Refusal | DeviceError:
    if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
        return Refusal(msg("another daemon runs this station already: {folder}", folder=folder))
    return DeviceError(str(folder / LOCK), msg("can't be written: {why}", why=str(error)))
