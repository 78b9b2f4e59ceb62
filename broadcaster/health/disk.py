"""Looks at the disk that a station lives on, without writing to it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from broadcaster.errors import DeviceError, why
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.health.ledger import LEDGER
from broadcaster.health.patrol import Look, reporting
from broadcaster.health.states import DISK
from broadcaster.messages import msg

FLOOR = 100
"""Megabytes that must be free: programmes and the ledger need them."""


class Disk:
    """The folder of a station's state, and the ledger in it."""

    def __init__(self, var: Path, ledger: Path, faults: Faults) -> None:
        self._var = var
        self._ledger = ledger
        self._faults = faults
        self._file = _identity(ledger)

    def looks(self) -> list[Look]:
        """Give what is to be looked at."""
        return [
            reporting(self._faults, FaultKind.DISK, DISK, self._room),
            reporting(self._faults, FaultKind.LEDGER, LEDGER, self._writable),
        ]

    async def _room(self) -> None:
        try:
            free = shutil.disk_usage(self._var).free // 1_000_000
        except OSError as error:
            raise DeviceError(DISK, why(error)) from None
        if free < FLOOR:
            text = msg(
                "{free} MB are free on the disk, and {floor} are needed: free some space",
                free=free,
                floor=FLOOR,
            )
            raise DeviceError(DISK, text)

    async def _writable(self) -> None:
        found = _identity(self._ledger)
        if self._file is None:
            self._file = found
        if found is None or found != self._file:
            gone = msg(
                "{path} was removed or replaced while the station runs, which writes into a file"
                " that nobody sees: stop it, put the ledger back, start it again",
                path=self._ledger,
            )
            raise DeviceError(LEDGER, gone)
        for path in (self._ledger, self._ledger.parent):
            if not os.access(path, os.W_OK):
                raise DeviceError(LEDGER, msg("{path} can't be written any more", path=path))


def _identity(path: Path) -> tuple[int, int] | None:
    """Give what stays the same as long as a file is this file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
