"""What every loudspeaker tells of itself while it sounds nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError
from broadcaster.ports import Speaker
from broadcaster.speakers.player import PlayerSpeaker
from tests.contracts.sounding import Time, near


def test_what_works_passes_its_check(time: Time, speaker: Speaker) -> None:
    time.run(speaker.check())  # type: ignore[arg-type] - a coroutine, as every speaker has it


def test_a_check_gives_way_to_a_programme(time: Time, speaker: Speaker, chime: Prepared) -> None:
    results: list[Played] = []

    async def main() -> None:
        checking = asyncio.create_task(speaker.check())
        await asyncio.wait({checking}, timeout=0)
        begins = time.now() + timedelta(seconds=speaker.arming + 1)
        results.append(await speaker.play(chime, "ban-tin", 0.0, begins, lambda _: None))
        (found,) = await asyncio.gather(checking, return_exceptions=True)
        assert isinstance(found, DeviceError) is isinstance(speaker, PlayerSpeaker)
        assert (results[0].started - begins).total_seconds() == near(0.0, time)

    time.run(main())
    assert results[0].whole


def test_a_glance_shows_the_same_while_nothing_changes(time: Time, speaker: Speaker) -> None:
    assert glance(time, speaker) == glance(time, speaker)


def test_a_glance_shows_what_broke(
    time: Time, speaker: Speaker, broken: Callable[[], None]
) -> None:
    before = glance(time, speaker)
    broken()
    assert glance(time, speaker) != before


def glance(time: Time, speaker: Speaker) -> object:
    """Give what it shows, or what it says that is wrong."""
    seen: list[object] = []

    async def main() -> None:
        try:
            seen.append(await speaker.watch())
        except DeviceError as error:
            seen.append((error.device, error.message))

    time.run(main())
    return seen[0]


def test_what_is_broken_says_so_before_a_sound(
    time: Time, speaker: Speaker, chime: Prepared, broken: Callable[[], None]
) -> None:
    broken()
    heard: list[datetime] = []

    async def check() -> None:
        with pytest.raises(DeviceError, match=r"^loa: "):
            await speaker.check()
        with pytest.raises(DeviceError, match=r"^loa: "):
            await speaker.play(chime, "ban-tin", 0.0, time.now(), heard.append)

    time.run(check())
    assert heard == []
