"""The player's own process: holds an output open, and places the first sample at its instant.

The first argument is the output's driver, and what that needs is loaded before anything is asked.
One line of JSON comes on stdin; any line after it, or its end, is a stop. Events go out on stdout,
a line of JSON each: ready, armed, audible, alarm, ended, failed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from av.audio.frame import AudioFrame

from broadcaster.audio import fault
from broadcaster.audio.decode import decoded
from broadcaster.audio.fault import Fault
from broadcaster.audio.frames import RATE, between
from broadcaster.audio.meter import Meter, metered
from broadcaster.clock import SystemTime
from broadcaster.domain.alarm import Alarm
from broadcaster.errors import DeviceError, PartialError, why
from broadcaster.messages import Message, msg, to_json

if TYPE_CHECKING:
    from broadcaster.audio.samples import Samples
    from broadcaster.audio.spool import SpoolReader

LAST_MOMENTS = 0.5
"""Seconds before its instant by which what is relayed has to be there."""
URGENCY = 10
"""The lowest real-time priority will do: it is before all that isn't real-time."""


class Sink(Protocol):
    """An output, open or about to be."""

    ahead: float
    """Seconds before the start from which on it waits by itself."""

    def check(self) -> None:
        """Raise DeviceError when it couldn't sound now; sounds nothing."""

    def play(
        self,
        frames: Iterator[AudioFrame],
        start: float,
        audible: Callable[[float], None],
        stop: threading.Event,
    ) -> float:
        """Sound frames from `start` of the steady clock on; give the seconds that sounded.

        Raises PartialError where some did not, and DeviceError where nothing more can.
        """


def main(driver: str) -> None:
    """Be the child; a signal for the whole service is the daemon's, which then closes stdin."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sink_of = _driver(driver)
    _hurry()
    _tell("ready")
    if line := sys.stdin.readline():
        _serve(json.loads(line), sink_of)


def _serve(request: dict[str, Any], sink_of: Callable[[dict[str, Any]], Sink]) -> None:
    stop = threading.Event()
    threading.Thread(target=_listen, args=(stop,), daemon=True).start()
    try:
        sink = sink_of(request["sink"])
        if "path" in request:
            _play(sink, request, stop)
        else:
            sink.check()
            _tell("armed")
    except Fault as error:
        of = fault.error(error.answer())
        _fail(msg("{device}: {what}", device=of.device, what=of.message))
    except DeviceError as error:
        _fail(error.message)
    except OSError as error:
        _fail(why(error))


def _play(sink: Sink, request: dict[str, Any], stop: threading.Event) -> None:
    time = SystemTime()
    at = datetime.fromisoformat(request["at"])
    meant = time.monotonic() + (at - time.now()).total_seconds()
    meter = Meter(request["pauses"], request["offset"])
    frames = metered(_from(request, time, meant, stop), meter, _alarm)
    # The first second is decoded before it is due.
    first = next(frames)
    _tell("armed")

    def audible(instant: float) -> None:
        _tell("audible", at=(at + timedelta(seconds=instant - meant)).isoformat())

    stop.wait(meant - time.monotonic() - sink.ahead)
    # Armed too late, it begins late: what was to sound already is not hurried through.
    start = max(meant, time.monotonic())
    ended = {} if stop.is_set() else _sounded(sink, chain((first,), frames), start, audible, stop)
    for alarm in meter.end():
        _alarm(alarm)
    _tell("ended", **{"seconds": 0.0, "whole": not stop.is_set(), **ended})


def _sounded(
    sink: Sink,
    frames: Iterator[AudioFrame],
    start: float,
    audible: Callable[[float], None],
    stop: threading.Event,
) -> dict[str, Any]:
    """Sound it, and give how that ended."""
    try:
        return {"seconds": sink.play(frames, start, audible, stop)}
    except PartialError as error:
        return {"seconds": error.seconds, "whole": False, "reason": to_json(error.message)}


def _from(
    request: dict[str, Any], time: SystemTime, meant: float, stop: threading.Event
) -> Iterator[AudioFrame]:
    """Give the programme from its offset on, what is relayed in it as it comes in."""
    offset = round(request["offset"] * RATE)
    frames = decoded(Path(request["path"]))
    if offset:
        frames = between(frames, offset, sys.maxsize)
    if not request["relays"]:
        return frames
    # These load numpy, and a sound that begins with a relay is known of long before.
    from broadcaster.audio.relayed import received, relayed

    def take(spool: SpoolReader, first: int, count: int, at: int) -> Samples | None:
        due = meant + (at - offset) / RATE
        return spool.awaited(first, count, due - LAST_MOMENTS - time.monotonic(), stop)

    return relayed(frames, received(request["relays"]), take, offset)


def _driver(name: str) -> Callable[[dict[str, Any]], Sink]:
    """Load what a kind of output needs."""
    if name == "soundcard":
        from broadcaster.speakers.soundcard import Soundcard

        return Soundcard
    if name == "icecast":
        from broadcaster.speakers.icecast import Icecast

        return Icecast
    if name == "sip":
        from broadcaster.speakers.sip import Sip

        return Sip
    from broadcaster.speakers.multicast import Multicast

    return Multicast


def _listen(stop: threading.Event) -> None:
    sys.stdin.readline()
    stop.set()


def _hurry() -> None:
    """Go before what can wait, as far as the system lets us."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(URGENCY))
    except (AttributeError, OSError):
        with_nice = getattr(os, "nice", None)
        try:
            if with_nice:
                with_nice(-10)
        except OSError:
            return


def _fail(reason: Message) -> None:
    """Tell why, so that the reader's language can be chosen where it is read."""
    _tell("failed", reason=to_json(reason))


def _alarm(alarm: Alarm) -> None:
    _tell("alarm", **asdict(alarm))


def _tell(event: str, **more: Any) -> None:
    sys.stdout.write(json.dumps({"event": event, **more}) + "\n")
    sys.stdout.flush()
