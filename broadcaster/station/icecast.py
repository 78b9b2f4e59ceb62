"""Reads a mount of an Icecast server: url, user, password_file, codec, bitrate."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from broadcaster.domain.outputs import Icecast
from broadcaster.messages import msg
from broadcaster.station.kinds import one_of, text
from broadcaster.station.password import password_file, user
from broadcaster.station.table import Cell, Reader, Table

EXAMPLE = "http://192.168.1.10:8000/loa.opus"
MOUNT = re.compile(r"(/[\w.~-]+)+", re.ASCII)

BITRATES: Mapping[str, tuple[int, ...]] = {
    # Opus takes any; these are enough for one voice and for music.
    "opus": (24, 32, 48, 64, 96, 128),
    # What MPEG-1 layer III has at 48 kHz (ISO/IEC 11172-3, 2.4.2.3).
    "mp3": (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
}
USUAL = {"opus": 64, "mp3": 96}
"""Where speech and a chime, in mono, leave nothing to wish for."""
ENDINGS = {".opus": "opus", ".ogg": "opus", ".mp3": "mp3"}


def icecast(of: Table) -> Icecast | None:
    """Read it; None after a problem with what must be there."""
    url = of.required("url", _url)
    codec = _codec(of, url)
    bitrate = of.optional("bitrate", _bitrate(codec or "mp3"), None)
    who = of.optional("user", user, "source")
    secret = password_file(of)
    if not of.has("password_file"):
        of.key("password_file").wrong(msg("is missing"))
    if url is None or codec is None or secret is None:
        return None
    return Icecast(
        url=url,
        codec=codec,
        bitrate=bitrate or USUAL[codec],
        password_file=secret,
        user=who,
    )


def _url(cell: Cell) -> str | None:
    written = text(cell)
    if written is None:
        return None
    try:
        url = urlsplit(written)
        right = url.scheme in {"http", "https"} and bool(url.hostname) and url.port != 0
    except ValueError:
        right = False
    if not right:
        cell.wrong(_wrong, _example)
    elif url.username is not None:
        # The url is shown; what is secret in it would be.
        cell.wrong(msg("must not hold a user or a password; use the keys user and password_file"))
    elif url.query or url.fragment or not MOUNT.fullmatch(url.path):
        cell.wrong(msg("must end in a mount of letters, digits, . _ - and /"), _example)
    else:
        return written
    return None


_wrong = msg("must be the address of a mount, not {found}")
_example = msg('for example "{example}"', example=EXAMPLE)


def _codec(of: Table, url: str | None) -> str | None:
    """Read what is sent, or take it from the mount's ending."""
    ending = posixpath.splitext(urlsplit(url).path)[1].lower() if url else ""
    known = ENDINGS.get(ending)
    given = of.optional("codec", one_of(BITRATES), None)
    if url and not known and not of.has("codec"):
        of.key("codec").wrong(
            msg("is missing, and the mount's ending does not tell it"),
            msg("one of {words}", words=", ".join(BITRATES)),
        )
    return given or known


def _bitrate(codec: str) -> Reader[int]:
    rates = BITRATES[codec]

    def read(cell: Cell) -> int | None:
        if type(cell.value) is int and cell.value in rates:
            return cell.value
        words = ", ".join(map(str, rates))
        cell.wrong(msg("must be one of {words}, not {found}", words=words))
        return None

    return read
