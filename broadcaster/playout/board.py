"""Holds one sign on what it is to show: sends when the two differ, nothing while they agree."""

from __future__ import annotations

import asyncio
import logging
import math
import zlib
from datetime import datetime, timedelta
from typing import NamedTuple

from broadcaster.domain.airing import SignContent
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.messages import Message, joined, msg, to_json
from broadcaster.planning.signage import Coming, Course
from broadcaster.playout.backoff import Backoff
from broadcaster.playout.pages import BRIEF, Pages, whole
from broadcaster.playout.sign_log import SignLog, describe
from broadcaster.ports import Sign, SignError, SignState, TimeSource

RENEW = 300.0
"""Seconds between two renewals of what a sign holds: a short power cut says nothing. The first
comes after a half to one and a half of them, at a second of the sign's own."""
SPARE = 60.0
"""Seconds ahead of a change in which no renewal is begun: the change will be one."""
YIELD = 2.0
"""Seconds after which other content is tried on a sign that didn't answer: until then those that
share its line, and answer, have theirs."""
SET = 0.2
"""Seconds that a clock is set by, from which what was timed by it is timed anew."""
PARTING = 15.0
"""Seconds in which a sign is to be dark when the station stops: an Alpha sign's clear takes ten."""
MINUTE = timedelta(minutes=1)
FAILED = "sign-failed"

logger = logging.getLogger(__name__)


class Turn(NamedTuple):
    """What a sign is to be sent next."""

    content: SignContent
    wait: float
    """Seconds until that is to begin."""
    at: datetime | None = None
    """When it is to be seen; None: as soon as can be."""


