"""What everything that sounds must do: the folder and its stand-in in memory."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Tone
from broadcaster.audio.render import render
from broadcaster.clock import SimulatedTime
from broadcaster.errors import DeviceError
from broadcaster.ports import Played, Prepared, Speaker
from broadcaster.speakers.file import FileSpeaker
from tests.fakes.speaker import FakeSpeaker

START = datetime(2025, 9, 22, 22, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def chime(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    return asyncio.run(render(Programme((Tone("default"),)), cache))


@pytest.fixture
def time() -> SimulatedTime:
    return SimulatedTime(START)


@pytest.fixture(params=["file", "fake"])
def speaker(request: pytest.FixtureRequest, tmp_path: Path, time: SimulatedTime) -> Speaker:
    if request.param == "file":
        return FileSpeaker("loa", tmp_path / "loa", time)
    return FakeSpeaker("loa", time)


def play(
    time: SimulatedTime,
    speaker: Speaker,
    audio: Prepared,
    offset: float = 0.0,
    stop_after: float | None = None,
) -> tuple[Played, list[datetime]]:
    """Sound something once; give what came of it and when it was audible."""
    heard: list[datetime] = []
    results: list[Played] = []

    async def stop() -> None:
        if stop_after is not None:
            await time.sleep(stop_after)
            await speaker.stop()

    async def main() -> None:
        stopping = asyncio.create_task(stop())
        results.append(await speaker.play(audio, "ban-tin", offset, heard.append))
        await stopping

    time.run(main())
    return results[0], heard


def test_it_takes_as_long_as_the_programme_and_is_audible_once(
    time: SimulatedTime, speaker: Speaker, chime: Prepared
) -> None:
    played, heard = play(time, speaker, chime)
    assert heard == [START]
    assert played.started == START
    assert played.whole
    assert played.seconds == pytest.approx(chime.seconds)
    assert time.now() - START == timedelta(seconds=chime.seconds)


def test_a_stop_ends_it_where_it_is(time: SimulatedTime, speaker: Speaker, chime: Prepared) -> None:
    played, heard = play(time, speaker, chime, stop_after=1.0)
    assert heard == [START]
    assert not played.whole
    assert played.seconds == pytest.approx(1.0)


def test_it_joins_in_progress(time: SimulatedTime, speaker: Speaker, chime: Prepared) -> None:
    played, _ = play(time, speaker, chime, offset=1.5)
    assert played.seconds == pytest.approx(chime.seconds - 1.5)


def test_a_stop_in_silence_leaves_the_next_programme_whole(
    time: SimulatedTime, speaker: Speaker, chime: Prepared
) -> None:
    async def main() -> None:
        await speaker.stop()

    time.run(main())
    played, _ = play(time, speaker, chime)
    assert played.whole


def test_it_sounds_again_after_a_stop(
    time: SimulatedTime, speaker: Speaker, chime: Prepared
) -> None:
    play(time, speaker, chime, stop_after=0.5)
    played, _ = play(time, speaker, chime)
    assert played.whole


def test_what_works_passes_its_check(time: SimulatedTime, speaker: Speaker) -> None:
    time.run(speaker.check())  # type: ignore[arg-type] - a coroutine, as every speaker has it


def test_what_is_broken_says_so_before_a_sound(
    time: SimulatedTime, speaker: Speaker, chime: Prepared, tmp_path: Path
) -> None:
    if isinstance(speaker, FakeSpeaker):
        speaker.dead = True
    else:
        (tmp_path / "loa").write_text("a file where the folder should be")
    heard: list[datetime] = []

    async def check() -> None:
        with pytest.raises(DeviceError, match=r"^loa: "):
            await speaker.check()
        with pytest.raises(DeviceError, match=r"^loa: "):
            await speaker.play(chime, "ban-tin", 0.0, heard.append)

    time.run(check())
    assert heard == []
