"""How BX-5K and BX-6K controllers hear and say frames: sections 3 and 4 of their protocol."""

from __future__ import annotations

from collections.abc import Iterator

ESCAPES = {b"\xa6\x02": 0xA5, b"\xa6\x01": 0xA6, b"\x5b\x02": 0x5A, b"\x5b\x01": 0x5B}


def crc(data: bytes) -> int:
    """X^16 + X^15 + X^2 + 1, bit by bit."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (0xA001 * (value & 1))
    return value


def number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def columns(data: bytes) -> int:
    """Give pixels; where the highest bit isn't set they are told in cells of 8."""
    count = number(data)
    return count & 0x7FFF if count & 0x8000 else 8 * count


class Ear:
    """Finds frames among the bytes of a line, however they come."""

    def __init__(self) -> None:
        self._inside: bytearray | None = None

    def hear(self, data: bytes) -> Iterator[bytes]:
        """Give what lies between A5 and 5A, unescaped; A5 always begins anew."""
        for byte in data:
            if byte == 0xA5:
                self._inside = bytearray()
            elif byte == 0x5A:
                if self._inside and (content := plain(bytes(self._inside))):
                    yield content
                self._inside = None
            elif self._inside is not None:
                self._inside.append(byte)


def plain(frame: bytes) -> bytes:
    """Take the escapes out; nothing is left where one of them is none."""
    out, at = bytearray(), 0
    while at < len(frame):
        if frame[at] in {0xA6, 0x5B}:
            pair = frame[at : at + 2]
            if pair not in ESCAPES:
                return b""
            out.append(ESCAPES[pair])
            at += 2
        else:
            out.append(frame[at])
            at += 1
    return bytes(out)


def said(body: bytes, sender: int) -> bytes:
    """Frame an answer."""
    content = b"\x00\x80" + sender.to_bytes(2, "little") + bytes(6) + b"\xfe\x02"
    content += len(body).to_bytes(2, "little") + body
    content += crc(content).to_bytes(2, "little")
    pairs = {plain: pair for pair, plain in ESCAPES.items()}
    # Nine, as in the answers that are printed.
    return b"\xa5" * 9 + b"".join(pairs.get(b, bytes((b,))) for b in content) + b"\x5a"
