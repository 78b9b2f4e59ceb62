"""Remembers which faults have been told, so that each is told once until it changes."""

from __future__ import annotations


class Told:
    """The last fault of everything that can fail."""

    def __init__(self) -> None:
        self._faults: dict[str, str] = {}

    def news(self, of: str, fault: object) -> bool:
        """Tell whether this is another fault of it than the last one."""
        before, self._faults[of] = self._faults.get(of), str(fault)
        return before != self._faults[of]

    def over(self, of: str) -> None:
        """Say that it works again: the next fault is news, whatever it is."""
        self._faults.pop(of, None)
