"""The way to an Icecast server, and what is said where there is none."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from broadcaster.errors import DeviceError, why
from broadcaster.messages import Message, msg
from broadcaster.secret import password

PATIENCE = 5.0
"""Seconds for the way to a server, and for its answer."""
PORTS = {"http": 80, "https": 443}


async def watch(spec: Mapping[str, Any]) -> None:
    """Raise DeviceError where the server takes no connection, or the password can't be read."""
    secret = password(Path(spec["password_file"]))
    if isinstance(secret, Message):
        raise DeviceError("icecast", secret)
    url = urlsplit(spec["url"])
    try:
        async with asyncio.timeout(PATIENCE):
            _, writer = await asyncio.open_connection(url.hostname, url.port or PORTS[url.scheme])
    except (OSError, UnicodeError) as error:
        raise DeviceError("icecast", unreachable(url, error)) from None
    writer.transport.abort()


def unreachable(url: SplitResult, error: OSError | UnicodeError) -> Message:
    """Say why there is no way to a server."""
    place = url.netloc
    match error:
        case ConnectionRefusedError():
            return msg("nothing listens at {place}: is Icecast running there?", place=place)
        case TimeoutError():
            return silent(url)
        case socket.gaierror() | UnicodeError():
            return msg("the name {host} is not found in the network", host=url.hostname)
        case ssl.SSLCertVerificationError():
            return msg("the certificate of {place} is not trusted: {why}", place=place,
                       why=error.verify_message)  # fmt: skip
    return msg("{place} can't be reached: {why}", place=place, why=why(error))


def silent(url: SplitResult) -> Message:
    """Say that a server gives no answer."""
    return msg("{place} does not answer", place=url.netloc)
