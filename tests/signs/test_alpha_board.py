"""What is said to an Alpha sign, judged by an emulated one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SimulatedTime, SystemTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import Alpha
from broadcaster.domain.link import LinkUrl
from broadcaster.domain.station import Colours, SignSpec
from broadcaster.errors import DeviceError
from broadcaster.links.open import open_lines
from broadcaster.ports import SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.font import render
from broadcaster.signs.line_sign import LineSign
from tests.emulators.alpha import AlphaBoard, Screen
from tests.emulators.served import ServedPort
from tests.fakes.line import FakeLine

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
LINE = LinkUrl.parse("serial://COM1")
CLEAR = b"E$\x04"


def spec(width: int = 128, height: int = 16, **settings: object) -> SignSpec:
    return SignSpec(
        id="cong",
        driver="alpha",
        link="serial://COM1",
        width=width,
        height=height,
        settings=Alpha(**settings),
    )


def content(*slogans: tuple[str, str], urgent: bool = False) -> SignContent:
    return SignContent(
        tuple(ShownSlogan(text, effect, 8.0) for text, effect in slogans), urgent=urgent
    )


def lit(text: str, width: int = 0, height: int = 16) -> list[str]:
    pixels = render(text, height)
    board = pixels.centred(width, height) if width else pixels
    return str(board).replace("#", "1").replace(".", "0").splitlines()


class World:
    """A sign, its line, and the board at the end of it."""

    def __init__(self, of: SignSpec | None = None) -> None:
        self.time = SimulatedTime(datetime(2025, 9, 22, 17, 5, tzinfo=ZONE))
        self.board = AlphaBoard()
        self.line = FakeLine(self.time, self.board)
        spec_ = of or spec()
        self.sign = LineSign(spec_, driver(spec_), self.line, ZONE, self.time)

    def send(self, *wanted: SignContent, held: SignContent | None = None) -> AlphaBoard:
        """Send one after another, each knowing what went before."""

        async def main() -> None:
            before = held
            for each in wanted:
                assert await self.sign.send(each, before) is SignState.SENT
                before = each

        self.time.run(main())
        assert self.board.faults == []
        return self.board

    def clears(self) -> int:
        return sum(data.endswith(CLEAR) for _, data in self.line.writes)


def test_each_slogan_has_its_turn_and_its_mode() -> None:
    board = World().send(content((SLOGAN, "scroll-left"), ("Ế", "hold"), ("ặ", "flash")))
    assert board.screens() == [
        Screen("a", "", lit(SLOGAN)),
        Screen("b", "", lit("Ế", 128)),
        Screen("c", "", lit("ặ", 128)),
    ]


def test_a_slogan_wider_than_a_picture_is_cut_and_joined_again() -> None:
    board = World().send(content((SLOGAN * 3, "scroll-left")))
    widths = [len(rows[0]) for rows in board.pictures.values()]
    assert widths == [255] * 4 + [render(SLOGAN * 3).width - 4 * 255]
    assert board.screens() == [Screen("a", "", lit(SLOGAN * 3))]


def test_a_board_of_32_rows_has_pictures_of_31() -> None:
    board = World(spec(256, 32)).send(content((SLOGAN, "scroll-left")))
    (screen,) = board.screens()
    assert screen.pixels == lit(SLOGAN, height=32)[:31]


def test_a_low_board_shows_plain_letters_in_its_own_face() -> None:
    world = World(spec(90, 7))
    first = content(("TECHFEST 2025!", "scroll-left"), ("HP", "hold"))
    board = world.send(first)
    assert board.screens() == [Screen("a", "TECHFEST 2025!"), Screen("b", "HP")]
    # Words of the same number of slogans are written into strings: nothing blinks.
    board = world.send(content(("OCOP", "scroll-left"), ("HP", "hold")), held=first)
    assert board.screens() == [Screen("a", "OCOP"), Screen("b", "HP")]
    assert world.clears() == 1


@pytest.mark.parametrize("text", ["Đổi mới", "a~b (Q)"])
def test_a_low_board_takes_no_letters_that_its_face_lacks(text: str) -> None:
    world = World(spec(90, 7))
    with pytest.raises(DeviceError, match="rows high and the board 7"):
        world.send(content((text, "hold")))


@pytest.mark.parametrize(
    ("of", "slogans", "why"),
    [
        (spec(), [("Ế", "hold")] * 27, "the slogans need 54 files and the sign has 52"),
        (
            spec(memory=1000),
            [("Ế", "hold")] * 2,
            "it takes 1034 bytes of the board's memory, which has 1000",
        ),
    ],
)
def test_what_is_too_much_for_it_is_refused_before_a_byte(
    of: SignSpec, slogans: list[tuple[str, str]], why: str
) -> None:
    world = World(of)
    with pytest.raises(DeviceError) as caught:
        world.send(content(*slogans))
    assert str(caught.value.message) == why
    assert world.line.writes == []


def test_the_clock_is_the_sign_s_own_set_to_the_station_s_time() -> None:
    board = World().send(SignContent(clock=True))
    assert board.day_clock
    assert board.screens() == [Screen("b", "17:05")]


def test_a_blank_board_shows_nothing() -> None:
    assert World().send(SignContent()).screens() == [Screen("b", " ")]


def test_whatever_stood_there_before_is_gone() -> None:
    world = World()
    world.board.feed(b"\0\0\0\0\0\x01Z00\x02A0\x1b balert\x04")
    board = world.send(content((SLOGAN, "scroll-left"), ("Ế", "hold")), content(("ặ", "hold")))
    assert board.screens() == [Screen("b", "", lit("ặ", 128))]


def test_while_the_files_stay_the_same_the_sign_is_not_cleared() -> None:
    world = World()
    first, second = (
        content(("Một", "hold"), ("Hai", "flash")),
        content(("Ba", "hold"), ("Hai", "hold")),
    )
    world.send(first)
    sent = len(world.line.writes)
    board = world.send(second, held=first)
    assert board.screens() == [Screen("b", "", lit("Ba", 128)), Screen("b", "", lit("Hai", 128))]
    # A picture in its two pieces, and the text whose mode is another.
    assert len(world.line.writes) - sent == 3
    assert world.clears() == 1


def test_a_renewal_writes_all_files_and_clears_nothing() -> None:
    world = World()
    wanted = content(("Một", "hold"), ("Hai", "flash"))
    world.send(wanted)
    world.board.pictures["C"] = ["0" * 128] * 16
    assert world.send(wanted, held=wanted).screens()[0] == Screen("b", "", lit("Một", 128))
    assert world.clears() == 1


def test_one_renewal_an_hour_makes_room_anew() -> None:
    world = World()
    world.time = SimulatedTime(datetime(2025, 9, 22, 17, 4, tzinfo=ZONE))
    wanted = content(("Một", "hold"))
    spec_ = spec()
    world.line = FakeLine(world.time, world.board)
    world.sign = LineSign(spec_, driver(spec_), world.line, ZONE, world.time)
    assert world.send(wanted, held=wanted).screens() == [Screen("b", "", lit("Một", 128))]
    assert world.clears() == 1


def test_urgent_plain_words_go_into_the_priority_file_and_out_of_it() -> None:
    world = World()
    normal, urgent = content(("Ế", "hold")), content(("BAO SO 3", "flash"), urgent=True)
    board = world.send(normal, urgent)
    assert board.screens() == [Screen("c", "BAO SO 3")]
    assert world.clears() == 1
    assert world.send(normal, held=urgent).screens() == [Screen("b", "", lit("Ế", 128))]


def test_urgent_letters_with_marks_are_drawn() -> None:
    board = World().send(content(("Bão số 3", "flash"), urgent=True))
    assert board.screens() == [Screen("c", "", lit("Bão số 3", 128))]


@pytest.mark.parametrize(("colour", "digit"), [("green", "2"), ("yellow", "3"), ("white", "3")])
def test_a_board_of_two_colours_is_lit_in_them(colour: str, digit: str) -> None:
    of = replace(spec(), colours=Colours.RED_GREEN)
    wanted = SignContent((ShownSlogan("Ế", "hold", 8.0, colour),))
    (screen,) = World(of).send(wanted).screens()
    assert screen.pixels == [row.replace("1", digit) for row in lit("Ế", 128)]


def test_the_change_is_seen_at_its_instant() -> None:
    world = World()
    wanted = content((SLOGAN, "scroll-left"))
    lead = world.sign.lead(wanted, None)
    at = datetime(2025, 9, 22, 17, 6, tzinfo=ZONE)

    async def main() -> None:
        await world.time.sleep(60 - lead)
        await world.sign.send(wanted, None, at)

    world.time.run(main())
    texts = [
        when for when, data in world.line.writes if data.startswith(b"\0\0\0\0\0\x01Z00\x02AA")
    ]
    assert texts == [pytest.approx(world.line.writes[0][0] + lead, abs=1.0)]
    assert 10 < lead < 30


def test_packets_leave_the_line_time_and_the_sign_its_pauses() -> None:
    world = World()
    world.send(content((SLOGAN, "scroll-left")))
    writes = world.line.writes
    for (at, data), (later, next_) in pairwise(writes):
        gap = later - at - LINE.seconds(len(next_))
        if data.endswith(CLEAR):
            assert gap == pytest.approx(10.0)
        else:
            # The rows of a picture come after a pause within its packet.
            assert gap == pytest.approx(0.25 if next_.startswith(b"\0") else 0.1)


def test_every_byte_passes_a_line_of_seven_bits() -> None:
    world = World()
    world.send(content((SLOGAN, "scroll-left")), SignContent(clock=True), SignContent())
    assert max(world.line.data) < 0x80


@pytest.mark.parametrize("clear", ["E$", "E$$$$"])
def test_what_clears_a_sign_is_a_setting(clear: str) -> None:
    world = World(spec(clear=clear, address="0F", type="^"))
    says = world.sign.says(content(("Ế", "hold")), None, world.time.now())
    assert says[1].pieces == (b"\0\0\0\0\0\x01^0F\x02" + clear.encode() + b"\x04",)


def test_over_a_real_port_the_board_has_the_slogan_s_pixels(tmp_path: Path) -> None:
    import asyncio

    board = AlphaBoard()
    port = ServedPort(tmp_path, board)
    wanted = content(("Ế", "hold"))

    async def main() -> None:
        line = open_lines([f"{port.link}?baud=115200"], SystemTime()).popitem()[1]
        sign = LineSign(spec(), driver(spec()), line, ZONE, SystemTime())
        # Not anew, which would keep us for the ten seconds of a restart.
        board.feed(b"\0\0\0\0\0\x01Z00\x02E$\x04")
        board.feed(b"\0\0\0\0\0\x01Z00\x02E$AAL0005FF00BDL10802000\x04", at=None)
        await sign.send(wanted, wanted)
        async with asyncio.timeout(10):
            while not board.screens():
                await asyncio.to_thread(lambda: None)
        await sign.close()

    asyncio.run(main())
    assert board.screens() == [Screen("b", "", lit("Ế", 128))]
    port.unplug()
