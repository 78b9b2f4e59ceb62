from __future__ import annotations

from collections.abc import Coroutine
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import OnbonBx6
from broadcaster.domain.link import LinkUrl
from broadcaster.domain.station import Colours, SignSpec
from broadcaster.ports import SignError, SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.pixels.font import render
from broadcaster.signs.probes import probe
from broadcaster.talk import Say
from tests.emulators.board import Board
from tests.emulators.onbon_bx6 import Bx6Board
from tests.fakes.line import FakeLine

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
DARK = SignContent()


def content(*slogans: tuple[str, str], brightness: int = 100, colour: str = "") -> SignContent:
    shown = tuple(ShownSlogan(text, effect, 8.0, colour or None) for text, effect in slogans)
    return SignContent(shown, ("c",) * len(shown), brightness=brightness)


SCROLLS = content((SLOGAN, "scroll-left"))


class Hall:
    """A sign on a line with boards."""

    def __init__(self, *boards: Board, width: int = 128, height: int = 16, **more: Any) -> None:
        self.time = SimulatedTime(datetime(2025, 9, 22, 5, 30, tzinfo=ZONE))
        self.board = Bx6Board(width, height)
        self.line = FakeLine(self.time, *(boards or (self.board,)))
        colours = more.pop("colours", Colours.SINGLE)
        self.spec = SignSpec(
            id="cong",
            driver="onbon-bx6",
            link="serial://COM1",
            width=width,
            height=height,
            colours=colours,
            settings=OnbonBx6(**more),
        )
        self.sign = LineSign(self.spec, driver(self.spec), self.line, ZONE, self.time)

    def run(self, act: Coroutine[Any, Any, T]) -> T:
        found: list[T] = []

        async def main() -> None:
            found.append(await act)

        self.time.run(main())
        return found[0]

    def send(self, wanted: SignContent, held: SignContent | None = None) -> SignState:
        return self.run(self.sign.send(wanted, held))

    def fails(self, act: Coroutine[Any, Any, Any]) -> SignError:
        with pytest.raises(SignError) as caught:
            self.run(act)
        return caught.value

    def says(self, wanted: SignContent, held: SignContent | None) -> list[Say]:
        return self.sign.says(wanted, held, self.time.now())

    def told(self) -> str:
        return str(self.run(self.sign.check()))


def commands(says: list[Say]) -> list[str]:
    """Name what is said by group and command; with a mark what shows."""
    known = {"a200": "ping", "a207": "light", "a202": "clock", "a700": "area", "a701": "clear"}
    known |= {"a205": "power"}
    names = []
    for say in says:
        (frame,) = say.pieces
        code = frame[25:27] if frame[12] == 0xF0 else frame[37:39]
        names.append(known[code.hex()] + "*" * say.shows)
    return names


@pytest.mark.parametrize(
    ("wanted", "held", "said"),
    [
        (SCROLLS, None, ["ping", "light", "clock", "area*", "power"]),
        (SCROLLS, content(("Ế", "hold")), ["area*"]),
        (SCROLLS, SCROLLS, ["clock", "area*", "power"]),
        (SCROLLS, content((SLOGAN, "scroll-left"), brightness=40), ["light*"]),
        (SCROLLS, content(("Ế", "hold"), brightness=40), ["light", "area*"]),
        (SCROLLS, DARK, ["area", "power*"]),
        (DARK, SCROLLS, ["power*", "clear"]),
        (DARK, DARK, ["clock", "power*", "clear"]),
        (DARK, None, ["ping", "light", "clock", "power*", "clear"]),
    ],
)
def test_it_says_what_is_needed_and_no_more(
    wanted: SignContent, held: SignContent | None, said: list[str]
) -> None:
    # A frame's code stands behind 8 head bytes and 17 or 29 more, none of them escaped here.
    assert commands(Hall().says(wanted, held)) == said


