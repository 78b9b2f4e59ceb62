"""How every loudspeaker goes from what is cut to what cuts in, whatever becomes of its players."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Tone
from broadcaster.audio.render import render
from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError
from broadcaster.ports import Speaker
from broadcaster.speakers.player import PlayerSpeaker
from tests.audio.sounds import sine
from tests.contracts.sounding import Time, near, play
from tests.speakers.processes import players

SECONDS = 0.6
BLOCKS = timedelta(seconds=0.2)
"""Two of those that a mount is sent; one may be counted before it is through."""


class Handover(NamedTuple):
    """What came of one programme, and of another that cut in a second after its first sample."""

    cut: Played | BaseException
    silent: datetime
    """When it was stopped."""
    followed: Played
    heard: list[datetime]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Make what is cut: long enough for a busy machine."""
    cache = Cache(tmp_path_factory.mktemp("cache"))
    return asyncio.run(render(Programme((Tone(),) * 3), cache))


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Make what cuts in."""
    path = sine(tmp_path_factory.mktemp("call") / "call.wav", SECONDS, -12)
    return Prepared(path, SECONDS, "sha", -12.0, -12.0)


def hand_over(
    time: Time,
    speaker: Speaker,
    news: Prepared,
    call: Prepared,
    meanwhile: Callable[[], None] = lambda: None,
) -> Handover:
    """Have one cut in on another; `meanwhile` comes between being ready and the cut."""
    results: list[Handover] = []

    async def main() -> None:
        begun, heard = asyncio.Event(), list[datetime]()
        cut = asyncio.create_task(speaker.play(news, "tin", 0.0, time.now(), lambda _: begun.set()))
        await begun.wait()
        await time.sleep(1.0)
        await speaker.ready()
        meanwhile()
        await time.sleep(0.3)
        await speaker.stop()
        silent = time.now()
        at = silent + timedelta(seconds=speaker.arming)
        followed = await speaker.play(call, "khan", 0.0, at, heard.append)
        (became,) = await asyncio.gather(cut, return_exceptions=True)
        results.append(Handover(became, silent, followed, heard))

    time.run(main())
    return results[0]


def test_what_cuts_in_is_heard_whole_once_the_other_is_silent(
    time: Time, speaker: Speaker, news: Prepared, call: Prepared
) -> None:
    found = hand_over(time, speaker, news, call)
    assert isinstance(found.cut, Played)
    assert not found.cut.whole
    assert found.cut.seconds == near((found.silent - found.cut.started).total_seconds(), time)
    assert found.followed.whole
    assert found.followed.seconds == pytest.approx(SECONDS, abs=0.05)
    assert found.heard == [found.followed.started]
    assert found.heard[0] >= found.silent
    over = found.cut.started + timedelta(seconds=found.cut.seconds)
    assert over <= found.heard[0] + BLOCKS


def test_being_made_ready_disturbs_nothing_that_sounds(
    time: Time, speaker: Speaker, chime: Prepared
) -> None:
    results: list[Played] = []

    async def main() -> None:
        begun = asyncio.Event()
        playing = asyncio.create_task(
            speaker.play(chime, "tin", 0.0, time.now(), lambda _: begun.set())
        )
        await begun.wait()
        await speaker.ready()
        await speaker.unready()
        results.append(await playing)

    time.run(main())
    assert results[0].whole
    assert players() == []


def test_what_was_made_ready_for_nothing_is_gone_and_it_sounds_all_the_same(
    time: Time, speaker: Speaker, call: Prepared
) -> None:
    async def main() -> None:
        # As two airings would that are told one after the other.
        await asyncio.gather(speaker.ready(), speaker.ready())
        await speaker.unready()

    time.run(main())
    assert players() == []
    assert play(time, speaker, call, wait=1.0).played.whole


@pytest.mark.parametrize("dies", ["what sounds", "what is ready"])
def test_a_player_that_dies_in_between_keeps_the_other_from_nothing(
    time: Time, speaker: Speaker, news: Prepared, call: Prepared, dies: str
) -> None:
    if not isinstance(speaker, PlayerSpeaker):
        pytest.skip("it has no players")

    def die() -> None:
        os.kill(players()[dies == "what is ready"], signal.SIGKILL)

    found = hand_over(time, speaker, news, call, die)
    assert isinstance(found.cut, DeviceError) is (dies == "what sounds")
    assert found.followed.whole
    assert found.heard == [found.followed.started]


def test_a_player_that_hangs_is_killed_before_the_other_sounds(
    time: Time, speaker: Speaker, news: Prepared, call: Prepared, driver: str
) -> None:
    if driver != "soundcard":
        pytest.skip("one that holds its output for itself is enough")
    found = hand_over(time, speaker, news, call, lambda: os.kill(players()[0], signal.SIGSTOP))
    assert isinstance(found.cut, DeviceError)
    assert found.followed.whole


def test_a_player_that_cannot_be_started_is_told_by_the_programme_alone(
    time: Time,
    speaker: Speaker,
    call: Prepared,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not isinstance(speaker, PlayerSpeaker):
        pytest.skip("it has no players")
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-python"))

    async def main() -> None:
        await speaker.ready()
        with pytest.raises(DeviceError, match=r"^loa: No such file"):
            await speaker.play(call, "khan", 0.0, time.now(), lambda _: None)
        await speaker.unready()

    time.run(main())
