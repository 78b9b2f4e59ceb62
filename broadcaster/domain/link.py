"""Where a device is plugged in, as devices.toml says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl

from broadcaster.messages import Message, msg

SCHEMES = ("serial", "socket", "rfc2217")
_FORMAT = re.compile(r"[5-8][NEOMS](1|1\.5|2)")
_FASTEST = 4_000_000
LINE, NETWORK = 9600, 10_000_000
"""Bits a second where a link names no `baud`: a line's, and Ethernet's, for a bare socket."""


class LinkError(ValueError):
    """What is wrong with a link, in plain words."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True, slots=True)
class LinkUrl:
    """A serial port, a bare TCP socket, or a serial server that speaks RFC 2217.

    `serial:///dev/serial/by-id/usb-...?baud=9600&format=8N1`, `socket://host:5005`,
    `rfc2217://host:2217`. The last two take `baud` and `format` too: those of the line behind.
    A socket without `baud` is a device on the network itself.
    """

    scheme: str
    where: str
    """A port's path or name, or `host:port`."""
    baud: int = LINE
    format: str = "8N1"
    """Data bits, parity, stop bits."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one; raises LinkError."""
        scheme, colon, rest = text.partition(":")
        if not colon or scheme not in SCHEMES:
            raise LinkError(
                msg('"{text}" must begin with serial://, socket:// or rfc2217://', text=text)
            )
        where, _, query = rest.removeprefix("//").partition("?")
        if scheme != "serial":
            _check_host(where, text)
        elif not where:
            raise LinkError(
                msg('"{text}" names no port: write serial:///dev/serial/by-id/...', text=text)
            )
        baud, format_ = _settings(query, NETWORK if scheme == "socket" else LINE)
        return cls(scheme, where, baud, format_)

    def __str__(self) -> str:
        """Give the place without its settings."""
        return f"{self.scheme}://{self.where}"

    def seconds(self, count: int) -> float:
        """Give how long so many bytes take on the line."""
        bits = 1 + int(self.format[0]) + (self.format[1] != "N") + float(self.format[2:])
        return count * bits / self.baud


def _check_host(where: str, text: str) -> None:
    host, _, port = where.rpartition(":")
    if not host or "/" in where:
        raise LinkError(
            msg('"{text}" must name a host and a port, like socket://192.168.1.20:5005', text=text)
        )
    if not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise LinkError(msg('"{port}" is not a TCP port: it must be from 1 to 65535', port=port))


def _settings(query: str, usual: int) -> tuple[int, str]:
    given = dict(parse_qsl(query, keep_blank_values=True))
    baud, format_ = given.pop("baud", None), given.pop("format", "8N1").upper()
    if given:
        raise LinkError(
            msg('"{key}" is no setting of a link: there are baud, format', key=next(iter(given)))
        )
    if baud is not None and not (baud.isdecimal() and 0 < int(baud) <= _FASTEST):
        raise LinkError(msg('"{baud}" is not a baud rate, like 9600', baud=baud))
    if not _FORMAT.fullmatch(format_):
        raise LinkError(
            msg('"{used}" is not a format, like 8N1: data bits, parity, stop bits', used=format_)
        )
    return int(baud) if baud else usual, format_
