"""Control lines: what a real port and a serial server show of them."""

from __future__ import annotations

import asyncio
import os
import termios
from pathlib import Path

import pytest

from broadcaster.domain.amplifier import AmplifierSpec, Line
from broadcaster.domain.link import LinkUrl
from broadcaster.errors import DeviceError
from broadcaster.links.control_port import ControlPort
from broadcaster.links.open import open_amplifiers
from tests.emulators.port import Port
from tests.emulators.server import SerialServer

# pyserial leaves a socket that its peer has closed to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*unclosed <socket:pytest.PytestUnraisableExceptionWarning",
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning",
)
NOBODY = 65534


def test_two_lines_of_one_port_are_two_amplifiers() -> None:
    server = SerialServer()
    link = f"rfc2217://127.0.0.1:{server.port}"
    specs = {line: AmplifierSpec(link=link, by=Line(line)) for line in ("rts", "dtr")}
    made = open_amplifiers(specs)

    async def main() -> None:
        await made["rts"].release()
        assert server.high() == set()
        await made["rts"].key()
        assert server.high() == {"rts"}
        await made["dtr"].key()
        assert server.high() == {"rts", "dtr"}
        await made["rts"].release()
        assert server.high() == {"dtr"}
        await made["dtr"].close()

    asyncio.run(main())
    server.unplug()


def test_a_port_opened_anew_raises_only_what_is_to_be_high() -> None:
    server = SerialServer()
    port = ControlPort(LinkUrl.parse(f"rfc2217://127.0.0.1:{server.port}"), "loa")

    async def main() -> None:
        await port.set("rts", high=True)
        server.unplug()
        with pytest.raises(DeviceError):
            await port.check_line("rts")
        server.plug_in()
        await port.check_line("rts")
        assert server.high() == {"rts"}
        await port.close()

    asyncio.run(main())
    server.unplug()


def test_a_port_without_control_lines_is_named(tmp_path: Path) -> None:
    pty = Port(tmp_path)
    port = ControlPort(LinkUrl.parse(f"serial://{pty.path}"), "loa")

    async def main() -> None:
        with pytest.raises(DeviceError) as raised:
            await port.set("dtr", high=True)
        assert str(raised.value) == f"loa: {pty.path} has no line dtr"

    asyncio.run(main())
    pty.unplug()


def test_the_system_is_told_to_lower_the_lines_when_we_die(tmp_path: Path) -> None:
    """A pty has no lines to look at: what the system was told of the port is looked at."""
    pty = Port(tmp_path)
    settings = termios.tcgetattr(pty._near)
    settings[2] &= ~termios.HUPCL
    termios.tcsetattr(pty._near, termios.TCSANOW, settings)
    port = ControlPort(LinkUrl.parse(f"serial://{pty.path}"), "loa")

    async def main() -> None:
        await port.check()
        assert termios.tcgetattr(pty._near)[2] & termios.HUPCL
        await port.close()

    asyncio.run(main())
    pty.unplug()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become nobody, who is refused")
def test_nobody_else_opens_a_port_that_is_held(tmp_path: Path) -> None:
    """Their opening alone would raise the lines."""
    pty = Port(tmp_path)
    port = ControlPort(LinkUrl.parse(f"serial://{pty.path}"), "loa")

    name = os.ttyname(pty._near)
    os.chmod(name, 0o666)  # noqa: PTH101, S103 - it is the lock that is to refuse

    async def opens() -> bool:
        shell = await asyncio.create_subprocess_exec(
            "/bin/sh", "-c", f"exec 3<{name}", user=NOBODY, stderr=asyncio.subprocess.DEVNULL
        )
        return await shell.wait() == 0

    async def main() -> None:
        assert await opens()
        await port.check()
        assert not await opens()
        await port.close()

    asyncio.run(main())
    pty.unplug()
