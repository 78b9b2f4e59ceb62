"""Tells those whom a station names of its faults, and goes on trying while it can't."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError
from broadcaster.health.faults import Fault, FaultKind, Faults
from broadcaster.health.notices import Notices
from broadcaster.health.post import NOTIFY, post, shown
from broadcaster.health.wording import line, title
from broadcaster.messages import Message, joined, msg
from broadcaster.ports import TimeSource
from broadcaster.secret import addresses

GAP, LONGEST_GAP = 15.0, 900.0
"""Seconds between two messages: twice as long with each one of the last hour."""
RETRY, LONGEST = 30.0, 1800.0
"""Seconds until what was not taken is sent again: twice as long each time."""
KEPT = 50
"""Lines that wait for somebody who can't be reached: the latest."""
HOUR = timedelta(hours=1)

Post = Callable[[str, Mapping[str, str]], Awaitable[dict[str, Message]]]


class Notifier:
    """One station's news, on their way to people."""

    def __init__(self, faults: Faults, time: TimeSource, send: Post = post) -> None:
        self._faults = faults
        self._time = time
        self._send = send
        self._notices = Notices()
        self._heard = asyncio.Event()
        self._owed: dict[str, deque[str]] = {}
        """Of each address what it has not taken yet."""
        self._sent: deque[datetime] = deque(maxlen=10)
        self._not_before: datetime | None = None
        self._pause = RETRY
        faults.listen(self._hear)

    async def run(self, station: Callable[[], Station]) -> None:
        """Tell until cancelled."""
        while True:
            await self._until(self._next())
            now, of = self._time.now(), station()
            if of.notify is None:
                self._notices.take(now)
                self._owed.clear()
            elif self._not_before is None or now >= self._not_before:
                await self._tell(of, now)

    def _hear(self, fault: Fault, present: bool) -> None:  # noqa: FBT001 - a listener's signature
        self._notices.hear(fault, self._time.now(), present=present)
        self._heard.set()

    def _next(self) -> datetime | None:
        """Say when there is something to do."""
        due = self._not_before if self._owed else self._notices.next()
        return max(filter(None, (due, self._not_before)), default=None) if due else None

    async def _until(self, instant: datetime | None) -> None:
        """Wait for an instant, or for news."""
        waiting: list[asyncio.Future[Any]] = [asyncio.ensure_future(self._heard.wait())]
        if instant is not None:
            seconds = (instant - self._time.now()).total_seconds()
            waiting.append(asyncio.ensure_future(self._time.sleep(seconds)))
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()
        self._heard.clear()

    async def _tell(self, station: Station, now: datetime) -> None:
        due = self._notices.next()
        if not self._owed and (due is None or due > now):
            return
        to = addresses(station.folder / (station.notify or ""))
        if isinstance(to, Message):
            self._failed(to, now)
            return
        notices = self._notices.take(now)
        self._owe(to, [line(station, notice) for notice in notices])
        if any(self._owed.values()):
            await self._deliver(title(station, notices), now)

    def _owe(self, to: Sequence[str], lines: Sequence[str]) -> None:
        self._owed = {url: self._owed.get(url, deque(maxlen=KEPT)) for url in to}
        for owed in self._owed.values():
            owed.extend(lines)

    async def _deliver(self, heading: str, now: datetime) -> None:
        texts = {url: "\n".join(lines) for url, lines in self._owed.items() if lines}
        try:
            with self._time.hold():
                refused = await self._send(heading, texts)
        except DeviceError as error:
            self._failed(error.message, now)
            return
        self._owed = {url: self._owed[url] for url in refused}
        if refused:
            told = (msg("{address} {why}", address=shown(u), why=w) for u, w in refused.items())
            self._failed(joined(*told), now)
        else:
            self._went(now)

    def _went(self, now: datetime) -> None:
        self._faults.over(FaultKind.NOTIFY, NOTIFY)
        self._pause = RETRY
        self._sent.append(now)
        recent = sum(at > now - HOUR for at in self._sent)
        gap = min(GAP * 2 ** (recent - 1), LONGEST_GAP)
        self._not_before = now + timedelta(seconds=gap)

    def _failed(self, why: Message, now: datetime) -> None:
        self._faults.tell(FaultKind.NOTIFY, NOTIFY, why, "notify-failed")
        self._not_before = now + timedelta(seconds=self._pause)
        self._pause = min(2 * self._pause, LONGEST)