def test_a_board_of_unknown_state_is_set_right_in_all_respects() -> None:
    hall = Hall()
    hall.board.on, hall.board.level = False, 3
    assert hall.send(content((SLOGAN, "scroll-left"), brightness=60)) is SignState.ACKNOWLEDGED
    assert "\n".join(hall.board.holds()[0]) == str(render(SLOGAN))
    # 22 September 2025 was a Monday.
    assert (hall.board.level, hall.board.clock.hex()[:12]) == (9, "252009220530")
    assert (hall.board.clock[-1], hall.board.faults) == (1, [])


@pytest.mark.parametrize(("percent", "level"), [(1, 0), (50, 8), (100, 15)])
def test_brightness_is_one_of_sixteen_levels(percent: int, level: int) -> None:
    hall = Hall()
    hall.send(content(("Ế", "hold"), brightness=percent))
    assert hall.board.level == level


def test_a_host_that_falls_silent_leaves_no_slogan_behind() -> None:
    hall = Hall()
    hall.send(SCROLLS)
    sent = hall.time.monotonic()
    hall.board.hear(b"", sent + 600)
    assert hall.board.holds() != []
    hall.board.hear(b"", sent + 721)
    assert hall.board.holds() == []


def test_renewed_it_holds_for_as_long_again() -> None:
    hall = Hall()
    hall.send(SCROLLS)

    hall.run(hall.time.sleep(600))
    hall.send(SCROLLS, SCROLLS)
    hall.board.hear(b"", hall.time.monotonic() + 700)
    assert "\n".join(hall.board.holds()[0]) == str(render(SLOGAN))


def test_a_dark_board_is_off_and_holds_nothing_and_comes_back_with_its_picture() -> None:
    hall = Hall()
    hall.send(SCROLLS)
    hall.send(DARK, SCROLLS)
    assert (hall.board.on, hall.board.areas) == (False, [])
    hall.send(content(("Ế", "hold")), DARK)
    assert "\n".join(hall.board.holds()[0]) == str(render("Ế").centred(128, 16))


def test_several_slogans_are_pages_of_one_area_with_their_own_time_and_style() -> None:
    hall = Hall()
    hall.send(content(("Ế", "hold"), ("ặ", "flash"), (SLOGAN, "scroll-left")))
    (area,) = hall.board.areas
    pages = [(page.style, page.stay) for page in area.pages]
    assert pages == [(1, 800), (7, 800), (4, 0), (4, 0), (4, 0), (4, 0)]
    assert "\n".join(hall.board.holds()[2]) == str(render(SLOGAN))


def test_colours_and_speed_are_the_sign_s() -> None:
    hall = Hall(Bx6Board(colours="red-green"), colours=Colours.RED_GREEN, speed=30)
    (board,) = hall.line.boards
    assert isinstance(board, Bx6Board)
    hall.send(content(("Ế", "hold"), colour="yellow"))
    (area,) = board.areas
    assert area.speed == 30
    assert area.pages[0].red == area.pages[0].green == str(render("Ế").centred(128, 16)).split()


def test_a_board_of_another_size_is_told_before_it_takes_what_it_would_not_show() -> None:
    hall = Hall(board := Bx6Board(64, 32))
    error = hall.fails(hall.sign.send(SCROLLS))
    assert str(error.message) == "is set to 64 x 32 pixels, not to 128 x 16"
    assert (error.state, board.areas) == (SignState.SENT, [])


def test_a_board_of_another_model_is_told_where_it_would_be_silent() -> None:
    hall = Hall(model="6E2")
    error = hall.fails(hall.sign.send(SCROLLS))
    assert str(error.message) == "is a BX-6E1, not a BX-6E2"


def test_a_board_is_talked_to_by_its_model() -> None:
    hall = Hall(model="6E1")
    assert hall.send(SCROLLS) is SignState.ACKNOWLEDGED
    assert hall.line.data.count(bytes.fromhex("7401")) == 4


def test_a_refusal_says_why() -> None:
    hall = Hall()
    hall.board.refuses = True
    error = hall.fails(hall.sign.send(SCROLLS))
    assert (str(error.message), error.state) == ("is busy", SignState.SENT)


