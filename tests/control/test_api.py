"""What a desk is asked by callers who do it right, and what they hear."""

from __future__ import annotations

import getpass
import logging

import pytest

from broadcaster.control.client import Client
from broadcaster.domain.order import Order
from broadcaster.errors import DeviceError, Problem, Refusal, UserError
from broadcaster.messages import msg
from tests.control.house import House

ME = getpass.getuser()


@pytest.fixture
def client(served: House) -> Client:
    return Client(served.folder)


def test_what_the_station_does_and_how_it_is_are_told(served: House, client: Client) -> None:
    assert client.read("/v1/status") == {"station": "Đài thử", "on_air": []}
    assert client.read("/v1/health") == {"healthy": True, "faults": []}
    assert served.desk.asked == []


@pytest.mark.parametrize(
    ("path", "what", "told"),
    [
        ("/v1/silence", "silence", {"stopped": ["a/b/c"]}),
        ("/v1/pause", "pause", {}),
        ("/v1/resume", "resume", {}),
        ("/v1/reload", "reload", {"taken": True, "files": ["a.toml"], "problems": []}),
        ("/v1/clock/confirm", "confirm_clock", {}),
    ],
)
def test_each_act_is_done_for_the_user_who_asks(
    served: House, client: Client, path: str, what: str, told: object
) -> None:
    assert client.act(path) == told
    assert served.desk.asked == [(what, ME), (what, "done")]


def test_stop_is_answered(served: House, client: Client) -> None:
    assert client.act("/v1/stop") == {"stopping": True}
    assert served.desk.asked == [("stop", ME)]


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        (
            {"text": "Cháy ở tổ 5", "zones": ["to-5", "to-5"]},
            Order(text="Cháy ở tổ 5", zones=("to-5",)),
        ),
        (
            {"script": "chay", "zones": ["to-5"], "voice": "espeak:vi", "dry_run": True},
            Order(script="chay", zones=("to-5",), voice="espeak:vi", dry_run=True),
        ),
        ({"text": "Cháy", "script": None, "zones": ["to-5"]}, Order(text="Cháy", zones=("to-5",))),
    ],
)
def test_an_announcement_is_ordered(
    served: House, client: Client, asked: dict[str, object], order: Order
) -> None:
    assert client.act("/v1/interrupt", **asked)["keys"]
    assert served.desk.asked[0] == ("interrupt", ME, order)


WRONG = Problem("playlists/a.toml", 3, "radio.x", msg("is missing"), msg('as "{id}"', id="y"))


@pytest.mark.parametrize(
    "fault",
    [
        UserError([WRONG, WRONG]),
        Refusal(msg("another daemon runs this station already: {folder}", folder="x")),
        DeviceError("ledger", msg("the disk is full")),
    ],
)
def test_what_a_desk_refuses_is_raised_again_where_it_was_asked(
    served: House, client: Client, fault: Exception
) -> None:
    served.desk.fault = fault
    with pytest.raises(type(fault)) as raised:
        client.act("/v1/pause")
    assert str(raised.value) == str(fault)
    if isinstance(fault, UserError):
        assert raised.value.problems == fault.problems
    assert client.act("/v1/pause") == {}


@pytest.mark.parametrize("path", ["/v1/pause", "/v1/status"])
def test_a_fault_that_nobody_foresaw_is_logged_and_answered(
    served: House, client: Client, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    served.desk.fault = PermissionError("a bug")
    with caplog.at_level(logging.ERROR), pytest.raises(DeviceError, match="its log says more"):
        client.read(path) if path.endswith("status") else client.act(path)
    assert [record.__dict__["action"] for record in caplog.records] == ["control-failed"]
    assert client.read("/v1/status")


def test_what_cannot_be_written_as_json_ends_the_call_and_nothing_else(
    served: House, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    served.desk.told = {"station": object()}
    with caplog.at_level(logging.ERROR), pytest.raises(DeviceError, match="its log says more"):
        client.read("/v1/status")
    assert [record.__dict__["action"] for record in caplog.records] == ["control-failed"]
    assert client.read("/v1/health")


def test_what_changes_is_told_in_order_until_there_is_no_more(
    served: House, client: Client
) -> None:
    changes = [{"kind": "audible", "key": "x", "data": {"số": number}} for number in range(500)]
    with client.following() as heard:
        served.wait(lambda: len(served.desk.followers) == 1)
        for change in [*changes, None]:
            served.call(served.desk.change, change)
        assert list(heard) == changes
    served.wait(lambda: not served.desk.followers)


def test_who_hangs_up_is_told_no_more(served: House, client: Client) -> None:
    with client.following() as heard:
        served.wait(lambda: len(served.desk.followers) == 1)
        served.call(served.desk.change, {"kind": "status"})
        assert next(heard) == {"kind": "status"}
    served.wait(lambda: not served.desk.followers)


def test_an_act_is_done_though_who_asked_hangs_up(served: House) -> None:
    import asyncio

    served.desk.held = served.call(asyncio.Event)
    with served.connect() as to:
        to.sendall(served.post("/v1/silence", b""))
        served.wait(lambda: served.desk.asked == [("silence", ME)])
    served.call(served.desk.held.set)
    served.wait(lambda: served.desk.asked[-1] == ("silence", "done"))
