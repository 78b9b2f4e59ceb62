"""What Onbon's BX-5K and BX-6K controllers answer: obeyed, refused, or what they hold.

Source: the maker's "BX-5K/6K communication protocol" v1.4, sections 5.1.2, 6, 7, 8.4 and 8.21.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from struct import unpack_from
from typing import NamedTuple

from broadcaster.messages import Message, msg
from broadcaster.ports import SignState
from broadcaster.signs.onbon.bx5 import BRIGHTEST, HOST, packets
from broadcaster.signs.onbon.wire import refusal
from broadcaster.talk import Answer, Heard, RefusedError

MODELS: Mapping[int, str] = {
    0x51: "5K1",
    0x53: "5MK2",
    0x54: "5MK1",
    0x58: "5K2",
    0x5C: "5K1Q-YY",
    0x61: "6K1",
    0x62: "6K2",
    0x63: "6K3",
    0x64: "6K1-YY",
    0x65: "6K2-YY",
    0x66: "6K3-YY",
    0x67: "6K1-4G",
    0x68: "6K2-4G",
    0x69: "6K4",
}
"""By the number that it tells (section 4; 5C in Led5kSDK.h of github.com/onbonlab/bx.k.cplus)."""

_SHORTEST, _STATE, _SHORTEST_STATE, _SHORTEST_PARAMETERS = 5, 20, 21, 13
"""Bytes of an answer, of a status up to its areas and as a whole, and of parameters."""
_TAILS = (28, 0)
"""Bytes after the last area's number: barcode and network name, which old firmware may lack."""
_MOST_AREAS = 8


class Status(NamedTuple):
    """What it tells of its state (8.4)."""

    on: bool
    brightness: int
    clock: str
    """Hours and minutes."""
    areas: tuple[int, ...]
    """The numbers of its text areas."""
    picture: bool
    """Whether it has a special area."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a controller that holds what it was sent tells."""

    on: bool
    brightness: int | None = None
    """None, here and below: whatever it tells."""
    areas: tuple[int, ...] | None = None
    picture: bool | None = None


def obeyed(address: int) -> Answer:
    """Give what waits for a controller to say that it obeys (section 7)."""

    def answer(heard: bytes) -> Heard | None:
        said = any(body[:2] == b"\xa0\0" for body in _bodies(heard, address))
        return Heard(SignState.ACKNOWLEDGED) if said else None

    return answer


def told(address: int, expected: Expected | None = None) -> Answer:
    """Give what waits for a controller's status, and refuses another one than is expected."""

    def answer(heard: bytes) -> Heard | None:
        for body in _bodies(heard, address):
            if (found := status(body)) is not None:
                if expected and (wrong := _wrong(found, expected)):
                    raise RefusedError(wrong)
                return Heard(SignState.READ_BACK, _described(found))
        return None

    return answer


def introduced(address: int, size: str = "") -> Answer:
    """Give what waits for a controller to say what it is, and refuses one of another size (8.21).

    One that doesn't know the question is one of them all the same.
    """

    def answer(heard: bytes) -> Heard | None:
        try:
            bodies = list(_bodies(heard, address))
        except RefusedError:
            return Heard(SignState.ACKNOWLEDGED, msg("an Onbon BX-5K or 6K"))
        for body in bodies:
            if body[:2] == b"\xa2\x0a" and len(body) >= _SHORTEST_PARAMETERS:
                return Heard(SignState.READ_BACK, _introduction(body, size))
        return None

    return answer


def status(body: bytes) -> Status | None:
    """Read what it tells of its state; None where it is something else.

        A1 02 error | 00 00 | on, 1 | brightness, 1 | time, 8 | programmes, 1 | file, 4 |
        special area, 1 | its pages, 1 | areas, 1 | their numbers | barcode, 16 | name, 12

    Time is BCD: year, 2, month, day, weekday, hour, minute, second. Models without a special
    area leave out its two bytes: the length tells which.
    """
    if body[:2] != b"\xa1\x02" or len(body) < _SHORTEST_STATE:
        return None
    rest = body[_STATE:]
    for special, tail in ((special, tail) for tail in _TAILS for special in (rest[:2], b"")):
        areas = rest[len(special) :]
        if areas and areas[0] <= _MOST_AREAS and 1 + areas[0] + tail == len(areas):
            clock = f"{body[12]:02x}:{body[13]:02x}"
            numbers = tuple(areas[1 : 1 + areas[0]])
            return Status(body[5] == 1, body[6], clock, numbers, special[:1] == b"\x01")
    return None


def _bodies(heard: bytes, address: int) -> Iterator[bytes]:
    """Give what one controller said to us, and raise RefusedError where that is no."""
    for packet in packets(heard):
        # Echoes of our own bytes are to somebody else, other boards' answers from them.
        if (packet.to, packet.sender) != (HOST, address) or len(packet.body) < _SHORTEST:
            continue
        group, number, error = packet.body[:3]
        if error or (group, number) == (0xA0, 0x01):
            raise refusal(error)
        yield packet.body


def _wrong(told: Status, expected: Expected) -> Message | None:
    if told.on is not expected.on:
        if told.on:
            return msg("obeyed, but tells that it is still on")
        return msg("obeyed, but tells that it is switched off")
    if expected.brightness not in {None, told.brightness}:
        percent = _percent(told.brightness)
        return msg("obeyed, but tells that its brightness is {percent} %", percent=percent)
    if expected.areas not in {None, told.areas} or expected.picture not in {None, told.picture}:
        return msg("obeyed, but tells that it doesn't hold what it was sent")
    return None


def _described(told: Status) -> Message:
    percent = _percent(told.brightness)
    if told.on:
        return msg(
            "on, brightness {percent} %, its clock {clock}", percent=percent, clock=told.clock
        )
    return msg(
        "switched off, brightness {percent} %, its clock {clock}",
        percent=percent,
        clock=told.clock,
    )


def _introduction(body: bytes, wanted: str) -> Message:
    address, model, _, width, height = unpack_from("<HBBHH", body, 5)
    if wanted and (found := f"{width} x {height}") != wanted:
        raise RefusedError(
            msg("is set to {found} pixels, not to {wanted}", found=found, wanted=wanted)
        )
    return msg(
        "an Onbon BX-{model}, address {address}, {width} x {height} pixels",
        model=MODELS.get(model, "5K or 6K"),
        address=address,
        width=width,
        height=height,
    )


def _percent(level: int) -> int:
    return round(100 * level / BRIGHTEST)