def test_a_damaged_answer_is_none() -> None:
    hall = Hall()
    hall.board.corrupts = True
    assert hall.fails(hall.sign.send(SCROLLS)).state is SignState.UNREACHABLE


def test_one_that_answers_late_is_given_two_seconds() -> None:
    hall = Hall()
    hall.board.delay = 1.5
    assert hall.send(SCROLLS) is SignState.ACKNOWLEDGED
    hall.board.delay = 2.5
    assert hall.fails(hall.sign.send(SCROLLS)).state is SignState.UNREACHABLE


class Echo(Board):
    """A line that gives back what is put on it, as two-wire RS485 does."""

    def answers(self, data: bytes, at: float) -> bytes:
        del at
        return data


def test_an_echo_is_no_answer() -> None:
    alone = Hall(Echo())
    assert alone.fails(alone.sign.send(SCROLLS)).state is SignState.UNREACHABLE
    hall = Hall(Echo(), board := Bx6Board())
    assert hall.send(SCROLLS) is SignState.ACKNOWLEDGED
    assert board.holds() != []


class Neighbour(Bx6Board):
    """Another board that answers what is said to the first one."""

    def answers(self, data: bytes, at: float) -> bytes:
        return super().answers(data, at).replace(b"\x00\x80\x01\x00", b"\x00\x80\x02\x00")


def test_another_board_s_answer_is_none() -> None:
    hall = Hall(Neighbour())
    assert hall.fails(hall.sign.send(SCROLLS)).state is SignState.UNREACHABLE


def test_two_boards_share_a_line_by_their_addresses() -> None:
    first, second = Bx6Board(), Bx6Board(address=2)
    hall = Hall(first, second, address=2)
    hall.send(SCROLLS)
    assert (first.holds(), first.faults) == ([], [])
    assert "\n".join(second.holds()[0]) == str(render(SLOGAN))


def test_more_than_a_frame_takes_is_refused_before_a_byte() -> None:
    hall = Hall(width=256, height=32)
    long = content((SLOGAN * 40, "scroll-left"))
    error = hall.fails(hall.sign.send(long))
    columns = render(SLOGAN * 40, 32).width + 32
    pages = -(-columns // 256)
    needed = pages * (256 * 32 // 8 + 30) + 62
    assert str(error.message) == (f"it takes {needed} bytes of the board's memory, which has 64512")
    assert (error.state, hall.line.writes) == (SignState.QUEUED, [])


def test_a_check_tells_what_the_board_says_of_itself() -> None:
    hall = Hall()
    hall.send(content(("Ế", "hold"), brightness=60))
    kind = "an Onbon BX-6E1, address 1, 128 x 16 pixels"
    assert hall.told() == f"{kind}; on, brightness level 9, its clock 2025-09-22 05:30"
    hall.send(DARK, SCROLLS)
    assert hall.told() == f"{kind}; off, brightness level 9, its clock 2025-09-22 05:30"


@pytest.mark.parametrize("text", [SLOGAN, SLOGAN * 3, "Đổi mới sáng tạo, chuyển đổi số"])
def test_a_picture_costs_little_more_than_its_pixels(text: str) -> None:
    hall = Hall()
    *_, area, _ = hall.says(content((text, "scroll-left")), None)
    boards = -(-render(text).width // 128)
    # A byte of the head, the header, the command, parameters of the area and each page, CRC, tail.
    smallest = 1 + 16 + 5 + 39 + boards * (30 + 128 * 16 // 8) + 2 + 1
    assert area.size <= 1.1 * smallest


def test_whoever_is_on_a_line_is_found_with_its_size_and_address() -> None:
    hall = Hall(Bx6Board(96, 32, address=7, model=0x0574))

    found = hall.run(probe(LinkUrl("serial", "COM1"), lambda _url: hall.line))
    assert found is not None
    assert (found.driver, found.baud) == ("onbon-bx6", 9600)
    assert str(found.told) == "an Onbon BX-6E2X, address 7, 96 x 32 pixels"
