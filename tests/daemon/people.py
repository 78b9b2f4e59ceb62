"""People who order things of a running daemon, at their instants."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from broadcaster.daemon.desk import Desk
from broadcaster.daemon.edits import Edits, Files
from broadcaster.domain.order import Order
from broadcaster.domain.station import Station
from broadcaster.health.ledger import ReportingLedger
from tests.daemon.world import World

TEXT = Order(text="Khẩn: cắt điện lúc 15 giờ.", zones=("phuong",))
Act = Callable[[Desk], Awaitable[Any]]


def run(world: World, until: datetime, *acts: tuple[datetime, Act]) -> list[Any]:
    """Run a daemon until an instant, doing things at theirs; gives what they gave."""
    daemon = world.daemon()
    ledger = daemon._ledger
    assert isinstance(ledger, ReportingLedger)
    edits = Edits(Files(dict, lambda: (world.station, ())), _none, world.time, daemon.faults, {})
    desk = Desk(daemon, edits, ledger, world.time)
    given: list[Any] = []

    async def people() -> None:
        for instant, act in acts:
            await world.time.sleep((instant - world.time.now()).total_seconds())
            given.append(await act(desk))

    async def main() -> None:
        asking = asyncio.create_task(people())
        await daemon.run(until)
        await asking

    world.time.run(main())
    return given


async def _none(of: Station, files: Sequence[str]) -> None:
    del of, files


async def announce(desk: Desk) -> Any:
    return await desk.interrupt(TEXT, "hoa")


async def silence(desk: Desk) -> Any:
    return await desk.silence("hoa")


async def pause(desk: Desk) -> Any:
    return await desk.pause("hoa")


async def resume(desk: Desk) -> Any:
    return await desk.resume("hoa")


async def status(desk: Desk) -> Any:
    return desk.status()
