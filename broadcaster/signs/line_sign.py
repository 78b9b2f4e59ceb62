"""A board on a line: says what its driver gives, on time, and tells how far it came."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from broadcaster.domain.airing import SignContent
from broadcaster.domain.station import SignSpec
from broadcaster.messages import Message, msg
from broadcaster.ports import SignError, SignState, TimeSource
from broadcaster.signs.screen import Driver, Screen, draw
from broadcaster.talk import Heard, Line, LineError, RefusedError, Say, UnshowableError, told

TURN = 0.05
"""Seconds that a board may take to answer, as they are reckoned with ahead of a change."""


class _Shown(NamedTuple):
    content: SignContent
    bank: int = 0


class LineSign:
    """One board; several may share its line."""

    renews = True

    def __init__(
        self, spec: SignSpec, driver: Driver, line: Line, zone: tzinfo, time: TimeSource
    ) -> None:
        self.id = spec.id
        self.tells_time, self.forgets = driver.tells_time, driver.forgets
        self.changed = self._rested = 0.0
        self._spec = spec
        self._driver = driver
        self._line = line
        self._zone = zone
        self._time = time
        self._shown: tuple[_Shown, ...] = ()
        """What it holds, and what that was put over, if it is urgent, and so on."""

    def pages(self, content: SignContent) -> Sequence[float]:
        """Give its scenes' seconds where the board holds one of them."""
        try:
            screen = self._drawn(content, self._time.now().astimezone(self._zone))
        except UnshowableError:
            return ()  # it is told when it is sent
        return () if screen.page is None else [scene.seconds for scene in screen.scenes]

    def lead(self, content: SignContent, held: SignContent | None) -> float:
        """Give the seconds that the line and the board need until the change is seen."""
        try:
            says = self.says(content, held, self._time.now())
        except LineError:
            return 0.0  # it is told when it is sent
        shown = next((n for n, say in enumerate(says, 1) if say.shows), 0)
        before = says[:shown]
        return sum(map(self._seconds, before)) + sum(say.rest for say in before[:-1])

    def says(self, content: SignContent, held: SignContent | None, at: datetime) -> list[Say]:
        """Give all that is said to have it hold content; raises UnshowableError."""
        now = at.astimezone(self._zone)
        before = None
        for shown in reversed(self._known(held)):
            drawn = self._drawn(shown.content, now)
            before = replace(drawn, bank=shown.bank, under=before)
        screen = replace(self._drawn(content, now), bank=self._bank(content, held))
        try:
            return self._driver.show(screen, before, now)
        except UnshowableError:
            if not content.pattern or len(screen.scenes) == 1:
                raise
            # What can't hold all of a test pattern shows its frame.
            return self._driver.show(replace(screen, scenes=screen.scenes[:1]), before, now)

    async def send(
        self,
        content: SignContent,
        held: SignContent | None = None,
        at: datetime | None = None,
    ) -> SignState:
        """Say it all; what changes the picture goes out so that its last byte arrives at `at`."""
        state = SignState.SENT
        try:
            for say in self.says(content, held, at or self._time.now()):
                if at is not None and say.shows:
                    begin = at - timedelta(seconds=self._line.seconds(say.size))
                    await self._time.sleep((begin - self._time.now()).total_seconds())
                heard = await self._say(replace(say, yields=content.turns(held)))
                state = heard.state if heard else SignState.SENT
        except LineError as error:
            raise self._failed(error) from error
        if held is None:  # what was there may have gone long before the new came
            self.changed = self._time.monotonic()
        beneath = self._known(held)[content == held :] if content.urgent else ()
        self._shown = (_Shown(content, self._bank(content, held)), *beneath)
        return state

    async def check(self) -> Message | None:
        """Ask it about itself; see that the port is there where it can't answer."""
        try:
            await self._line.check()
            if not (asked := self._driver.look()):
                return msg("its port opens; a sign of this kind answers nothing")
            return told([await self._say(say) for say in asked])
        except LineError as error:
            raise self._failed(error) from error

    async def watch(self) -> None:
        """Ask it one question, where it can answer any, once nobody else has the line."""
        try:
            await self._line.check()
            for say in self._driver.look()[:1]:
                await self._say(replace(say, yields=True))
        except LineError as error:
            raise self._failed(error) from error

    def listen(self, lost: Callable[[SignError], None]) -> None:
        """Pass on that the line was lost."""
        self._line.listen(lambda error: lost(self._failed(error)))

    async def close(self) -> None:
        """Let go of the line; whoever shares it opens it again."""
        await self._line.close()

    async def _say(self, say: Say) -> Heard | None:
        # The one before may have been broken off, and its rest with it.
        if (left := self._rested - self._time.monotonic()) > 0:
            await self._time.sleep(left)
        try:
            heard = await self._line.say(say)
        except asyncio.CancelledError:  # it is said to its end all the same
            self._rested = self._time.monotonic() + self._line.seconds(say.size) + say.rest
            raise
        self._rested = self._time.monotonic() + say.rest
        if say.shows:
            self.changed = self._time.monotonic()
        if say.rest:
            await self._time.sleep(say.rest)
        return heard

    def _known(self, held: SignContent | None) -> tuple[_Shown, ...]:
        if held is None:
            return ()
        return self._shown if self._shown and self._shown[0].content == held else (_Shown(held),)

    def _bank(self, content: SignContent, held: SignContent | None) -> int:
        bank = 1 if held is None else self._known(held)[0].bank
        return bank if content == held else 1 - bank

    def _drawn(self, content: SignContent, now: datetime) -> Screen:
        return draw(content, self._spec, now)

    def _seconds(self, say: Say) -> float:
        pauses = say.pause * (len(say.pieces) - 1)
        return self._line.seconds(say.size) + pauses + (TURN if say.answer else 0.0)

    def _failed(self, error: LineError) -> SignError:
        states = {UnshowableError: SignState.QUEUED, RefusedError: SignState.SENT}
        state = states.get(type(error), SignState.UNREACHABLE)
        return SignError(self.id, error.message, state)
