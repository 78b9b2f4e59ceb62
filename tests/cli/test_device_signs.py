"""`device test` and `device scan` of signs, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SystemTime
from broadcaster.wiring.place import alone
from tests.cli.plan_desk import DEVICES, make
from tests.emulators.alpha import AlphaBoard
from tests.emulators.board import Board
from tests.emulators.c_power import CPowerBoard
from tests.emulators.jetfile import JetFileBoard
from tests.emulators.onbon_bx5 import OnbonBx5Board
from tests.emulators.onbon_bx6 import Bx6Board
from tests.emulators.port import Port
from tests.emulators.served import ServedPort, ServedSocket


@pytest.fixture
def station(tmp_path: Path) -> Path:
    folder = tmp_path / "station"
    folder.mkdir()
    return make(folder)


def really(station: Path, *words: str) -> Result:
    """Call `broadcaster` in real time."""
    return CliRunner().invoke(main, words, obj=App(station, SystemTime()))


def pictures(station: Path) -> list[Path]:
    return sorted((station / "var").rglob("*.png"), key=lambda path: path.stat().st_mtime_ns)


def test_a_sign_shows_the_pattern_and_is_given_back_what_it_is_to_hold(station: Path) -> None:
    done = really(station, "device", "test", "cong", "--seconds", "0")
    assert (done.stderr, done.exit_code) == (
        "cong: the test pattern, 128x16, for 0 s\ncong: acknowledged\n",
        0,
    )
    pattern, after = pictures(station)
    with Image.open(pattern) as image:
        # The border, one LED in three pixels, from corner to corner.
        border = range(3 * 5, 3 * 123, 3)
        assert all(image.convert("L").getpixel((x, 0)) > 60 for x in border)
    with Image.open(after) as image:
        assert max(image.convert("L").tobytes()) < 100


def test_a_dry_run_sends_nothing(station: Path) -> None:
    dry = really(station, "device", "test", "cong", "--dry-run")
    assert (dry.stderr, dry.exit_code) == ("cong: the test pattern, 128x16, for 60 s\n", 0)
    assert pictures(station) == []


def test_a_test_is_refused_while_the_daemon_has_the_sign(station: Path) -> None:
    (station / "var").mkdir(exist_ok=True)
    with alone(station):
        refused = really(station, "device", "test", "cong")
    assert refused.exit_code == 1
    assert pictures(station) == []


def test_a_port_that_is_a_device_of_the_station_is_left_alone(
    station: Path, tmp_path: Path
) -> None:
    port = Port(tmp_path)
    link = f"serial://{port.path}"
    sign = f'driver = "alpha"\nlink = "{link}"\n'
    (station / "devices.toml").write_text(DEVICES.replace('driver = "virtual"\n', sign))
    told = really(station, "device", "scan", link)
    assert (told.stdout, told.exit_code) == (f"{link}    is cong in devices.toml\n", 0)
    assert not port.said()
    port.unplug()


def test_a_dry_scan_asks_nothing(station: Path, tmp_path: Path) -> None:
    port = Port(tmp_path)
    dry = really(station, "device", "scan", f"serial://{port.path}", "--dry-run", "--json")
    assert json.loads(dry.stdout) == {
        "link": f"serial://{port.path}",
        "description": "",
        "used_by": [],
        "driver": None,
        "baud": None,
        "told": "",
        "fault": "",
    }
    assert not port.said()
    port.unplug()


def test_a_link_that_is_none_is_named(station: Path) -> None:
    wrong = really(station, "device", "scan", "tty0")
    assert wrong.exit_code == 2
    assert '"tty0" must begin with serial://, socket:// or rfc2217://' in wrong.stderr


@pytest.mark.parametrize(
    ("board", "told"),
    [
        (Bx6Board(), "onbon-bx6 at 9600 baud: an Onbon BX-6E1, address 1, 128 x 16 pixels"),
        (OnbonBx5Board(), "onbon-bx5 at 9600 baud: "),
        (CPowerBoard(), "c-power at 9600 baud: "),
        (JetFileBoard(), "jetfile at 9600 baud: "),
        (AlphaBoard(), "alpha at 9600 baud: "),
    ],
    ids=["onbon-bx6", "onbon-bx5", "c-power", "jetfile", "alpha"],
)
def test_what_answers_on_a_port_is_told(
    station: Path, tmp_path: Path, board: Board, told: str
) -> None:
    port = ServedPort(tmp_path, board)
    found = really(station, "device", "scan", port.link)
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout.startswith(f"{port.link}    {told}")
    port.unplug()


def test_a_board_on_the_network_has_no_baud(station: Path) -> None:
    server = ServedSocket(CPowerBoard(network="FFFFFFFF"))
    found = json.loads(really(station, "device", "scan", server.link, "--json").stdout)
    assert (found["driver"], found["baud"], found["fault"]) == ("c-power", None, "")
    server.unplug()


def test_a_link_that_can_not_be_opened_is_told_and_exits_3(station: Path, tmp_path: Path) -> None:
    gone = f"serial://{tmp_path}/gone"
    failed = really(station, "device", "scan", gone)
    assert (failed.exit_code, failed.stdout) == (
        3,
        f"{gone}    can't open {tmp_path}/gone: No such file or directory\n",
    )


def test_boards_are_looked_for_before_there_is_a_station(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    port = ServedPort(tmp_path, Bx6Board())
    found = really(folder, "device", "scan", port.link)
    assert (found.exit_code, found.stderr) == (0, "")
    assert "onbon-bx6 at 9600 baud" in found.stdout
    assert list(folder.iterdir()) == []
    port.unplug()
