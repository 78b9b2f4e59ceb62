from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.ports import SignState
from broadcaster.signs.onbon.bx5 import framed
from broadcaster.signs.onbon.bx5_answers import (
    Expected,
    Status,
    introduced,
    obeyed,
    status,
    told,
)
from broadcaster.signs.onbon.wire import ERRORS
from broadcaster.talk import Answer, Heard, RefusedError
from tests.emulators.onbon_bx5_printed import PRINTED
from tests.emulators.onbon_bx5_wire import said

ANYONE = 0xFFFE
ACK = bytes.fromhex(PRINTED["5.1.2 and 7.1, ACK"])
NACK = bytes.fromhex(PRINTED["7.2, NACK: check sum"])
YES = Heard(SignState.ACKNOWLEDGED)
# On, brightness 6 of 15, Monday 22 September 2025, 17:03:05, one programme.
STATE = "A1 02 00 00 00 01 06 2520 09 22 01 17 03 05 01 50303030"
TAIL = "00" * 28


def state(rest: str) -> bytes:
    return bytes.fromhex(STATE + rest)


def test_the_answers_that_are_printed_are_understood() -> None:
    assert obeyed(ANYONE)(ACK) == YES
    with pytest.raises(RefusedError, match="received it damaged"):
        obeyed(ANYONE)(NACK)


@pytest.mark.parametrize("number", range(1, 17))
def test_every_refusal_is_told_in_words(number: int) -> None:
    for answer in (obeyed(1), told(1)):
        with pytest.raises(RefusedError) as caught:
            answer(said(bytes((0xA0, 1, number, 0, 0)), 1))
        assert caught.value.message == ERRORS[number]


def test_a_refusal_that_is_not_in_the_protocol_is_told_with_its_number() -> None:
    with pytest.raises(RefusedError, match="for a reason of its own: 99"):
        obeyed(1)(said(bytes((0xA0, 1, 99, 0, 0)), 1))


@pytest.mark.parametrize(
    "heard",
    [
        b"",
        framed(b"\xa0\0\0\0\0", 1),  # an echo of what we said ourselves
        said(b"\xa0\0\0\0\0", 2),
        said(b"\xa0\x01\x03\0\0", 2),
        said(b"\xa1\x02\0\0\0", 1),
        said(b"\xa0\0", 1),
        said(b"\xa0\0\0\0\0", 1)[:-1],
        said(b"\xa0\0\0\0\0", 1).replace(b"\xa0", b"\xa1"),
    ],
)
def test_what_is_no_answer_of_the_board_is_passed_over(heard: bytes) -> None:
    assert obeyed(1)(heard) is None
    assert obeyed(1)(heard + b"\x5a\x00" + said(b"\xa0\0\0\0\0", 1)) == YES


@pytest.mark.parametrize(
    ("rest", "areas", "picture"),
    [
        ("01 00 02 00 03" + TAIL, (0, 3), True),
        ("00 00 00" + TAIL, (), False),
        ("02 00 03" + TAIL, (0, 3), False),
        ("01 00" + TAIL, (0,), False),
        ("00" + TAIL, (), False),
        ("01 00 01 00", (0,), True),
        ("00", (), False),
    ],
)
def test_a_status_is_read_with_a_special_area_and_without(
    rest: str, areas: tuple[int, ...], *, picture: bool
) -> None:
    assert status(state(rest)) == Status(
        on=True, brightness=6, clock="17:03", areas=areas, picture=picture
    )


@pytest.mark.parametrize("rest", ["", "09" + TAIL, "00 00 03 00" + TAIL])
def test_a_status_whose_length_fits_nothing_is_none(rest: str) -> None:
    assert status(state(rest)) is None


def test_a_status_is_told_for_people() -> None:
    heard = told(1)(said(state("00" + TAIL), 1))
    assert heard is not None
    assert heard.state is SignState.READ_BACK
    assert str(heard.told) == "on, brightness 40 %, its clock 17:03"
    off = state("00" + TAIL).replace(b"\x01\x06\x25", b"\x02\x0f\x25")
    heard = told(1)(said(off, 1))
    assert heard is not None
    assert str(heard.told) == "switched off, brightness 100 %, its clock 17:03"


@pytest.mark.parametrize(
    ("expected", "why"),
    [
        (Expected(on=True, brightness=6, areas=(0,)), None),
        (Expected(on=True), None),
        (Expected(on=False), "still on"),
        (Expected(on=True, brightness=15), "brightness is 40 %"),
        (Expected(on=True, areas=()), "doesn't hold"),
        (Expected(on=True, picture=True), "doesn't hold"),
    ],
)
def test_a_board_that_obeyed_and_tells_otherwise_refuses(
    expected: Expected, why: str | None
) -> None:
    heard = said(state("00 00 01 00" + TAIL), 1)
    if why is None:
        assert told(1, expected)(heard) is not None
        return
    with pytest.raises(RefusedError, match=why):
        told(1, expected)(heard)


def test_whoever_is_there_says_what_it_is() -> None:
    parameters = bytes.fromhex("A20A000000 0700 58 01 8000 1000 01") + bytes(16)
    heard = introduced(ANYONE)(said(parameters, ANYONE))
    assert heard is not None
    assert str(heard.told) == "an Onbon BX-5K2, address 7, 128 x 16 pixels"
    heard = introduced(ANYONE)(NACK)
    assert heard is not None
    assert str(heard.told) == "an Onbon BX-5K or 6K"
    assert introduced(ANYONE)(said(parameters, 7)) is None


ANSWERS: list[Answer] = [obeyed(1), told(1), told(1, Expected(on=True)), introduced(1)]
noise = st.one_of(
    st.binary(max_size=40),
    st.binary(max_size=60).map(lambda body: said(body, 2)),
    st.binary(max_size=60).map(lambda body: framed(body, 1)),
    st.integers(0, 28).map(lambda cut: said(b"\xa0\x01\x03\0\0", 1)[:cut]),
)


@given(st.lists(noise))
def test_a_whole_answer_is_found_among_noise(parts: list[bytes]) -> None:
    heard = b"".join(parts)
    assert obeyed(1)(heard + said(b"\xa0\0\0\0\0", 1)) == YES


heads = st.sampled_from([b"\xa1\x02\0\0\0", b"\xa2\x0a\0\0\0", b"\xa0\x01", b""])


@given(st.sampled_from(ANSWERS), st.lists(st.tuples(heads, st.binary(max_size=70))))
def test_whatever_a_board_says_nothing_breaks(
    answer: Answer, bodies: list[tuple[bytes, bytes]]
) -> None:
    for sender in (1, ANYONE):
        heard = b"".join(said(head + body, sender) + body for head, body in bodies)
        with contextlib.suppress(RefusedError):
            answer(heard)
