from __future__ import annotations

import asyncio
import os
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.link import LinkUrl
from broadcaster.domain.station import SignSpec
from broadcaster.errors import DeviceError
from broadcaster.links.open import open_link
from broadcaster.ports import SignState
from broadcaster.signs.alpha_sign import AlphaSign
from broadcaster.signs.font import render
from tests.emulators.alpha import AlphaBoard, Screen
from tests.emulators.port import Port
from tests.fakes.link import FakeLink

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
LINE = LinkUrl.parse("serial://COM1")


def spec(width: int = 128, height: int = 16, link: str = "serial://COM1") -> SignSpec:
    return SignSpec(id="cong", driver="alpha", link=link, width=width, height=height)


def content(*slogans: tuple[str, str]) -> SignContent:
    return SignContent(tuple(ShownSlogan(text, effect, 8.0) for text, effect in slogans))


def lit(text: str, width: int = 0, height: int = 16) -> list[str]:
    pixels = render(text, height)
    board = pixels.centred(width, height) if width else pixels
    return str(board).replace("#", "1").replace(".", "0").splitlines()


@pytest.fixture
def time() -> SimulatedTime:
    return SimulatedTime(datetime(2025, 9, 22, 17, 5, tzinfo=ZONE))


def shown(time: SimulatedTime, wanted: SignContent, board: SignSpec | None = None) -> AlphaBoard:
    """Send to a board that is as slow as real ones are, and let nothing be lost."""
    link, emulated = FakeLink(time), AlphaBoard()

    async def main() -> None:
        sign = AlphaSign(board or spec(), link, ZONE, time)
        assert await sign.send(wanted) is SignState.SENT

    time.run(main())
    for at, data in link.writes:
        emulated.feed(data, at)
    assert emulated.faults == []
    return emulated


def test_each_slogan_has_its_turn_and_its_mode(time: SimulatedTime) -> None:
    board = shown(time, content((SLOGAN, "scroll-left"), ("Ế", "hold"), ("ặ", "flash")))
    assert board.screens() == [
        Screen("a", "", lit(SLOGAN)),
        Screen("b", "", lit("Ế", 128)),
        Screen("c", "", lit("ặ", 128)),
    ]


def test_a_slogan_wider_than_a_picture_is_cut_and_joined_again(time: SimulatedTime) -> None:
    board = shown(time, content((SLOGAN * 3, "scroll-left")))
    widths = [len(rows[0]) for rows in board.pictures.values()]
    assert widths == [255] * 4 + [render(SLOGAN * 3).width - 4 * 255]
    assert board.screens() == [Screen("a", "", lit(SLOGAN * 3))]


def test_a_board_of_32_rows_has_pictures_of_31(time: SimulatedTime) -> None:
    board = shown(time, content((SLOGAN, "scroll-left")), spec(256, 32))
    assert board.screens() == [Screen("a", "", lit(SLOGAN, height=31))]


def test_a_low_board_shows_plain_letters_in_its_own_face(time: SimulatedTime) -> None:
    board = shown(time, content(("TECHFEST 2025!", "scroll-left"), ("HP", "hold")), spec(90, 7))
    assert board.screens() == [Screen("a", "TECHFEST 2025!"), Screen("b", "HP")]


@pytest.mark.parametrize("text", ["Đổi mới", "a~b (Q)"])
def test_a_low_board_takes_no_letters_that_its_face_lacks(time: SimulatedTime, text: str) -> None:
    async def main() -> None:
        sign = AlphaSign(spec(90, 7), FakeLink(time), ZONE, time)
        with pytest.raises(DeviceError, match="rows high and the board 7"):
            await sign.send(content((text, "hold")))

    time.run(main())


def test_more_slogans_than_the_sign_has_files_are_refused_before_a_byte(
    time: SimulatedTime,
) -> None:
    link = FakeLink(time)

    async def main() -> None:
        many = content(*[("Ế", "hold")] * 27)
        with pytest.raises(DeviceError, match="need 54 files and the sign has 52"):
            await AlphaSign(spec(), link, ZONE, time).send(many)

    time.run(main())
    assert link.writes == []


