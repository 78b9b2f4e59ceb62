"""What all of Onbon's controllers have in common: how a frame is wrapped, and its check sum.

Sources: "BX-5K/6K communication protocol" v1.4 (onbonlab.github.io, zh/k/potocol), and the maker's
own code for BX-6 (github.com/onbonlab/bx.dual.dyn.java: BxFrameWrapper, BxUtils).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
