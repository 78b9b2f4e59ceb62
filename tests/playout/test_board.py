"""What keeps a sign on its content: when it sends, when it doesn't, what it tells."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.record import Record
from broadcaster.messages import msg
from broadcaster.playout.board import Board, Coming
from broadcaster.playout.sign_log import SignLog
from broadcaster.ports import SignError, SignState
from tests.fakes.ledger import MemoryLedger
from tests.fakes.sign import FakeSign

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2025, 9, 22, 5, 58, tzinfo=TZ)
SIX = datetime(2025, 9, 22, 6, 0, tzinfo=TZ)
HOUR = 3600.0


def slogan(text: str) -> SignContent:
    return SignContent((ShownSlogan(text, "hold", 8.0),), ("ngay-hoi",))


A, B, C = map(slogan, ("Một", "Hai", "Ba"))
CLOCK = SignContent(clock=True)


class World:
    def __init__(self, seconds: float = 0.0) -> None:
        self.time = SimulatedTime(START)
        self.ledger = MemoryLedger()
        self.sign = FakeSign("cong", time=self.time, seconds=seconds)
        self.board = Board(self.sign, SignLog(self.ledger, self.time), self.time)

    def run(self, act: Callable[[], Awaitable[None]]) -> None:
        async def main() -> None:
            await act()
            await self.board.close()

        self.time.run(main())

    def told(self) -> list[tuple[str, list[str]]]:
        records = self.ledger.records("sign/cong")
        return [(each.data["state"], each.data["slogans"]) for each in records]


def test_an_hour_of_unchanged_content_is_sent_but_by_the_slow_timer() -> None:
    world = World()

    async def act() -> None:
        for _ in range(60):
            world.board.want(A)
            await world.time.sleep(60)

    world.run(act)
    assert world.sign.sent == [A]
    assert world.sign.renewed in {11, 12}
    assert world.told() == [("acknowledged", ["Một"])]


def test_many_boards_are_not_renewed_in_one_second() -> None:
    time = SimulatedTime(START)
    log = SignLog(MemoryLedger(), time)
    signs = [FakeSign(f"bang-{number}", time=time) for number in range(100)]
    boards = [Board(sign, log, time) for sign in signs]
    seconds: list[int] = []

    async def main() -> None:
        for board in boards:
            board.want(A)
        for _ in range(301):
            before = sum(sign.renewed for sign in signs)
            await time.sleep(1)
            seconds.append(sum(sign.renewed for sign in signs) - before)
        for board in boards:
            await board.close()

    time.run(main())
    assert sum(seconds) == 100
    assert max(seconds) < 10


def test_what_comes_next_is_there_at_its_instant_and_not_before() -> None:
    world = World(seconds=20.0)

    async def act() -> None:
        world.board.want(A, Coming(SIX, B))
        await world.time.sleep((SIX - START).total_seconds() - 1)
        assert world.sign.sent == [A]
        await world.time.sleep(1)
        assert world.sign.sent == [A, B]
        world.board.want(B)
        await world.time.sleep(30)

    world.run(act)
    assert world.sign.sent == [A, B]
    assert world.told() == [("acknowledged", ["Một"]), ("acknowledged", ["Hai"])]


def test_what_is_not_to_come_any_more_is_not_sent() -> None:
    world = World(seconds=20.0)

    async def act() -> None:
        world.board.want(A, Coming(SIX, B))
        await world.time.sleep((SIX - START).total_seconds() - 10)
        world.board.want(A, Coming(SIX + timedelta(hours=1), C))
        await world.time.sleep(60)
        assert B not in world.sign.sent
        assert world.sign.sent[-1] == A

    world.run(act)


def test_of_what_is_wanted_meanwhile_the_newest_alone_is_sent() -> None:
    world = World(seconds=20.0)

    async def act() -> None:
        for content in (A, B, C):
            world.board.want(content)
            await world.time.sleep(1)
        await world.time.sleep(60)

    world.run(act)
    assert world.sign.sent == [A, C]


def test_a_sign_that_is_lost_is_sent_all_anew_when_it_is_back() -> None:
    world = World()

    async def act() -> None:
        world.board.want(A)
        await world.time.sleep(10)
        world.sign.dead = True
        world.sign.lose_line()
        await world.time.sleep(10)
        assert world.board.state is SignState.UNREACHABLE
        assert str(world.board.reason) == "does not answer"
        world.sign.dead = False
        await world.time.sleep(60)
        assert world.board.state is SignState.ACKNOWLEDGED
        assert world.board.reason is None

    world.run(act)
    assert world.sign.sent == [A, A]
    assert [state for state, _ in world.told()] == ["acknowledged", "unreachable", "acknowledged"]


def test_tries_at_a_dead_sign_are_a_minute_apart_at_most() -> None:
    world = World()
    world.sign.dead = True

    async def act() -> None:
        world.board.want(A)
        await world.time.sleep(HOUR)
        assert 60 <= world.sign.tries <= 66
        world.board.want(B)
        tries = world.sign.tries
        await world.time.sleep(0.1)
        assert world.sign.tries == tries + 1

    world.run(act)
    assert world.told() == [("unreachable", ["Một"]), ("unreachable", ["Hai"])]


def test_a_refusal_is_no_acknowledgement() -> None:
    world = World()
    world.sign.refusals = 1

    async def act() -> None:
        world.board.want(A)
        await world.time.sleep(0.5)
        assert world.board.state is SignState.SENT
        assert str(world.board.reason) == "refused what was sent"
        await world.time.sleep(10)

    world.run(act)
    assert [state for state, _ in world.told()] == ["sent", "acknowledged"]


class Small(FakeSign):
    """A sign that can't hold one of them."""

    async def send(
        self, content: SignContent, held: SignContent | None = None, at: datetime | None = None
    ) -> SignState:
        if content == B:
            raise SignError(self.id, msg("is too much"), SignState.QUEUED)
        return await super().send(content, held, at)


