"""What can go wrong, in a form that people can act on."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from broadcaster.messages import Message, from_json, msg, to_json, tr


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a station's files: where, what is expected, what may be meant."""

    file: str
    """Relative to the station folder, with forward slashes."""
    line: int | None
    key: str
    """Dotted, a table in an array named by its id: `radio.ban-tin.at`; empty: the file."""
    message: Message
    hint: Message | None = None
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """Give `file:line: key: what is wrong; hint` in the reader's language."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        text = ": ".join(part for part in (where, self.key, tr(self.message)) if part)
        return f"{text}; {tr(self.hint)}" if self.hint else text


def problem_json(problem: Problem) -> dict[str, Any]:
    """Give a problem as JSON: its texts in English, and as they are kept for other languages."""
    hint = problem.hint
    return {
        "file": problem.file,
        "line": problem.line,
        "key": problem.key,
        "message": str(problem.message),
        "hint": str(hint or ""),
        "level": problem.level,
        "message_kept": to_json(problem.message),
        "hint_kept": to_json(hint) if hint else None,
    }


def problem_from_json(row: Mapping[str, Any]) -> Problem:
    """Give back what `problem_json` gave."""
    hint = row["hint_kept"]
    return Problem(
        row["file"], row["line"], row["key"], from_json(row["message_kept"]),
        from_json(hint) if hint else None, row["level"],
    )  # fmt: skip


class UserError(Exception):
    """A person's mistake: every problem found, never only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A command that can't be obeyed, and why."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


class DeviceError(Exception):
    """A device, engine or link that failed."""

    def __init__(self, device: str, message: Message) -> None:
        self.device = device
        self.message = message
        super().__init__(f"{device}: {message}")


class ContentError(DeviceError):
    """A file or a text that can't be made to sound: it fails again until it is another."""


class PartialError(DeviceError):
    """A device that did a part of what it was asked for."""

    def __init__(self, device: str, message: Message, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(device, message)


# The system says them in English to a process that sets no locale.
_REASONS: Mapping[int, Message] = {
    errno.ENOENT: msg("No such file or directory"),
    errno.EACCES: msg("Permission denied"),
    errno.EPERM: msg("Operation not permitted"),
    errno.ENOSPC: msg("No space left on device"),
    errno.EROFS: msg("Read-only file system"),
    errno.EISDIR: msg("Is a directory"),
    errno.ENOTDIR: msg("Not a directory"),
    errno.ECONNREFUSED: msg("Connection refused"),
    errno.ECONNRESET: msg("Connection reset by peer"),
    errno.EHOSTUNREACH: msg("No route to host"),
    errno.ENETUNREACH: msg("Network is unreachable"),
    errno.ETIMEDOUT: msg("Connection timed out"),
}


def why(error: OSError | ValueError) -> Message:
    """Give what the system says of a failure, for sentences that people read."""
    known = _REASONS.get(getattr(error, "errno", None) or 0)
    said = getattr(error, "strerror", None) or str(error)
    return known or msg("{error}", error=said)
