"""Secrets, which stand in files of their own: a station's other files are shown and copied."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from broadcaster.errors import why
from broadcaster.messages import Message, msg

MOST = 4096
"""Bytes that are read: no password is longer."""
MOST_ADDRESSES = 1 << 16
"""Bytes of a file of addresses that are read."""


def password(path: Path) -> str | Message:
    """Read a password, the first line of its file, or say why it can't be used."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            first = file.read(MOST).decode("utf-8-sig").partition("\n")[0].strip()
    except OSError as error:
        return msg("the password's file {file} can't be read: {why}", file=path, why=why(error))
    except UnicodeDecodeError:
        first = ""
    if not first:
        return msg("the password's file {file} must hold the password in its first line", file=path)
    if os.name == "posix" and mode & stat.S_IROTH:
        return msg(
            "every user of this machine may read the password's file {file}; "
            "let its owner alone: chmod 600 {file}",
            file=path,
        )
    return first


def addresses(path: Path) -> tuple[str, ...] | Message:
    """Read who is told, an address a line, or say why nobody can be; # begins a comment."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(MOST_ADDRESSES).decode("utf-8-sig")
    except OSError as error:
        return msg("the file {file} can't be read: {why}", file=path, why=why(error))
    except UnicodeDecodeError:
        text = ""
    if os.name == "posix" and mode & stat.S_IROTH:
        return msg(
            "every user of this machine may read the file {file}; let its owner alone: "
            "chmod 600 {file}",
            file=path,
        )
    lines = (line.strip() for line in text.splitlines())
    found = tuple(line for line in lines if line and not line.startswith("#"))
    return found or msg("the file {file} must hold an Apprise address a line", file=path)
