"""The real daemon with a real loudspeaker driver, and an amplifier that it must not leave on."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SystemTime
from tests.daemon.test_live import PLAYLIST, daemon, kinds, records, wait
from tests.emulators.port import Port
from tests.emulators.server import SerialServer
from tests.stations import loudspeaker

ON, OFF = bytes.fromhex("A0 01 01 A2"), bytes.fromhex("A0 01 00 A1")


def station(folder: Path, amplifier: str) -> Path:
    """Make a station whose one broadcast is due this very minute."""
    now = SystemTime().now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    for name in ("playlists", "scripts"):
        (folder / name).mkdir()
    devices = loudspeaker(
        allowed="00:00-24:00", driver='"multicast"', address='"239.255.77.9:5004"',
        interface='"127.0.0.1"', amplifier=f'{{ {amplifier}, warm_up = "1s" }}',
    )  # fmt: skip
    (folder / "devices.toml").write_text(devices)
    playlist = PLAYLIST.format(at=f"{now:%H:%M}").replace("4s", "1s")
    (folder / "playlists" / "thu.toml").write_text(playlist)
    return folder


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Port]:
    """Make a relay board, as /dev/serial/by-id names it."""
    board = Port(tmp_path)
    yield board
    board.unplug()


def with_board(folder: Path, board: Port) -> Path:
    link = f'link = "serial://{board.path}"'
    return station(folder, f'{link}, on = "A0 01 01 A2", off = "A0 01 00 A1"')


def test_it_is_on_while_it_sounds(tmp_path: Path, board: Port) -> None:
    folder = with_board(tmp_path, board)
    playlist = folder / "playlists" / "thu.toml"
    rest = ', { pause = "1s" }, { chime = "closing" }'
    playlist.write_text(playlist.read_text().replace(rest, ""))
    with daemon(folder) as child:
        assert board.read(4) == OFF
        assert "intent" not in kinds(folder)
        assert board.read(4) == ON
        assert "intent" in kinds(folder)
        wait(lambda: "finished" in kinds(folder))
        assert board.read(4) == OFF
        child.send_signal(signal.SIGTERM)
        assert child.wait() == 0
        assert board.read(4) == OFF
    (end,) = (record for record in records(folder) if record.kind == "finished")
    assert end.data["outcome"] in {"aired", "late"}


def test_killed_while_it_sounds_it_is_released_by_who_outlives_the_daemon(
    tmp_path: Path, board: Port
) -> None:
    folder = with_board(tmp_path, board)
    with daemon(folder) as child:
        assert board.read(8) == OFF + ON
        wait(lambda: "audible" in kinds(folder))
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert board.read(4) == OFF
    with daemon(folder):
        assert board.read(4) == OFF
        wait(lambda: "finished" in kinds(folder))
    (end,) = (record for record in records(folder) if record.kind == "finished")
    assert end.data["outcome"] == "partial"


def test_killed_while_it_warms_up_it_is_released_too(tmp_path: Path, board: Port) -> None:
    folder = with_board(tmp_path, board)
    with daemon(folder) as child:
        assert board.read(8) == OFF + ON
        child.send_signal(signal.SIGKILL)
        assert board.read(4) == OFF


def test_stopped_while_it_sounds_it_is_released(tmp_path: Path, board: Port) -> None:
    folder = with_board(tmp_path, board)
    with daemon(folder) as child:
        assert board.read(8) == OFF + ON
        wait(lambda: "audible" in kinds(folder))
        child.send_signal(signal.SIGTERM)
        assert child.wait() == 0
        assert board.read(4) == OFF


def test_killed_it_lowers_the_line_of_a_serial_server(tmp_path: Path) -> None:
    server = SerialServer()
    folder = station(tmp_path, f'link = "rfc2217://127.0.0.1:{server.port}", line = "rts"')
    with daemon(folder) as child:
        wait(lambda: "audible" in kinds(folder))
        assert server.high() == {"rts"}
        child.send_signal(signal.SIGKILL)
        wait(lambda: server.high() == set())
    server.unplug()
