"""Work with a deadline, by the daemon's own time."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from broadcaster.ports import TimeSource

T = TypeVar("T")


async def within(time: TimeSource, seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """Do it, or raise TimeoutError when so much time has passed."""
    doing, alarm = asyncio.create_task(work), asyncio.create_task(time.sleep(seconds))
    try:
        await asyncio.wait({doing, alarm}, return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise TimeoutError
        return doing.result()
    finally:
        doing.cancel()
        alarm.cancel()
