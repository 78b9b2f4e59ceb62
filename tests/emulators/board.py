"""What every emulated board has in common: the ways in which boards fail."""

from __future__ import annotations


class Board:
    """Hears bytes, answers bytes; a kind of board decodes them in `answers`."""

    def __init__(self) -> None:
        self.dead = False
        """Hears and says nothing, as without power."""
        self.refuses = False
        """Answers no to all it is asked to do."""
        self.corrupts = False
        """Its answers arrive damaged."""
        self.loses = 0
        """How many of its answers, the next ones, are lost on the way."""
        self.delay = 0.0
        """Seconds before it answers."""
        self.faults: list[str] = []
        """What it heard that breaks a rule of its protocol."""

    def hear(self, data: bytes, at: float) -> bytes:
        """Take bytes off the line at a time in seconds, and give what is put on it."""
        if self.dead:
            return b""
        said = self.answers(data, at)
        if said and self.loses:
            self.loses -= 1
            return b""
        if self.corrupts and said:
            at_fault = 2 * len(said) // 3  # behind all that only wakes who listens
            said = said[:at_fault] + bytes((said[at_fault] ^ 0x55,)) + said[at_fault + 1 :]
        return said

    def answers(self, data: bytes, at: float) -> bytes:
        """Decode, obey, and give the answer."""
        raise NotImplementedError

    def lose_power(self) -> None:
        """Forget all that is kept in RAM."""
        raise NotImplementedError

    def holds(self) -> list[list[str]]:
        """Give the pictures in the order they are shown, each in rows of `#` and `.`."""
        raise NotImplementedError
