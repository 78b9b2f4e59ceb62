"""Programmes that could not be made: why, and when each is tried again."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta

from broadcaster.messages import Message

FIRST = timedelta(seconds=5)
LONGEST = timedelta(minutes=10)
"""The pause before the next try: doubled as long as it fails for the same reason."""


@dataclass(frozen=True, slots=True)
class Setback:
    """The last try at a group's programmes."""

    reason: Message
    pause: timedelta
    again: datetime


class Setbacks:
    """One for each group that failed and is not ready yet."""

    def __init__(self) -> None:
        self._of: dict[str, Setback] = {}

    def __contains__(self, group: str) -> bool:
        """Tell whether a group failed."""
        return group in self._of

    def note(self, group: str, reason: Message, now: datetime, until: datetime) -> bool:
        """Put a group's next try off; says whether this reason is a new one.

        The nearer the instant `until` which it is to be ready, the more often it is tried.
        """
        new = all(reason != each.reason for each in self._of.values())
        last = self._of.get(group)
        same = last is not None and last.reason == reason
        pause = min(2 * last.pause, LONGEST) if last and same else FIRST
        again = now + min(pause, max(FIRST, (until - now) / 2))
        self._of[group] = Setback(reason, pause, again)
        return new

    def keep(self, groups: Container[str]) -> list[str]:
        """Forget every other group, as it is ready or planned no more, and give them."""
        gone = [group for group in self._of if group not in groups]
        self._of = {group: each for group, each in self._of.items() if group in groups}
        return gone

    def reasons(self) -> dict[str, Message]:
        """Give why each group is not ready."""
        return {group: each.reason for group, each in self._of.items()}

    def waits(self, group: str, now: datetime) -> bool:
        """Tell whether it is too early to try a group again."""
        return group in self._of and now < self._of[group].again

    def next(self, now: datetime) -> datetime | None:
        """Give the next instant at which one is to be tried."""
        return min((each.again for each in self._of.values() if each.again > now), default=None)
