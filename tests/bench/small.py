"""What an idle station takes: `broadcaster run` with 50 emulated boards and 10 loudspeakers.

`python -m tests.bench.small MINUTES` watches it for longer than the table does. Memory is VmRSS, in
which the pages of libraries that other processes use as well are counted.
"""

from __future__ import annotations

import compileall
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from broadcaster.clock import SystemTime
from tests.bench.boards import ROOT, SIGN, SLOGAN, _farm, _rest

Row = tuple[str, float, str, float | None]
LINES, EACH, SPEAKERS = 10, 5, 10
STARTS = 7
"""Of which the median counts."""
SETTLED = 120.0
"""Seconds in which the boards have their slogans, what airs next is rendered, and each loudspeaker
has been checked by a player process."""
MINUTES = 2.0
TICKS = os.sysconf("SC_CLK_TCK")
RESTART = 1.0
"""Seconds that systemd waits: RestartSec in the unit."""

STATION = """format = 1
[station]
name = "Đài thử"
timezone = "Asia/Ho_Chi_Minh"
[airtime]
allowed = ["00:00-24:00"]
[zones.phuong]
speakers = [{speakers}]
[zones.bang]
signs = [{signs}]
"""
SPEAKER = """[speakers.l{number}]
driver = "multicast"
address = "239.255.77.{number}:5004"
"""
PLAYLIST = """format = 1
[campaign]
title = "Ngày hội"
[[radio]]
id = "ban-tin"
at = ["{at:%H:%M}"]
zones = ["phuong"]
items = [{{ chime = "default" }}, {{ pause = "20s" }}]
[[led]]
id = "khau-hieu"
between = ["00:00-24:00"]
zones = ["bang"]
slogans = ["{slogan}"]
"""


def rows(minutes: float = MINUTES) -> list[Row]:
    """Measure the shipped station's start, and all of the larger one."""
    # As `make setup` leaves it, whatever was edited since.
    compileall.compile_dir(ROOT / "broadcaster", quiet=1)
    with tempfile.TemporaryDirectory() as folder, _farm(LINES, EACH) as farm:
        shipped, large = _shipped(Path(folder)), _large(Path(folder) / "large", farm.ports)
        first = _first(Path(folder) / "first")
        name = f"{LINES * EACH} boards, {SPEAKERS} loudspeakers"
        return [
            ("run: ready, the shipped station", _ready(shipped), "s", 1),
            (f"run: ready, {name}", _ready(large), "s", 1),
            *_idle(name, large, minutes),
            *_idle("a station as `init` makes it", first, minutes),
        ]


def _shipped(folder: Path) -> Path:
    station = folder / "shipped"
    station.mkdir()
    shutil.copy(ROOT / "devices.toml", station)
    for name in ("scripts", "playlists"):
        shutil.copytree(ROOT / name, station / name)
    return station


def _first(folder: Path) -> Path:
    """Make a station whose board is a folder of pictures."""
    _broadcaster("init", str(folder))
    return folder


def _large(folder: Path, ports: list[str]) -> Path:
    for name in ("playlists", "scripts"):
        (folder / name).mkdir(parents=True)
    signs = [(port, address + 1) for port in ports for address in range(EACH)]
    text = STATION.format(
        speakers=", ".join(f'"l{number}"' for number in range(SPEAKERS)),
        signs=", ".join(f'"b{number}"' for number in range(len(signs))),
    )
    text += "".join(SPEAKER.format(number=number) for number in range(SPEAKERS))
    for number, (port, address) in enumerate(signs):
        text += SIGN.format(number=number, port=port, address=address)
    (folder / "devices.toml").write_text(text, encoding="utf-8")
    # In the hour before a broadcast its loudspeakers are checked by players: no idle station.
    at = SystemTime().now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh")) + timedelta(hours=12)
    playlist = PLAYLIST.format(slogan=SLOGAN, at=at)
    (folder / "playlists" / "ngay-hoi.toml").write_text(playlist, encoding="utf-8")
    _broadcaster("--station", str(folder), "check")
    return folder


def _broadcaster(*arguments: str) -> None:
    command = [sys.executable, "-m", "broadcaster", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)


@contextmanager
def _running(station: Path) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """Run a daemon; give it once it says that it is ready, and the seconds from exec to then."""
    time, address = SystemTime(), f"bench-{os.getpid()}-{station.name}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
        end.bind(f"\0{address}")
        end.settimeout(60)
        env = os.environ | {"NOTIFY_SOCKET": f"@{address}", "LANGUAGE": "vi"}
        begun = time.monotonic()
        command = [sys.executable, "-m", "broadcaster", "--station", str(station), "run"]
        with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL) as process:
            try:
                assert end.recv(4096).startswith(b"READY=1")
                yield process, time.monotonic() - begun
            finally:
                process.send_signal(signal.SIGTERM)


def _ready(station: Path) -> float:
    taken = []
    for _ in range(STARTS):
        with _running(station) as (_, seconds):
            taken.append(seconds)
    return statistics.median(taken)


def _idle(name: str, station: Path, minutes: float) -> list[Row]:
    with _running(station) as (process, _):
        _rest(SETTLED)
        used, written = _used(process.pid), _written(process.pid)
        _rest(60 * minutes)
        used, written = _used(process.pid) - used, _written(process.pid) - written
        own, all_ = _rss(process.pid), sum(map(_pss, _family(process.pid)))
        process.kill()
    with _running(station) as (_, again):
        pass
    return [
        (f"idle, {name}: memory", own, "MB", 40),
        (f"idle, {name}: with what it has started, shared once", all_, "MB", None),
        (f"idle, {name}: processor, a minute", used / minutes, "s", 0.05),
        (f"idle, {name}: bytes for the disk, a minute", written / minutes, "B", None),
        (f"{name}: ready again after kill -9 and systemd's second", RESTART + again, "s", 3),
    ]


def _family(process: int) -> list[int]:
    """Give a process and all that descend from it."""
    found = [process]
    for each in found:
        for task in Path(f"/proc/{each}/task").iterdir():
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    return found


def _used(process: int) -> float:
    """Give the processor's seconds of a process and of those of its children that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def _written(process: int) -> int:
    text = Path(f"/proc/{process}/io").read_text(encoding="ascii")
    (line,) = [line for line in text.splitlines() if line.startswith("write_bytes")]
    return int(line.split()[1])


def _rss(process: int) -> float:
    return _kept(Path(f"/proc/{process}/status"), "VmRSS")


def _pss(process: int) -> float:
    return _kept(Path(f"/proc/{process}/smaps_rollup"), "Pss")


def _kept(file: Path, key: str) -> float:
    lines = file.read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line.startswith(f"{key}:")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    for row in rows(*map(float, sys.argv[1:])):
        print(*row)
