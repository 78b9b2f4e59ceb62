"""What a file or a disk did wrong, told by the child process to the daemon."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from broadcaster.errors import ContentError
from broadcaster.messages import Message, msg

_MESSAGES = {
    "missing": msg("there is no such file"),
    "forbidden": msg("may not be read: give the daemon's user the right to"),
    "unreadable": msg("holds no sound that can be read"),
    "damaged": msg("is damaged: parts of it can't be decoded"),
    "short": msg("is cut short: it ends before the length that it states"),
    "silent": msg("holds nothing but silence"),
    "long": msg("is longer than four hours, the most that a recording may be"),
    "over": msg("ends before the part that is asked for"),
}


class Fault(Exception):  # noqa: N818 - it names what a file is at fault of
    """One file, and what is wrong with it: a key of the messages above."""

    def __init__(self, kind: str, path: Path) -> None:
        self.kind = kind
        self.path = path
        super().__init__(f"{path}: {_MESSAGES[kind]}")

    def answer(self) -> dict[str, str]:
        """Give it in a child's answer."""
        return {"fault": self.kind, "path": str(self.path)}


def disk_answer(error: OSError) -> dict[str, list[Any]]:
    """Give a disk's refusal in a child's answer."""
    return {"disk": [error.errno or 0, error.strerror or str(error)]}


def disk_error(answer: Mapping[str, Any]) -> OSError:
    """Make of a child's answer what the disk said to it."""
    return OSError(*answer["disk"])


def error(answer: Mapping[str, Any]) -> ContentError:
    """Make of a child's answer what the daemon raises, named by the file."""
    message: Message = _MESSAGES[answer["fault"]]
    return ContentError(str(answer["path"]), message)
