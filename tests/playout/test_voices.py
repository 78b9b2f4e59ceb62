"""Who speaks where engines fail: the next one, and the better one again later."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.errors import DeviceError
from broadcaster.playout.voices import REST, Voices
from tests.fakes.synthesizer import FakeSynthesizer
from tests.speech.commands import command

WORDS = ("Kính thưa bà con và các bạn!",)


class World:
    """Three engines, the last of which speaks only where it is named."""

    def __init__(self, folder: Path) -> None:
        self.time = SimulatedTime(datetime(2025, 9, 22, tzinfo=UTC))
        self.best, self.plain, self.other = (
            FakeSynthesizer(folder / name, name) for name in ("best", "plain", "other")
        )
        self.voices = Voices((self.best, self.plain), (self.other,), self.time)

    async def heard(self, *words: str, voice: str | None = None) -> str:
        return (await self.voices.speak(words or WORDS, voice)).voice


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def run(test: Callable[[World], Awaitable[None]]) -> Callable[[World], None]:
    """Make a test of one that runs in simulated time."""

    def within(world: World) -> None:
        world.time.run(test(world))

    return within


@run
async def test_the_first_that_works_speaks(world: World) -> None:
    assert await world.heard() == "best:vi"
    assert world.plain.said == []


@run
async def test_another_speaks_for_one_that_fails(world: World) -> None:
    world.best.broken = True
    assert await world.heard() == "plain:vi"
    assert [str(error) for error in world.voices.failures()] == ["best: there is nothing to speak"]


@run
async def test_one_that_failed_is_left_alone_then_tried_again(world: World) -> None:
    world.best.broken = True
    for text in ("một", "hai", "ba"):
        assert await world.heard(text) == "plain:vi"
    assert len(world.best.said) == 1
    world.best.broken = False
    assert await world.heard("bốn") == "plain:vi"
    await world.time.sleep(REST)
    assert await world.heard("năm") == "best:vi"
    assert world.voices.failures() == []
    assert await world.heard("sáu") == "best:vi"


@run
async def test_one_that_fails_again_is_left_alone_for_longer(world: World) -> None:
    world.best.broken = True
    tries = []
    for _ in range(200):
        await world.heard()
        tries.append(len(world.best.said))
        await world.time.sleep(REST)
    assert tries[:8] == [1, 2, 2, 3, 3, 3, 3, 4]
    # Every six hours in the end.
    assert tries[-1] - tries[-37] == 1


@run
async def test_where_all_failed_all_are_tried_every_time(world: World) -> None:
    world.best.broken = world.plain.broken = True
    for _ in range(2):
        with pytest.raises(DeviceError):
            await world.heard()
    world.best.broken = False
    assert await world.heard() == "best:vi"


@run
async def test_a_script_s_own_engine_speaks_first_then_the_station_s(world: World) -> None:
    assert await world.heard(voice="other:vi-vn-x-south") == "other:vi-vn-x-south"
    assert await world.heard(voice="plain:") == "plain:vi"
    assert await world.heard(voice="other:nobody") == "best:vi"
    assert world.other.said == [WORDS] * 2
    # That voice rests; the engine's others don't.
    assert await world.heard(voice="other:nobody") == "best:vi"
    assert await world.heard(voice="other:vi") == "other:vi"


@run
async def test_a_voice_without_an_engine_is_asked_of_each(world: World) -> None:
    assert await world.heard(voice="vi-vn-x-south") == "best:vi-vn-x-south"
    with pytest.raises(DeviceError, match="plain: there is no voice nobody"):
        await world.heard(voice="nobody")


@run
async def test_what_is_at_hand_is_best_only_while_better_engines_rest(world: World) -> None:
    world.best.broken = True
    assert world.voices.best_at_hand(WORDS, None) is None
    spoken = await world.voices.speak(WORDS, None)
    assert world.voices.at_hand(WORDS, None) == spoken
    assert world.voices.best_at_hand(WORDS, None) == spoken
    await world.time.sleep(REST)
    assert world.voices.best_at_hand(WORDS, None) is None
    assert world.voices.at_hand(WORDS, None) == spoken
    world.best.broken = False
    better = await world.voices.speak(WORDS, None)
    assert better.voice == "best:vi"
    assert world.voices.best_at_hand(WORDS, None) == world.voices.at_hand(WORDS, None) == better


@run
async def test_no_engine_at_all_is_said(world: World) -> None:
    with pytest.raises(DeviceError, match="no speech engine"):
        await Voices((), (), world.time).speak(WORDS, None)


def test_a_log_line_says_who_failed_and_why(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.best.broken = True
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            asyncio.run(world.heard())
            world.time.run(world.time.sleep(2 * REST))
    assert len(world.best.said) == 3
    (line,) = caplog.records
    assert line.getMessage() == "best: there is nothing to speak"
    assert (line.action, line.of) == ("voice-failed", "best")  # type: ignore[attr-defined]


def test_a_text_without_a_word_is_no_engine_s_fault(world: World, tmp_path: Path) -> None:
    voices = Voices((command(tmp_path), world.plain), (), world.time)
    asyncio.run(voices.speak(("Một.",), None))
    with pytest.raises(DeviceError, match="nothing to speak"):
        asyncio.run(voices.speak(("",), None))
    assert voices.failures() == []


@pytest.mark.parametrize("what", ["fail", "silence", "half", "endless"])
def test_a_program_that_goes_wrong_is_spoken_for(world: World, tmp_path: Path, what: str) -> None:
    voices = Voices((command(tmp_path, "vi", what), world.plain), (), world.time)
    assert asyncio.run(voices.speak(WORDS, None)).voice == "plain:vi"
    assert [error.device for error in voices.failures()] == ["command"]
