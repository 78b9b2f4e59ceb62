"""What a SIP call says of its sound: our offer, and what the far end makes of it (RFC 3264)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from broadcaster.speakers.rtp import Codec

NOWHERE = "0.0.0.0"  # noqa: S104 - the far end's, not ours
"""The address by which old devices put a call on hold (RFC 3264, section 8.4)."""


@dataclass(frozen=True, slots=True)
class Media:
    """Where the far end wants the sound, and as what."""

    host: str
    port: int
    codec: Codec
    """With the payload type that the far end gave it."""
    listens: bool
    """False: it has us on hold."""


def offer(host: str, port: int, session: int, codecs: Sequence[Codec]) -> bytes:
    """Offer codecs, the best first.

    It says sendrecv, and what comes in is let go: sendonly is how a caller holds a call, and
    Asterisk then has the one called hear its music instead of us (res_pjsip_sdp_rtp.c).
    """
    types = " ".join(str(codec.payload_type) for codec in codecs)
    lines = [
        "v=0",
        f"o=- {session} {session} IN IP4 {host}",
        "s=broadcaster",
        f"c=IN IP4 {host}",
        "t=0 0",
        f"m=audio {port} RTP/AVP {types}",
        *(f"a=rtpmap:{codec.payload_type} {codec.rtpmap}" for codec in codecs),
        f"a=ptime:{1000 * codecs[0].packet:g}",
        "a=sendrecv",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def media(description: bytes, codecs: Iterable[Codec]) -> Media | None:
    """Read what was answered; None where there is no sound in it that we could send."""
    session, audio = _audio(description.decode(errors="replace").splitlines())
    line = _MEDIA.fullmatch(audio[0]) if audio else None
    port = int(line[1]) if line else 0
    if line is None or not 0 < port < 1 << 16:
        return None
    lines = (*audio, *session)
    found = _codec(line[2].split(), audio, {codec.rtpmap.lower(): codec for codec in codecs})
    host = next((way[1] for each in lines if (way := _WAY.fullmatch(each))), "")
    if found is None or not host:
        return None
    direction = next((each for each in lines if each in _DIRECTIONS), "a=sendrecv")
    held = host == NOWHERE or direction in {"a=sendonly", "a=inactive"}
    return Media(host, port, found, listens=not held)


_MEDIA = re.compile(r"m=audio (\d{1,5})(?:/\d+)? RTP/AVP(.*)", re.ASCII)
_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|\d?\d)"
_WAY = re.compile(rf"c=IN IP4 ({_BYTE}(?:\.{_BYTE}){{3}})\b.*", re.ASCII)
"""By address: a name would have to be looked up for each packet."""
_TYPE = re.compile(r"\d|[1-9]\d|1[01]\d|12[0-7]", re.ASCII)
"""Seven bits (RFC 3550, section 5.1)."""
_DIRECTIONS = {"a=sendrecv", "a=recvonly", "a=sendonly", "a=inactive"}


def _audio(lines: list[str]) -> tuple[list[str], list[str]]:
    """Give the lines of the whole session, and those of its first sound."""
    starts = [place for place, line in enumerate(lines) if line.startswith("m=")]
    for start, end in pairwise([*starts, len(lines)]):
        if lines[start].startswith("m=audio "):
            return lines[: starts[0]], lines[start:end]
    return lines, []


def _codec(types: list[str], audio: list[str], ours: dict[str, Codec]) -> Codec | None:
    """Give the first that we have; a type below 96 needs no map (RFC 3551, section 6)."""
    usual = {str(codec.payload_type): key for key, codec in ours.items() if codec.payload_type < 96}  # noqa: PLR2004
    mapped = dict(line[len("a=rtpmap:") :].split(" ", 1) for line in audio if _maps(line))
    for each in filter(_TYPE.fullmatch, types):
        named = mapped.get(each, usual.get(each, "")).strip().lower()
        # One channel needs not be written (RFC 8866, section 6.6).
        codec = ours.get(named) or ours.get(named.removesuffix("/1"))
        if codec is not None:
            return replace(codec, payload_type=int(each))
    return None


def _maps(line: str) -> bool:
    return line.startswith("a=rtpmap:") and " " in line
