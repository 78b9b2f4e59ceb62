"""The receiver's process: a stream into a spool, sample by sample, at the instants of its window.

One line of JSON comes on stdin; any line after it, or its end, is a stop. Events go out on stdout,
a line of JSON each: sounds (from which second on, and why if it isn't the stream), ended, failed.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from broadcaster.audio import fault
from broadcaster.audio.decode import decoded
from broadcaster.audio.fault import Fault
from broadcaster.audio.frames import RATE, between
from broadcaster.audio.samples import Samples, samples
from broadcaster.audio.spool import pcm
from broadcaster.clock import SystemTime
from broadcaster.errors import why
from broadcaster.messages import to_json
from broadcaster.relays.buffer import BLOCK, Buffer
from broadcaster.relays.desk import Desk, Sounds
from broadcaster.relays.feed import Feed

LEAD = 1.5
"""Seconds before its instant that a sample is written: players read up to one ahead."""
ROOM = 30.0
"""Seconds of a stream that are kept: three parts of HLS come at once, of ten seconds at most."""


Tell = Callable[..., None]
"""Takes the name of an event, and what belongs to it."""


def main() -> None:
    """Be the child; a signal for the whole service is the daemon's, which then closes stdin."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    request = json.loads(sys.stdin.readline())
    stop = threading.Event()
    threading.Thread(target=_listen, args=(stop,), daemon=True).start()
    receive(request, stop, _tell)


def receive(request: dict[str, Any], stop: threading.Event, tell: Tell) -> None:
    """Fill a window's spool, to its end or a stop; what keeps it from that is told."""
    buffer, limits = Buffer(round(ROOM * RATE / BLOCK)), request["limits"]
    feed = Feed(request["url"], limits["timeout"], request["lufs"], request["peak_dbtp"], buffer)
    desk = Desk(
        buffer, lambda: fallback(request), limits["cushion"], limits["patience"], limits["settled"]
    )
    feed.start()
    try:
        _fill(desk, request, stop, tell)
        tell("ended")
    except Fault as error:
        tell("failed", reason=to_json(fault.error(error.answer()).message))
    except OSError as error:
        tell("failed", reason=to_json(why(error)))
    finally:
        feed.stop()


def _fill(desk: Desk, request: dict[str, Any], stop: threading.Event, tell: Tell) -> None:
    """Write what the desk decides, each tenth of a second so long before its instant."""
    time, tick = SystemTime(), BLOCK / RATE
    at = datetime.fromisoformat(request["at"])
    start = time.monotonic() + (at - time.now()).total_seconds() - LEAD
    while time.monotonic() < start - tick and not stop.wait(tick):
        desk.passed()
    last, count = None, round(request["seconds"] * RATE)
    with Path(request["spool"]).open("wb") as spool:
        for first in range(0, count, BLOCK):
            if stop.wait(max(0.0, start + first / RATE - time.monotonic())):
                return
            sounds, block = desk.block()
            if sounds is not last:
                tell("sounds", what=sounds.value, second=first / RATE, **_because(sounds, desk))
                last = sounds
            spool.write(pcm(block[: count - first]))
            spool.flush()


def _because(sounds: Sounds, desk: Desk) -> dict[str, Any]:
    return {} if sounds is Sounds.STREAM else {"why": to_json(desk.why)}


def fallback(request: dict[str, Any]) -> Iterator[Samples]:
    """Give what the programme itself holds for its window, in whole blocks, the last filled up."""
    first = round(request["start"] * RATE)
    left = np.empty(0, np.float32)
    last = first + round(request["stand_in"] * RATE)
    for frame in between(decoded(Path(request["path"])), first, last):
        left = np.concatenate((left, samples(frame)))
        while len(left) >= BLOCK:
            yield left[:BLOCK]
            left = left[BLOCK:]
    if len(left):
        yield np.concatenate((left, np.zeros(BLOCK - len(left), np.float32)))


def _listen(stop: threading.Event) -> None:
    sys.stdin.readline()
    stop.set()


def _tell(event: str, **more: Any) -> None:
    sys.stdout.write(json.dumps({"event": event, **more}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
