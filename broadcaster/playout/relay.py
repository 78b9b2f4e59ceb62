"""Has streams received while a group of airings is on air: each once, for all loudspeakers."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import math
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Protocol

from broadcaster.domain.sound import Prepared, RelayWindow
from broadcaster.errors import DeviceError, why
from broadcaster.health.faults import log_fault
from broadcaster.messages import from_json, joined, msg
from broadcaster.playout.relayed import BYTES_A_SECOND, HEARD, Relayed, Row
from broadcaster.ports import TimeSource
from broadcaster.speakers.player_process import PlayerProcess

CHILD = "broadcaster.relays.child"
ARMING = 12.0
"""Seconds before its window that a receiver is started: two for itself, ten to connect."""
GRACE = 10.0
"""Seconds over its time after which a receiver is given up."""
RESERVE = 200_000_000
"""Bytes that a spool leaves on the disk: without a ledger nothing may sound."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a receiver waits for what; all in seconds."""

    patience: float = 5.0
    """Without the stream, or of its silence, before the fallback begins."""
    settled: float = 3.0
    """Of the stream that must be there before it takes over from the fallback."""
    cushion: float = 2.0
    """Of it that must be there before it is heard: networks falter."""
    timeout: float = 15.0
    """Before a server that says nothing is asked anew: an HLS stream comes in parts of ten."""


@dataclass(frozen=True, slots=True)
class Reception:
    """One group's relays."""

    programmes: Mapping[str, Prepared]
    """What each loudspeaker is to sound."""
    relays: Sequence[Relayed] = ()
    """Whole once the reception is over."""


class Receivers(Protocol):
    """Whoever receives a station's relays."""

    def receive(
        self, programmes: Mapping[str, Prepared], at: datetime, skip: float
    ) -> AbstractAsyncContextManager[Reception]:
        """Receive while the block lasts, for programmes of which second `skip` sounds at `at`."""


class NoStreams:
    """A rehearsal's: there are no streams, so what stands in for them sounds."""

    @asynccontextmanager
    async def receive(
        self,
        programmes: Mapping[str, Prepared],
        at: datetime,  # noqa: ARG002 - the same whenever
        skip: float,  # noqa: ARG002 - however late
    ) -> AsyncIterator[Reception]:
        """Receive nothing."""
        windows = next(iter(programmes.values())).relays
        yield Reception(programmes, [Relayed(each, each.start, rehearsed=True) for each in windows])


class Streams:
    """Receives through a process for each relay, into files of a folder that it empties after."""

    def __init__(self, folder: Path, time: TimeSource, limits: Limits = Limits()) -> None:
        self._folder = folder
        self._time = time
        self._limits = limits
        self._number = count()

    @asynccontextmanager
    async def receive(
        self, programmes: Mapping[str, Prepared], at: datetime, skip: float
    ) -> AsyncIterator[Reception]:
        """Receive while the block lasts; what fails leaves the programmes' own sound."""
        loudest = max(programmes.values(), key=_loudness)
        spools = [self._folder / f"{next(self._number)}.pcm" for _ in loudest.relays]
        relays = [
            Relayed(window, max(window.start, skip), spool)
            for window, spool in zip(loudest.relays, spools, strict=True)
            if skip < window.start + window.seconds
        ]
        following = [
            asyncio.create_task(self._follow(each, loudest, at - timedelta(seconds=skip)))
            for each in relays
        ]
        try:
            yield Reception(
                {name: _spooled(audio, relays) for name, audio in programmes.items()}, relays
            )
        finally:
            for task in following:
                task.cancel()
            for failed in await asyncio.gather(*following, return_exceptions=True):
                if isinstance(failed, Exception):
                    log_fault("relay", failed, "relay-failed")
            await asyncio.gather(*(asyncio.to_thread(_settle, each) for each in relays))

    async def _follow(self, relay: Relayed, audio: Prepared, origin: datetime) -> None:
        """Have one relay received; `origin` is when the programme's first sample would sound."""
        begins = origin + timedelta(seconds=relay.start)
        ahead = (begins - self._time.now()).total_seconds()
        await self._time.sleep(ahead - ARMING)
        try:
            self._make_room(relay)
            async with PlayerProcess(relay.window.url, CHILD) as process:
                process.ask(self._request(relay, audio, begins))
                until = self._time.monotonic() + min(ahead, ARMING) + relay.seconds + GRACE
                await self._listen(process, relay, until)
        except DeviceError as error:
            relay.fault = error.message
            logger.warning(error, extra={"action": "relay-failed"})

    async def _listen(self, process: PlayerProcess, relay: Relayed, until: float) -> None:
        while True:
            event = await process.event(until - self._time.monotonic())
            if event["event"] == "ended":
                return
            reason = from_json(event["why"]) if "why" in event else None
            what, second = event["what"], event["second"]
            relay.rows.append(Row(what, second, reason))
            sounds = msg("{what} from second {second:.1f} on", what=HEARD[what], second=second)
            logger.info(joined(relay.window.url, sounds, reason), extra={"action": "relay-sounds"})

    def _request(self, relay: Relayed, audio: Prepared, begins: datetime) -> dict[str, object]:
        window = relay.window
        return {
            "url": window.url, "at": begins.isoformat(), "seconds": relay.seconds,
            "spool": str(relay.spool), "path": str(audio.path), "start": window.start,
            "stand_in": window.stand_in, "lufs": window.lufs, "peak_dbtp": window.peak_dbtp,
            "limits": asdict(self._limits),
        }  # fmt: skip

    def _make_room(self, relay: Relayed) -> None:
        """Raise DeviceError where the disk has no room for all of it."""
        needed = round(relay.seconds * BYTES_A_SECOND)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(self._folder).free
        except OSError as error:
            raise DeviceError(relay.window.url, why(error)) from None
        if free < needed + RESERVE:
            raise DeviceError(
                relay.window.url,
                msg("there is no room on the disk for {size} MB", size=math.ceil(needed / 1e6)),
            )


def _loudness(audio: Prepared) -> float:
    return max((window.lufs for window in audio.relays), default=-math.inf)


def _spooled(audio: Prepared, relays: Sequence[Relayed]) -> Prepared:
    """Point one loudspeaker's programme to the spools, from where it begins to sound."""
    by_start = {relay.window.start: relay for relay in relays}
    return replace(
        audio,
        relays=tuple(
            _pointed(window, by_start[window.start])
            for window in audio.relays
            if window.start in by_start
        ),
    )


def _pointed(window: RelayWindow, relay: Relayed) -> RelayWindow:
    muted = math.isinf(window.lufs)
    return replace(
        window,
        start=relay.start,
        seconds=relay.seconds,
        spool=relay.spool,
        gain_db=window.lufs if muted else window.lufs - relay.window.lufs,
    )


def _settle(relay: Relayed) -> None:
    """Keep what a spool proves, and remove it."""
    if relay.spool is None:
        return
    with contextlib.suppress(OSError):
        with relay.spool.open("rb") as spool:
            relay.sha256 = hashlib.file_digest(spool, "sha256").hexdigest()
        relay.received = relay.spool.stat().st_size / BYTES_A_SECOND
        relay.spool.unlink()
