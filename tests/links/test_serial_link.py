from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from broadcaster.domain.link import LinkUrl
from broadcaster.errors import DeviceError
from broadcaster.links.serial_link import SerialLink
from tests.emulators.port import Port


@pytest.fixture
def port(tmp_path: Path) -> Iterator[Port]:
    port = Port(tmp_path)
    yield port
    port.unplug()


def link_to(path: Path | str, patience: float = 5.0) -> SerialLink:
    return SerialLink(LinkUrl.parse(f"serial://{path}?baud=4000000"), "cong-ubnd", patience)


def failure(act: Callable[[], object]) -> str:
    with pytest.raises(DeviceError) as caught:
        asyncio.run(act())  # type: ignore[arg-type]
    return str(caught.value)


def test_a_missing_port_is_named(tmp_path: Path) -> None:
    assert failure(link_to(tmp_path / "gone").check) == (
        f"cong-ubnd: can't open {tmp_path}/gone: No such file or directory"
    )


def test_what_is_no_port_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert failure(link_to(tmp_path / "file").check) == (
        f"cong-ubnd: can't open {tmp_path}/file: Inappropriate ioctl for device"
    )


def test_two_programs_can_not_write_to_one_port(port: Port) -> None:
    async def main() -> None:
        first, second = link_to(port.path), link_to(port.path)
        await first.write(b"mine")
        with pytest.raises(DeviceError, match="is in use by another program"):
            await second.write(b"too")
        await first.close()
        await second.write(b"now")
        assert await asyncio.to_thread(port.read, 7) == b"minenow"
        await second.close()

    asyncio.run(main())


def test_a_port_unplugged_and_plugged_in_under_the_same_name_loses_no_later_write(
    port: Port,
) -> None:
    async def main() -> None:
        link = link_to(port.path)
        await link.write(b"before")
        port.unplug()
        port.plug_in()
        await link.write(b"after")
        assert await asyncio.to_thread(port.read, 5) == b"after"
        await link.close()

    asyncio.run(main())


def test_a_stalled_port_fails_within_its_patience_and_is_tried_anew(port: Port) -> None:
    async def main() -> None:
        link = link_to(port.path, patience=0.5)
        with pytest.raises(DeviceError, match="is stalled: it takes no more bytes"):
            await link.write(bytes(100_000))
        port.drain()
        await link.write(b"again")
        assert (await asyncio.to_thread(port.read_until, b"again")).endswith(b"again")
        await link.close()

    asyncio.run(main())


def test_what_a_board_says_is_not_taken_for_a_fault(port: Port) -> None:
    async def main() -> None:
        link = link_to(port.path)
        for _ in range(3):
            port.say(b"\x06" * 100)
            await link.write(b"!")
        assert await asyncio.to_thread(port.read, 3) == b"!!!"
        await link.close()

    asyncio.run(main())


def test_writes_from_many_tasks_are_not_mixed(port: Port) -> None:
    async def main() -> None:
        link = link_to(port.path)
        blocks = [bytes([letter]) * 500 for letter in b"abcdef"]
        writes = asyncio.gather(*(link.write(block) for block in blocks))
        got = await asyncio.to_thread(port.read, 3000)
        await writes
        assert sorted(got[at : at + 500] for at in range(0, 3000, 500)) == blocks
        await link.close()

    asyncio.run(main())


def test_ports_lost_again_and_again_leave_nothing_open(port: Port) -> None:
    async def main() -> None:
        link = link_to(port.path)
        for _ in range(2):
            await link.write(b"x")
            port.unplug()
            with pytest.raises(DeviceError):
                await link.write(b"x")
            port.plug_in()
        open_now = _descriptors()
        for _ in range(10):
            await link.write(b"x")
            port.unplug()
            with pytest.raises(DeviceError):
                await link.write(b"x")
            port.plug_in()
        assert _descriptors() == open_now

    asyncio.run(main())


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
