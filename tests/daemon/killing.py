"""A real station under kill -9 in a loop: who kills, and what must hold of what is left."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from broadcaster.clock import SystemTime
from broadcaster.control.client import Client
from broadcaster.domain.record import Kind, Outcome, Record
from broadcaster.errors import DeviceError, Refusal
from broadcaster.ledger.chain import verify
from broadcaster.ledger.sqlite import SqliteLedger

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
PATIENCE = 120.0
LOOK_EVERY = 0.05
UNBORN, LIFE = 1.5, 8.0
"""Seconds within which a daemon is killed while it starts, and once it is ready: while it renders,
waits, sounds, ends."""
EACH = 15.0
"""Seconds that a life may take with its start, on a busy machine."""
ENDS = {Kind.FINISHED, Kind.MISSED, Kind.REFUSED}
DEVICES = """\
format = 1
[station]
name = "Đài thử"
timezone = "Asia/Ho_Chi_Minh"
[airtime]
allowed = ["00:00-24:00"]
[zones.phuong]
speakers = ["loa-1", "loa-2"]
[zones.to-1]
speakers = ["loa-1"]
[zones.to-2]
speakers = ["loa-2"]
[speakers.loa-1]
driver = "file"
[speakers.loa-2]
driver = "file"
"""
HEAD = """\
format = 1
[campaign]
title = "Thử"
"""
SLOT = """\
[[radio]]
id = "{id}"
at = [{at}]
late = "{late}"
zones = [{zones}]
items = [{{ chime = "default" }}, {{ pause = "{pause}s" }}]
"""
SLOTS = (
    ("mot", '"phuong"', 1),
    ("hai", '"to-1", "to-2"', 3),
    ("ba", '"phuong"', 4),
    ("bon", '"to-1"', 6),
)
"""The id, the zones and the seconds of silence after the chime of what is due every minute."""
LATE = "30s"


def station(folder: Path, kills: int) -> Path:
    """Make a station on which something sounds most of the time, for as long as it is killed."""
    for name in ("playlists", "scripts"):
        (folder / name).mkdir(parents=True)
    (folder / "devices.toml").write_text(DEVICES, encoding="utf-8")
    minutes = [now() + timedelta(minutes=n) for n in range(int(kills * EACH / 60) + 5)]
    at = ", ".join(sorted({f'"{minute:%H:%M}"' for minute in minutes}))
    slots = [SLOT.format(id=i, zones=z, pause=p, at=at, late=LATE) for i, z, p in SLOTS]
    (folder / "playlists" / "thu.toml").write_text(HEAD + "".join(slots), encoding="utf-8")
    return folder


def now() -> datetime:
    """Give the station's time."""
    return SystemTime().now().astimezone(TZ)


class Killer:
    """Kills a station's daemons, and keeps an eye on what they leave."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.begun = now()
        self.ordered: list[str] = []
        """Keys of announcements that were acknowledged."""
        self.kept: list[Record] = []
        self.wrong: list[str] = []
        self._chance = random.Random(seed)  # noqa: S311 - a test's dice
        self._heard: set[Path] = set()

    def kill(self) -> None:
        """Let a daemon live for a moment."""
        early = self._chance.random() < 0.2
        with self._daemon(ready=not early) as child:
            _rest(self._chance.uniform(0, UNBORN if early else LIFE))
            if self._chance.random() < 0.2:
                self._announce()
            child.kill()
        self._look()

    def end(self) -> None:
        """Let one live until all that was due before has its end, and end it in good order."""
        last = now()
        with self._daemon(ready=True) as child:
            _wait(lambda: self._records() and not self._open(last))
            child.send_signal(signal.SIGTERM)
            assert child.wait() == 0
        self._look()
        self.wrong += self._judged(last)

    @contextlib.contextmanager
    def _daemon(self, *, ready: bool) -> Iterator[subprocess.Popen[bytes]]:
        """Run one; where it is to be ready, wait until it says so as to systemd."""
        command = [sys.executable, "-m", "broadcaster", "--station", str(self.folder), "run"]
        address = str(self.folder / "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
            end.bind(address)
            end.settimeout(PATIENCE)
            env = os.environ | {"NOTIFY_SOCKET": address}
            with subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL) as child:
                try:
                    if ready:
                        assert end.recv(4096).startswith(b"READY=1")
                    yield child
                finally:
                    child.kill()
        Path(address).unlink()

    def _announce(self) -> None:
        with contextlib.suppress(DeviceError, Refusal):  # nobody is there yet
            told = Client(self.folder).act("/v1/interrupt", text="Khẩn.", zones=["to-1"])
            self.ordered += told["keys"]

    def _records(self) -> list[Record]:
        try:
            ledger = SqliteLedger(self.folder / "var" / "ledger.sqlite", read_only=True)
        except DeviceError:
            return []
        with contextlib.closing(ledger):
            return list(ledger.records())

    def _look(self) -> None:
        """See that nothing was lost, and no programme left on the disk a second time."""
        before, self.kept = self.kept, self._records()
        if self.kept[: len(before)] != before:
            self.wrong.append("records were lost")
        if (broken := verify(self.kept)) is not None:
            self.wrong.append(f"the chain is broken at {broken}")
        for file in (self.folder / "var" / "audio").glob("*/*.flac"):
            if file in self._heard:
                self.wrong.append(f"{file.name} sounded again")
            self._heard.add(file)
            file.unlink()

    def _open(self, last: datetime) -> set[str]:
        ends = {record.key for record in self._records() if record.kind in ENDS}
        return set(self._due(last)) - ends

    def _due(self, last: datetime) -> Iterator[str]:
        """Give what was due while it was killed."""
        minute = self.begun.replace(second=0, microsecond=0) + timedelta(minutes=1)
        while minute < last:
            start = minute.isoformat(timespec="minutes")
            for name, zones, _ in SLOTS:
                for zone in zones.replace('"', "").split(", "):
                    yield f"thu/{name}/{start}/{zone}"
            minute += timedelta(minutes=1)
        yield from self.ordered

    def _judged(self, last: datetime) -> Iterator[str]:
        """Judge the whole by its ledger."""
        by: dict[str, Counter[str]] = defaultdict(Counter)
        for record in self.kept:
            by[record.kind][record.key] += 1
            aired = record.data.get("outcome") == Outcome.AIRED
            if record.kind in ENDS and not (aired or record.data["reason"]):
                yield f"{record.key}: no reason"
        ends = by[Kind.FINISHED] + by[Kind.MISSED] + by[Kind.REFUSED]
        yield from (f"{key}: has {ends[key]} ends" for key in self._due(last) if ends[key] != 1)
        for key, times in by[Kind.AUDIBLE].items():
            if times > 1 + by[Kind.CUT][key]:
                yield f"{key}: sounded {times} times"


def _rest(seconds: float) -> None:
    threading.Event().wait(seconds)


def _wait(until: Callable[[], bool]) -> None:
    time = SystemTime()
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end, "it never came"
        _rest(LOOK_EVERY)
