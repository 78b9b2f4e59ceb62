"""Writes what becomes of signs into the ledger: many in one commit, as many change at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from broadcaster.domain.airing import SignContent
from broadcaster.domain.record import Kind
from broadcaster.errors import DeviceError
from broadcaster.ports import Ledger, TimeSource

PAUSE = 0.05
"""Seconds from one commit to the next: what comes meanwhile goes in together."""
RETRY = 5.0
"""Seconds after a fault of the ledger, before it is tried again; nothing is lost meanwhile."""
TOGETHER = timedelta(seconds=1)
"""What came within so long has one time in the ledger: that of the first."""

Row = tuple[str, str, Mapping[str, Any]]


class SignLog:
    """Rows on their way into the ledger."""

    def __init__(self, ledger: Ledger, time: TimeSource) -> None:
        self._ledger = ledger
        self._time = time
        self._rows: list[tuple[datetime, Row]] = []
        """With the time when each came: a full disk may keep it waiting for hours."""
        self._writing: asyncio.Task[None] | None = None
        self._earliest = 0.0

    def add(self, sign: str, data: Mapping[str, Any]) -> None:
        """Have a sign's new state written, at once or a moment later."""
        self._rows.append((self._time.now(), (Kind.SIGN, f"sign/{sign}", data)))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    def flush(self) -> None:
        """Write all that waits, as far as the ledger takes it."""
        if self._writing is not None:
            self._writing.cancel()
        self._commit()

    async def _write(self) -> None:
        while self._rows:
            await self._time.sleep(self._earliest - self._time.monotonic())
            pause = PAUSE if self._commit() else RETRY
            self._earliest = self._time.monotonic() + pause

    def _commit(self) -> bool:
        try:
            while self._rows:
                at, rows = self._first()
                self._ledger.append_all(at, rows)
                del self._rows[: len(rows)]
        except DeviceError:
            # The signs matter more than their record; the ledger itself tells of its faults.
            return False
        return True

    def _first(self) -> tuple[datetime, list[Row]]:
        """Give the rows that came first, and when."""
        first = self._rows[0][0]
        near = takewhile(lambda each: each[0] - first < TOGETHER, self._rows)
        return first, [row for _, row in near]


def describe(content: SignContent) -> dict[str, Any]:
    """Give content as the ledger keeps it."""
    return {
        "slogans": [slogan.text for slogan in content.slogans],
        "campaigns": list(content.campaigns),
        "clock": content.clock,
        "brightness": content.brightness,
    }
