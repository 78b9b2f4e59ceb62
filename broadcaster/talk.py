"""What is said on a line that boards hang on, and what is heard back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

from broadcaster.messages import Message, msg
from broadcaster.ports import SignState


class LineError(Exception):
    """A line that can't be opened or was lost, or a board on it that doesn't answer."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


class RefusedError(LineError):
    """A board that answered that it won't."""


class UnshowableError(LineError):
    """Content that a board of this kind and size can't hold; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a board's answer proves."""

    state: SignState
    """ACKNOWLEDGED or READ_BACK."""
    told: Message | None = None
    """What it told of itself, for people."""


def told(answers: Iterable[Heard | None]) -> Message | None:
    """Put what a board told in several answers into one."""
    parts = [each.told for each in answers if each and each.told]
    return reduce(_joined, parts) if parts else None


def _joined(first: Message, second: Message) -> Message:
    return msg("{first}; {second}", first=first, second=second)


Answer = Callable[[bytes], Heard | None]
"""Reads all bytes heard since something was said: None while no whole answer is among them.

What is no answer of the board that was spoken to is passed over: noise, echoes of our own bytes,
other boards. Raises RefusedError where the board says no.
"""


@dataclass(frozen=True, slots=True)
class Say:
    """One transmission to one board, during which nobody else is talked to on its line."""

    pieces: tuple[bytes, ...]
    """All but protocols with silences within a packet have one."""
    answer: Answer | None = None
    """None: the board says nothing to this."""
    patience: float = 1.0
    """Seconds from the last byte on the line to the whole answer."""
    pause: float = 0.0
    """Seconds of silence between two pieces."""
    rest: float = 0.0
    """Seconds that the board needs afterwards, while others on its line may be talked to."""
    shows: bool = False
    """Whether the board changes what it shows once this has come in."""
    yields: bool = False
    """Whether others that have something to say on its line go first."""

    @property
    def size(self) -> int:
        """Give the number of bytes."""
        return sum(map(len, self.pieces))


class Line(Protocol):
    """A port that boards hang on: one alone, or several, each with an address."""

    def seconds(self, count: int) -> float:
        """Give how long so many bytes take on it."""

    async def say(self, what: Say) -> Heard | None:
        """Say something, alone on the line, and give the answer; None where none is expected.

        Opens the port where it is not open. Returns when the last byte is on the line or the
        answer is there. Raises LineError: no port, a port lost, no answer in time, a refusal.
        Cancelled, what has begun is finished before anything else is said.
        """

    async def check(self) -> None:
        """Raise LineError where the port can't be opened, or is lost."""

    def listen(self, lost: Callable[[LineError], None]) -> None:
        """Have `lost` called whenever an open port is lost, be it while nothing is said."""

    async def close(self) -> None:
        """Let go of the port; a later `say` opens it again."""
