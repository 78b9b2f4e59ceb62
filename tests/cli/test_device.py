"""`device`, whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SystemTime
from broadcaster.wiring.place import alone
from tests.cli.desk import DEVICES
from tests.cli.plan_desk import make, run
from tests.emulators.port import Port


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


def test_devices_are_listed_with_what_they_are_told(station: Path) -> None:
    result = run(station, "device", "list")
    assert result.stdout == (
        "speaker  loa   file     volume 80 % phuong\nsign     cong  virtual  128x16  bang\n"
    )
    lines = run(station, "device", "list", "--json").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["id"] for row in rows] == ["loa", "cong"]


def test_every_device_is_asked_and_one_that_fails_exits_3(station: Path) -> None:
    fine = run(station, "device", "check")
    assert (fine.stdout, fine.exit_code) == ("loa   works\ncong  works\n", 0)
    audio = station / "var" / "audio"
    (audio / "loa").rmdir()
    (audio / "loa").write_text("a file where the folder should be")
    broken = run(station, "device", "check")
    assert broken.exit_code == 3
    first, second = broken.stdout.splitlines()
    assert first.startswith("loa   can't write in ")
    assert second == "cong  works"


ON, OFF = bytes.fromhex("A0 01 01 A2"), bytes.fromhex("A0 01 00 A1")
KEYED = """\
[speakers.loa]
driver = "multicast"
address = "239.255.77.9:5004"
interface = "127.0.0.1"
amplifier = {{ link = "serial://{port}", on = "A00101A2", off = "A00100A1" }}
"""


def really(station: Path, *words: str) -> Result:
    """Call `broadcaster` in real time, as what sounds has to be waited for."""
    return CliRunner().invoke(main, words, obj=App(station, SystemTime()))


def quick(station: Path) -> None:
    """Have the amplifier warm at once."""
    devices = station / "devices.toml"
    text = devices.read_text().replace('A1" }', 'A1", warm_up = "0s", release = "0s" }')
    devices.write_text(text)


@pytest.fixture
def board(tmp_path: Path, station: Path) -> Iterator[Port]:
    """Have the loudspeaker's amplifier keyed by a relay board."""
    board = Port(tmp_path)
    speaker = KEYED.format(port=board.path)
    devices = DEVICES.replace('[speakers.loa]\ndriver = "file"\n', speaker)
    (station / "devices.toml").write_text(devices)
    yield board
    board.unplug()


def test_what_keys_an_amplifier_is_listed(station: Path, board: Port) -> None:
    told = run(station, "device", "list").stdout.splitlines()[0]
    assert told == (
        f"speaker  loa   multicast  volume 100 % serial://{board.path} a0 01 01 a2 phuong"
    )
    row = json.loads(run(station, "device", "list", "--json").stdout.splitlines()[0])
    assert row["amplifier"] == {
        "link": f"serial://{board.path}",
        "on": "a0 01 01 a2",
        "off": "a0 01 00 a1",
        "warm_up": 5.0,
        "release": 1.0,
    }


def test_an_amplifier_is_asked_and_not_keyed(station: Path, board: Port) -> None:
    fine = run(station, "device", "check")
    assert fine.stdout == "loa            works\nloa.amplifier  works\ncong           works\n"
    assert fine.exit_code == 0
    assert not board.said()
    board.unplug()
    broken = run(station, "device", "check")
    assert broken.exit_code == 3
    assert broken.stdout.splitlines()[1] == (
        f"loa.amplifier  can't open {board.path}: No such file or directory"
    )


def test_a_test_keys_the_amplifier_sounds_a_chime_and_releases_it(
    station: Path, board: Port
) -> None:
    dry = really(station, "device", "test", "loa", "--dry-run")
    assert (dry.stderr, dry.exit_code) == (
        "loa: its amplifier warms up for 5 s\nloa: a chime\n",
        0,
    )
    assert not board.said()
    quick(station)
    done = really(station, "device", "test", "loa")
    assert (done.stderr, done.exit_code) == (
        "loa: its amplifier warms up for 0 s\nloa: a chime\nit sounds\n",
        0,
    )
    assert board.read(8) == ON + OFF


# The process that keeps trying to release it is left alone.
@pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning")
def test_a_test_of_an_amplifier_out_of_reach_fails_and_sounds_nothing(
    station: Path, board: Port
) -> None:
    quick(station)
    board.unplug()
    failed = really(station, "device", "test", "loa")
    assert failed.exit_code == 3
    assert "it sounds" not in failed.stderr
    assert "its amplifier can't be keyed: can't open" in failed.stderr


def test_a_test_is_refused_while_the_daemon_has_the_devices(station: Path, board: Port) -> None:
    (station / "var").mkdir(exist_ok=True)
    with alone(station):
        refused = really(station, "device", "test", "loa")
    assert refused.exit_code == 1
    assert "another daemon runs this station already" in refused.stderr
    assert not board.said()


def test_a_test_of_what_is_no_device_is_refused(station: Path) -> None:
    refused = really(station, "device", "test", "loaa")
    assert refused.exit_code == 1
    assert refused.stderr == (
        'there is no loudspeaker or sign "loaa" that can be used; did you mean "loa"?\n'
    )
