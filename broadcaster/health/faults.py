"""The register of present faults: each is told once, until it changes, and once when it is over."""

from __future__ import annotations

import logging
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from broadcaster.errors import DeviceError
from broadcaster.messages import Message, joined, msg
from broadcaster.ports import TimeSource

logger = logging.getLogger(__name__)


class FaultKind(StrEnum):
    """What can be at fault."""

    SPEAKER = "speaker"
    AMPLIFIER = "amplifier"
    SIGN = "sign"
    ENGINE = "engine"
    DISK = "disk"
    LEDGER = "ledger"
    CLOCK = "clock"
    STATION = "station"
    PLAYOUT = "playout"
    NOTIFY = "notify"


BY_CAUSE = frozenset({FaultKind.PLAYOUT})
"""Where one cause, a broken engine say, has many effects."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not work now."""

    kind: FaultKind
    of: str
    """The id of the loudspeaker, sign, engine and so on."""
    action: str
    """How the log names what failed."""
    reason: Message
    since: datetime


Heard = Callable[[Fault, bool], None]
"""Called with a fault that is new or has another reason, and True; with False when it is over."""


class Faults:
    """All that is wrong in one station; each thing has one fault at a time, the latest."""

    def __init__(self, time: TimeSource) -> None:
        self._time = time
        self._present: dict[tuple[FaultKind, str], Fault] = {}
        self._fine: dict[tuple[FaultKind, str], datetime] = {}
        """Since when each thing is known to work."""
        self._listeners: list[Heard] = []

    def listen(self, heard: Heard) -> None:
        """Have `heard` called with every fault that comes, changes or ends."""
        self._listeners.append(heard)

    def tell(self, kind: FaultKind, of: str, error: Exception | Message, action: str) -> None:
        """Say that something is at fault; nothing is told again while the reason is the same."""
        key, reason = (kind, of), _reason(of, error)
        before = self._present.get(key)
        if before is not None and before.reason == reason:
            return
        since = self._time.now() if before is None else before.since
        self._present[key] = fault = Fault(kind, of, action, reason, since)
        self._fine.pop(key, None)
        if not self._caused(fault):
            log_fault(of, error, action, kind=kind.value)
        self._pass_on(fault, present=True)

    def over(self, kind: FaultKind, of: str, action: str | None = None) -> None:
        """Say that it works; with an action, that only a fault of this action is disproved."""
        key = (kind, of)
        fault = self._present.get(key)
        if fault is not None and action not in {None, fault.action}:
            return
        if kind not in BY_CAUSE:  # there each broadcast is another name, for ever
            self._fine.setdefault(key, self._time.now())
        if fault is not None:
            del self._present[key]
            if not self._caused(fault):
                extra = {"action": "fault-over", "of": of, "kind": kind.value}
                logger.info(joined(of, msg("over"), fault.reason), extra=extra)
            self._pass_on(fault, present=False)

    def keep(self, kind: FaultKind, of: Container[str]) -> None:
        """Forget what is not among these: the station has it no more."""
        for key in [key for key in self._fine if key[0] is kind and key[1] not in of]:
            del self._fine[key]
        for fault in self.present(kind):
            if fault.of not in of:
                self.over(kind, fault.of)
                self._fine.pop((kind, fault.of), None)

    def present(self, kind: FaultKind | None = None) -> list[Fault]:
        """Give what is wrong now, of one kind or of all, the oldest first."""
        found = (fault for fault in self._present.values() if kind in {None, fault.kind})
        return sorted(found, key=lambda fault: fault.since)

    def fault(self, kind: FaultKind, of: str) -> Fault | None:
        """Give what is wrong with one thing."""
        return self._present.get((kind, of))

    def fine(self, kind: FaultKind, of: str) -> datetime | None:
        """Give since when a thing is known to work; None where it fails, or was never seen."""
        return self._fine.get((kind, of))

    def _caused(self, fault: Fault) -> bool:
        """Tell whether others are at fault for the same cause, which is logged once for all."""
        others = (each for each in self.present(fault.kind) if each.of != fault.of)
        return fault.kind in BY_CAUSE and any(each.reason == fault.reason for each in others)

    def _pass_on(self, fault: Fault, *, present: bool) -> None:
        for heard in self._listeners:
            heard(fault, present)


def _reason(of: str, error: Exception | Message) -> Message:
    match error:
        case Message():
            return error
        case DeviceError() if error.device == of:
            return error.message
        case DeviceError():
            return msg("{device}: {what}", device=error.device, what=error.message)
    return msg("{error}", error=repr(error))


def log_fault(of: str, error: Exception | Message, action: str, **more: str) -> None:
    """Log a foreseen fault as a line, and one that nobody foresaw with its traceback."""
    extra = {"action": action, "of": of} | more
    if isinstance(error, Message):
        logger.warning(joined(of, error), extra=extra)
    elif isinstance(error, DeviceError):
        logger.warning(error, extra=extra)
    else:
        logger.error(msg("{what} failed", what=of), exc_info=error, extra=extra)
