"""What is no letter, or too much of one: refused before it costs time or memory."""

from __future__ import annotations

from pathlib import Path

from broadcaster.errors import Refusal, why
from broadcaster.messages import msg

LARGEST = 50_000_000
"""Bytes of a file."""


class UnreadableError(Refusal):
    """A file that no letter can be read from."""


def bounded(path: Path) -> bytes:
    """Read a file that is not too large; raises UnreadableError."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        unread = msg("{path} can't be read: {why}", path=path, why=why(error))
        raise UnreadableError(unread) from None
    if len(content) > LARGEST:
        raise UnreadableError(msg("{path} is over {most} MB: no letter is", path=path,
                                  most=LARGEST // 1_000_000))  # fmt: skip
    return content
