"""Callers who are slow, many, or never read: they are given up, and who comes next is answered."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import pytest

from broadcaster.control.client import Client
from broadcaster.control.server import CALLERS, FOLLOWERS
from tests.control.house import House, code, everything, parsed

CROWD = 1_000


@pytest.mark.parametrize("said", ["", "GET /v1/st", "{whole}{{", "{whole}"])
def test_who_does_not_come_to_an_end_is_given_up(hasty: House, said: str) -> None:
    whole = hasty.head("POST", "/v1/silence", "Content-Length: 3").decode()
    with hasty.connect() as to:
        to.sendall(said.format(whole=whole).encode())
        assert code(parsed(everything(to))) == (408, "too-slow")
    assert hasty.desk.asked == []


def test_who_never_reads_the_answer_is_given_up(hasty: House) -> None:
    hasty.desk.told = {"station": "x" * 5_000_000}
    tasks = hasty.call(lambda: len(asyncio.all_tasks()))
    with hasty.connect() as to:
        to.sendall(hasty.head("GET", "/v1/status"))
        to.recv(1)
        hasty.wait(lambda: len(asyncio.all_tasks()) <= tasks)
        assert len(everything(to)) < 5_000_000


@pytest.fixture
def crowd(served: House) -> Iterator[list[socket.socket]]:
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(served.connect()) for _ in range(CROWD)]


def test_of_a_thousand_who_only_come_all_but_the_last_are_told_to_go(
    served: House, crowd: list[socket.socket]
) -> None:
    assert Client(served.folder).read("/v1/status")["station"] == "Đài thử"
    for each in crowd[: CROWD - CALLERS]:
        assert code(parsed(everything(each))) == (503, "busy")


def test_who_is_being_obeyed_is_not_given_up(served: House) -> None:
    served.desk.held = served.call(asyncio.Event)
    with contextlib.ExitStack() as stack:
        waiting = [stack.enter_context(served.connect()) for _ in range(CALLERS)]
        for each in waiting:
            each.sendall(served.post("/v1/silence", b"{}"))
        served.wait(lambda: len(served.desk.asked) == CALLERS)
        assert code(parsed(everything(stack.enter_context(served.connect())))) == (503, "busy")
        served.call(served.desk.held.set)
        assert [parsed(everything(each))[0] for each in waiting] == [200] * CALLERS


def test_those_who_follow_leave_room_for_those_who_ask(served: House) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(FOLLOWERS):
            stack.enter_context(Client(served.folder).following())
        assert code(served.say(served.head("GET", "/v1/events"))) == (503, "busy")
        assert Client(served.folder).act("/v1/pause") == {}


def test_who_follows_and_does_not_read_is_dropped(served: House) -> None:
    with served.connect() as to:
        to.sendall(served.head("GET", "/v1/events"))
        served.wait(lambda: len(served.desk.followers) == 1)
        for _ in range(200):
            served.call(served.desk.change, {"kind": "status", "of": "x" * 50_000})
        served.wait(lambda: not served.desk.followers)
        assert len(everything(to)) < 200 * 50_000


def test_a_quiet_station_is_told_from_a_dead_one(hasty: House) -> None:
    with hasty.connect() as to:
        to.sendall(hasty.head("GET", "/v1/events"))
        held = b""
        while held.count(b": so far\n\n") < 3:
            held += to.recv(4_096)
        assert b"text/event-stream" in held


def test_a_body_that_is_waited_for_is_asked_for_and_one_in_chunks_is_read(served: House) -> None:
    with served.connect() as to:
        to.sendall(served.head("POST", "/v1/silence", "Content-Length: 2", "Expect: 100-continue"))
        assert to.recv(4_096).startswith(b"HTTP/1.1 100 ")
        to.sendall(b"{}")
        assert parsed(everything(to))[0] == 200
    head = served.head("POST", "/v1/pause", "Transfer-Encoding: chunked")
    assert served.say(head + b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n") == (200, {})
    assert [what for what, *_ in served.desk.asked] == ["silence"] * 2 + ["pause"] * 2
