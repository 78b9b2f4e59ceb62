"""The folder keeps exactly what sounded."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import av
import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Silence, Tone
from broadcaster.audio.render import render
from broadcaster.clock import SimulatedTime
from broadcaster.domain.sound import Prepared
from broadcaster.speakers.file import FileSpeaker


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    segments = (Tone("default"), Silence(2.0), Tone("closing"))
    return asyncio.run(render(Programme(segments), cache))


def seconds_in(path: Path) -> float:
    with av.open(str(path)) as file:
        samples = sum(frame.samples for frame in file.decode(audio=0))
    return samples / 48_000


def test_a_whole_programme_is_kept_byte_for_byte_and_takes_no_room_twice(
    tmp_path: Path, programme: Prepared
) -> None:
    time = SimulatedTime(datetime(2025, 9, 22, tzinfo=UTC))
    speaker = FileSpeaker("loa", tmp_path / "loa", time)

    async def main() -> None:
        for label in ("sang", "chieu"):
            await speaker.play(programme, label, 0.0, time.now(), lambda _: None)

    time.run(main())
    kept = sorted((tmp_path / "loa").iterdir())
    assert [path.name for path in kept] == ["chieu.flac", "sang.flac"]
    assert {path.read_bytes() for path in kept} == {programme.path.read_bytes()}
    assert {path.stat().st_ino for path in kept} == {programme.path.stat().st_ino}


@pytest.mark.parametrize(("offset", "stop", "expected"), [(0.0, 2.5, 2.5), (1.25, None, None)])
def test_a_part_is_kept_to_the_sample(
    tmp_path: Path, programme: Prepared, offset: float, stop: float | None, expected: float | None
) -> None:
    time = SimulatedTime(datetime(2025, 9, 22, tzinfo=UTC))
    speaker = FileSpeaker("loa", tmp_path / "loa", time)

    async def stopping() -> None:
        if stop is not None:
            await time.sleep(stop)
            await speaker.stop()

    async def main() -> None:
        await asyncio.gather(
            speaker.play(programme, "x", offset, time.now(), lambda _: None), stopping()
        )

    time.run(main())
    (kept,) = (tmp_path / "loa").iterdir()
    wanted = expected if expected is not None else programme.seconds - offset
    assert seconds_in(kept) == pytest.approx(wanted, abs=1 / 48_000)


def test_while_it_sounds_there_is_a_part_file(tmp_path: Path, programme: Prepared) -> None:
    time = SimulatedTime(datetime(2025, 9, 22, tzinfo=UTC))
    speaker = FileSpeaker("loa", tmp_path, time)
    seen: list[list[str]] = []

    async def look() -> None:
        await time.sleep(1.0)
        seen.append([path.name for path in tmp_path.iterdir()])

    async def main() -> None:
        await asyncio.gather(speaker.play(programme, "x", 0.0, time.now(), lambda _: None), look())

    time.run(main())
    assert seen == [["x.part"]]
