"""What all of Onbon's controllers have in common: how frames are wrapped and summed, why refused.

Sources: "BX-5K/6K communication protocol" v1.4 (onbonlab.github.io, zh/k/potocol), and the maker's
own code for BX-6 (github.com/onbonlab/bx.dual.dyn.java: BxFrameWrapper, BxUtils).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from broadcaster.messages import Message, msg
from broadcaster.talk import RefusedError

HEAD, TAIL = b"\xa5" * 8, b"\x5a"
_ESCAPES = {0xA5: b"\xa6\x02", 0xA6: b"\xa6\x01", 0x5A: b"\x5b\x02", 0x5B: b"\x5b\x01"}
_UNESCAPES = {escaped: bytes((plain,)) for plain, escaped in _ESCAPES.items()}
_ESCAPED = re.compile(rb"[\xa5\xa6\x5a\x5b]")
_PAIR = re.compile(rb"[\xa6\x5b].?", re.DOTALL)
# Neither byte is ever inside a frame, so that a frame that broke off ends where the next begins.
_FRAME = re.compile(rb"\xa5([^\xa5\x5a]+)\x5a")


def _entry(low: int) -> int:
    for _ in range(8):
        low = low >> 1 ^ (0xA001 if low & 1 else 0)
    return low


_TABLE = tuple(map(_entry, range(256)))


def crc16(data: bytes) -> bytes:
    """Give the CRC-16/ARC (reflected 0xA001, from 0, not inverted), low byte first."""
    crc = 0
    for byte in data:
        crc = crc >> 8 ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc.to_bytes(2, "little")


def wrapped(payload: bytes) -> bytes:
    """Put a payload on the wire; what counts or sums its bytes is done before.

        A5 x8 | payload, escaped | 5A

    Within it A5 goes as A6 02, A6 as A6 01, 5A as 5B 02, 5B as 5B 01. A receiver takes any
    number of A5, at least one; controllers' own answers have nine at times.
    """
    return HEAD + _ESCAPED.sub(lambda found: _ESCAPES[found[0][0]], payload) + TAIL


def payloads(heard: bytes) -> Iterator[bytes]:
    """Find every whole payload among bytes heard; what is cut short or garbled is passed over."""
    for found in _FRAME.finditer(heard):
        pairs = _PAIR.findall(found[1])
        if all(pair in _UNESCAPES for pair in pairs):
            yield _PAIR.sub(lambda pair: _UNESCAPES[pair[0]], found[1])


def told_time(now: datetime) -> bytes:
    """Give a time as controllers' clocks take it, 8 bytes of BCD.

    year, low byte first, 2 | month | day | hour | minute | second | weekday, Monday 1
    """
    year = f"{now.year % 100:02}{now.year // 100:02}"
    return bytes.fromhex(f"{year}{now:%m%d%H%M%S}{now.isoweekday():02}")


ERRORS: Mapping[int, Message] = {
    1: msg("doesn't know this group of commands: is its model right?"),
    2: msg("doesn't know this command: is its model right?"),
    3: msg("is busy"),
    4: msg("has no room for it"),
    5: msg("received it damaged"),
    6: msg("lacks the file that it was asked for"),
    7: msg("can't use its flash memory"),
    8: msg("failed to store a file"),
    9: msg("was given a file with a wrong name"),
    10: msg("was given a file of a wrong kind"),
    11: msg("was given a file that arrived damaged"),
    12: msg("lacks the letters: its fonts must be loaded with the maker's program"),
    13: msg("has other firmware: is its model right?"),
    14: msg("was told a date and time that it can't read"),
    15: msg("has a file of that name already"),
    16: msg("received the parts of a picture or file out of order"),
    17: msg("is of another model"),
    18: msg("has no screen parameters, or wrong ones: set them with the maker's program"),
    19: msg("has another number"),
    20: msg("is locked with a password"),
    22: msg("is locked with a password"),
    23: msg("is locked with a password"),
    24: msg("has a broken clock"),
    25: msg("finds a value wrong"),
    29: msg("can't reach its own scanning part"),
}
"""Why a controller refuses, by the number that it tells.

Up to 16 in section 6 of BX-5K/6K's protocol, up to 19 in 5.2.2 of the manual of BX-6's dynamic
areas, the same ones; the others in the maker's Java SDK for BX-6 (0.6.0, ErrorType).
"""


def refusal(error: int) -> RefusedError:
    """Say in plain words why a controller refused."""
    other = msg("refuses, for a reason of its own: {number}", number=error)
    return RefusedError(ERRORS.get(error, other))
