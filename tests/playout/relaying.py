"""An airing of an opening and a relay, through the real playout and receiver; and an ear for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Sound, Window
from broadcaster.audio.render import render
from broadcaster.clock import SystemTime
from broadcaster.domain.airing import Airing, Entry
from broadcaster.domain.campaign import JOIN, RadioSlot, Relay
from broadcaster.domain.sound import Prepared
from broadcaster.planning.guard import Ruling
from broadcaster.playout.air import Playout
from broadcaster.playout.relay import Limits, Streams
from broadcaster.ports import Speaker
from tests.audio.sounds import wav
from tests.fakes.ledger import MemoryLedger
from tests.relays import station as on_air

RATE = 48_000
LONG, RELAYED = 4.0, 3.0
"""Seconds of the programme, and of the relay that ends it."""
STREAM, FALLBACK, OPENING = 440, 1_000, 600
NEVER = float("inf")
TIME = SystemTime()
AHEAD = 5.0
LIMITS = Limits(patience=0.6, settled=0.4, cushion=0.3, timeout=2.0)


@dataclass
class Studio:
    """Has the programmes that a test made."""

    made: Mapping[str, Prepared]

    async def programmes(
        self,
        entry: Entry,  # noqa: ARG002 - there is but one
        speakers: Iterable[str],
        at: datetime,  # noqa: ARG002 - whenever
    ) -> Mapping[str, Prepared]:
        return {name: self.made[name] for name in speakers}


@dataclass
class Air:
    """One airing of an opening and a relay, and what came of it."""

    folder: Path
    """Its parent holds what all airings share."""
    url: str
    relayed: float = RELAYED
    ledger: MemoryLedger = field(default_factory=MemoryLedger)

    def __post_init__(self) -> None:
        self.streams = Streams(self.folder / "relays", TIME, LIMITS)

    def spools(self) -> list[Path]:
        return list((self.folder / "relays").glob("*"))

    def programme(self, gain_db: float = 0.0) -> Prepared:
        opening = wav(self.folder / "mo-dau.wav", on_air.tone(LONG - RELAYED, OPENING))
        fallback = wav(self.folder / "du-phong.wav", on_air.tone(RELAYED, FALLBACK))
        segments = (Sound(opening), Window(self.url, self.relayed, Sound(fallback)))
        made = Programme(segments, gain_db=gain_db)
        return asyncio.run(render(made, Cache(self.folder.parent / "cache")))

    async def sound(
        self,
        speakers: Mapping[str, Speaker],
        programmes: Mapping[str, Prepared],
        late: float = 0.0,
        meanwhile: Callable[[Playout], Coroutine[Any, Any, None]] | None = None,
    ) -> dict[str, Any]:
        """Air it, so long after its time; gives the last record's data."""
        begins = TIME.now() + timedelta(seconds=-late if late else AHEAD)
        slot = RadioSlot(
            id="tinh", at=(time(5, 30),), zones=("phuong",), late=JOIN,
            items=(Relay(self.url, self.relayed, "du-phong"),),
        )  # fmt: skip
        airing = Airing("tiep-song", slot, begins, "phuong", LONG - RELAYED + self.relayed)
        entry = Entry(airing, begins, None, tuple(speakers))
        playout = Playout(speakers, Studio(programmes), self.ledger, TIME, self.streams, {})  # type: ignore[arg-type]
        sounding = asyncio.create_task(playout.air([entry], lambda *_: Ruling(), lambda _: None))
        if meanwhile:
            await meanwhile(playout)
        await sounding
        return dict(self.ledger.kept[-1].data)


def pitches(samples: NDArray[np.float64]) -> list[tuple[int, float]]:
    """Give pitches and how long each lasts; a tenth that holds two is left out."""
    tenths = samples[: len(samples) // 4_800 * 4_800].reshape(-1, 4_800)
    found = [10 * int(np.argmax(np.abs(np.fft.rfft(tenth)))) for tenth in tenths]
    runs = [(pitch, len(list(run)) / 10) for pitch, run in groupby(found)]
    return [run for run in runs if run[1] > 0.1]
