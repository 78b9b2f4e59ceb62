"""A terminal that lines are drawn on again and again: what is there is overwritten, not blanked."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from broadcaster.cli.cells import fitted
from broadcaster.messages import msg, plural, tr

HOME, ERASE_LINE, ERASE_BELOW, ERASE_ALL = "\x1b[H", "\x1b[K", "\x1b[J", "\x1b[2J"
UNKNOWN = 80, 24
"""Columns and rows of a terminal that doesn't say."""


class Screen:
    """The terminal that stdout is."""

    def __init__(self) -> None:
        self._size: os.terminal_size | None = None
        """As it was when it was drawn on last."""

    @staticmethod
    def there() -> bool:
        """Tell whether stdout is a terminal that can be drawn on."""
        return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"

    def draw(self, lines: Sequence[str]) -> None:
        """Show these lines, as much of them as has room; the last row stays free."""
        size = _size()
        shown = [fitted(line, size.columns) for line in _fewer(lines, max(1, size.lines - 1))]
        # A terminal that was made narrower has broken what was there.
        begin = HOME if size == self._size else HOME + ERASE_ALL
        self._size = size
        drawn = "".join(f"{ERASE_LINE}{line}\n" for line in shown)
        sys.stdout.write(begin + drawn + ERASE_BELOW)
        sys.stdout.flush()


def _size() -> os.terminal_size:
    """Ask the terminal itself: what the environment says of it may be of another window."""
    there = os.get_terminal_size(sys.stdout.fileno())
    return os.terminal_size((there.columns or UNKNOWN[0], there.lines or UNKNOWN[1]))


def _fewer(lines: Sequence[str], room: int) -> Sequence[str]:
    if len(lines) <= room:
        return lines
    left = len(lines) - room + 1
    said = plural(
        left,
        msg("… and a line more, for a taller window"),
        msg("… and {count} lines more, for a taller window"),
    )
    return [*lines[: room - 1], tr(said)]
