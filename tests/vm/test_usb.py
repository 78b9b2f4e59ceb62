"""A USB adapter is unplugged and comes back: the fault is told, and the board shows all again."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from datetime import datetime
from io import BufferedRWPair

import pytest

from broadcaster.signs.pixels.font import render
from tests.daemon.test_live_signs import PLAYLIST, SIGN, SLOGAN
from tests.emulators.board import Board
from tests.emulators.onbon_bx6 import Bx6Board
from tests.emulators.served import answer
from tests.vm.machine import Machine
from tests.vm.ward import BROADCASTER, at, clock, installed, technical
from tests.vm.wires import Wire, patience

pytestmark = pytest.mark.soak

DEVICES = """\
format = 1
[station]
name = "Đài thử"
timezone = "Asia/Ho_Chi_Minh"
[zones.bang]
signs = ["onbon-bx6"]
"""
BY_ID = "/dev/serial/by-id"
TOLD = 100.0
"""Seconds in which a fault is to be known, of the machine's own time."""
ADAPTER = {"driver": "usb-serial", "id": "adapter", "chardev": "board", "serial": "A10K42"}
PICTURE = str(render(SLOGAN).centred(128, 16)).splitlines()


def serve(board: Board, wire: BufferedRWPair) -> None:
    """Have a board at the far end of the adapter, as long as there is one."""

    def say(said: bytes) -> None:
        wire.write(said)
        wire.flush()

    with suppress(OSError), wire:
        while data := wire.read1(4096):
            answer((board,), data, say)


def adapters(machine: Machine) -> list[str]:
    return machine.ask(f"ls {BY_ID}").out.split()


def state(machine: Machine) -> tuple[str, str]:
    """Give how the daemon says that the board is, and why."""
    devices = json.loads(machine.run(f"{BROADCASTER} status --json"))["devices"]
    (sign,) = (device for device in devices if device["kind"] == "sign")
    return sign["state"], sign["reason"]


def test_an_adapter_that_is_unplugged_and_comes_back(off: Machine) -> None:
    board = Bx6Board()
    wire = Wire(off.folder / "board")
    far_end = f"socket,id=board,path={off.folder}/board"
    off.boot(at("03-01T05:00:00"), "-device", "qemu-xhci", "-chardev", far_end)
    threading.Thread(target=serve, args=(board, wire.accept()), daemon=True).start()
    off.monitor.do("device_add", **ADAPTER)
    patience(lambda: adapters(off), 60.0)
    (name,) = adapters(off)
    devices = DEVICES + SIGN.format(name="onbon-bx6", link=f"serial://{BY_ID}/{name}")
    installed(off, devices, PLAYLIST)
    patience(lambda: board.holds() == [PICTURE], 300.0)

    unplugged = clock(off)
    off.monitor.do("device_del", id="adapter")
    board.lose_power()
    patience(lambda: technical(off, "sign-failed"), 3 * TOLD, every=5.0)
    told = datetime.fromisoformat(technical(off, "sign-failed")[0]["at"])
    print(f"told after {(told - unplugged).total_seconds():.1f} s")
    assert (told - unplugged).total_seconds() < TOLD
    how, why = state(off)
    assert (how, name in why) == ("failed", True)
    assert adapters(off) == []

    off.monitor.do("device_add", **ADAPTER)
    patience(lambda: adapters(off) == [name], 60.0)
    patience(lambda: board.holds() == [PICTURE], 300.0)
    patience(lambda: state(off) == ("ok", ""), 300.0, every=5.0)
    assert board.faults == []
