"""Who asks, for the ledger."""

from __future__ import annotations

import socket
import struct

CREDENTIALS = struct.Struct("3i")
"""Process, user and group of the other end."""


def user_of(peer: socket.socket) -> str:
    """Name the user who is at the other end; may take long where users are kept elsewhere."""
    if peer.family == getattr(socket, "AF_UNIX", None) and hasattr(socket, "SO_PEERCRED"):
        import pwd

        held = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size)
        _, user, _ = CREDENTIALS.unpack(held)
        try:
            return pwd.getpwuid(user).pw_name
        except KeyError:
            return str(user)
    import getpass

    # Who has the token could read a file that is for this user alone.
    return getpass.getuser()
