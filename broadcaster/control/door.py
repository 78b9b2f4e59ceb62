"""Where a daemon is asked: a socket in its state folder, or a port of this machine and a token."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from broadcaster.errors import DeviceError, why
from broadcaster.messages import msg

SOCKET = Path("var", "control.sock")
ADDRESS = Path("var", "control.json")
"""The port and the token, where the machine has no such sockets: {port, token}."""
LOOPBACK = "127.0.0.1"
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Door:
    """A bound socket, and what callers have to show there."""

    socket: socket.socket
    path: Path
    """The file that tells of it."""
    token: str | None = None
    """None: whoever can open the file may come in."""
    hosts: frozenset[bytes] = field(default=frozenset())
    """What a caller may call this machine."""


@contextlib.contextmanager
def door(folder: Path) -> Iterator[Door]:
    """Open it; nobody else may run this station meanwhile. Raises DeviceError."""
    # As both sides write it, whatever they call the folder.
    folder = folder.resolve()
    try:
        _clear(folder / SOCKET)
        (folder / ADDRESS).unlink(missing_ok=True)
        made = _unix(folder / SOCKET) or _loopback(folder / ADDRESS)
    except OSError as error:
        raise DeviceError("control", msg("can't be opened: {why}", why=why(error))) from None
    try:
        with made.socket:
            yield made
    finally:
        with contextlib.suppress(OSError):
            made.path.unlink()


def _clear(path: Path) -> None:
    """Take away the socket of a daemon that died, and only that; raises OSError, DeviceError."""
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISSOCK(path.lstat().st_mode):
            raise DeviceError("control", msg("{path} is in the way", path=path))
        if _is_answered(path):
            raise DeviceError("control", msg("another process answers at {path}", path=path))
        path.unlink()


def _is_answered(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as asked:
        asked.settimeout(0)
        try:
            asked.connect(str(path))
        except BlockingIOError:  # so many ask there that it has to wait
            return True
        except OSError:
            return False
        return True


def _unix(path: Path) -> Door | None:
    """Bind a socket; None where the system, the disk or the length of its path allows none."""
    if not hasattr(socket, "AF_UNIX"):
        return None
    bound = socket.socket(socket.AF_UNIX)
    try:
        bound.bind(str(path))
        # Nobody is let in before it listens.
        path.chmod(OWNER_ONLY)
    except OSError:
        bound.close()
        return None
    return Door(bound, path)


def _loopback(path: Path) -> Door:
    """Listen on a port that the system chooses, and write down which."""
    import secrets

    bound = socket.socket()
    bound.bind((LOOPBACK, 0))
    port, token = bound.getsockname()[1], secrets.token_urlsafe(32)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as file:
        json.dump({"port": port, "token": token}, file)
    fresh.replace(path)
    hosts = frozenset(f"{name}:{port}".encode() for name in (LOOPBACK, "localhost"))
    return Door(bound, path, token, hosts)
