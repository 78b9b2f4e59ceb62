"""A disk in memory that forgets what was not synced: power cuts, no room left, faults."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

_NUMBERS = itertools.count(1)
SECTOR = 512
"""Bytes that are written whole or not at all."""


class Write(NamedTuple):
    """Bytes on their way to the platter."""

    offset: int
    data: bytes

    def apply(self, to: bytearray) -> None:
        """Write all of it."""
        to.extend(bytes(max(0, self.offset - len(to))))
        to[self.offset : self.offset + len(self.data)] = self.data

    def tear(self, to: bytearray, chance: random.Random, odds: float) -> None:
        """Write those of its sectors that chance lets through."""
        end = self.offset + len(self.data)
        start = self.offset
        while start < end:
            stop = min(end, (start // SECTOR + 1) * SECTOR)
            if chance.random() < odds:
                Write(start, self.data[start - self.offset : stop - self.offset]).apply(to)
            start = stop


class Cut(NamedTuple):
    """A truncation on its way to the platter."""

    size: int

    def apply(self, to: bytearray) -> None:
        """Shorten the file."""
        del to[self.size :]

    def tear(self, to: bytearray, chance: random.Random, odds: float) -> None:
        """Shorten it, or not."""
        if chance.random() < odds:
            self.apply(to)


class File:
    """What its readers see, what is on the platter, and what is on its way there."""

    def __init__(self, data: bytes = b"", *, named: bool = False) -> None:
        self.data = bytearray(data)
        self.synced = bytearray(data)
        self.pending: list[Write | Cut] = []
        self.named = named
        """Whether its name in the folder is on the platter."""

    def change(self, change: Write | Cut) -> None:
        """Do what a program asks for."""
        change.apply(self.data)
        self.pending.append(change)

    def sync(self) -> None:
        """Bring all of it to the platter."""
        for change in self.pending:
            change.apply(self.synced)
        self.pending.clear()
        self.named = True

    def torn(self, chance: random.Random, odds: float) -> bytes:
        """Give what a power cut leaves of it."""
        left = bytearray(self.synced)
        for change in self.pending:
            change.tear(left, chance, odds)
        return bytes(left)


class DiskFullError(Exception):
    """There is no room for a write."""


class DiskError(Exception):
    """The disk failed, or has no power any more."""


class Disk:
    """Counts every write, truncation, sync, making and removal of a file; can fail at any.

    `cut_at` is the number of the operation in which the power goes: that one is on its way to the
    platter as those before it that were not synced, and all later ones fail.
    """

    def __init__(self) -> None:
        self.path = Path("/", f"disk{next(_NUMBERS)}.sqlite")
        """Where its ledger is to be; what stands before the dot names this disk alone."""
        self.files: dict[str, File] = {}
        """By what stands behind the dot."""
        self.removed: dict[str, File] = {}
        """What a power cut may bring back: their removal was not synced."""
        self.operations = 0
        self.cut_at: int | None = None
        self.at_death: Callable[[], None] = lambda: None
        self.dead = False
        self.powered = True
        self.failing = False
        self.losing = False
        """Whether syncs fail, and what they were for is never tried again: Linux does so."""
        self.room: int | None = None
        """Bytes that all files may hold together; None: no end of it."""

    @property
    def used(self) -> int:
        """Give how many bytes all files hold."""
        return sum(len(file.data) for file in self.files.values())

    def open(self, name: str, *, create: bool) -> File | None:
        """Give a file, or None where it isn't there and isn't to be made."""
        if name not in self.files and create:
            self._operate()
            self.files[name] = File()
            self._done()
        return self.files.get(name)

    def change(self, file: File, change: Write | Cut) -> None:
        """Write or truncate; raises DiskFullError or DiskError."""
        self._operate()
        if isinstance(change, Write) and self._grown(file, change) > self._left():
            raise DiskFullError
        file.change(change)
        self._done()

    def sync(self, file: File, *, folder: bool) -> None:
        """Bring a file to the platter, and the folder's names too; raises DiskError."""
        self._operate()
        self._done()
        if self.losing:
            file.pending.clear()
            raise DiskError
        file.sync()
        if folder:
            self._sync_folder()

    def renew(self, name: str) -> None:
        """Write a file once more as it is, if it is there; raises DiskFullError or DiskError."""
        if name in self.files:
            file = self.files[name]
            self.change(file, Write(0, bytes(file.data)))
            self.sync(file, folder=False)

    def remove(self, name: str, *, folder: bool) -> None:
        """Remove a file; raises DiskError."""
        self._operate()
        self.removed[name] = self.files.pop(name)
        self._done()
        if folder:
            self._sync_folder()

    def check(self) -> None:
        """Raise DiskError where nothing can be read either."""
        if self.dead or self.failing:
            raise DiskError

    def cut(self) -> None:
        """Cut the power now."""
        self.powered = False
        self.kill()

    def kill(self) -> None:
        """Lose the program that uses it, not what the system has yet to write."""
        self.dead = True
        self.at_death()

    def left(self, chance: random.Random) -> Disk:
        """Give the disk that the next program finds."""
        left = Disk()
        if self.powered:
            left.files, left.removed = dict(self.files), self.removed
            return left
        odds = chance.choice((0.0, 0.5, 0.9, 1.0))
        for name, file in {**self.removed, **self.files}.items():
            gone = name not in self.files and chance.random() < odds
            if not gone and (file.named or chance.random() < odds):
                left.files[name] = File(file.torn(chance, odds), named=True)
        return left

    def _operate(self) -> None:
        self.check()
        self.operations += 1

    def _done(self) -> None:
        """Cut the power in this operation, if it is that one."""
        if self.operations == self.cut_at:
            self.cut()
            raise DiskError

    def _sync_folder(self) -> None:
        self.removed.clear()
        for file in self.files.values():
            file.named = True

    def _left(self) -> float:
        return float("inf") if self.room is None else self.room - self.used

    def _grown(self, file: File, write: Write) -> int:
        return max(0, write.offset + len(write.data) - len(file.data))
