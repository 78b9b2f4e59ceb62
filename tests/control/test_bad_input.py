"""Requests that are wrong, byte by byte: each is refused with its reason, none reaches the desk."""

from __future__ import annotations

import json
from typing import Any

import pytest

from broadcaster.control.client import Client
from tests.control.house import House, code, everything, parsed


@pytest.fixture(autouse=True)
def undisturbed(served: House) -> Any:
    yield
    assert served.desk.asked == []
    assert Client(served.folder).read("/v1/health")["healthy"]


@pytest.mark.parametrize(
    ("request_line", "expected"),
    [
        ("GET /", (404, "no-path")),
        ("GET /v1/statuses", (404, "no-path")),
        ("GET http://127.0.0.1/v1/status", (404, "no-path")),
        ("GET /v1/%73tatus", (404, "no-path")),
        ("POST /v1/status", (405, "no-method")),
        ("DELETE /v1/status", (405, "no-method")),
        ("GET /v1/silence", (405, "no-method")),
        ("OPTIONS /v1/silence", (405, "no-method")),
        ("POST /v1/events", (405, "no-method")),
    ],
)
def test_what_is_not_there_is_named(
    served: House, request_line: str, expected: tuple[int, str]
) -> None:
    method, path = request_line.split()
    assert code(served.say(served.head(method, path))) == expected


@pytest.mark.parametrize(
    "said",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /v1/status\r\n\r\n",
        b"GET /v1/status HTTP/1.1\r\n\r\n",
        b"GET /v1/status HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"GET /v1/status HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET /v1/status HTTP/1.1\r\nHost: a\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n",
        b"GET /v1/status HTTP/1.1\r\nHost: a\r\n folded\r\n: x\r\n\r\n",
    ],
)
def test_what_is_no_request_is_told_so(served: House, said: bytes) -> None:
    assert code(served.say(said)) == (400, "bad-request")


def test_a_flood_of_headers_is_not_held(served: House) -> None:
    line = b"GET /v1/status HTTP/1.1\r\nHost: a\r\n"
    assert code(served.say(line + b"X-A: b\r\n" * 4_000)) == (431, "bad-request")
    assert code(served.say(line + b"X-A: " + b"b" * 30_000)) == (431, "bad-request")
    assert code(served.say(b"GET /" + b"x" * 30_000)) == (431, "bad-request")


@pytest.mark.parametrize("expecting", [[], ["Expect: 100-continue"]])
def test_a_large_body_is_refused_before_it_is_sent(served: House, expecting: list[str]) -> None:
    for size in (65_537, 100_000_000, 10**19):
        head = served.head("POST", "/v1/interrupt", f"Content-Length: {size}", *expecting)
        assert code(served.say(head)) == (413, "too-large")


def test_a_large_body_that_is_sent_all_the_same_is_not_read(served: House) -> None:
    with served.connect() as to:
        to.sendall(served.head("POST", "/v1/interrupt", "Content-Length: 100000000"))
        try:
            for _ in range(100):
                to.sendall(b"x" * 1_000_000)
        except (BrokenPipeError, ConnectionResetError):
            pass
        else:
            pytest.fail("it was read")


def test_a_body_in_chunks_is_refused_as_soon_as_it_is_too_large(served: House) -> None:
    head = served.head("POST", "/v1/interrupt", "Transfer-Encoding: chunked")
    chunk = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
    assert code(served.say(head + chunk * 5)) == (413, "too-large")
    assert code(served.say(head + b"zz\r\n")) == (400, "bad-request")


def test_a_body_that_is_cut_off_is_no_request(served: House) -> None:
    import socket

    with served.connect() as to:
        to.sendall(served.head("POST", "/v1/silence", "Content-Length: 10") + b"{")
        to.shutdown(socket.SHUT_WR)
        assert code(parsed(everything(to))) == (400, "bad-request")


def test_who_says_nothing_hears_nothing(served: House) -> None:
    import socket

    with served.connect() as to:
        to.shutdown(socket.SHUT_WR)
        assert everything(to) == b""


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b'"text"', b"1", b"null", b"\xff", b"[" * 60_000,
        b'{"text": NaNN}', b'{"a":' * 10_000,
    ],
)  # fmt: skip
def test_a_body_that_is_no_json_object_is_refused(served: House, body: bytes) -> None:
    assert code(served.say(served.post("/v1/interrupt", body))) == (400, "bad-json")
    if body:
        assert code(served.say(served.post("/v1/silence", body))) == (400, "bad-json")


GOOD = {"text": "Cháy", "zones": ["to-5"]}


@pytest.mark.parametrize(
    ("order", "wrong"),
    [
        ({}, {"text", "zones"}),
        (GOOD | {"zones": []}, {"zones"}),
        (GOOD | {"zones": "to-5"}, {"zones"}),
        (GOOD | {"zones": ["to-5", 7]}, {"zones"}),
        (GOOD | {"zones": [["to-5"]]}, {"zones"}),
        (GOOD | {"zones": {"to-5": 1}}, {"zones"}),
        (GOOD | {"text": 7}, {"text"}),
        (GOOD | {"text": " \n"}, {"text"}),
        (GOOD | {"text": "\ud800"}, {"text"}),
        (GOOD | {"script": "chay"}, {"text"}),
        (GOOD | {"voice": ["a"], "dry_run": 1}, {"voice", "dry_run"}),
        (GOOD | {"dry_run": None}, {"dry_run"}),
        (GOOD | {"loud": True, "\ud800": 1}, {"loud", "?"}),
        (GOOD | {"zones": ["to-6"]}, {"zones"}),
    ],
)
def test_all_that_is_wrong_with_an_order_is_named(
    served: House, order: dict[str, Any], wrong: set[str]
) -> None:
    status, told = served.say(served.post("/v1/interrupt", json.dumps(order).encode()))
    assert (status, told["error"]["code"]) == (422, "problems")
    assert {each["key"] for each in told["error"]["problems"]} == wrong
    assert all(each["message"] in told["error"]["message"] for each in told["error"]["problems"])


def test_what_needs_no_order_takes_none(served: House) -> None:
    status, told = served.say(served.post("/v1/silence", b'{"zones": ["to-5"]}'))
    assert (status, [each["key"] for each in told["error"]["problems"]]) == (422, ["zones"])


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""],
)
def test_a_form_of_a_page_elsewhere_is_refused(served: House, kind: str) -> None:
    said = served.post("/v1/silence", b"{}", f"Content-Type: {kind}")
    assert code(served.say(said)) == (415, "not-json")


@pytest.mark.parametrize("origin", ["https://example.com", "null", "http://127.0.0.1:80"])
@pytest.mark.parametrize(("method", "path"), [("POST", "/v1/silence"), ("GET", "/v1/status")])
def test_a_page_in_a_browser_is_refused(served: House, origin: str, method: str, path: str) -> None:
    said = served.head(method, path, f"Origin: {origin}")
    assert code(served.say(said)) == (403, "foreign")
