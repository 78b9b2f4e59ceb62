"""The signs of a running station, each held on what it is to show."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime

from broadcaster.domain.station import Station
from broadcaster.health.faults import Faults
from broadcaster.planning import signage
from broadcaster.playout.board import Board
from broadcaster.playout.sign_log import SignLog
from broadcaster.ports import Ledger, Sign, TimeSource


class Boards:
    """A board for each sign; an edit may take signs away, bring new ones, or make one another."""

    def __init__(
        self, signs: Mapping[str, Sign], ledger: Ledger, time: TimeSource, faults: Faults
    ) -> None:
        self._signs = dict(signs)
        self._time = time
        self._faults = faults
        self._log = SignLog(ledger, time)
        self._boards = {name: self._board(sign) for name, sign in signs.items()}
        self._parting: set[asyncio.Task[None]] = set()

    @property
    def held(self) -> Mapping[str, Board]:
        """Give them by the names of their signs."""
        return self._boards

    def show(self, station: Station, now: datetime) -> datetime | None:
        """Tell every sign what it is to hold, and what next; gives when that changes."""
        courses = signage.courses(station, now)
        for name, board in self._boards.items():
            board.want(*courses[name])
        return signage.next_change(station, now)

    def darken(self) -> None:
        """Have every sign dark, as bright as it was: nobody knows what is to be shown."""
        for board in self._boards.values():
            board.want(board.darkness)

    async def take(self, signs: Mapping[str, Sign]) -> None:
        """Hold these from now on: the same object goes on as it was, another one begins anew.

        What is no sign of the station any more is taken off it, while the others go on.
        """
        changed = {n: board for n, board in self._boards.items() if signs.get(n) != self._signs[n]}
        self._boards = {n: board for n, board in self._boards.items() if n not in changed}
        self._signs = dict(signs)
        for name, board in changed.items():
            if name not in signs:
                self._part(board)
        # Before another takes its port.
        await asyncio.gather(*(changed[n].close(keep=True) for n in changed if n in signs))
        new = {name: sign for name, sign in signs.items() if name not in self._boards}
        self._boards |= {name: self._board(sign) for name, sign in new.items()}

    async def close(self) -> None:
        """Let go of every port; what signs would keep for ever is taken off them."""
        await asyncio.gather(*(board.close() for board in self._boards.values()), *self._parting)
        self._log.flush()

    def _board(self, sign: Sign) -> Board:
        return Board(sign, self._log, self._time, self._faults)

    def _part(self, board: Board) -> None:
        task = asyncio.create_task(board.close())
        self._parting.add(task)
        task.add_done_callback(self._parting.discard)
