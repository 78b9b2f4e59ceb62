"""Keeps what was made, under the hash of what it was made from."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from broadcaster.errors import DeviceError, why
from broadcaster.messages import msg

CACHE = "cache"
"""What its errors name."""
OWNER = re.compile(r"\.(\d+)\.[^.]*\.part$")
"""The number of the process that writes a part."""

_FULL = {errno.ENOSPC, errno.EDQUOT}


class Cache:
    """A folder of finished files; what is in it is whole, or it isn't in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._swept = False

    def key(self, *parts: object) -> str:
        """Give the name of what is made from these parts; any JSON value is a part."""
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def find(self, key: str, suffix: str) -> Path | None:
        """Give a finished file."""
        path = self._path(key, suffix)
        try:
            return path if path.stat().st_size else None
        except OSError:
            return None

    @contextlib.contextmanager
    def place(self, key: str, suffix: str) -> Iterator[Path]:
        """Give a path to write to; the file is found under its key once the block ends well.

        Raises DeviceError when the disk refuses it.
        """
        path = self._path(key, suffix)
        part: Path | None = None
        try:
            self._sweep()
            part = _new_part(path)
            yield part
            _settle(part, path)
        except OSError as error:
            raise refused(self.root, error) from error
        finally:
            if part is not None:
                part.unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Remove, once, what processes left that were killed while they wrote."""
        if self._swept:
            return
        self._swept = True
        for left in self.root.glob("*/*.part"):
            owner = OWNER.search(left.name)
            if owner is None or _alive(int(owner[1])):
                continue
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)

    def _path(self, key: str, suffix: str) -> Path:
        return self.root / key[:2] / f"{key}{suffix}"


def refused(folder: Path, error: OSError) -> DeviceError:
    """Say that the disk takes nothing, and what helps where it is full."""
    reason = why(error)
    if error.errno not in _FULL:
        return DeviceError(CACHE, msg("can't write in {folder}: {why}", folder=folder, why=reason))
    return DeviceError(
        CACHE,
        msg("can't write in {folder}: {reason}; make room there", folder=folder, reason=reason),
    )


def vanished(folder: Path) -> DeviceError:
    """Say that somebody takes away what is made."""
    return DeviceError(CACHE, msg("a file just written is gone from {folder}", folder=folder))


def _new_part(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(
        prefix=f"{path.stem[:16]}.{os.getpid()}.", suffix=".part", dir=path.parent
    )
    os.close(number)
    return Path(name)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _settle(part: Path, path: Path) -> None:
    """Rename only what is on the disk: a power cut leaves the whole file or none."""
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    part.chmod(0o644)
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
