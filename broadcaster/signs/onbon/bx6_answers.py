"""What Onbon's BX-6 controllers answer.

Sources: "6th dynamic area user manual" 2.0 (github.com/onbonlab/BX-V-VI), 5.1.2 to 5.3, and the
message table bx06.xml of the maker's Java SDK 0.6.0 (github.com/onbonlab/pub).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from broadcaster.domain.boards import BX6_MODELS
from broadcaster.messages import Message, msg
from broadcaster.ports import SignState
from broadcaster.signs.onbon.bx6 import (
    ANYONE,
    COMMON,
    COMMON_HEAD,
    DYNAMIC,
    DYNAMIC_HEAD,
    HOST,
    LED,
    PING,
    STATUS,
    xor,
)
from broadcaster.signs.onbon.wire import crc16, payloads, refusal
from broadcaster.talk import Answer, Heard

_ACK, _NACK = (0xA0, 0x00), (0xA0, 0x01)
_REPLY = struct.Struct("<xBBHHH")
_KIND = struct.Struct("<H9xHxHH")
_STATE = struct.Struct("<BxxB10x6B")
_NAMES = {number: name for name, number in BX6_MODELS.items()}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a board says that it is."""

    model: str
    """Without the BX; its number where that is not in BX6_MODELS."""
    address: int
    width: int
    height: int

    @property
    def told(self) -> Message:
        """Say it."""
        return msg(
            "an Onbon BX-{model}, address {address}, {width} x {height} pixels",
            model=self.model,
            address=self.address,
            width=self.width,
            height=self.height,
        )


def obeyed(address: int) -> Answer:
    """Wait for the plain yes of one board."""
    return _heard(address, _ACK, lambda _: Heard(SignState.ACKNOWLEDGED))


def introduced(address: int, judge: Callable[[Kind], None]) -> Answer:
    """Wait for one board to say what it is; `judge` raises RefusedError of what it must not be.

    model(2) | firmware(8) | parameters | address(2) | baud | width(2) | height(2) | ...
    """

    def read(data: bytes) -> Heard | None:
        if len(data) < _KIND.size:
            return None
        number, *more = _KIND.unpack_from(data)
        kind = Kind(_NAMES.get(number, f"{number:04X}"), *more)
        judge(kind)
        return Heard(SignState.ACKNOWLEDGED, kind.told)

    return _heard(address, (LED, PING | 0x80), read)


def described(address: int) -> Answer:
    """Wait for one board to say how it is.

    on | timed | brightness: mode, level | programs(2) | running(4) | locked x2 | mode
    | clock: works, year(2) month day hour minute second weekday in BCD | sensors ...
    """

    def read(data: bytes) -> Heard | None:
        if len(data) < _STATE.size:
            return None
        lit, level, *digits = _STATE.unpack_from(data)
        low, high, month, day, hour, minute = (f"{byte:02x}" for byte in digits)
        clock = f"{high}{low}-{month}-{day} {hour}:{minute}"
        if lit & 1:
            how = msg("on, brightness level {level}, its clock {clock}", level=level, clock=clock)
        else:
            how = msg("off, brightness level {level}, its clock {clock}", level=level, clock=clock)
        return Heard(SignState.ACKNOWLEDGED, how)

    return _heard(address, (LED, STATUS | 0x80), read)


def _heard(address: int, wanted: tuple[int, int], read: Callable[[bytes], Heard | None]) -> Answer:
    def answer(heard: bytes) -> Heard | None:
        for reply in replies(heard):
            # Echoes of our own bytes are to somebody else, other boards' answers from them.
            if address not in {ANYONE, reply.address}:
                continue
            if reply.command == _NACK:
                raise refusal(reply.error)
            if reply.command == wanted and (found := read(reply.data)):
                return found
        return None

    return answer


@dataclass(frozen=True, slots=True)
class Reply:
    """What a board answered."""

    address: int
    """Its own."""
    command: tuple[int, int]
    """Group and number; those of a question with the high bit set in the number."""
    error: int
    data: bytes


def replies(heard: bytes) -> Iterator[Reply]:
    """Find all whole answers to us among bytes heard.

    They come in either frame, with the body

        0 | group | command | status(2) | error(2) | size(2) | data

    Their sums are checked as those of our own frames are made, which the manual says of dynamic
    areas alone (2., 5.1.2).
    """
    for payload in payloads(heard):
        if payload[4:5] == bytes((DYNAMIC,)):
            to, address, body = _from_dynamic(payload)
        else:
            to, address, body = _from_common(payload)
        if to != HOST or len(body) < _REPLY.size:
            continue
        group, command, _, error, size = _REPLY.unpack_from(body)
        data = body[_REPLY.size :]
        if len(data) == size:
            yield Reply(address, (group, command), error, data)


def _from_dynamic(payload: bytes) -> tuple[int, int, bytes]:
    framed, body = payload[:-2], payload[DYNAMIC_HEAD.size : -2]
    if len(framed) < DYNAMIC_HEAD.size or crc16(framed) != payload[-2:]:
        return _NOTHING
    to, address, _, _, size = DYNAMIC_HEAD.unpack_from(framed)
    return (to, address, body) if size == len(body) else _NOTHING


def _from_common(payload: bytes) -> tuple[int, int, bytes]:
    head, body = payload[: COMMON_HEAD.size + 1], payload[COMMON_HEAD.size + 1 :]
    if len(head) <= COMMON_HEAD.size or xor(head) != b"\0":
        return _NOTHING
    to, address, version, *_, size, crc = COMMON_HEAD.unpack_from(head)
    whole = (version, size, crc) == (COMMON, len(body), crc16(body))
    return (to, address, body) if whole else _NOTHING


_NOTHING = 0, 0, b""
