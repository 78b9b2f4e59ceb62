"""A daemon that only keeps what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from broadcaster.control.desk import Told
from broadcaster.domain.order import Order
from broadcaster.errors import Problem, UserError
from broadcaster.messages import msg

ZONES = ("toan-phuong", "to-5")


class FakeDesk:
    """Obeys at once, unless `held`; `fault` is raised by whatever is asked next."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.told: dict[str, Any] = {"station": "Đài thử", "on_air": []}
        self.well: dict[str, Any] = {"healthy": True, "faults": []}
        self.answers: dict[str, Any] = {}
        """What each act gives, where it isn't what the fake gives by itself."""
        self.fault: Exception | None = None
        self.held: asyncio.Event | None = None
        """Acts wait for it."""
        self.followers: list[asyncio.Queue[Told | None]] = []
        self.changes: list[Told | None] = []
        """What every announcement that is ordered brings about, once it is obeyed."""

    def status(self) -> Told:
        self._raise()
        return self.told

    def health(self) -> Told:
        return self.well

    async def interrupt(self, order: Order, by: str) -> Told:
        if unknown := [zone for zone in order.zones if zone not in ZONES]:
            wrong = msg('there is no zone "{id}"', id=unknown[0])
            raise UserError([Problem("", None, "zones", wrong)])
        keys = [f"interrupt/urgent/2025-09-22T05:30+07:00/{zone}" for zone in order.zones]
        spoken = order.text or f"[{order.script}]"
        told = await self._act("interrupt", by, {"keys": keys, "spoken": spoken}, order)
        for change in () if order.dry_run else self.changes:
            self.change(change)
        return told

    async def silence(self, by: str) -> Told:
        return await self._act("silence", by, {"stopped": ["a/b/c"]})

    async def pause(self, by: str) -> Told:
        return await self._act("pause", by, {})

    async def resume(self, by: str) -> Told:
        return await self._act("resume", by, {})

    async def reload(self, by: str) -> Told:
        return await self._act("reload", by, {"taken": True, "files": ["a.toml"], "problems": []})

    async def confirm_clock(self, by: str) -> Told:
        return await self._act("confirm_clock", by, {})

    def stop(self, by: str) -> None:
        self.asked.append(("stop", by))
        self.change(None)

    async def follow(self) -> AsyncGenerator[Told, None]:
        mine: asyncio.Queue[Told | None] = asyncio.Queue()
        self.followers.append(mine)
        try:
            while (change := await mine.get()) is not None:
                yield change
        finally:
            self.followers.remove(mine)

    def change(self, what: Told | None) -> None:
        """Tell all who follow; None: there is no more to tell."""
        for each in self.followers:
            each.put_nowait(what)

    async def _act(self, what: str, by: str, told: Told, *more: Any) -> Told:
        self.asked.append((what, by, *more))
        self._raise()
        if self.held is not None:
            await self.held.wait()
        self.asked.append((what, "done"))
        return self.answers.get(what, told)

    def _raise(self) -> None:
        fault, self.fault = self.fault, None
        if fault is not None:
            raise fault
