"""What the daemon itself can see of the outputs that players hold, without starting a player."""

from __future__ import annotations

import os
import socket
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from broadcaster.errors import DeviceError, why
from broadcaster.messages import msg

CARDS = Path("/proc/asound/cards")
"""What Linux knows of sound cards: a line of it changes when one comes or goes."""
NETWORK = Path("/sys/class/net")
IPV4_ADDRESS = 0x8915
"""SIOCGIFADDR of netdevice(7)."""

Watch = Callable[[Mapping[str, Any]], Awaitable[object]]


async def _soundcard(_: Mapping[str, Any]) -> object:
    """Give the cards there are, and whether a PulseAudio server takes connections."""
    try:
        cards = CARDS.read_text()
    except OSError:  # another system, or one without sound
        cards = ""
    return cards, _pulse()


def _pulse() -> bool | None:
    """Tell whether PulseAudio, or what stands in for it, is there; None without a place for it."""
    named = os.environ.get("PULSE_SERVER", "").removeprefix("unix:")
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    path = named or (f"{runtime}/pulse/native" if runtime else "")
    if not path.startswith("/"):
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.settimeout(0)
        return server.connect_ex(path) == 0


async def _multicast(spec: Mapping[str, Any]) -> None:
    """Raise DeviceError where nothing leads to the group, or its description can't be written."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            if spec["interface"]:
                local = socket.inet_aton(spec["interface"])
                way.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, local)
            # Sends nothing: the system only looks which card leads there.
            way.connect((spec["group"], spec["port"]))
        except OSError as error:
            raise DeviceError("multicast", why(error)) from None
        _plugged_in(way)
    _writable(Path(spec["sdp"]))


def _plugged_in(way: socket.socket) -> None:
    """Raise DeviceError where the network card that it goes out of has no cable; on Linux alone."""
    card = _card(way)
    try:
        carries = card is None or (NETWORK / card / "carrier").read_text().strip() != "0"
    except OSError:  # switched off, which the route tells
        return
    if not carries:
        raise DeviceError("multicast", msg("the network cable of {card} is unplugged", card=card))


def _card(way: socket.socket) -> str | None:
    """Name the network card that has a socket's own address."""
    try:
        import fcntl
    except ImportError:
        return None
    own = socket.inet_aton(way.getsockname()[0])
    for _, name in socket.if_nameindex():
        try:
            asked = fcntl.ioctl(way, IPV4_ADDRESS, name.encode().ljust(40, b"\0"))
        except OSError:  # it has no address
            continue
        if asked[20:24] == own:
            return name
    return None


def _writable(file: Path) -> None:
    there = next(path for path in (file, *file.parents) if path.exists())
    if not os.access(there, os.W_OK) or (there != file and not there.is_dir()):
        raise DeviceError("multicast", msg("can't write in {folder}", folder=file.parent))


async def _icecast(spec: Mapping[str, Any]) -> None:
    from broadcaster.speakers.icecast_way import watch

    await watch(spec)


async def _sip(spec: Mapping[str, Any]) -> None:
    from broadcaster.speakers.sip_watch import watch

    await watch(spec)


WATCHES: Mapping[str, Watch] = {
    "icecast": _icecast,
    "multicast": _multicast,
    "sip": _sip,
    "soundcard": _soundcard,
}
