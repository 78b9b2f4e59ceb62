"""Boards of every kind on lines, what is to be seen on them, and what happens to them."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.planning.signage import Coming, Course
from broadcaster.playout.board import RENEW, Board, describe
from broadcaster.playout.sign_log import SignLog
from broadcaster.ports import SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from tests.fakes.ledger import MemoryLedger
from tests.fakes.line import FakeLine
from tests.playout.holding import SetClock
from tests.playout.kinds import KINDS, ZONE, Seen, new, seen


def slogans(*texts: str, effect: str = "hold", **more: Any) -> SignContent:
    loop = tuple(ShownSlogan(text, effect, 8.0) for text in texts)
    return SignContent(loop, ("c",) * len(texts), **more)


PRIORITY = slogans("TRAN BAO", urgent=True)
"""Goes into an Alpha sign's priority file, of which nothing can be asked."""
CONTENTS = (
    slogans("Chào mừng"),
    slogans("Tự hào"),
    slogans("Tự hào", brightness=40),
    slogans("WELCOME", effect="flash"),
    slogans("Chào mừng ngày hội của toàn dân", effect="scroll-left"),
    slogans("Chào mừng", "Ngày hội"),
    slogans("Tự hào", "Sáng tạo"),
    PRIORITY,
    slogans("Trú bão ngay", effect="flash", urgent=True),
    SignContent(clock=True),
    SignContent(),
    SignContent(brightness=40),
)
LINES = (
    *((kind,) for kind in KINDS),
    *((kind, kind) for kind in KINDS),
    ("pictures", "letters", "onbon-bx6"),
)
"""The kinds on a line; those that share one speak one protocol, or are framed alike."""
PROVEN = {"alpha": SignState.SENT, "letters": SignState.READ_BACK, "pictures": SignState.READ_BACK}
FAULTS = {
    "die": ("dead", True),
    "live": ("dead", False),
    "refuse": ("refuses", True),
    "obey": ("refuses", False),
    "garble": ("corrupts", True),
    "clear": ("corrupts", False),
}
"""What a board has from then on."""
NOISE = (b"\xa5\x00\xff", b"\x55\xa7\x00\x01", b"\x00\x00\x00\x00\x00\x01Z", bytes(range(256)))
SOON = 1.5 * RENEW + 60.0 + 30.0
"""Seconds in which a board that answers is mended: the longest until a renewal finds out that it
lost its power, the longest pause between two tries, and the tries of all boards on its line."""
HOUR = 3600.0
"""Seconds in which one that answers no write is, too: so often is it sent all of it."""
FRAME = timedelta(seconds=3)
"""Longer than any frame is under way: what has begun to be said is said to its end."""
TIMEOUT = 3
"""Seconds in which a board's answer is waited for, at most."""
LATELY = 60.0
"""Seconds after a power cut in which nobody knows of it."""
BLINK = timedelta(milliseconds=1)
"""What instants are rounded by."""


class WatchedLine(FakeLine):
    """Has boards looked at whenever they heard something."""

    street: Street

    def carry(self, data: bytes, at: float) -> None:
        super().carry(data, at)
        self.street.look()


class WatchedLog(SignLog):
    """Has what is told of boards compared with them."""

    street: Street

    def add(self, sign: str, data: Mapping[str, Any]) -> None:
        self.street.judge(sign, data)
        super().add(sign, data)


