"""Tells a caller what changes, as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from broadcaster.control.answers import written
from broadcaster.control.conversation import Conversation
from broadcaster.control.desk import Desk, Told
from broadcaster.ports import TimeSource

HEARTBEAT = 15.0
"""Seconds; nobody can tell a quiet station from a dead one without."""


async def follow(desk: Desk, talk: Conversation, time: TimeSource) -> None:
    """Tell until the caller hangs up, or the desk has no more to tell; raises SlowReaderError."""
    talk.begin()
    tasks = {
        asyncio.create_task(work)
        for work in (_tell(desk.follow(), talk), _beat(talk, time), talk.gone())
    }
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in ended:
        task.result()


async def _tell(changes: AsyncGenerator[Told, None], talk: Conversation) -> None:
    async with aclosing(changes):
        async for change in changes:
            talk.tell(b"data: " + written(change))


async def _beat(talk: Conversation, time: TimeSource) -> None:
    while True:
        talk.tell(b": so far")
        await time.sleep(HEARTBEAT)
