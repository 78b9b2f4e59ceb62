"""A studio that renders nothing: programmes of a given length, ready or not, or failing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from broadcaster.domain.airing import Entry
from broadcaster.domain.alarm import Alarm
from broadcaster.domain.campaign import RadioSlot
from broadcaster.domain.sound import Prepared
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.ports import Synthesizer, TimeSource


class FakeStudio:
    """Every slot sounds `length` seconds, unless `lengths` says another; `slow` seconds to make."""

    def __init__(self, time: TimeSource, length: float = 60.0) -> None:
        self.length = length
        self.engines: list[Synthesizer] = []
        self.lengths: dict[str, float] = {}
        self.broken: set[str] = set()
        self.made: set[str] = set()
        self.rough: set[str] = set()
        """Slots that are there in a voice that is not the best."""
        self.alarms: dict[str, tuple[Alarm, ...]] = {}
        """What is wrong with the sound of slots."""
        self.tries: list[tuple[str, datetime]] = []
        """Each time that a programme was to be made: its slot, and when."""
        self.slow = 0.0
        self._time = time

    def extend(self, station: Station) -> None:
        pass

    def seconds(self, campaign: str, slot: RadioSlot) -> float:  # noqa: ARG002 - the port's
        return self.lengths.get(slot.id, self.length)

    def prepared(self, entry: Entry) -> bool:
        return entry.airing.slot.id in self.made

    def at_hand(self, entry: Entry) -> bool:
        return entry.airing.slot.id in self.made | self.rough

    async def prepare(self, entry: Entry) -> None:
        await self._make(entry.airing.slot)

    async def programmes(
        self,
        entry: Entry,
        speakers: Iterable[str],
        at: datetime,  # noqa: ARG002 - the port's
    ) -> Mapping[str, Prepared]:
        slot = entry.airing.slot
        if slot.id not in self.rough:
            await self._make(slot)
        made = Prepared(
            Path(f"{slot.id}.flac"),
            self.seconds("", slot),
            f"sha-{slot.id}",
            -16.0,
            -1.0,
            "fake:vi",
            alarms=self.alarms.get(slot.id, ()),
        )
        return dict.fromkeys(speakers, made)

    async def _make(self, slot: RadioSlot) -> None:
        if slot.id not in self.made:
            self.tries.append((slot.id, self._time.now()))
            await self._time.sleep(self.slow)
        if slot.id in self.broken:
            raise DeviceError("espeak", msg("gave no sound"))
        self.made.add(slot.id)