class Board:
    """One sign and what it is known to hold."""

    def __init__(
        self, sign: Sign, log: SignLog, time: TimeSource, faults: Faults | None = None
    ) -> None:
        self.reason: Message | None = None
        """Why the desired content came no further, as of the last try."""
        self._sign = sign
        self._log = log
        self._time = time
        self._course = Course(SignContent())
        self._barred: SignContent | None = None
        """What can't be shown there: the sign is dark instead of holding what is over."""
        self._held: SignContent | None = None
        """None: all is to be sent anew, as after a fault, or what was broken off."""
        self._settled: tuple[SignContent, SignState, bool] | None = None
        self._pages = Pages(sign)
        self._backoff = Backoff()
        self._faults = faults or Faults(time)
        self._task: asyncio.Task[None] | None = None
        self._alone = asyncio.Lock()
        self._sending: Turn | None = None
        self._clock = 0.0
        """How far the wall clock was ahead of the steady one when the last turn was timed."""
        self._renewal = math.inf
        self._minute: datetime | None = None
        """Whose picture a sign holds that can't tell the time."""
        self._phase = zlib.crc32(sign.id.encode()) / (1 << 32) * RENEW
        sign.listen(self._lost)

    @property
    def state(self) -> SignState:
        """Say how far the desired content has come."""
        desired = self._course.by(self._time.now()).content
        known = self._settled is not None and self._settled[0] == desired
        return self._settled[1] if self._settled and known else SignState.QUEUED

    @property
    def darkness(self) -> SignContent:
        """Give what leaves the sign dark and as bright as it is to be."""
        return self._course.content.dark

    def want(self, content: SignContent, coming: Coming | None = None) -> None:
        """Say what the sign is to hold from now on, and what next; again when a clock was set.

        What is under way and not wanted any more is broken off.
        """
        course = Course(content, coming)
        moved = abs(self._offset() - self._clock) > SET
        if self._task is not None and course == self._course and not moved:
            return
        if content != self._course.content:
            away = self._settled is not None and self._settled[1] is SignState.UNREACHABLE
            self._backoff.hurry(self._time.monotonic() + (YIELD if away else 0.0))
        if self._barred not in {content, coming and coming.content}:
            self._barred = None
        self._course = course
        if self._sending is None or not self._stands(self._sending, moved=moved):
            self._begin()

    async def look(self) -> None:
        """Ask the sign whether it is still there, unless something else is about to tell.

        One answer may be lost on the way without anything being wrong.
        """
        held = self._held
        if held is None or self._task is None or self._sending is not None:
            return
        for last in (False, True):
            try:
                await self._sign.watch()
                break
            except SignError as error:
                if last and self._held is held and self._sending is None:
                    self._lost(error)

    async def close(self, *, keep: bool = False) -> None:
        """Stop, and let go of the port.

        What wouldn't go by itself is taken off the sign, unless it is to `keep` what it holds.
        """
        if self._task is not None:
            task, self._task = self._task, None
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        if not (keep or self._sign.forgets or self.state is SignState.UNREACHABLE):
            await self._darken()
        await self._sign.close()

    async def _darken(self) -> None:
        dark = self.darkness
        if self._held == dark:
            return
        sending = asyncio.create_task(self._sign.send(dark, self._held))
        alarm = asyncio.create_task(self._time.sleep(PARTING))
        await asyncio.wait({sending, alarm}, return_when=asyncio.FIRST_COMPLETED)
        alarm.cancel()
        sending.cancel()
        (state,) = await asyncio.gather(sending, return_exceptions=True)
        if isinstance(state, SignState):
            self._settle(dark, state)

    def _begin(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.create_task(self._hold())

    async def _hold(self) -> None:
        async with self._alone:  # the one before may still be breaking off
            while True:
                await self._rest(self._backoff.left(self._time.monotonic()))
                turn = self._next(self._time.now())
                try:
                    await self._take(turn)
                except Exception as error:  # noqa: BLE001 - told by its kind; it is tried again
                    self._failed(whole(turn.content), error)

    async def _take(self, turn: Turn) -> None:
        self._clock = self._offset()
        await self._rest(turn.wait)
        seen = turn.at or self._time.now()
        self._sending, held = turn, self._held
        # A page comes in whole or not at all; of anything else that is broken off, who knows.
        self._held = held if turn.content.turns(held) else None
        self._pages.begun(turn.content)
        try:
            state = await self._sign.send(turn.content, held, turn.at)
            # What is sent ahead is not held before its time.
            while turn.at is not None and self._time.now() < turn.at:
                await self._rest((turn.at - self._time.now()).total_seconds())
        finally:
            self._sending = None
        self._held, self._minute = turn.content, _minute(seen)
        self._pages.took(turn.content, held)
        self._renewal = self._renewed(self._time.monotonic())
        self._settle(whole(turn.content), state)

    def _next(self, now: datetime) -> Turn:
        """Say what to send next, and when."""
        course = self._course.by(now)
        due, room = self._due(self._pages.due(self._fit(course.content)), now)
        if course.coming is None:
            return due
        content, at = self._pages.due(self._fit(course.coming.content)), course.coming.at
        change = Turn(content, (at - now).total_seconds() - self._lead(content), at)
        # Nothing is begun that would make a change late.
        return due if due.wait + room < change.wait else change

    def _due(self, content: SignContent, now: datetime) -> tuple[Turn, float]:
        """Say what to send were no change ahead, and how many seconds before one it needs."""
        if content != self._held:
            # What is urgent is sent, whatever is late for it.
            return Turn(content, 0.0), -math.inf if content.urgent else self._lead(content)
        if content.clock and not self._sign.tells_time:
            next_ = MINUTE if self._minute == _minute(now) else timedelta()
            lead = self._lead(content)
            at = _minute(now) + next_
            return Turn(content, (at - now).total_seconds() - lead, at), lead
        steady, turned = self._time.monotonic(), self._pages.next(content)
        if turned is not None and turned.due < self._renewal:  # it renews as well
            lead, left = self._lead(turned.content), turned.due - steady
            return Turn(turned.content, left - lead, now + timedelta(seconds=left)), lead + BRIEF
        return Turn(content, self._renewal - steady), max(SPARE, self._lead(content))

    def _fit(self, content: SignContent) -> SignContent:
        return content.dark if content == self._barred else content

    def _lead(self, content: SignContent) -> float:
        try:
            return self._sign.lead(content, self._held)
        except Exception:  # noqa: BLE001 - told when it is sent
            return 0.0

    def _stands(self, turn: Turn, *, moved: bool) -> bool:
        """Tell whether what is being sent is still what is wanted when it is to be seen."""
        now = self._time.now()
        wanted = self._course.by(max(turn.at or now, now)).content
        return self._fit(wanted) == whole(turn.content) and not (moved and turn.at is not None)

    def _renewed(self, now: float) -> float:
        """Say when to renew, so that the renewals of many signs are spread."""
        earliest = now + RENEW / 2
        return earliest + (self._phase - earliest) % RENEW if self._sign.renews else math.inf

    def _lost(self, error: SignError) -> None:
        """Hear that its port is gone, be it while nothing is sent."""
        known = self._held is not None or self._sending is not None
        if not known or asyncio.current_task() is self._task:
            return  # it is to be sent anew anyway, or being sent and about to fail
        self._held = None
        self._backoff.lost(self._time.monotonic())
        desired = self._course.by(self._time.now()).content
        self._settle(self._fit(desired), error.state, error.message)
        self._begin()

    def _failed(self, content: SignContent, error: Exception) -> None:
        self._held = None
        if not isinstance(error, SignError):
            self._faults.tell(FaultKind.SIGN, self._sign.id, error, FAILED)
            why = msg("{error}", error=repr(error))
            error = SignError(self._sign.id, why, SignState.UNREACHABLE)
        if error.state is SignState.QUEUED and content != self._barred:
            self._barred = content
        else:
            self._backoff.failed(self._time.monotonic())
        self._settle(content, error.state, error.message)

    def _settle(
        self, content: SignContent, state: SignState, reason: Message | None = None
    ) -> None:
        """Tell and record how far content came, once: renewals and tries fill no ledger."""
        if self._barred in {None, content}:  # or it is the darkness instead
            self.reason = reason
            self._tell(reason)
        settled = (content, state, reason is not None)
        if settled == self._settled:
            return
        self._settled = settled
        data = describe(content) | {
            "state": state.value,
            "reason": str(reason or ""),
            "reason_message": to_json(reason) if reason else None,
        }
        said = joined(self._sign.id, msg(state.value), reason)
        logger.info(said, extra={"action": "sign-state", "sign": self._sign.id} | data)
        self._log.add(self._sign.id, data)

    def _tell(self, reason: Message | None) -> None:
        if reason is None:
            self._faults.over(FaultKind.SIGN, self._sign.id)
        else:
            self._faults.tell(FaultKind.SIGN, self._sign.id, reason, FAILED)

    async def _rest(self, seconds: float) -> None:
        if seconds == math.inf:
            await asyncio.Event().wait()  # until something else is wanted
        elif seconds > 0:
            await self._time.sleep(seconds)

    def _offset(self) -> float:
        return self._time.now().timestamp() - self._time.monotonic()


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
