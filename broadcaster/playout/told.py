"""Remembers which faults have been told, so that each is told once until it changes."""

from __future__ import annotations

import logging

from broadcaster.errors import DeviceError
from broadcaster.messages import msg

logger = logging.getLogger(__name__)


class Told:
    """The last fault of everything that can fail."""

    def __init__(self) -> None:
        self._faults: dict[str, str] = {}

    def tell(self, of: str, fault: Exception, action: str) -> None:
        """Log a fault of something, unless it is the last one again."""
        if self.news(of, fault):
            log_fault(of, fault, action)

    def news(self, of: str, fault: object) -> bool:
        """Tell whether this is another fault of it than the last one."""
        before, self._faults[of] = self._faults.get(of), str(fault)
        return before != self._faults[of]

    def over(self, of: str) -> None:
        """Say that it works again: the next fault is news, whatever it is."""
        self._faults.pop(of, None)


def log_fault(of: str, fault: Exception, action: str) -> None:
    """Log a foreseen fault as a line, and one that nobody foresaw with its traceback."""
    extra = {"action": action, "of": of}
    if isinstance(fault, DeviceError):
        logger.warning(fault, extra=extra)
    else:
        logger.error(msg("{what} failed", what=of), exc_info=fault, extra=extra)
