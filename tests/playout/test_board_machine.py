"""Boards fail at random, what is wanted changes at random, and all come to hold it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import Alpha
from broadcaster.domain.station import SignSpec
from broadcaster.playout.board import RENEW, Board, Coming
from broadcaster.playout.sign_log import SignLog
from broadcaster.ports import SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.font import render
from broadcaster.signs.line_sign import LineSign
from tests.emulators.alpha import AlphaBoard
from tests.fakes.ledger import MemoryLedger
from tests.fakes.line import FakeLine

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
TEXTS = ("Chào mừng", "Tự hào", "Ngày hội 01-10")
BOARDS = 3

faults = st.sampled_from(["die", "live", "unplug", "plug", "power", "refuse", "obey", "garble"])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("want"), st.sampled_from(TEXTS), st.sampled_from([0, 5, 90])),
        st.tuples(faults, st.integers(0, BOARDS - 1), st.sampled_from([0, 1, 30, 400])),
    ),
    max_size=12,
)


class Street:
    """Boards, two of them on one line, and what keeps them on their content."""

    def __init__(self) -> None:
        self.time = SimulatedTime(datetime(2025, 9, 22, 6, 0, tzinfo=TZ))
        self.emulated = [AlphaBoard(address=f"{n + 1:02X}") for n in range(BOARDS)]
        shared = FakeLine(self.time, *self.emulated[:2])
        self.lines = [shared, shared, FakeLine(self.time, self.emulated[2])]
        log = SignLog(MemoryLedger(), self.time)
        self.boards = [Board(self._sign(n), log, self.time) for n in range(BOARDS)]
        self.wanted = ""

    def _sign(self, number: int) -> LineSign:
        spec = SignSpec(
            id=f"bang-{number}",
            driver="alpha",
            link="serial://COM1",
            width=128,
            height=16,
            settings=Alpha(address=f"{number + 1:02X}"),
        )
        return LineSign(spec, driver(spec), self.lines[number], TZ, self.time)

    def want(self, text: str, ahead: int) -> None:
        content = SignContent((ShownSlogan(text, "hold", 8.0),), ("c",))
        for board in self.boards:
            if ahead and self.wanted:
                before = SignContent((ShownSlogan(self.wanted, "hold", 8.0),), ("c",))
                board.want(before, Coming(self.time.now() + timedelta(seconds=ahead), content))
            else:
                board.want(content)
        self.wanted = text

    def fail(self, how: str, number: int) -> None:
        board, line = self.emulated[number], self.lines[number]
        match how:
            case "die" | "live":
                board.dead = how == "die"
            case "unplug":
                line.unplug()
            case "plug":
                line.unplugged = False
            case "power":
                board.lose_power()
            case "refuse" | "obey":
                board.refuses = how == "refuse"
            case "garble":
                board.corrupts = not board.corrupts

    def all_hold(self) -> bool:
        wanted = [str(render(self.wanted).centred(128, 16)).splitlines()]
        return all(board.holds() == wanted for board in self.emulated)

    def mend(self) -> None:
        for board, line in zip(self.emulated, self.lines, strict=True):
            board.dead = board.refuses = board.corrupts = line.unplugged = False


def converge(script: list[tuple[str, str | int, int]]) -> None:
    street = Street()

    async def main() -> None:
        street.want(TEXTS[0], 0)
        for what, which, seconds in script:
            if isinstance(which, str):
                street.want(which, seconds)
            else:
                street.fail(what, which)
                await street.time.sleep(seconds)
        street.mend()
        # Boards that answer nothing are sent all of it once an hour, which takes half a minute.
        await street.time.sleep(3600 + RENEW)
        for _ in range(60):
            if street.all_hold():
                break
            await street.time.sleep(1)
        else:
            raise AssertionError([board.holds() for board in street.emulated])
        assert {board.state for board in street.boards} <= {
            SignState.SENT, SignState.ACKNOWLEDGED, SignState.READ_BACK,
        }  # fmt: skip
        for board in street.boards:
            await board.close()

    street.time.run(main())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_all_boards_converge(script: list[tuple[str, str | int, int]]) -> None:
    converge(script)


@pytest.mark.soak
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_all_boards_converge_at_length(script: list[tuple[str, str | int, int]]) -> None:
    converge(script)