def test_the_clock_is_the_sign_s_own_set_to_the_station_s_time(time: SimulatedTime) -> None:
    board = shown(time, SignContent(clock=True))
    assert board.day_clock
    assert board.screens() == [Screen("b", "17:05")]


def test_a_blank_board_shows_nothing(time: SimulatedTime) -> None:
    assert shown(time, SignContent()).screens() == [Screen("b", " ")]


def test_whatever_stood_there_before_is_gone(time: SimulatedTime) -> None:
    link, board = FakeLink(time), AlphaBoard()
    board.feed(b"\0\0\0\0\0\x01Z00\x02A0\x1b balert\x04")

    async def main() -> None:
        sign = AlphaSign(spec(), link, ZONE, time)
        await sign.send(content((SLOGAN, "scroll-left"), ("Ế", "hold")))
        await sign.send(content(("ặ", "hold")))

    time.run(main())
    for at, data in link.writes:
        board.feed(data, at)
    assert (board.faults, board.screens()) == ([], [Screen("b", "", lit("ặ", 128))])


def test_packets_leave_the_line_time_and_the_sign_its_pauses(time: SimulatedTime) -> None:
    link = FakeLink(time)

    async def main() -> None:
        await AlphaSign(spec(), link, ZONE, time).send(content((SLOGAN, "scroll-left")))
        link.writes.append((time.monotonic(), b""))

    time.run(main())
    gaps = [
        later - at - LINE.seconds(len(data)) for (at, data), (later, _) in pairwise(link.writes)
    ]
    starts = [not data.startswith(b"\0") for _, data in link.writes[1:-1]] + [False]
    after_clear = [data.endswith(b"E$\x04") for _, data in link.writes[:-1]]
    for gap, within, cleared in zip(gaps, starts, after_clear, strict=True):
        assert gap == pytest.approx(10.0 if cleared else 0.1 if within else 0.25)


def test_every_byte_passes_a_line_of_seven_bits(time: SimulatedTime) -> None:
    link = FakeLink(time)

    async def main() -> None:
        sign = AlphaSign(spec(), link, ZONE, time)
        for wanted in (content((SLOGAN, "scroll-left")), SignContent(clock=True), SignContent()):
            await sign.send(wanted)

    time.run(main())
    assert max(link.data) < 0x80


class Watched:
    """A board at the far end of a port."""

    def __init__(self, folder: Path, time: SimulatedTime) -> None:
        self.port, self.board = Port(folder), AlphaBoard()
        self._time = time
        self._fed = asyncio.Event()

    def plug_in(self) -> None:
        self.port.plug_in()
        self.watch()

    def watch(self) -> None:
        asyncio.get_running_loop().add_reader(self.port, self._feed)

    def unplug(self) -> None:
        asyncio.get_running_loop().remove_reader(self.port)
        self.port.unplug()

    async def shows(self, *screens: Screen) -> None:
        """Wait until it does: what is written takes a moment to the far end."""
        with self._time.hold():
            while self.board.screens() != list(screens):
                await asyncio.wait_for(self._fed.wait(), timeout=10)
                self._fed.clear()

    def _feed(self) -> None:
        self.board.feed(os.read(self.port.fileno(), 4096))
        self._fed.set()


def test_over_a_real_port_the_board_has_the_slogan_s_pixels_again_and_again(
    tmp_path: Path, time: SimulatedTime
) -> None:
    async def main() -> None:
        far = Watched(tmp_path, time)
        far.watch()
        where = f"serial://{far.port.path}"
        sign = AlphaSign(spec(link=where), open_link(LinkUrl.parse(where), "cong"), ZONE, time)
        await sign.send(content((SLOGAN, "scroll-left")))
        await far.shows(Screen("a", "", lit(SLOGAN)))

        far.unplug()
        far.board.lose_power()
        with pytest.raises(DeviceError):
            await sign.check()
        with pytest.raises(DeviceError):
            await sign.send(content(("Ế", "scroll-left")))

        far.plug_in()
        await sign.send(content(("Ế", "scroll-left")))
        await far.shows(Screen("a", "", lit("Ế")))
        await sign.close()
        far.unplug()

    time.run(main())
