"""How soon an urgent announcement sounds: from the order to the first sample that comes out.

A daemon of its own for each kind of loudspeaker, ordered through its API. `python -m
tests.bench.urgent KIND` measures one kind alone.
"""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from broadcaster.clock import SystemTime, rest_until
from broadcaster.control.client import Client
from tests.bench.ears import Ear, LedgerEar, PacketEar, card
from tests.speakers.card import MISSING

Row = tuple[str, float, str, float | None]
TIME = SystemTime()
TRIALS = 5
RENDERED, SPOKEN = 0.3, 2.0
"""Seconds that it may take where its sound is there, and where espeak-ng has to speak it."""
SETTLED = 1.5
"""Seconds between two: what was cut sounds again."""
HEARD = 0.3
"""Seconds that each is heard."""
PORT = 5006
MANY = 10
GROUPS = [f"239.255.78.{number}" for number in range(1, MANY + 1)]
TEXT = (
    "Thông báo khẩn số {number}. Nước sông đang lên nhanh. Đề nghị bà con tổ 5 và tổ 6 "
    "khẩn trương sơ tán người và tài sản đến trường tiểu học, và theo dõi các thông báo tiếp theo."
)

STATION = """format = 1
[station]
name = "Đài thử"
timezone = "Asia/Ho_Chi_Minh"
[airtime]
allowed = ["00:00-24:00"]
minutes_per_day = 1000
[voice]
engines = ["espeak"]
[zones.phuong]
speakers = [{names}]
"""
SPEAKER = """[speakers.{name}]
{driver}
"""
PLAYLIST = """format = 1
[campaign]
title = "Ngày hội"
[[radio]]
id = "dang-phat"
at = ["{at}"]
late = "join"
zones = ["phuong"]
items = [{{ chime = "default" }}, {{ pause = "30m" }}]
"""
MULTICAST = 'driver = "multicast"\naddress = "{group}:{port}"\ninterface = "127.0.0.1"'
SPEAKERS = {
    "file": ['driver = "file"'],
    "multicast": [MULTICAST.format(group=GROUPS[0], port=PORT)],
    "sound card": ['driver = "soundcard"\ndevice = "pulse"'],
    f"{MANY} multicasts": [MULTICAST.format(group=group, port=PORT) for group in GROUPS],
}


def rows(kinds: tuple[str, ...] = tuple(SPEAKERS)) -> list[Row]:
    """Measure every kind of loudspeaker that there is here, silent and in use."""
    here = [kind for kind in kinds if kind != "sound card" or not MISSING]
    return [row for kind in here for sounding in (False, True) for row in _kind(kind, sounding)]


def _kind(kind: str, sounding: bool) -> Iterator[Row]:  # noqa: FBT001 - one of two
    with tempfile.TemporaryDirectory() as folder:
        station = _station(Path(folder) / "station", kind, sounding)
        with _ear(kind, Path(folder), station) as ear, _running(station, sounding) as client:
            texts = [TEXT.format(number=number) for number in range(TRIALS)]
            taken = {
                # What was spoken once is there afterwards.
                ("spoken", SPOKEN): [_ordered(client, text, ear) for text in texts],
                ("rendered", RENDERED): [_ordered(client, text, ear) for text in texts],
            }
    for (how, bound), seconds in taken.items():
        head = f"urgent, {kind}, {'cutting in' if sounding else 'in silence'}, {how}"
        yield f"{head}: median", statistics.median(seconds), "s", bound
        yield f"{head}: worst of {TRIALS}", max(seconds), "s", bound


def _station(folder: Path, kind: str, sounding: bool) -> Path:  # noqa: FBT001
    for name in ("playlists", "scripts"):
        (folder / name).mkdir(parents=True)
    drivers = {f"loa-{number}": driver for number, driver in enumerate(SPEAKERS[kind])}
    text = STATION.format(names=", ".join(f'"{name}"' for name in drivers))
    text += "".join(SPEAKER.format(name=name, driver=each) for name, each in drivers.items())
    (folder / "devices.toml").write_text(text, encoding="utf-8")
    if sounding:
        now = TIME.now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
        playlist = PLAYLIST.format(at=f"{now:%H:%M}")
        (folder / "playlists" / "ngay-hoi.toml").write_text(playlist, encoding="utf-8")
    return folder


@contextmanager
def _ear(kind: str, folder: Path, station: Path) -> Iterator[Ear]:
    if kind == "sound card":
        with card(folder) as ear:
            yield ear
    elif kind == "file":
        yield LedgerEar(station)
    else:
        yield PacketEar(GROUPS[: len(SPEAKERS[kind])], PORT)


@contextmanager
def _running(station: Path, sounding: bool) -> Iterator[Client]:  # noqa: FBT001
    """Run a daemon; give it once it is ready, and sounds what is to be cut."""
    address = f"bench-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
        end.bind(f"\0{address}")
        end.settimeout(60)
        env = os.environ | {"NOTIFY_SOCKET": f"@{address}", "LANGUAGE": "en"}
        command = [sys.executable, "-m", "broadcaster", "--station", str(station), "run"]
        with subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL) as process:
            try:
                assert end.recv(4096).startswith(b"READY=1")
                client = Client(station)
                while sounding and not _sounds(client):
                    rest_until(TIME.monotonic() + 0.1)
                yield client
            finally:
                process.send_signal(signal.SIGTERM)


def _sounds(client: Client) -> bool:
    return any(each["started"] for each in client.read("/v1/status")["on_air"])


def _ordered(client: Client, text: str, ear: Ear) -> float:
    """Order one, and give the seconds until it is heard; then silence it."""
    rest_until(TIME.monotonic() + SETTLED)
    ear.listen()
    begun = TIME.monotonic()
    client.act("/v1/interrupt", text=text, zones=["phuong"])
    taken = ear.heard() - begun
    rest_until(TIME.monotonic() + HEARD)
    client.act("/v1/silence")
    return taken


if __name__ == "__main__":
    for row in rows(tuple(sys.argv[1:]) or tuple(SPEAKERS)):
        print(*row)
