"""What is looked at while nobody uses it, so that a fault is known before it silences anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial

from broadcaster.daemon.airings import Airings
from broadcaster.health.disk import Disk
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.health.loudspeakers import Loudspeakers
from broadcaster.health.patrol import Look, Patrol, reporting
from broadcaster.playout.air import Playout
from broadcaster.playout.board import Board
from broadcaster.ports import TimeSource

SOON = timedelta(hours=1)
"""How long before a broadcast its loudspeakers are checked thoroughly."""
PROGRAMMES = "programmes"


class Rounds:
    """All that a running station looks at, again and again; what an edit changes is asked anew."""

    def __init__(
        self,
        faults: Faults,
        time: TimeSource,
        airings: Airings,
        playout: Playout,
        boards: Callable[[], Mapping[str, Board]],
        disk: Disk,
    ) -> None:
        self._faults = faults
        self._airings = airings
        self._playout = playout
        self._boards = boards
        self._disk = disk
        self._patrol = Patrol(faults, time)
        self._loudspeakers = Loudspeakers(faults, time, playout.sounds)

    async def run(self) -> None:
        """Go round until cancelled."""
        await self._patrol.run(self._looks)

    def _looks(self) -> Sequence[Look]:
        return [
            *self._disk.looks(),
            Look(FaultKind.PLAYOUT, PROGRAMMES, self._airings.look),
            *self._speakers(),
            *self._playout.looks(),
            *(Look(FaultKind.SIGN, name, board.look) for name, board in self._boards().items()),
            *self._engines(),
        ]

    def _speakers(self) -> Iterator[Look]:
        needed = self._airings.needed(SOON)
        for name in self._playout.speakers:
            yield Look(FaultKind.SPEAKER, name, partial(self._speaker, name, name in needed))

    async def _speaker(self, name: str, needed: bool) -> None:  # noqa: FBT001 - passed on
        speaker = self._playout.speakers.get(name)
        if speaker is not None:
            await self._loudspeakers.look(speaker, needed=needed)

    def _engines(self) -> Iterator[Look]:
        for engine in self._airings.engines:
            yield reporting(self._faults, FaultKind.ENGINE, engine.name, engine.watch)
