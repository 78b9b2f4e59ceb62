"""What people ask of a running station: to know, to announce, to fall silent, to wait, to end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from dataclasses import asdict
from typing import Any

from broadcaster.daemon.announcements import script_of, with_
from broadcaster.daemon.edits import Edits
from broadcaster.daemon.loop import Daemon
from broadcaster.daemon.status import status
from broadcaster.domain.order import CAMPAIGN, Order
from broadcaster.domain.record import Record
from broadcaster.domain.station import Station
from broadcaster.errors import Refusal, problem_json
from broadcaster.health.faults import Fault
from broadcaster.health.ledger import ReportingLedger
from broadcaster.health.states import told
from broadcaster.messages import Message, msg
from broadcaster.ports import TimeSource
from broadcaster.reading.read import spoken_lines
from broadcaster.speech.estimate import estimate

BEHIND = 1000
"""Changes that somebody who follows may be behind: who is further is let go."""

logger = logging.getLogger(__name__)

Told = Mapping[str, Any]


class Desk:
    """The one place where people's orders reach a daemon; `by` is who gives them."""

    def __init__(
        self, daemon: Daemon, edits: Edits, ledger: ReportingLedger, time: TimeSource
    ) -> None:
        self._daemon = daemon
        self._edits = edits
        self._time = time
        self._started = time.now()
        self._following: set[asyncio.Queue[Told | None]] = set()
        ledger.listen(self._recorded)
        daemon.faults.listen(self._changed)

    def status(self) -> Told:
        """Tell what is on air, what comes next and how every device is."""
        daemon = self._daemon
        return status(
            daemon.station,
            daemon.airings,
            daemon.faults,
            self._time.now(),
            self._started,
            daemon.paused,
            self._time.doubt(),
            () if self._edits.last.taken else self._edits.last.problems,
        )

    def health(self) -> Told:
        """Tell whether all is well, and what is not."""
        faults = told(self._daemon.station, self._daemon.faults)
        return {"healthy": not faults, "faults": faults}

    async def interrupt(self, order: Order, by: str) -> Told:
        """Announce at once, or say what would be; raises UserError, Refusal, and DeviceError."""
        daemon, now = self._daemon, self._time.now()
        if order.dry_run:
            made = daemon.announcements.drafted(order, daemon.station, now)
        elif (doubt := self._time.doubt()) is not None:
            raise Refusal(
                msg(
                    "nothing sounds while the clock is in doubt: {why}. Set it right, or confirm it"
                    " with broadcaster clock confirm",
                    why=doubt,
                )
            )
        else:
            made = daemon.announce(order, by)
            self._log(msg("an urgent announcement"), by)
        station = with_(daemon.station, [made])
        script = script_of(made, station)
        assert script is not None  # noqa: S101 - the order was judged
        words = spoken_lines(script.paragraphs, station.lexicon, station.voice.region)
        group = f"{CAMPAIGN}/{made.id}/{made.at.isoformat(timespec='minutes')}"
        return {
            "group": group,
            "keys": [f"{group}/{zone}" for zone in sorted(set(order.zones))],
            "spoken": "\n".join(words),
            "voice": script.voice or station.voice.engines[0],
            "seconds": round(estimate(words), 1),
        }

    async def silence(self, by: str) -> Told:
        """End what sounds, for good."""
        self._log(msg("what sounds to be silenced"), by)
        return {"stopped": await self._daemon.silence(by)}

    async def pause(self, by: str) -> Told:
        """Let nothing but what is urgent begin, until `resume`, and cut what sounds."""
        self._log(msg("a pause"), by)
        await self._daemon.pause(by)
        return {"paused": True}

    async def resume(self, by: str) -> Told:
        """Go on after a pause."""
        self._log(msg("an end to the pause"), by)
        return {"resumed": self._daemon.resume(by)}

    async def reload(self, by: str) -> Told:
        """Read the station's files again."""
        self._log(msg("the files to be read again"), by)
        edit = await self._edits.reload()
        problems = list(map(problem_json, edit.problems))
        return {"taken": edit.taken, "files": list(edit.files), "problems": problems}

    async def confirm_clock(self, by: str) -> Told:
        """Take a person's word that the clock is right."""
        self._log(msg("the clock to be trusted"), by)
        self._time.confirm()
        self._daemon.trust(by)
        return {"confirmed": self._time.now().astimezone(self._station.timezone).isoformat()}

    def stop(self, by: str) -> None:
        """End the daemon."""
        self._log(msg("the station to stop"), by)
        self._daemon.stop()

    async def follow(self) -> AsyncGenerator[Told, None]:
        """Tell what changes from now on."""
        mine: asyncio.Queue[Told | None] = asyncio.Queue(BEHIND)
        self._following.add(mine)
        try:
            while (change := await mine.get()) is not None:
                yield change
        finally:
            self._following.discard(mine)

    @property
    def _station(self) -> Station:
        return self._daemon.station

    def _recorded(self, record: Record) -> None:
        self._tell({**asdict(record), "at": record.at.isoformat()})

    def _changed(self, fault: Fault, present: bool) -> None:  # noqa: FBT001 - the register's
        del fault, present
        self._tell({"kind": "status"})

    def _tell(self, change: Told) -> None:
        for queue in list(self._following):
            if queue.full():
                self._following.discard(queue)
                queue.get_nowait()
                queue.put_nowait(None)
            else:
                queue.put_nowait(change)

    def _log(self, what: Message, by: str) -> None:
        logger.info(msg("{who} asked for: {what}", who=by, what=what), extra={"action": "ordered"})
