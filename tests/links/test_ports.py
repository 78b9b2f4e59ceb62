"""Serial ports by the names that adapters give them, and who shares one."""

from __future__ import annotations

from pathlib import Path

from broadcaster.clock import SystemTime
from broadcaster.links.open import open_lines
from broadcaster.links.ports import Port, named


def test_a_port_is_named_by_its_adapter_and_else_by_its_number(tmp_path: Path) -> None:
    for name in ("ttyUSB0", "ttyUSB1", "ttyS0"):
        (tmp_path / name).touch()
    by_id = tmp_path / "by-id"
    by_id.mkdir()
    (by_id / "usb-FTDI_A1-if00-port0").symlink_to("../ttyUSB1")
    found = [(str(tmp_path / name), f"port {name}") for name in ("ttyUSB0", "ttyUSB1", "ttyS0")]
    stable = str(by_id / "usb-FTDI_A1-if00-port0")
    assert named(found, by_id) == [
        Port(stable, "port ttyUSB1"),
        Port(str(tmp_path / "ttyS0"), "port ttyS0"),
        Port(str(tmp_path / "ttyUSB0"), "port ttyUSB0"),
    ]


def test_a_machine_without_such_names_has_its_numbers(tmp_path: Path) -> None:
    assert [port.path for port in named([("COM3", "CH340")], tmp_path / "none")] == ["COM3"]


def test_signs_on_the_same_port_share_its_line() -> None:
    links = ["serial:///dev/a", "serial:///dev/a?baud=9600", "serial:///dev/b"]
    lines = open_lines(links, SystemTime())
    assert lines[links[0]] is lines[links[1]]
    assert lines[links[0]] is not lines[links[2]]
