"""SIP messages as bytes (RFC 3261, section 7): read as devices write them, written by the book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

VERSION = "SIP/2.0"
PORT = 5060
COMPACT = {
    "c": "Content-Type", "f": "From", "i": "Call-ID", "k": "Supported", "l": "Content-Length",
    "m": "Contact", "t": "To", "v": "Via",
}  # fmt: skip
"""Headers that may be one letter (RFC 3261, section 7.3.3)."""
ECHOED = {"via", "from", "to", "call-id", "cseq", "record-route"}
"""What a response has from its request (sections 8.2.6.2 and 12.1.1)."""

Headers = tuple[tuple[str, str], ...]

_URI = re.compile(
    r"sip:(?:[^@\s<>]+@)?(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?",
    re.ASCII | re.IGNORECASE,
)
_TAG = re.compile(r";\s*tag\s*=\s*([^;\s>]+)", re.IGNORECASE)
_COMMA = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)(?![^<]*>)')
_FOLD = re.compile(r"\r\n[ \t]+")


@dataclass(frozen=True, slots=True)
class Message:
    """A request or a response.

        INVITE sip:900@10.0.0.5 SIP/2.0     or     SIP/2.0 200 OK
        Via: SIP/2.0/UDP 10.0.0.9:40000;branch=z9hG4bK1f
        ...
                                            an empty line
        body, as long as Content-Length says

    Content-Length is no header here: it is written for the body.
    """

    start: tuple[str, str, str]
    headers: Headers
    body: bytes = b""

    @property
    def code(self) -> int:
        """Give a response's status; 0 of a request."""
        return int(self.start[1]) if self.start[0] == VERSION else 0

    @property
    def method(self) -> str:
        """Give what a request asks, or what a response answers."""
        return self.value("CSeq").rpartition(" ")[2] if self.code else self.start[0]

    def value(self, name: str) -> str:
        """Give the first header of a name; empty where there is none."""
        return next(iter(self.values(name)), "")

    def values(self, name: str) -> tuple[str, ...]:
        """Give every header of a name, a line each."""
        return tuple(value for key, value in self.headers if key.lower() == name.lower())

    def listed(self, name: str) -> tuple[str, ...]:
        """Give what the headers of a name list, in lines or between commas."""
        parts = (part.strip() for value in self.values(name) for part in _COMMA.split(value))
        return tuple(part for part in parts if part)

    def __bytes__(self) -> bytes:
        """Give what goes out."""
        headers = (*self.headers, ("Content-Length", str(len(self.body))))
        lines = [" ".join(self.start), *(f"{name}: {value}" for name, value in headers), "", ""]
        return "\r\n".join(lines).encode() + self.body


def parse(data: bytes) -> Message:
    """Read what came in; raises ValueError where that is no SIP message."""
    head, _, body = data.lstrip(b"\r\n").partition(b"\r\n\r\n")
    first, *lines = _FOLD.sub(" ", head.decode(errors="replace")).split("\r\n")
    # Some devices give no reason, nor the space before it.
    word, middle, last = (*first.split(" ", 2), "", "")[:3]
    response = word == VERSION and re.fullmatch(r"[1-6]\d\d", middle)
    if not response and last != VERSION:
        raise ValueError(f"no SIP message: {first}")
    found = tuple(_headers(lines))
    length = next((value for name, value in found if name.lower() == "content-length"), "")
    headers = tuple(each for each in found if each[0].lower() != "content-length")
    return Message(
        (word, middle, last), headers, body[: int(length)] if length.isdecimal() else body
    )


def _headers(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            name = name.strip()
            yield COMPACT.get(name.lower(), name), value.strip()


def answer(
    to: Message, code: int, reason: str, tag: str, more: Headers = (), body: bytes = b""
) -> Message:
    """Make the response to a request; `tag` is ours, where its To has none yet."""
    kept = [
        (name, f"{value};tag={tag}" if name.lower() == "to" and not tag_of(value) else value)
        for name, value in to.headers
        if name.lower() in ECHOED
    ]
    return Message((VERSION, str(code), reason), (*kept, *more), body)


def tag_of(address: str) -> str:
    """Give the tag of a From or To; empty where it has none."""
    found = _TAG.search(address.rpartition(">")[2] if ">" in address else address)
    return found[1] if found else ""


def uri_of(address: str) -> str:
    """Give what is to be written of a Contact or Route, less its name and parameters."""
    inside = re.search(r"<([^>]*)>", address)
    return inside[1] if inside else address.partition(";")[0].strip()


def target(uri: str) -> tuple[str, int]:
    """Give the host and port that a URI leads to; raises ValueError for other kinds than sip."""
    found = _URI.match(uri)
    port = int(found[2] or PORT) if found else 0
    if not found or not 0 < port < 1 << 16:
        raise ValueError(f"no SIP address: {uri}")
    return found[1], port


def reachable(uri: str) -> bool:
    """Say whether a URI leads anywhere."""
    try:
        target(uri)
    except ValueError:
        return False
    return True
