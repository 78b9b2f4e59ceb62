"""LED boards: a thousand emulated ones kept by `broadcaster run`, and what one slogan takes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from broadcaster.clock import SimulatedTime, SystemTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import OnbonBx6
from broadcaster.domain.station import SignSpec
from broadcaster.playout.board import Board
from broadcaster.playout.sign_log import SignLog
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.pixels.font import render
from tests.bench.board_farm import BYTE
from tests.emulators.onbon_bx6 import Bx6Board
from tests.fakes.ledger import MemoryLedger
from tests.fakes.line import FakeLine

Row = tuple[str, float, str, float | None]
ROOT = Path(__file__).parents[2]
BOARDS = 1000
SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
NEXT = "Đổi mới sáng tạo toàn dân - Động lực phát triển quốc gia"
SPEC = SignSpec(id="cong", driver="onbon-bx6", width=128, height=16, settings=OnbonBx6())
FIXED, PAGE = 64, 30
"""Bytes of the smallest frame but its pixels: head, header, area, sum, tail; and of each page."""

SIGN = """[signs.b{number}]
driver = "onbon-bx6"
link = "serial://{port}"
address = {address}
width = 128
height = 16
"""
STATION = """format = 1
[station]
name = "Đài thử"
timezone = "UTC"
[zones.bang]
signs = [{names}]
"""
PLAYLIST = """format = 1
[campaign]
title = "Ngày hội"
from = {day}
until = {last}
[[led]]
id = "truoc"
between = ["00:00-24:00"]
zones = ["bang"]
slogans = ["{slogan}"]
[[led]]
id = "sau"
class = "priority"
between = ["{at:%H:%M}-23:59"]
zones = ["bang"]
slogans = ["{next}"]
"""


def rows() -> list[Row]:
    """Measure them all."""
    return [*_one(), *_many(BOARDS, 1), *_many(BOARDS // 25, 25)]


def _one() -> list[Row]:
    """Measure what one slogan takes, and an hour in which nothing changes."""
    wanted = SignContent((ShownSlogan(SLOGAN, "scroll-left", 8.0),))
    time_ = SimulatedTime(datetime(2025, 9, 22, 6, tzinfo=UTC))
    line = FakeLine(time_, Bx6Board())
    sign = LineSign(SPEC, driver(SPEC), line, UTC, time_)
    (area,) = [say for say in sign.says(wanted, None, time_.now()) if say.size > 200]
    pages = -(-render(SLOGAN).width // SPEC.width)
    smallest = FIXED + pages * (PAGE + SPEC.width * SPEC.height // 8)
    board = Board(sign, SignLog(MemoryLedger(), time_), time_)

    async def hour() -> None:
        board.want(wanted)
        await time_.sleep(60)
        line.writes.clear()
        await time_.sleep(3600)
        await board.close()

    time_.run(hour())
    times = [at for at, _ in line.writes]
    bursts = 1 + sum(later - at > 10 for at, later in pairwise(times))
    return [
        ("a slogan on BX-6: bytes, to the smallest frame", area.size / smallest, "x", 1.1),
        ("an hour of unchanged content: times that anything was sent", bursts, "", 12),
        ("the same: bytes", len(line.data), "B", None),
    ]


def _many(lines: int, each: int) -> list[Row]:
    """Have all boards change at one instant."""
    at = SystemTime().now().replace(second=0, microsecond=0) + timedelta(minutes=2)
    with _farm(lines, each) as farm, tempfile.TemporaryDirectory() as folder:
        bare = _memory(_station(Path(folder) / "bare", [], 1, at), seconds=8)
        station = _station(Path(folder) / "many", farm.ports, each, at)
        with _daemon(station) as daemon:
            _rest((at - SystemTime().now()).total_seconds() - 10)
            before = farm.report()
            _rest(10 + each * 1.5 + 10)
            after, memory = farm.report(), _rss(daemon.pid)
    name = f"{lines * each:,} boards on {lines:,} lines"
    held = [one for line in after for one in line["held"]]
    frames = [frame for line in after for frame in line["frames"]]
    begun, ended = min(frame[0] for frame in frames), max(frame[1] for frame in frames)
    own = max(sum(frame[2] for frame in line["frames"]) for line in after) * BYTE
    idle = 1 - min(map(_use, after))
    first = sorted(line["frames"][0][1] - at.timestamp() for line in after)
    converged = sum(one == held[0] != "" for one in held)
    assert sum(len(one) for line in before for one in line["held"]), (
        "no board held the first slogan"
    )
    return [
        (f"{name}: boards that hold the new slogan", converged, "", None),
        (f"{name}: seconds to converge, to the line's own", (ended - begun) / own, "x", 1.5),
        (f"{name}: line idle while sending", idle * 100, "%", 5),
        (f"{name}: first board of a line, earliest after its instant", first[0], "s", None),
        (f"{name}: the same, latest", first[-1], "s", 1.0),
        (f"{name}: memory over the daemon's own", memory - bare, "MB", 60),
    ]


def _use(line: dict[str, Any]) -> float:
    """Give how much of the time from its first byte to its last answer a line was in use."""
    frames, answered = line["frames"], line["answered"] * BYTE
    sent = sum(frame[2] for frame in frames) * BYTE
    return (sent + answered) / (frames[-1][1] - frames[0][0] + answered / len(frames))


def _station(folder: Path, ports: list[str], each: int, at: datetime) -> Path:
    (folder / "playlists").mkdir(parents=True)
    (folder / "scripts").mkdir()
    signs = [(port, address + 1) for port in ports for address in range(each)]
    names = ", ".join(f'"b{number}"' for number in range(len(signs)))
    told = [
        SIGN.format(number=number, port=port, address=address)
        for number, (port, address) in enumerate(signs)
    ]
    (folder / "devices.toml").write_text(STATION.format(names=names) + "".join(told))
    playlist = PLAYLIST.format(
        day=at.date(), last=at.date() + timedelta(days=1), at=at, slogan=SLOGAN, next=NEXT
    )
    if signs:
        (folder / "playlists" / "ngay-hoi.toml").write_text(playlist)
    return folder


class _Farm:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert process.stdout is not None
        self.ports: list[str] = json.loads(process.stdout.readline())

    def report(self) -> list[dict[str, Any]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("?\n")
        self._process.stdin.flush()
        found: list[dict[str, Any]] = json.loads(self._process.stdout.readline())
        return found


@contextmanager
def _farm(lines: int, each: int) -> Iterator[_Farm]:
    command = [sys.executable, "-m", "tests.bench.board_farm", str(lines), str(each)]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            yield _Farm(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()


@contextmanager
def _daemon(station: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "broadcaster", "--station", str(station), "run"]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"LANGUAGE": "en"}, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)


def _memory(station: Path, seconds: float) -> float:
    with _daemon(station) as process:
        _rest(seconds)
        return _rss(process.pid)


def _rss(process: int) -> float:
    """Give the most memory that a process had, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def _rest(seconds: float) -> None:
    subprocess.run(["sleep", str(max(0.0, seconds))], check=True)


if __name__ == "__main__":
    for row in rows():
        print(*row)
