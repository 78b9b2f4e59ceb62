"""SIP's bytes: what devices write, and what we do."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.speakers.sip_message import (
    VERSION,
    Message,
    answer,
    parse,
    tag_of,
    target,
    uri_of,
)

OK = (
    b"SIP/2.0 200 OK\r\n"
    b"v: SIP/2.0/UDP 10.0.0.9:40000;branch=z9hG4bK1f\r\n"
    b"f: <sip:dai@10.0.0.9>;tag=a\r\n"
    b't: "Loa; x=<1>" <sip:900@10.0.0.5>;tag=b\r\n'
    b"i: c@10.0.0.9\r\n"
    b"CSeq:  7   INVITE\r\n"
    b"Record-Route: <sip:p2;lr>,\r\n"
    b"  <sip:p1;lr;x=a,b>\r\n"
    b"record-route: <sip:p0;lr>\r\n"
    b"l: 3\r\n"
    b"\r\n"
    b"abcd"
)


def test_a_response_as_devices_write_it() -> None:
    """One-letter names, folded lines, lists, more bytes than were announced."""
    read = parse(OK)

    assert (read.code, read.method, read.body) == (200, "INVITE", b"abc")
    assert read.value("via") == "SIP/2.0/UDP 10.0.0.9:40000;branch=z9hG4bK1f"
    assert read.value("Call-ID") == "c@10.0.0.9"
    assert read.listed("Record-Route") == ("<sip:p2;lr>", "<sip:p1;lr;x=a,b>", "<sip:p0;lr>")
    assert tag_of(read.value("To")) == "b"
    assert read.value("Subject") == ""


def test_a_request_is_written_by_the_book() -> None:
    invite = Message(
        ("INVITE", "sip:900@10.0.0.5", VERSION), (("To", "<sip:900@10.0.0.5>"),), b"v=0\r\n"
    )

    assert bytes(invite) == (
        b"INVITE sip:900@10.0.0.5 SIP/2.0\r\nTo: <sip:900@10.0.0.5>\r\n"
        b"Content-Length: 5\r\n\r\nv=0\r\n"
    )
    assert (invite.code, invite.method) == (0, "INVITE")


def test_an_answer_has_what_its_request_had() -> None:
    bye = parse(
        b"BYE sip:dai@10.0.0.9 SIP/2.0\r\nVia: SIP/2.0/UDP b;branch=2\r\n"
        b"Via: SIP/2.0/UDP a;branch=1\r\nMax-Forwards: 70\r\nFrom: <sip:900@b>;tag=b\r\n"
        b"To: sip:dai@a\r\nCall-ID: c\r\nCSeq: 2 BYE\r\n\r\n"
    )

    assert bytes(answer(bye, 200, "OK", "ours")) == (
        b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP b;branch=2\r\nVia: SIP/2.0/UDP a;branch=1\r\n"
        b"From: <sip:900@b>;tag=b\r\nTo: sip:dai@a;tag=ours\r\nCall-ID: c\r\nCSeq: 2 BYE\r\n"
        b"Content-Length: 0\r\n\r\n"
    )


@pytest.mark.parametrize(
    "line", [b"", b"\r\n\r\n", b"GET / HTTP/1.1", b"SIP/2.0 OK", b"SIP/2.0 0200 OK", b"\xff\xfe"]
)
def test_what_is_no_sip_is_not_taken_for_it(line: bytes) -> None:
    with pytest.raises(ValueError, match="no SIP message"):
        parse(line + b"\r\n\r\n")


def test_a_status_may_lack_its_reason() -> None:
    assert parse(b"SIP/2.0 486\r\n\r\n").code == 486


@pytest.mark.parametrize(
    ("written", "uri", "goes"),
    [
        ("<sip:900@10.0.0.5>", "sip:900@10.0.0.5", ("10.0.0.5", 5060)),
        ('"Loa" <sip:10.0.0.5:5070;transport=udp>;expires=9', None, ("10.0.0.5", 5070)),
        ("sip:900@pbx01:5080;expires=9", "sip:900@pbx01:5080", ("pbx01", 5080)),
        ("<sip:*80%23@pbx.phuong.vn;lr>", "sip:*80%23@pbx.phuong.vn;lr", ("pbx.phuong.vn", 5060)),
    ],
)
def test_addresses(written: str, uri: str | None, goes: tuple[str, int]) -> None:
    assert uri is None or uri_of(written) == uri
    assert target(uri_of(written)) == goes


def test_only_sip_can_be_reached() -> None:
    with pytest.raises(ValueError, match="no SIP address: tel:900"):
        target("tel:900")


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
names = st.from_regex(r"[A-Z][a-z]+(-[A-Z][a-z]+)?", fullmatch=True).filter(
    lambda name: name != "Content-Length"
)
starts = st.one_of(
    st.tuples(st.from_regex(r"[A-Z]{3,9}", fullmatch=True), words, st.just(VERSION)),
    st.tuples(st.just(VERSION), st.integers(100, 699).map(str), words),
)


@given(starts, st.lists(st.tuples(names, words)).map(tuple), st.binary())
def test_what_is_written_is_read_again(
    start: tuple[str, str, str], headers: tuple[tuple[str, str], ...], body: bytes
) -> None:
    message = Message(start, headers, body)

    assert parse(bytes(message)) == message


@given(st.binary())
def test_nothing_that_comes_in_breaks_the_reading(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert parse(data).start
