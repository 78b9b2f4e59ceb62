"""Signs that behave as the real ones do where a stand-in is too simple."""

from __future__ import annotations

import asyncio
from datetime import datetime

from broadcaster.domain.airing import SignContent
from broadcaster.messages import msg
from broadcaster.planning.signage import Coming
from broadcaster.ports import SignError, SignState
from tests.fakes.sign import FakeSign
from tests.playout.holding import A, B, C, Held

HOUR = 3600.0


def holding(kind: type[FakeSign]) -> Held:
    held = Held()
    held.signs["bang"] = held.sign = kind("bang", time=held.time)
    return held


class Small(FakeSign):
    """It can't hold one of them."""

    async def send(
        self, content: SignContent, held: SignContent | None = None, at: datetime | None = None
    ) -> SignState:
        if content == B:
            raise SignError(self.id, msg("is too much"), SignState.QUEUED)
        return await super().send(content, held, at)


def test_a_sign_is_dark_rather_than_holding_what_is_over() -> None:
    held = holding(Small)

    async def main() -> None:
        held.want(A, Coming(held.at(100), B))
        await held.time.sleep(100)
        await held.want_for(B, HOUR)
        assert (held.board.state, held.board.reason) == (SignState.QUEUED, msg("is too much"))
        await held.want_for(A, 1)

    held.run(main)
    assert [each for each in held.arrived() if each[1] != each[2]] == [
        (0, "A", None),
        (100, "", None),
        (100 + HOUR, "A", ""),
    ]
    assert held.told() == [
        ("A", "acknowledged", ""),
        ("B", "queued", "is too much"),
        ("", "acknowledged", ""),
        ("A", "acknowledged", ""),
    ]


def test_what_could_not_be_shown_is_tried_when_it_is_wanted_another_time() -> None:
    held = holding(Small)

    async def main() -> None:
        for content in (A, B, A, B):
            await held.want_for(content, 10)

    held.run(main)
    assert [words for words, state, _ in held.told() if state == "queued"] == ["B", "B"]


class Whole(FakeSign):
    """It says what it has begun to its end, even where it is broken off."""

    busy = False
    overlaps = 0

    async def send(
        self, content: SignContent, held: SignContent | None = None, at: datetime | None = None
    ) -> SignState:
        self.overlaps += self.busy
        self.busy = True
        try:
            return await super().send(content, held, at)
        except asyncio.CancelledError:
            assert self._time is not None
            await self._time.sleep(3.0)
            raise
        finally:
            self.busy = False


def test_the_next_send_waits_until_the_one_before_is_broken_off() -> None:
    held = holding(Whole)
    held.sign.seconds = 10.0
    whole = held.sign
    assert isinstance(whole, Whole)

    async def main() -> None:
        held.want(A)
        await held.time.sleep(5)
        held.want(B)
        await held.time.sleep(1)
        held.want(C)
        await held.time.sleep(1)
        held.want(B)
        await held.time.sleep(60)

    held.run(main)
    assert whole.overlaps == 0
    assert held.arrived() == [(18, "B", None)]


class Telling(FakeSign):
    """Its port tells that it is lost from within what is being sent, as a port does."""

    async def check(self) -> None:
        if self.dead:
            self.lose_line()
        await super().check()


def test_a_loss_that_a_send_finds_is_one_fault_and_not_two() -> None:
    held = holding(Telling)

    async def main() -> None:
        await held.want_for(A, 10)
        held.sign.dead = True
        tries = held.sign.tries
        await held.want_for(B, 120)
        assert held.sign.tries - tries == 7  # after 0, 1, 3, 7, 15, 31, 63 s

    held.run(main)
    assert held.told() == [("A", "acknowledged", ""), ("B", "unreachable", "does not answer")]
