"""What was received of a stream and has not been heard: between its thread and its window's."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from broadcaster.audio.frames import RATE
from broadcaster.audio.samples import Samples
from broadcaster.messages import Message, msg

BLOCK = RATE // 10
"""Samples: a tenth of a second, on which is decided together."""
NOTHING = msg("nothing comes from it")


@dataclass(frozen=True, slots=True)
class Block:
    """A tenth of a second of it."""

    samples: Samples
    silent: bool


class Buffer:
    """Blocks in order; whoever brings more than there is room for waits."""

    def __init__(self, room: int) -> None:
        self._blocks: deque[Block] = deque()
        self._room = room
        self._changed = threading.Condition()
        self._closed = False
        self.ends = False
        """Whether it holds a recording of a known length: that waits for its listeners."""
        self.fault: Message = NOTHING
        """Why nothing comes, where that is so."""

    def __len__(self) -> int:
        """Count the blocks."""
        return len(self._blocks)

    def put(self, block: Block) -> bool:
        """Bring a block, once there is room for it; says whether anybody listens still."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._blocks) < self._room or self._closed)
            self._blocks.append(block)
            return not self._closed

    def take(self) -> Block | None:
        """Take the next block, if there is one."""
        with self._changed:
            block = self._blocks.popleft() if self._blocks else None
            self._changed.notify()
            return block

    def skip_silence(self) -> None:
        """Let go of what is silent before the next sound."""
        with self._changed:
            while self._blocks and self._blocks[0].silent:
                self._blocks.popleft()
            self._changed.notify()

    def close(self) -> None:
        """Listen no more."""
        with self._changed:
            self._closed = True
            self._changed.notify()
