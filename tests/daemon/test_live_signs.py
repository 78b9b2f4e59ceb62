"""The real daemon with boards on real ports, which are unplugged, and lose their power."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcaster.signs.pixels.font import render
from tests.daemon.test_live import daemon, records_with_signs, wait
from tests.emulators.board import Board
from tests.emulators.jetfile import JetFileBoard
from tests.emulators.onbon_bx6 import Bx6Board
from tests.emulators.served import ServedPort

SLOGAN = "Chào mừng"
SIGN = """\
[signs.{name}]
driver = "{name}"
link = "{link}?baud=115200"
width = 128
height = 16
"""
DEVICES = """\
format = 1
[station]
name = "Đài thử"
timezone = "Asia/Ho_Chi_Minh"
[zones.bang]
signs = ["onbon-bx6", "jetfile"]
"""
PLAYLIST = f"""\
format = 1
[campaign]
title = "Thử"
[[led]]
id = "khau-hieu"
between = ["00:00-24:00"]
zones = ["bang"]
slogans = ["{SLOGAN}"]
effect = "hold"
"""
PICTURE = 100
"""Bytes that no other frame has."""


class Street:
    """A station folder, and its two boards, each on a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "station"
        self.boards: dict[str, Board] = {"onbon-bx6": Bx6Board(), "jetfile": JetFileBoard()}
        self.ports = {name: self._port(folder / name, board) for name, board in self.boards.items()}
        for name in ("playlists", "scripts"):
            (self.folder / name).mkdir(parents=True)
        signs = [SIGN.format(name=name, link=port.link) for name, port in self.ports.items()]
        (self.folder / "devices.toml").write_text(DEVICES + "".join(signs))
        (self.folder / "playlists" / "thu.toml").write_text(PLAYLIST)

    @staticmethod
    def _port(folder: Path, board: Board) -> ServedPort:
        folder.mkdir()
        return ServedPort(folder, board)

    def told(self, name: str) -> list[tuple[str, str]]:
        """Give what the ledger tells of a board: how far its slogan came, and why no further."""
        return [
            (record.data["state"], record.data["reason"].split(":")[0])
            for record in records_with_signs(self.folder)
            if record.key == f"sign/{name}"
        ]

    def wait(self, name: str, state: str) -> None:
        wait(lambda: [told for told, _ in self.told(name)][-1:] == [state])

    def holds(self, name: str) -> bool:
        """Tell whether a board shows the slogan, and nothing was said that it may not hear."""
        board = self.boards[name]
        assert board.faults == []
        return board.holds() == [str(render(SLOGAN).centred(128, 16)).splitlines()]


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    made = Street(tmp_path)
    yield made
    for port in made.ports.values():
        port.unplug()


def dies_in_mid_frame(board: Board, patch: pytest.MonkeyPatch) -> None:
    """Have a board lose its power as soon as it has heard half of a picture."""
    hear = board.hear

    def half(data: bytes, at: float) -> bytes:
        if len(data) < PICTURE or board.dead:
            return hear(data, at)
        hear(data[: len(data) // 2], at)
        board.lose_power()
        board.dead = True
        return b""

    patch.setattr(board, "hear", half)


@pytest.mark.parametrize(
    ("unplugged", "killed"), [("onbon-bx6", "jetfile"), ("jetfile", "onbon-bx6")]
)
def test_boards_hold_their_slogan_again_however_they_were_lost(
    street: Street, unplugged: str, killed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dies_in_mid_frame(street.boards[killed], monkeypatch)
    with daemon(street.folder) as child:
        street.wait(unplugged, "acknowledged")
        assert street.holds(unplugged)
        street.ports[unplugged].unplug()
        street.boards[unplugged].lose_power()
        street.wait(unplugged, "unreachable")
        street.ports[unplugged].plug_in()

        street.wait(killed, "unreachable")
        assert not street.holds(killed)
        monkeypatch.undo()
        street.boards[killed].dead = False

        for name in (unplugged, killed):
            street.wait(name, "acknowledged")
            assert street.holds(name)
        child.send_signal(signal.SIGTERM)
        assert child.wait() == 0
    lost = f"lost {street.ports[unplugged].path}"
    assert street.told(unplugged) == [
        ("acknowledged", ""),
        ("unreachable", lost),
        ("acknowledged", ""),
    ]
    mute = f"no answer came on {street.ports[killed].path}"
    assert street.told(killed) == [("unreachable", mute), ("acknowledged", "")]
