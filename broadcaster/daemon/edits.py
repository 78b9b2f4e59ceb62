"""Live edits: files are watched, and taken anew once changed, if all of them are right."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import NamedTuple

from broadcaster.domain.station import Station
from broadcaster.errors import Problem, UserError
from broadcaster.health.faults import FaultKind, Faults, log_fault
from broadcaster.messages import Message, joined, msg
from broadcaster.ports import TimeSource

EVERY = 1.0
"""Seconds between two looks at the files."""
SETTLED = 0.3
"""Seconds in which nothing changes before an edit is read: an editor may be in the middle of it."""

EDIT = "edit"
"""What a refused edit is called among the faults."""
UNCHANGED = msg("read again: nothing was changed in the station's files")

State = Mapping[str, object]
"""Something that changes with each file, by its name."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Files:
    """A station's files, as they are looked at and read."""

    state: Callable[[], State]
    load: Callable[[], tuple[Station, Sequence[Problem]]]
    """Raises UserError where nothing of the station is right."""


class Edit(NamedTuple):
    """What became of an edit."""

    taken: bool
    files: tuple[str, ...]
    """Those that were changed since the station was taken last."""
    problems: tuple[Problem, ...]
    """All that is wrong with the files, whether it was taken or not."""


class Edits:
    """Hands each edit on as a whole; one that breaks something leaves the station as it was."""

    def __init__(
        self,
        files: Files,
        take: Callable[[Station, Sequence[str]], Awaitable[None]],
        time: TimeSource,
        faults: Faults,
        seen: State,
        problems: Sequence[Problem] = (),
        around: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """Watch from the state `seen` on, in which these were the problems.

        `around` is entered whenever the files are read, and left once they are taken or not.
        """
        self._files = files
        self._take = take
        self._time = time
        self._faults = faults
        self._seen = self._taken = seen
        self._around = around
        self._known = frozenset(map(_what, problems))
        self._alone = asyncio.Lock()
        self.last = Edit(taken=True, files=(), problems=tuple(problems))

    async def watch(self) -> None:
        """Look for edits, for ever."""
        while True:
            await self._time.sleep(EVERY)
            if self._files.state() == self._seen:
                continue
            await self._settled()
            try:
                await self.reload()
            except Exception as error:  # noqa: BLE001 - told by its kind; the station runs on
                log_fault("station", error, "edit-failed")

    async def reload(self) -> Edit:
        """Read the files now and take them, unless something is wrong that wasn't before."""
        async with self._alone:
            with self._around():
                return await self._reload()

    async def _reload(self) -> Edit:
        # Looked at before they are read: what changes meanwhile is seen, and read again.
        seen = self._seen = self._files.state()
        files = _differing(self._taken, seen)
        with self._time.hold():
            station, problems = await asyncio.to_thread(self._read)
        new = [each for each in problems if _what(each) not in self._known]
        broken = [problem for problem in new if problem.level == "error"]
        self.last = Edit(station is not None and not broken, files, tuple(problems))
        if station is not None and not broken:
            await self._take(station, files)
            self._taken, self._known = seen, frozenset(map(_what, problems))
        self._tell(files, broken)
        return self.last

    async def _settled(self) -> None:
        """Wait until nothing changes any more."""
        before, now = None, self._files.state()
        while now != before:
            await self._time.sleep(SETTLED)
            before, now = now, self._files.state()

    def _read(self) -> tuple[Station | None, Sequence[Problem]]:
        try:
            return self._files.load()
        except UserError as error:
            return None, error.problems

    def _tell(self, files: Sequence[str], broken: Sequence[Problem]) -> None:
        names = ", ".join(files)
        if self.last.taken:
            self._faults.over(FaultKind.STATION, EDIT)
            said = msg("taken as edited: {files}", files=names) if files else UNCHANGED
            logger.info(said, extra={"action": "edit-taken"})
            return
        for problem in broken:
            extra = {"action": "edit-problem", "file": problem.file}
            logger.warning(_as_message(problem), extra=extra)
        why = msg("was not taken, and the station runs on as it was: {files}", files=names)
        self._faults.tell(FaultKind.STATION, EDIT, why, "edit-refused")


def _differing(before: State, now: State) -> tuple[str, ...]:
    names = before.keys() | now.keys()
    return tuple(sorted(name for name in names if before.get(name) != now.get(name)))


def _as_message(problem: Problem) -> Message:
    where = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    return joined(where, problem.key, problem.message)


def _what(problem: Problem) -> tuple[object, ...]:
    """Give what a problem is, wherever other edits have moved it to."""
    return problem.file, problem.key, problem.message
