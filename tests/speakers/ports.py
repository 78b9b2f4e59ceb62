"""Ports for programs that must be told theirs."""

from __future__ import annotations

import socket


def free() -> int:
    """Give a UDP port of 127.0.0.1 that nobody has just now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