def test_a_sign_is_dark_rather_than_holding_what_is_over() -> None:
    world = World()
    small = Small("cong", time=world.time)
    world.board = Board(small, SignLog(world.ledger, world.time), world.time)

    async def act() -> None:
        for content in (A, B):
            world.board.want(content)
            await world.time.sleep(HOUR)
        assert world.board.state is SignState.QUEUED
        world.board.want(A)
        await world.time.sleep(1)

    world.run(act)
    assert small.sent == [A, SignContent(), A]
    assert world.told() == [
        ("acknowledged", ["Một"]),
        ("queued", ["Hai"]),
        ("acknowledged", []),
        ("acknowledged", ["Một"]),
    ]


@pytest.mark.parametrize("tells_time", [True, False])
def test_a_sign_without_a_clock_is_sent_each_minute_on_it(tells_time: bool) -> None:  # noqa: FBT001
    world = World(seconds=2.0)
    world.sign.tells_time = tells_time
    times: list[datetime] = []

    async def act() -> None:
        world.board.want(CLOCK)
        await world.time.sleep(10)
        for _ in range(5 * 60 - 20):
            before = world.sign.renewed
            await world.time.sleep(1)
            if world.sign.renewed > before:
                times.append(world.time.now().astimezone(TZ))

    world.run(act)
    minutes = [f"{each:%H:%M:%S}" for each in times if each.second == 0]
    assert minutes == ([] if tells_time else ["05:59:00", "06:00:00", "06:01:00", "06:02:00"])
    assert world.told() == [("acknowledged", [])]


def test_a_thousand_signs_that_change_at_once_are_a_few_commits() -> None:
    time, ledger = SimulatedTime(START), MemoryLedger()
    commits: list[int] = []

    class Counted(MemoryLedger):
        def append_all(self, at: datetime, rows: Iterable[Any]) -> tuple[Record, ...]:
            rows = list(rows)
            commits.append(len(rows))
            return ledger.append_all(at, rows)

    log = SignLog(Counted(), time)
    boards = [Board(FakeSign(f"b{n}", time=time, seconds=n / 1000), log, time) for n in range(1000)]

    async def main() -> None:
        for board in boards:
            board.want(A)
        await time.sleep(2)
        await asyncio.gather(*(board.close() for board in boards))
        log.flush()

    time.run(main())
    assert sum(commits) == 1000
    assert len(commits) <= 22
