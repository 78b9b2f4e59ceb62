"""Knows files by their content, reading each only once."""

from __future__ import annotations

import hashlib
from pathlib import Path
from stat import S_ISREG

from broadcaster.audio.cache import Cache
from broadcaster.audio.fault import Fault, error
from broadcaster.errors import DeviceError


def stamp(path: Path) -> list[object]:
    """Give what changes when a file does, without reading it; raises DeviceError."""
    try:
        found = path.stat()
    except OSError:
        raise error(Fault("missing", path).answer()) from None
    if not S_ISREG(found.st_mode):
        # A pipe would keep whoever reads it waiting.
        raise error(Fault("unreadable", path).answer())
    return [str(path.absolute()), found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def fingerprint(path: Path, cache: Cache) -> str:
    """Give the SHA-256 of a file's bytes; raises DeviceError."""
    known = known_fingerprint(path, cache)
    if known is not None:
        return known
    key = cache.key("sha256", stamp(path))
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise error(Fault("forbidden", path).answer()) from None
    with cache.place(key, ".sha256") as part:
        part.write_text(found)
    return found


def known_fingerprint(path: Path, cache: Cache) -> str | None:
    """Give it where the file was read before and hasn't changed since."""
    if path.is_relative_to(cache.root):
        # What the cache made is named by what it was made from.
        return path.name
    try:
        found = cache.find(cache.key("sha256", stamp(path)), ".sha256")
        return None if found is None else found.read_text()
    except (OSError, DeviceError):
        return None
