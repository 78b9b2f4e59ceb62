"""Where a daemon is asked: files for its user alone, none taken from a daemon that lives."""

from __future__ import annotations

import asyncio
import logging
import socket
import stat
from pathlib import Path

import pytest

from broadcaster.clock import SystemTime
from broadcaster.control.client import Client, NoDaemonError
from broadcaster.control.door import ADDRESS, SOCKET, door
from broadcaster.control.server import CALLERS, serving
from broadcaster.errors import DeviceError
from tests.control.house import code, everything, house, parsed
from tests.fakes.desk import FakeDesk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "var").mkdir()
    return tmp_path


def mode(path: Path) -> str:
    return stat.filemode(path.stat().st_mode)


def test_the_socket_is_its_users_alone_and_goes_with_it(folder: Path) -> None:
    with door(folder) as opened:
        assert opened.token is None
        assert mode(folder / SOCKET) == "srw-------"
        assert list((folder / "var").iterdir()) == [folder / SOCKET]
    assert list((folder / "var").iterdir()) == []


def test_where_the_sockets_path_is_too_long_there_is_a_port_and_a_token_for_its_user_alone(
    folder: Path,
) -> None:
    tokens = set()
    with house(folder, loopback=True) as served:
        tokens.add(served.token())
        assert mode(served.folder / ADDRESS) == "-rw-------"
        assert list((served.folder / "var").iterdir()) == [served.folder / ADDRESS]
        with served.connect() as to:
            assert to.getpeername()[0] == "127.0.0.1"
            to.sendall(served.head("GET", "/v1/status"))
            assert parsed(everything(to))[0] == 200
    assert list((served.folder / "var").iterdir()) == []
    with house(folder, loopback=True) as served:
        tokens.add(served.token())
    assert len(tokens) == 2
    assert min(map(len, tokens)) >= 32


def test_what_a_daemon_left_that_died_is_replaced(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(folder / SOCKET))
    (folder / ADDRESS).write_text('{"port": 1, "token": "x"}')
    with house(folder) as served:
        assert not (folder / ADDRESS).exists()
        assert Client(served.folder).read("/v1/status")


def test_the_socket_of_one_that_lives_is_left_alone(folder: Path) -> None:
    with house(folder) as served:
        with pytest.raises(DeviceError, match="another process answers at"), door(folder):
            pass
        assert Client(served.folder).read("/v1/status")


def test_a_file_in_the_way_is_left_alone_and_the_station_runs_without(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / SOCKET).write_text("mine")
    ran = []

    async def run() -> None:
        async with serving(FakeDesk(), SystemTime(), folder):
            ran.append(True)

    asyncio.run(run())
    assert ran == [True]
    assert (folder / SOCKET).read_text() == "mine"
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.__dict__["action"] == "control-failed"
    assert record.getMessage() == f"control: {(folder / SOCKET).resolve()} is in the way"


def test_it_is_found_by_every_name_of_the_folder(folder: Path) -> None:
    deep = folder / ("x" * 60)
    deep.symlink_to(folder)
    with house(folder):
        assert Client(deep).read("/v1/status")
        assert Client(folder / "var" / "..").read("/v1/status")


@pytest.mark.parametrize("left", [None, SOCKET, ADDRESS])
def test_where_no_daemon_runs_that_is_said(folder: Path, left: Path | None) -> None:
    if left == SOCKET:
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(folder / SOCKET))
    elif left == ADDRESS:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            told = f'{{"port": {closed.getsockname()[1]}, "token": "x"}}'
        (folder / ADDRESS).write_text(told)
    with pytest.raises(NoDaemonError, match="no daemon runs this station"):
        Client(folder).read("/v1/status")
    with pytest.raises(NoDaemonError), Client(folder).following():
        pass


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"port": 1}'])
def test_an_address_that_is_torn_is_said(folder: Path, torn: str) -> None:
    (folder / ADDRESS).write_text(torn)
    with pytest.raises(DeviceError, match="can't be reached") as raised:
        Client(folder).act("/v1/stop")
    assert not isinstance(raised.value, NoDaemonError)


def test_a_crowd_that_is_gone_soon_is_waited_out(folder: Path) -> None:
    with house(folder) as served:
        served.desk.held = served.call(asyncio.Event)
        held = [served.connect() for _ in range(CALLERS)]
        for each in held:
            each.sendall(served.post("/v1/silence", b"{}"))
        served.wait(lambda: len(served.desk.asked) == CALLERS)
        served.loop.call_soon_threadsafe(served.loop.call_later, 0.3, served.desk.held.set)
        assert Client(folder).read("/v1/health")["healthy"]
        for each in held:
            each.close()


def test_on_a_port_a_name_that_leads_here_is_not_enough(tmp_path: Path) -> None:
    with house(tmp_path, loopback=True) as served:
        for name in ("example.com", "127.0.0.1", "localhost", "127.0.0.1:1", "[::1]"):
            said = served.head("GET", "/v1/status", host=name)
            assert code(served.say(said)) == (403, "foreign")


def test_on_a_port_nothing_is_answered_without_the_token(tmp_path: Path) -> None:
    with house(tmp_path, loopback=True) as served:
        right = f"Authorization: Bearer {served.token()}\r\n".encode()
        shown = (
            "", "Authorization: \r\n", "Authorization: Bearer\r\n", "Authorization: Bearer x\r\n",
            f"Authorization: Basic {served.token()}\r\n",
            f"Authorization: Bearer {served.token()[:-1]}\r\n",
            f"Authorization: Bearer {served.token()}x\r\n",
            f"Authorization: Bearer x\r\nAuthorization: Bearer {served.token()}\r\n",
        )  # fmt: skip
        for path in ("/v1/interrupt", "/v1/stop", "/v1/nothing"):
            said = served.head("POST", path, "Content-Length: 100000000")
            for each in shown:
                assert code(served.say(said.replace(right, each.encode()))) == (401, "no-token")
        assert served.desk.asked == []
