"""The speaker that is a folder: what would sound is left there as files."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from broadcaster.audio.render import cut, spools
from broadcaster.domain.alarm import between
from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError, why
from broadcaster.messages import joined, msg
from broadcaster.ports import TimeSource

logger = logging.getLogger(__name__)


class FileSpeaker:
    """Takes as long as the sound takes, and keeps exactly what sounded.

    While it sounds there is an empty `<label>.part`; then `<label>.flac` holds the whole programme,
    or the part of it that was played.
    """

    arming = 0.0

    def __init__(self, name: str, folder: Path, time: TimeSource) -> None:
        self.id = name
        self._folder = folder
        self._time = time
        self._stopped = asyncio.Event()

    async def play(
        self,
        audio: Prepared,
        label: str,
        offset: float,
        at: datetime,
        audible: Callable[[datetime], None],
    ) -> Played:
        """Sound it from `offset` seconds on, to its end or `stop`, the first sample at `at`."""
        # What was stopped may still be writing what of it sounded.
        stopped = self._stopped = asyncio.Event()
        part = self._open(label)
        await self._sound(stopped, (at - self._time.now()).total_seconds())
        started = self._time.now()
        if stopped.is_set():
            part.unlink()
            return Played(started, 0.0, whole=False)
        audible(started)
        seconds = await self._sound(stopped, audio.seconds - offset)
        whole = seconds >= audio.seconds - offset
        try:
            await self._keep(audio, offset, None if whole else seconds, part)
        except OSError as error:
            raise self._failed(error) from None
        alarms = tuple(between(audio.alarms, offset, offset + seconds))
        for alarm in alarms:
            logger.warning(joined(self.id, alarm.message), extra={"action": "alarm"})
        return Played(started, seconds, whole and offset == 0, alarms)

    async def ready(self) -> None:
        """Do nothing: a folder always is."""

    async def unready(self) -> None:
        """Do nothing."""

    async def stop(self) -> None:
        """Fall silent at once, if it sounds."""
        self._stopped.set()

    async def check(self) -> None:
        """Raise DeviceError when the folder can't be written."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._failed(error) from None
        if not os.access(self._folder, os.W_OK):
            raise DeviceError(self.id, msg("can't write in {folder}", folder=self._folder))

    async def watch(self) -> None:
        """Raise DeviceError when the folder, or where it is to be made, can't be written."""
        there = next(path for path in (self._folder, *self._folder.parents) if path.exists())
        if not there.is_dir() or not os.access(there, os.W_OK):
            raise DeviceError(self.id, msg("can't write in {folder}", folder=self._folder))

    def _open(self, label: str) -> Path:
        part = self._folder / f"{label}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.touch()
        except OSError as error:
            raise self._failed(error) from None
        return part

    async def _sound(self, stopped: asyncio.Event, seconds: float) -> float:
        """Wait so long, or for a stop; give how long it was."""
        begun = self._time.monotonic()
        stop = asyncio.create_task(stopped.wait())
        end = asyncio.create_task(self._time.sleep(seconds))
        try:
            await asyncio.wait({stop, end}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.cancel()
            end.cancel()
        if stopped.is_set():
            return min(seconds, self._time.monotonic() - begun)
        return seconds

    async def _keep(
        self, audio: Prepared, offset: float, seconds: float | None, part: Path
    ) -> None:
        kept = part.with_suffix(audio.path.suffix)
        if offset or seconds is not None or spools(audio.relays):
            with self._time.hold():
                await cut(audio.path, offset, seconds or audio.seconds - offset, kept, audio.relays)
        else:
            _link(audio.path, kept)
        part.unlink()

    def _failed(self, error: OSError) -> DeviceError:
        return DeviceError(
            self.id,
            msg("can't write in {folder}: {why}", folder=self._folder, why=why(error)),
        )


def sweep(folder: Path) -> None:
    """Remove what speakers below a folder left unfinished: they died while they sounded."""
    for left in folder.glob("*/*.part"):
        # What can't be removed is in nobody's way.
        with contextlib.suppress(OSError):
            left.unlink()


def _link(source: Path, target: Path) -> None:
    """Give a file a second name: many broadcasts of one programme take its room once."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
