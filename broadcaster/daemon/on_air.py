"""What was given to playout and has not ended: each group in a task of its own."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

from broadcaster.daemon.doubt import DoubtError
from broadcaster.domain.airing import Entry
from broadcaster.domain.record import AirState
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.playout.ahead import Ahead
from broadcaster.playout.air import Playout, UnpreparedError, Verdict
from broadcaster.ports import TimeSource, Waker

RETRY = timedelta(seconds=5)
"""The pause after a fault that nobody foresaw, before an airing is tried again."""
FAILED = "airing-failed"


class OnAir:
    """The groups that sound, or are about to."""

    def __init__(
        self, playout: Playout, ahead: Ahead, faults: Faults, time: TimeSource, waker: Waker
    ) -> None:
        self._playout = playout
        self._ahead = ahead
        self._faults = faults
        self._time = time
        self._waker = waker
        self._groups: list[tuple[asyncio.Task[None], list[Entry]]] = []

    @property
    def entries(self) -> list[Entry]:
        """Give all that has not ended."""
        return [entry for _, group in self._groups for entry in group]

    @property
    def states(self) -> dict[str, AirState]:
        """Give them by key, as the ledger would have them once they sound."""
        return {entry.airing.key: AirState.AUDIBLE for entry in self.entries}

    def put(self, group: list[Entry], verdict: Verdict) -> None:
        """Air a group; whoever waits is woken when one of its airings has ended."""
        name, open_ = group[0].airing.group, [*group]

        def done(entry: Entry) -> None:
            # Other zones of its group may sound on.
            open_[:] = [each for each in open_ if each.airing.key != entry.airing.key]
            self._waker.poke()

        async def air() -> None:
            try:
                with contextlib.suppress(DoubtError):  # it is asked for again once that is over
                    await self._playout.air(group, verdict, done)
                self._faults.over(FaultKind.PLAYOUT, name)
            except UnpreparedError as error:
                self._ahead.put_off(group[0], error)
            except Exception as error:  # noqa: BLE001 - told by its kind
                # One broadcast's fault, foreseen or not, must not take the others with it.
                self._faults.tell(FaultKind.PLAYOUT, name, error, FAILED)
                await self._time.sleep(RETRY.total_seconds())
            finally:
                self._groups.remove(on_air)
                self._waker.poke()

        on_air = asyncio.create_task(air()), open_
        self._groups.append(on_air)

    async def ended(self) -> None:
        """Wait until all has ended."""
        await asyncio.gather(*(task for task, _ in self._groups), return_exceptions=True)
