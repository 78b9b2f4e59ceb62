"""A daemon that sounds is flooded through its door: what is heard is what it sent, every sample."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from broadcaster.clock import SystemTime
from broadcaster.domain.record import AsRun
from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.planning.asrun import fold
from broadcaster.wiring.place import ledger_path
from tests.control.house import Caller, everything, parsed
from tests.speakers.card import LOUD, MISSING, RATE, Card
from tests.stations import loudspeaker

PATIENCE = 120.0
CROWD = 1_000
HUGE = 100_000_000
PIECE = b" " * 1_000_000
TEXT = "Mời bà con ra nhà văn hóa tổ dân phố để nghe phổ biến phương án phòng, chống bão. " * 10
"""Nearly a minute."""
ROUNDED = 2
"""Of 32767: what the card's way from 16 bits to 16 bits may change a sample by."""

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(bool(MISSING), reason=f"no {', '.join(MISSING)} here"),
]


@pytest.fixture
def card(tmp_path: Path) -> Iterator[Card]:
    card = Card(tmp_path)
    card.plug()
    card.hurry()
    yield card
    card.unplug()


@pytest.fixture
def station(tmp_path: Path) -> Path:
    """Make a station whose socket's path is too long: it is asked on a port, and by a token."""
    folder = tmp_path / ("dài" * 30)
    for name in ("playlists", "scripts"):
        (folder / name).mkdir(parents=True)
    text = loudspeaker(allowed="05:00-07:30", driver='"soundcard"', device='"pulse"')
    (folder / "devices.toml").write_text(text, encoding="utf-8")
    return folder


def test_nothing_is_missing_from_what_sounds_while_the_door_is_flooded(
    station: Path, card: Card
) -> None:
    command = [sys.executable, "-m", "broadcaster", "--station", str(station)]
    env = os.environ | card.environment
    with subprocess.Popen([*command, "run"], env=env, stderr=subprocess.DEVNULL) as daemon:
        try:
            until(lambda: Caller(station).token())
            interrupt = [*command, "interrupt", TEXT, "--zone", "phuong"]
            assert subprocess.run(interrupt, env=env, check=False).returncode == 0
            flood = Flood(Caller(station))
            flood.last(lambda: run_of(station).outcome)
            status = [*command, "status"]
            assert subprocess.run(status, env=env, check=False, capture_output=True).returncode == 0
        finally:
            daemon.terminate()
    run = run_of(station)
    assert (run.outcome, run.reason) == ("aired", "")
    assert flood.answers.keys() == {"busy", "no-token", "too-large"}
    sent = samples(next((station / "var").rglob("*.flac")))
    assert len(sent) / RATE > 30
    assert lost(card.recorded(), sent) == 0
    print(f"{len(sent) / RATE:.1f} s of sound, refused meanwhile: {dict(flood.answers)}")


class Flood:
    """Crowds, huge bodies and wrong tokens, again and again; counts what they are answered."""

    def __init__(self, caller: Caller) -> None:
        self.answers = Counter[str]()
        self._caller = caller
        self._ended = threading.Event()

    def last(self, over: Callable[[], object]) -> None:
        """Go on until something is so."""
        acts = self.crowd, self.huge, self.foreign
        threads = [threading.Thread(target=self._again, args=[act]) for act in acts]
        for each in threads:
            each.start()
        try:
            until(over)
        finally:
            self._ended.set()
            for each in threads:
                each.join(PATIENCE)

    def crowd(self) -> None:
        with contextlib.ExitStack() as stack:
            come = [stack.enter_context(self._caller.connect()) for _ in range(CROWD)]
            for each in come[: CROWD // 2]:
                self._count(each)

    def huge(self) -> None:
        with self._caller.connect() as to:
            to.sendall(self._caller.head("POST", "/v1/silence", f"Content-Length: {HUGE}"))
            with contextlib.suppress(ConnectionError):
                for _ in range(HUGE // len(PIECE)):
                    to.sendall(PIECE)
            self._count(to)

    def foreign(self) -> None:
        with self._caller.connect() as to:
            right = self._caller.head("POST", "/v1/stop", "Content-Length: 0")
            to.sendall(right.replace(self._caller.token().encode(), b"x" * 43))
            self._count(to)

    def _count(self, by: socket.socket) -> None:
        # Who sends on after a refusal may be cut off before it reads that.
        if answer := everything(by):
            self.answers[parsed(answer)[1]["error"]["code"]] += 1

    def _again(self, act: Callable[[], None]) -> None:
        while not self._ended.is_set():
            with contextlib.suppress(ConnectionError):
                act()


def until(so: Callable[[], object]) -> None:
    time, never = SystemTime(), threading.Event()
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, "it never came"
        never.wait(0.2)


def run_of(station: Path) -> AsRun:
    ledger = SqliteLedger(ledger_path(station), read_only=True)
    try:
        (run,) = fold(ledger.records()).values()
    finally:
        ledger.close()
    return run


def samples(file: Path) -> np.ndarray:
    """Give the 16-bit samples of a programme."""
    with av.open(str(file)) as opened:
        return np.concatenate([each.to_ndarray().reshape(-1) for each in opened.decode(audio=0)])


def lost(heard: np.ndarray, sent: np.ndarray) -> int:
    """Count the samples that aren't where they belong, from the first loud one on."""
    first, due = (int(np.flatnonzero(np.abs(each.astype(int)) > LOUD)[0]) for each in (heard, sent))
    there = heard[first:][: len(sent) - due].astype(int)
    wrong = np.abs(there - sent[due:][: len(there)]) > ROUNDED
    return int(np.count_nonzero(wrong)) + len(sent) - due - len(there)
