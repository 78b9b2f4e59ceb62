"""Relays in the daemon's hands: tried ahead, and received from a real server by a real daemon."""

from __future__ import annotations

import http.client
import signal
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SystemTime
from broadcaster.domain.campaign import Chime, Item, Relay
from tests.daemon.test_live import DEVICES, daemon, records, wait
from tests.daemon.world import World, at, slot, station
from tests.relays.station import BYTES_A_SECOND, TONE
from tests.speakers.icecast import MISSING, PASSWORD, Server

RELAY = Relay("https://dai.example/phat", 60.0)
STEP = 0.05
PLAYLIST = """\
format = 1
[campaign]
title = "Tiếp sóng"
[[radio]]
id = "tinh"
at = ["{at}"]
late = "30m"
zones = ["phuong"]
items = [{{ relay = "{url}", for = "12s" }}]
"""


@pytest.mark.parametrize(("items", "ahead"), [((RELAY,), 12), ((Chime(), RELAY), 3)])
def test_a_stream_that_begins_an_airing_is_tried_before_it_is_due(
    items: tuple[Item, ...], ahead: int
) -> None:
    relayed = replace(slot("tinh", "05:30"), items=items)
    world = World(station([relayed]), at("05:00"))
    world.run(at("06:00"))
    (intent,) = (each for each in world.ledger.records() if each.kind == "intent")
    assert at("05:30") - intent.at == timedelta(seconds=ahead)
    assert world.heard() == ["22 05:30:00 tinh"]


@contextmanager
def broadcast(server: Server, mount: str) -> Iterator[None]:
    """Be the source of a stream on an Icecast server."""
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    key = b64encode(f"source:{PASSWORD}".encode()).decode()
    over, time = threading.Event(), SystemTime()

    def sound() -> Iterator[bytes]:
        begun, sent = time.monotonic(), 0
        while not over.wait(STEP):
            due = round((time.monotonic() - begun) * BYTES_A_SECOND)
            yield TONE[sent % len(TONE) : sent % len(TONE) + due - sent]
            sent = due

    def put() -> None:
        line.request(
            "PUT", mount, body=sound(),
            headers={"Authorization": f"Basic {key}", "Content-Type": "audio/mpeg"},
        )  # fmt: skip

    source = threading.Thread(target=put)
    source.start()
    try:
        yield
    finally:
        over.set()
        source.join()
        line.close()


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {MISSING}")
def test_the_daemon_relays_a_stream_of_icecast_and_leaves_no_spool(tmp_path: Path) -> None:
    server, folder = Server(tmp_path / "icecast"), tmp_path / "station"
    now = SystemTime().now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    for name in ("playlists", "scripts", "var/relays"):
        (folder / name).mkdir(parents=True)
    (folder / "devices.toml").write_text(DEVICES)
    playlist = PLAYLIST.format(at=f"{now:%H:%M}", url=server.url("/dai.mp3"))
    (folder / "playlists" / "tiep-song.toml").write_text(playlist)
    (folder / "var" / "relays" / "99.pcm").write_bytes(bytes(96_000))
    server.start()
    try:
        with broadcast(server, "/dai.mp3"), daemon(folder) as running:
            wait(lambda: bool(finished(folder)))
            running.send_signal(signal.SIGTERM)
            assert running.wait() == 0
    finally:
        server.kill()
    (end,) = finished(folder)
    (relayed,) = end["relays"]
    assert relayed["heard"][-1]["what"] == "stream"
    assert relayed["heard"][-1]["until"] == 12.0
    assert list((folder / "var" / "relays").iterdir()) == []


def finished(folder: Path) -> list[dict[str, Any]]:
    return [dict(record.data) for record in records(folder) if record.kind == "finished"]
