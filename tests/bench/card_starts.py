"""How late a sound card's sound begins, beside what else could have been used for it.

A server of PulseAudio with a sink that goes nowhere is the card; its monitor is listened to, and
the samples of that recording are the clock. The server runs as urgently as a desktop's does.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from broadcaster.clock import SystemTime, rest_until
from broadcaster.domain.sound import Prepared
from broadcaster.speakers.player import PlayerSpeaker
from tests.bench.starts import APART, RATE, Row, soon, start, tick
from tests.speakers.card import MISSING, Card

STARTS = 200
PEERS = 10
PEERS_APART = 4.0
STEADY = "400"
"""Milliseconds of a silent stream that stays: without one, each other stream's coming and going
has the server render anew what it had, and the monitor's samples are no clock any more."""
PROGRAMS = {
    "aplay": ["aplay", "-q", "-D", "pulse", "{file}"],
    "ffplay": ["ffplay", "-loglevel", "quiet", "-nodisp", "-autoexit", "{file}"],
}
SCRIPT = """
import sys
from datetime import datetime
from apscheduler.schedulers.background import BackgroundScheduler
from pydub import AudioSegment
from pydub.playback import play
import pyttsx3, threading
tick, spoken, count, first, apart = sys.argv[1], sys.argv[2], *map(float, sys.argv[3:])
engine, done = pyttsx3.init(), threading.Semaphore(0)
def announce():
    engine.save_to_file("Kính mời bà con theo dõi", spoken)
    engine.runAndWait()
    play(AudioSegment.from_wav(tick) + AudioSegment.from_wav(spoken)[:100])
    done.release()
scheduler = BackgroundScheduler()
scheduler.start()
for number in range(int(count)):
    scheduler.add_job(announce, "date", run_date=datetime.fromtimestamp(first + apart * number))
for _ in range(int(count)):
    done.acquire()
"""


def rows() -> list[Row]:
    """Measure them; nothing where there is no PulseAudio."""
    if MISSING:
        return []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _card(folder) as card:
            instants = _all(folder)
            rest_until(SystemTime().monotonic() + 1)
            begun = np.array(card.begun()) / RATE
    return _told(instants, begun)


def _all(folder: Path) -> dict[str, list[datetime]]:
    """Start everything, one after another; give the instants that were meant."""
    made = tick(folder)
    found = {"soundcard, idle": _ours(made)}
    with _busy():
        found["soundcard, one core busy"] = _ours(made)
    for name, command in PROGRAMS.items():
        if shutil.which(name):
            found[name] = _each(lambda line=command: _run(line, made.path))
    if shutil.which("ffplay"):
        found["APScheduler, pyttsx3 and pydub"] = _script(made.path, folder / "spoken.wav")
    return found


def _ours(sound: Prepared) -> list[datetime]:
    async def go() -> list[datetime]:
        first = soon()
        instants = [first + timedelta(seconds=APART * number) for number in range(STARTS)]
        sink = {"driver": "soundcard", "device": "pulse"}
        ours = (PlayerSpeaker("bench", sink, SystemTime()) for _ in instants)
        await asyncio.gather(
            *(start(each, sound, at) for each, at in zip(ours, instants, strict=True))
        )
        return instants

    return asyncio.run(go())


def _each(play: Callable[[], object]) -> list[datetime]:
    """Call it at its instants, as a script with a timer would."""
    first = soon()
    instants = [first + timedelta(seconds=PEERS_APART * number) for number in range(PEERS)]
    for at in instants:
        ahead = (at - SystemTime().now()).total_seconds()
        rest_until(SystemTime().monotonic() + ahead)
        play()
    return instants


def _run(command: Sequence[str], path: Path) -> None:
    line = [word.format(file=path) for word in command]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _script(path: Path, spoken: Path) -> list[datetime]:
    first = soon().timestamp()
    arguments = [str(path), str(spoken), str(PEERS), str(first), str(PEERS_APART)]
    subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return [datetime.fromtimestamp(first + PEERS_APART * n, UTC) for n in range(PEERS)]


def _told(instants: dict[str, list[datetime]], begun: np.ndarray) -> list[Row]:
    """Give for each how late it began by the card's own clock, its constant latency apart."""
    meant = np.array([at.timestamp() for at in instants["soundcard, idle"]])
    zero = meant[0]
    ours = begun[: len(meant)]
    rate, origin = np.polyfit(meant - zero, ours, 1)
    origin += np.median(ours - (meant - zero) * rate - origin)
    found: list[Row] = []
    for name, wanted in instants.items():
        due = (np.array([at.timestamp() for at in wanted]) - zero) * rate + origin
        first = np.array([_first(begun, at) for at in due])
        late = (first - due)[np.isfinite(first)] * 1000
        if name.startswith("soundcard"):
            bound = 1.0 if name.endswith("idle") else 5.0
            spread = np.abs(late - np.median(late))
            found += [
                (f"{name}: heard of {len(wanted)} starts", len(late), "", None),
                (f"{name}: spread, 99 of 100 within", np.percentile(spread, 99), "ms", bound),
                (f"{name}: spread, worst", spread.max(), "ms", None),
            ]
        else:
            found += [
                (f"{name}: {len(late)} starts, median after ours", np.median(late), "ms", None),
                (f"{name}: worst", late.max(), "ms", None),
            ]
    return found


def _first(begun: np.ndarray, due: float) -> float:
    """Give when the sound began that was due at a time; NaN where none did."""
    near = begun[(begun > due - APART / 2) & (begun < due + PEERS_APART / 2)]
    return float(near[0]) if len(near) else np.nan


@contextlib.contextmanager
def _card(folder: Path) -> Iterator[Card]:
    card, before = Card(folder), dict(os.environ)
    os.environ |= card.environment
    card.plug()
    card.hurry()
    line = ["pacat", "--raw", f"--latency-msec={STEADY}"]
    with Path("/dev/zero").open("rb") as silence, subprocess.Popen(line, stdin=silence) as steady:
        try:
            yield card
        finally:
            steady.kill()
            card.unplug()
            os.environ.clear()
            os.environ.update(before)


@contextlib.contextmanager
def _busy() -> Iterator[None]:
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as hog:
        try:
            yield
        finally:
            hog.kill()
