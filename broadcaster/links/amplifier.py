"""What keys amplifiers: a control line, or the bytes of a relay board."""

from __future__ import annotations

from broadcaster.domain.amplifier import Line, Relay
from broadcaster.links.control_port import ControlPort
from broadcaster.ports import Link


class ControlLine:
    """On while a control line is high."""

    def __init__(self, name: str, port: ControlPort, line: Line) -> None:
        self.id = name
        self._port = port
        self._line = line.name

    async def key(self) -> None:
        """Raise the line."""
        await self._port.set(self._line, high=True)

    async def release(self) -> None:
        """Lower the line."""
        await self._port.set(self._line, high=False)

    async def check(self) -> None:
        """See that the line can be driven; it stays as it is."""
        await self._port.check_line(self._line)

    async def close(self) -> None:
        """Let go of the port, which lowers its lines."""
        await self._port.close()


class RelayBoard:
    """On from one message to another, whatever becomes of who sent them."""

    def __init__(self, name: str, link: Link, relay: Relay) -> None:
        self.id = name
        self._link = link
        self._relay = relay

    async def key(self) -> None:
        """Send what switches it on."""
        await self._link.write(self._relay.on)

    async def release(self) -> None:
        """Send what switches it off."""
        await self._link.write(self._relay.off)

    async def check(self) -> None:
        """See that its port opens."""
        await self._link.check()

    async def close(self) -> None:
        """Let go of the port."""
        await self._link.close()