class Street:
    def __init__(self, lines: Sequence[Sequence[str]]) -> None:
        self.time = SetClock(datetime(2025, 9, 22, 5, 58, 30, tzinfo=ZONE))
        self.course = Course(CONTENTS[0])
        self._over: list[tuple[float, SignContent, datetime]] = []
        """What was wanted, and until when by the steady clock and by the other."""
        self.wrong: list[str] = []
        """What was seen or told that should not have been."""
        self.kinds = [kind for line in lines for kind in line]
        self.emulated = []
        self.lines: list[WatchedLine] = []
        self._boards: list[Board] = []
        self._seen = [Seen()] * len(self.kinds)
        self._past = [[(0.0, Seen())] for _ in self.kinds]
        self._cut = [-HOUR] * len(self.kinds)
        self._waking: asyncio.Task[None] | None = None
        for kinds in lines:
            boards = [KINDS[kind].board(number) for number, kind in enumerate(kinds, 1)]
            line = WatchedLine(self.time, *boards)
            line.street = self
            self.emulated += boards
            self.lines += [line] * len(kinds)

    def open(self) -> None:
        """Begin to hold the boards on their content."""
        log = WatchedLog(MemoryLedger(), self.time)
        log.street = self
        count = itertools.count()
        for line in dict.fromkeys(self.lines):
            for address in range(1, len(line.boards) + 1):
                number = next(count)
                spec = KINDS[self.kinds[number]].spec(str(number), address)
                sign = LineSign(spec, driver(spec), line, ZONE, self.time)
                self._boards.append(Board(sign, log, self.time))
        self.tell()

    async def close(self) -> None:
        for board in self._boards:
            await board.close()
        if self._waking:
            self._waking.cancel()

    @property
    def left(self) -> float:
        """Give the seconds until what is coming is there."""
        now = self.time.now()
        coming = self.course.by(now).coming
        return (coming.at - now).total_seconds() if coming else 0.0

    @property
    def mute(self) -> bool:
        """Tell whether boards are among them that answer no write."""
        return any(kind.startswith("alpha") for kind in self.kinds)

    def plan(self, content: SignContent, ahead: float | None = None) -> None:
        """Change what is wanted, now or in so many seconds."""
        now = self.time.now()
        self._end()
        if ahead is None:
            self.course = Course(content)
        else:
            coming = Coming(now + timedelta(seconds=ahead), content)
            self.course = Course(self.desired(now), coming)
        self.tell()

    def _end(self) -> None:
        """Note what is wanted no more, and may be on the line: also what was about to be."""
        now = self.time.now()
        for at in (now, now + FRAME):
            self._over.append((self.time.monotonic(), self.desired(at), now))

    def desired(self, at: datetime) -> SignContent:
        return self.course.by(at).content

    def tell(self) -> None:
        """Say what is wanted, as the daemon does: also at its instant, and when a clock was set."""
        for board in self._boards:
            board.want(*self.course.by(self.time.now()))
        if self._waking:
            self._waking.cancel()
        self._waking = asyncio.create_task(self._wake())

    async def _wake(self) -> None:
        coming = self.course.by(self.time.now()).coming
        if coming is not None:
            await self.time.sleep((coming.at - self.time.now()).total_seconds())
            for board in self._boards:
                board.want(*self.course.by(self.time.now()))

    def fail(self, how: str, number: int, much: float) -> None:
        """Have something happen to a board or its line."""
        board, line = self.emulated[number], self.lines[number]
        if how in FAULTS:
            setattr(board, *FAULTS[how])
        match how:
            case "slow":
                board.delay = much
            case "lose":
                board.loses = int(much)
            case "power":
                board.lose_power()
                self._cut[number] = self.time.monotonic()
                self.look()
            case "unplug":
                line.unplug()
            case "plug":
                line.unplugged = False
            case "noise":
                line.noise(NOISE[int(much) % len(NOISE)])
                self._spoil(line)
            case "set":
                self._end()
                self.time.set(much)
                self.tell()

    def _spoil(self, line: WatchedLine) -> None:
        """Note that what an Alpha sign was just sent may be lost, which no answer of its tells."""
        for number, kind in enumerate(self.kinds):
            if self.lines[number] is line and kind.startswith("alpha"):
                self._cut[number] = self.time.monotonic()

    def mend(self) -> None:
        for board, line in zip(self.emulated, self.lines, strict=True):
            board.dead = board.refuses = board.corrupts = line.unplugged = False
            board.delay, board.loses = 0.0, 0

    def look(self) -> None:
        """See what is new on boards: nothing but what is to be there now."""
        for number, board in enumerate(self.emulated):
            before, after = self._seen[number], seen(board)
            if before == after:
                continue
            self._seen[number] = after
            self._past[number].append((self.time.monotonic(), after))
            fit = {part for each in self._fit(number) for part in each.parts}
            for part in set(after.parts) - set(before.parts) - fit:
                if not self._torn(number, part):
                    self.wrong.append(
                        f"{self.time.monotonic()} {number} {self.kinds[number]}: {part}"
                    )

    def _torn(self, number: int, part: str) -> bool:
        """Tell whether it is what a text shows that calls pictures which were lost."""
        if self.kinds[number].startswith("alpha"):  # their names
            return len(part) <= 3
        cut = self.time.monotonic() - self._cut[number] < LATELY
        return self.kinds[number] == "jetfile" and cut  # what is left of them

    def _fit(self, number: int) -> set[Seen]:
        """Give what may come on a board: what is wanted, or was while it was on the line."""
        now, steady = self.time.now(), self.time.monotonic()
        # On a line with others it may have waited for the answer of one that is dead.
        behind = FRAME.seconds + (TIMEOUT if len(self.lines[number].boards) > 1 else 0)
        over = [each for each in self._over if each[0] > steady - behind]
        wanted = {self.desired(now + BLINK), self.desired(now - FRAME), *(each[1] for each in over)}
        minutes = {minute(at) for at in (now + BLINK, now - FRAME, *(each[2] for each in over))}
        return {
            each
            for content in wanted
            for at in minutes
            for each in new(self.kinds[number], content, at)
        }

    def judge(self, sign: str, data: Mapping[str, Any]) -> None:
        """Compare what is told of a board with what it held lately."""
        number, now = int(sign), self.time.monotonic()
        if data["state"] not in {"acknowledged", "read back"} or now - self._cut[number] < LATELY:
            return
        content = next(each for each in CONTENTS if describe(each).items() <= data.items())
        times = [self.time.now() - timedelta(seconds=back) for back in (0, 30, 60)]
        times += [at for until, _, at in self._over if until > now - 60]
        held = [at for at, _ in self._past[number]]
        ends = [*held[1:], now]
        lately = {
            each for (_, each), end in zip(self._past[number], ends, strict=True) if end > now - 60
        }
        fit = {each for at in times for each in new(self.kinds[number], content, minute(at))}
        if not lately & fit:
            self.wrong.append(f"{now} {number} {self.kinds[number]}: {data['state']} {content}")

    def agrees(self) -> None:
        """See that every board holds what is wanted, and is told to."""
        now = self.time.now()
        for number, board in enumerate(self.emulated):
            kind = self.kinds[number]
            board.hear(b"", self.time.monotonic())
            fit = new(kind, self.desired(now), minute(now))
            if seen(board) not in (fit or {Seen()}):
                self.wrong.append(f"{kind} {number} holds {seen(board)}, not {fit}")
            state = proven(kind, self.desired(now)) if fit else SignState.QUEUED
            if (told := self._boards[number].state) is not state:
                self.wrong.append(f"{kind} {number} is told to have {self.desired(now)} {told}")


def proven(kind: str, content: SignContent) -> SignState:
    """Say how far content comes on a board that does what it is asked to."""
    if kind == "alpha, asked" and content == PRIORITY:
        return SignState.SENT
    return PROVEN.get(kind, SignState.ACKNOWLEDGED)


def minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
