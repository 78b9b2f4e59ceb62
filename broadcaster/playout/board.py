"""Keeps one sign on its desired content: sends when they differ, and nothing while they agree."""

from __future__ import annotations

import asyncio
import logging
import zlib
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from broadcaster.domain.airing import SignContent
from broadcaster.messages import Message, msg
from broadcaster.playout.sign_log import SignLog
from broadcaster.playout.told import Told
from broadcaster.ports import Sign, SignError, SignState, TimeSource

FIRST_RETRY = 1.0
LONGEST_RETRY = 60.0
"""Seconds between two tries at a sign that can't be reached."""
RENEW = 300.0
"""Seconds after which a sign is sent what it holds once more: a short power cut says nothing."""
MINUTE = timedelta(minutes=1)
NEVER = float("inf")

logger = logging.getLogger(__name__)


class Coming(NamedTuple):
    """What a sign is to hold next."""

    at: datetime
    content: SignContent


class _Turn(NamedTuple):
    """What is to be sent: at once, or so that it is there at an instant."""

    content: SignContent
    at: datetime | None = None


class Board:
    """One sign and what it is known to hold."""

    def __init__(self, sign: Sign, log: SignLog, time: TimeSource) -> None:
        self._sign = sign
        self._log = log
        self._time = time
        self.state = SignState.QUEUED
        """How far the desired content has come."""
        self.reason: Message | None = None
        self._desired = SignContent()
        self._coming: Coming | None = None
        self._held: SignContent | None = None
        self._minute: datetime | None = None
        """Whose picture it holds, where it holds a clock."""
        self._barred: SignContent | None = None
        """What can't be shown there: the sign is dark instead of holding what is over."""
        self._retry = FIRST_RETRY
        self._try_at = -NEVER
        # Many boards that began together are not to be renewed in the same second.
        self._renewal = RENEW * (1 + zlib.crc32(sign.id.encode()) / (1 << 32)) / 2
        self._renew_at = NEVER
        self._recorded: tuple[SignContent, SignState] | None = None
        self._news = asyncio.Event()
        self._holding: asyncio.Task[None] | None = None
        self._sending: tuple[_Turn, asyncio.Task[SignState]] | None = None
        self._leads: tuple[tuple[SignContent, SignContent | None], float] | None = None
        self._told = Told()
        sign.listen(self._lost)

    def want(self, content: SignContent, coming: Coming | None = None) -> None:
        """Say what the sign is to hold from now on, and what from the next change on."""
        if content != self._desired:
            self._try_at, self._barred = -NEVER, None
            self.state, self.reason = SignState.QUEUED, None
        self._desired, self._coming = content, coming
        if self._sending and self._sending[0].at and self._sending[0].content != self._target()[0]:
            # It was begun ahead of an instant that is none any more.
            self._sending[1].cancel()
        self._news.set()
        if self._holding is None:
            self._holding = asyncio.create_task(self._hold())

    async def close(self) -> None:
        """Stop trying and let go of the port; what the sign holds stays."""
        if self._holding is not None:
            self._holding.cancel()
            await asyncio.gather(self._holding, return_exceptions=True)
        await self._sign.close()

    async def _hold(self) -> None:
        while True:
            self._news.clear()
            turn, seconds = self._next()
            if turn is not None:
                await self._send(turn)
            else:
                await self._pause(seconds)

    def _next(self) -> tuple[_Turn | None, float]:
        """Give what is to be sent now, or for how many seconds nothing is."""
        content, at = self._target()
        now = self._time.monotonic()
        if content != self._held:
            return (_Turn(content, at), 0.0) if now >= self._try_at else (None, self._try_at - now)
        ahead = self._ahead() if at is None else NEVER
        if content.clock and not self._sign.tells_time:
            minute = self._minute_of(content)
            if minute != self._minute:
                return _Turn(content, minute if self._until(minute) > 0 else None), 0.0
            ahead = min(ahead, self._until(minute + MINUTE) - self._lead(content))
        if now >= self._renew_at and ahead > self._lead(content) + 1:
            return _Turn(content), 0.0
        return None, min(ahead, self._renew_at - now) if now < self._renew_at else ahead

    def _target(self) -> tuple[SignContent, datetime | None]:
        """Give what is to be held: what comes next, with its instant, once its lead has begun."""
        content, at = self._desired, None
        if self._ahead() <= 0 and self._coming is not None:
            content, at = self._coming.content, self._coming.at
        if content == self._barred:
            content = SignContent(brightness=content.brightness)
        return content, at

    def _ahead(self) -> float:
        """Give the seconds until the next change is to be begun."""
        if self._coming is None or self._coming.content == self._desired:
            return NEVER
        return self._until(self._coming.at) - self._lead(self._coming.content)

    def _minute_of(self, content: SignContent) -> datetime:
        """Give the minute whose picture is to be there by the time it can be."""
        there = self._time.now() + timedelta(seconds=self._lead(content))
        return there.replace(second=0, microsecond=0)

    def _lead(self, content: SignContent) -> float:
        what = (content, self._held)
        if self._leads is None or self._leads[0] != what:
            self._leads = what, self._sign.lead(content, self._held)
        return self._leads[1]

    def _until(self, instant: datetime) -> float:
        return (instant - self._time.now()).total_seconds()

    async def _pause(self, seconds: float) -> None:
        """Wait, or until something is wanted or lost."""
        waits: list[asyncio.Task[Any]] = [asyncio.create_task(self._news.wait())]
        if seconds != NEVER:
            waits.append(asyncio.create_task(self._time.sleep(seconds)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()

    async def _send(self, turn: _Turn) -> None:
        minute = turn.at or self._time.now()
        sending = asyncio.create_task(self._sign.send(turn.content, self._held, turn.at))
        self._sending = turn, sending
        try:
            state = await sending
        except SignError as error:
            self._failed(turn.content, error)
        except asyncio.CancelledError:
            sending.cancel()
            if _is_cancelled():
                raise
            self._held = None
        except Exception as error:  # noqa: BLE001 - told by its kind; the sign is tried again
            self._told.tell("send", error, "sign-failed")
            why = msg("{reason}", reason=repr(error))
            self._failed(turn.content, SignError(self._sign.id, why, SignState.UNREACHABLE))
        else:
            self._done(turn.content, state, minute.replace(second=0, microsecond=0))
        finally:
            self._sending = None

    def _done(self, content: SignContent, state: SignState, minute: datetime) -> None:
        self._held, self._minute = content, minute
        self._retry, self._try_at = FIRST_RETRY, -NEVER
        renewal, self._renewal = (self._renewal, RENEW)
        self._renew_at = self._time.monotonic() + renewal if self._sign.renews else NEVER
        self._tell(content, state, None)

    def _failed(self, content: SignContent, error: SignError) -> None:
        """Try again later, with all that it needs: what it holds now nobody knows."""
        self._held = None
        if error.state is SignState.QUEUED:
            self._barred = content
        else:
            self._try_at = self._time.monotonic() + self._retry
            self._retry = min(2 * self._retry, LONGEST_RETRY)
        self._tell(content, error.state, error.message)

    def _lost(self, error: SignError) -> None:
        """Hear that its port is gone, be it while nothing is sent."""
        if self._held is not None:
            self._tell(self._held, error.state, error.message)
        self._held = None
        self._news.set()

    def _tell(self, content: SignContent, state: SignState, reason: Message | None) -> None:
        """Tell and record a change of state, once: a dead sign fills no ledger."""
        if self._barred in {None, content}:  # or it is the darkness instead
            self.state, self.reason = state, reason
        if self._recorded == (content, state):
            return
        self._recorded = (content, state)
        data = describe(content) | {"state": state.value, "reason": str(reason or "")}
        logger.info(
            "sign %s: %s", self._sign.id, state.value, extra={"action": "sign-state"} | data
        )
        self._log.add(self._sign.id, data)


def _is_cancelled() -> bool:
    """Tell whether it is our own task that is to end."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def describe(content: SignContent) -> dict[str, Any]:
    """Give content as the ledger keeps it."""
    return {
        "slogans": [slogan.text for slogan in content.slogans],
        "campaigns": list(content.campaigns),
        "clock": content.clock,
        "brightness": content.brightness,
    }
