"""What a board behind a C-Power controller answers, and what becomes of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.clock import SystemTime
from broadcaster.domain.airing import SignContent
from broadcaster.domain.boards import CPower, Framing
from broadcaster.domain.station import SignSpec
from broadcaster.links.open import open_lines
from broadcaster.ports import SignError, SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.screen import draw
from broadcaster.talk import Heard, RefusedError
from tests.emulators.c_power import CPowerBoard
from tests.emulators.served import ServedPort, ServedServer, ServedSocket
from tests.signs.c_power_world import LONG, NIGHT, NOW, SHORT, ZONE, World, content, lit


def test_refusals_are_told_in_plain_words() -> None:
    world = World()
    world.board.refuses = True
    with pytest.raises(SignError, match="refused it, with code 0x10") as caught:
        world.send(content((SHORT, "hold")))
    assert caught.value.state is SignState.SENT


class Turning(CPowerBoard):
    """Refuses from its nth frame on."""

    def __init__(self, frames: int) -> None:
        super().__init__()
        self._left = frames

    def answers(self, data: bytes, at: float) -> bytes:
        self._left -= 1
        self.refuses = self._left <= 0
        return super().answers(data, at)


@pytest.mark.parametrize(
    ("frames", "why"),
    [
        (1, "refused it, with code 0x10"),
        (2, "refused its clock or its brightness"),
        (3, "refused it, with code 0x10"),
        (4, "refused to switch its LEDs"),
        (5, "refused its clock or its brightness"),
    ],
)
def test_each_step_may_be_refused(frames: int, why: str) -> None:
    # One packet holds a picture of 64 columns.
    world = World(Turning(frames), brightness_at=NIGHT, width=64)
    with pytest.raises(SignError, match=why):
        world.send(content(("Ế", "hold")))


@pytest.mark.parametrize("fault", ["dead", "corrupts", "delay"])
def test_a_board_that_fails_is_unreachable_and_comes_back(fault: str) -> None:
    world = World()
    setattr(world.board, fault, 5.0 if fault == "delay" else True)
    with pytest.raises(SignError) as caught:
        world.send(content((SHORT, "hold")))
    assert caught.value.state is SignState.UNREACHABLE
    setattr(world.board, fault, 0.0 if fault == "delay" else False)
    world.send(content((SHORT, "hold")))
    assert world.board.holds() == [lit(SHORT, 128)]


class Deaf(CPowerBoard):
    """Takes a picture's second packet for whole and loses it."""

    def answers(self, data: bytes, at: float) -> bytes:
        if data[4] == 0x7B and data[8:10] == b"\x01\x02":
            return bytes.fromhex("A5 E8 32 01 7B 00 00 00 00 00 96 01 AE")
        return super().answers(data, at)


def test_a_lost_packet_is_noticed() -> None:
    world = World(Deaf(), width=256)
    with pytest.raises(SignError, match="missed a packet"):
        world.send(content((SHORT, "hold")))


def test_a_late_answer_to_something_else_is_passed_over() -> None:
    world = World()
    says = driver(world.spec).show(draw(SignContent(), world.spec, NOW), None, NOW)
    queried = bytes.fromhex("A5 E8 32 01 76 01 01 00 93 01 AE")
    switched_off = bytes.fromhex("A5 E8 32 01 76 01 00 00 92 01 AE")
    (switch,) = [say.answer for say in says if say.pieces[0][4] == 0x76 and say.answer]
    assert switch(queried) is None
    assert switch(queried + switched_off) == Heard(SignState.ACKNOWLEDGED)


def test_two_boards_on_one_line_hold_what_each_was_sent() -> None:
    first, second = CPowerBoard(1), CPowerBoard(2)
    world = World(first)
    world.line.boards = (first, second)
    other = replace(world.spec, settings=CPower(address=2))
    neighbour = LineSign(other, driver(other), world.line, ZONE, world.time)

    async def main() -> None:
        await asyncio.gather(
            world.sign.send(content((SHORT, "hold"))),
            neighbour.send(content((LONG, "scroll-left"))),
        )

    world.time.run(main())
    assert (first.holds(), second.holds()) == ([lit(SHORT, 128)], [lit(LONG)])
    assert first.faults + second.faults == []


@pytest.mark.parametrize("firmware", [0x32, 0x33])
def test_an_adapter_that_echoes_does_not_pass_for_an_answer(firmware: int) -> None:
    world = World(CPowerBoard(firmware=firmware))
    world.board.echoes = True
    world.send(content((LONG, "scroll-left")))
    assert world.board.holds() == [lit(LONG)]
    world.board.refuses = True
    with pytest.raises(SignError, match="refused"):
        world.send(content((SHORT, "hold")))


def test_a_check_tells_its_firmware_and_its_clock() -> None:
    world = World()
    told: list[str] = []

    async def main() -> None:
        await world.sign.send(content((SHORT, "hold")))
        told.append(str(await world.sign.check()))

    world.time.run(main())
    assert told[0].startswith(
        "C-Power, card type 5, firmware 3.5; its clock says 2025-09-28 17:05:"
    )
    assert world.board.holds() == [lit(SHORT, 128)]


@given(st.sampled_from([0x7B, 0x47, 0x46, 0x76, 0x2E]), st.binary(min_size=1, max_size=12))
def test_no_answer_of_the_board_s_own_breaks_what_reads_it(command: int, data: bytes) -> None:
    world = World(brightness_at=NIGHT)
    of = driver(world.spec)
    screens = [draw(each, world.spec, NOW) for each in (content((SHORT, "hold")), SignContent())]
    body = b"\xe8\x32\x01" + bytes((command,)) + data
    body += (sum(body) % 65536).to_bytes(2, "little")
    for plain, escaped in ((b"\xaa", b"\xaa\n"), (b"\xa5", b"\xaa\x05"), (b"\xae", b"\xaa\x0e")):
        body = body.replace(plain, escaped)
    for say in (*of.show(screens[0], None, NOW), *of.show(screens[1], None, NOW), *of.look()):
        assert say.answer is not None
        with contextlib.suppress(RefusedError):
            heard = say.answer(b"\xa5" + body + b"\xae")
            assert heard is None or heard.state in {SignState.ACKNOWLEDGED, SignState.READ_BACK}


SERVED: dict[str, Callable[[Path, CPowerBoard], ServedPort | ServedSocket | ServedServer]] = {
    "serial": ServedPort,
    "socket": lambda _, board: ServedSocket(board),
    "rfc2217": lambda _, board: ServedServer(board),
}


@pytest.mark.parametrize(
    ("kind", "network", "framing"),
    [
        ("serial", "", None),
        ("rfc2217", "", None),
        ("socket", "DEADBEEF", None),
        ("socket", "", Framing.SERIAL),
    ],
)
def test_the_link_says_how_frames_are_wrapped(
    kind: str, network: str, framing: Framing | None, tmp_path: Path
) -> None:
    board = CPowerBoard(network=network)
    end = SERVED[kind](tmp_path, board)
    link = f"{end.link}?baud=115200"
    settings = CPower(framing=framing, code=network or "FFFFFFFF")
    spec = SignSpec(id="cong", driver="c-power", link=link, width=128, height=16, settings=settings)

    async def main() -> SignState:
        time = SystemTime()
        sign = LineSign(spec, driver(spec), open_lines([link], time)[link], ZONE, time)
        state = await sign.send(content((LONG, "scroll-left")))
        await sign.close()
        return state

    assert asyncio.run(main()) is SignState.ACKNOWLEDGED
    assert (board.holds(), board.faults) == ([lit(LONG)], [])
    end.unplug()
