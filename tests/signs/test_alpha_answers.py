"""What an Alpha sign tells when it may be asked, and what is made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.domain.airing import SignContent
from broadcaster.errors import DeviceError
from broadcaster.ports import SignState
from broadcaster.signs.alpha.answers import about, has, runs
from broadcaster.signs.alpha.frames import DotsFile, StringFile, TextFile
from broadcaster.talk import Answer, Heard, RefusedError
from tests.signs.alpha_world import CLEAR, CLOCK, DARK, World, hold

ABOUT = b'E"10581705C06011433M00156A,0203'
RUN, TABLE = b"E.SLAB", b"E$ZAL0100FF00aDL07102000nBL007D0000"
FILES = TextFile("Z", 4), DotsFile("a", 7, 16), StringFile("n")


def framed(told: bytes, total: str = "") -> bytes:
    summed = b"\x02" + told + b"\x03"
    return bytes(20) + b"\x01000" + summed + (total or f"{sum(summed):04X}").encode() + b"\x04"


def test_a_sign_tells_what_it_is() -> None:
    heard = about()(framed(ABOUT))
    assert heard
    assert str(heard.told) == (
        "version 10581705C, its clock says 14:33, 515 of 5482 bytes of memory are free"
    )


def test_a_version_may_lack_its_letter() -> None:
    heard = about()(framed(ABOUT.replace(b"C", b"")))
    assert heard
    assert str(heard.told).startswith("version 10581705, its clock says 14:33, 515")


@pytest.mark.parametrize("answer", [about(), runs("AB"), has(FILES)])
@pytest.mark.parametrize(
    "heard",
    [
        b"",
        framed(b"E#156A,0203"),
        *(framed(told, "0000") for told in (ABOUT, RUN, TABLE)),
        *(framed(told)[:-1] for told in (ABOUT, RUN, TABLE)),
        framed(b'E"10581705C06011433X00156A,0203'),
    ],
)
def test_what_is_no_answer_is_passed_over(answer: Answer, heard: bytes) -> None:
    assert answer(heard) is None


@pytest.mark.parametrize(("answer", "told"), [(runs("AB"), RUN), (has(FILES), TABLE)])
def test_what_agrees_is_acknowledged_among_noise(answer: Answer, told: bytes) -> None:
    noise = framed(ABOUT) + framed(told, "0000") + b"\x01\x02E\x03"
    assert answer(noise + framed(told) + b"\x01") == Heard(SignState.ACKNOWLEDGED)


@pytest.mark.parametrize(
    ("answer", "told", "why"),
    [
        (runs("A"), RUN, "the board runs other files than it was told to"),
        (runs("BA"), RUN, "the board runs other files than it was told to"),
        (has(FILES[:2]), TABLE, "the board has lost its memory"),
        (has(FILES), b"E$", "the board has lost its memory"),
        (has(FILES), TABLE + b"bDL07102000", "the board has lost its memory"),
    ],
)
def test_what_differs_is_refused(answer: Answer, told: bytes, why: str) -> None:
    with pytest.raises(RefusedError) as caught:
        answer(framed(told))
    assert str(caught.value.message) == why


@given(st.lists(st.binary(max_size=30) | st.sampled_from([framed(ABOUT), framed(b"E.")])))
def test_any_noise_is_survived(noise: list[bytes]) -> None:
    for answer in (about(), has(()), runs("")):
        answer(b"".join(noise))


def clears(world: World) -> int:
    return sum(data.endswith(CLEAR) for _, data in world.line.writes)


def test_a_sign_that_is_asked_acknowledges_what_it_runs() -> None:
    world = World(answers=True)
    for wanted in (hold("Ế"), hold("ặ"), CLOCK, CLOCK):
        world.send(wanted)
        assert world.state is SignState.ACKNOWLEDGED
    world.send(hold("BAO", urgent=True))
    assert world.state is SignState.SENT


@pytest.mark.parametrize("wanted", [hold("Ế"), hold("ặ"), DARK])
def test_a_lost_memory_is_found_before_anything_is_written_into_it(wanted: SignContent) -> None:
    world = World(answers=True)
    world.send(hold("Ế"), hold("Ế"))
    assert clears(world) == 1
    world.board.lose_power()
    before = len(world.line.writes)

    async def send() -> None:
        with pytest.raises(DeviceError, match="runs other files"):
            await world.sign.send(wanted, world.held)
        await world.time.sleep(1.0)

    world.time.run(send())
    assert len(world.line.writes) == before + 1
    world.held = None
    assert world.send(wanted).screens() == World().send(wanted).screens()


def test_a_picture_that_noise_took_is_back_within_the_hour() -> None:
    world = World(answers=True, minute=4)
    whole = World(answers=True).send(hold("Ế")).screens()
    world.send(hold("Ế"))
    (label,) = world.board.pictures
    del world.board.pictures[label]
    assert world.board.screens() != whole
    assert world.send(hold("Ế")).screens() == whole
    assert world.state is SignState.ACKNOWLEDGED


def test_asking_delays_no_change() -> None:
    world = World(answers=True, memory=30000)
    world.send(hold("Ế"))
    moment = world.send_for(hold("ặ"), 30.0)
    assert world.board.seen[-1][0] == pytest.approx(moment, abs=0.001)


def test_it_tells_what_it_is_where_it_may_be_asked() -> None:
    asked, mute = World(answers=True, pool=5482), World()
    told: list[str] = []

    async def check(world: World) -> None:
        told.append(str(await world.sign.check()))

    for world in (asked, mute):
        world.time.run(check(world))
    assert told == [
        "version 10581705C, its clock says 00:00, 5476 of 5482 bytes of memory are free",
        "its port opens; a sign of this kind answers nothing",
    ]
    assert mute.line.data == b""


@pytest.mark.parametrize("fault", ["dead", "refuses", "corrupts", "delay"])
def test_a_sign_that_does_not_answer_is_not_reached(fault: str) -> None:
    world = World(answers=True)
    setattr(world.board, fault, 9.0 if fault == "delay" else True)

    async def main() -> None:
        for act in (world.sign.send(hold("Ế")), world.sign.check()):
            with pytest.raises(DeviceError) as caught:
                await act
            assert getattr(caught.value, "state", None) is SignState.UNREACHABLE

    world.time.run(main())
