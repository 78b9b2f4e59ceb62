"""What comes out of a sound card: PulseAudio's, listened to at its monitor."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Tone
from broadcaster.audio.render import render
from broadcaster.clock import SystemTime
from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError
from broadcaster.speakers.player import PlayerSpeaker
from tests.speakers.card import MISSING, RATE, Card

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"no {', '.join(MISSING)} here")


@pytest.fixture(scope="module")
def chimes(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    return asyncio.run(render(Programme((Tone("default"),) * 3), cache))


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Card]:
    card = Card(tmp_path)
    for name, value in card.environment.items():
        monkeypatch.setenv(name, value)
    card.plug()
    yield card
    card.unplug()


def speaker(device: str = "pulse") -> PlayerSpeaker:
    return PlayerSpeaker("loa", {"driver": "soundcard", "device": device}, SystemTime())


async def play(chime: Prepared, heard: list[datetime], wait: float = 1.5) -> Played:
    at = SystemTime().now() + timedelta(seconds=wait)
    return await speaker().play(chime, "x", 0.0, at, heard.append)


def test_the_programme_is_heard_once_and_whole(card: Card, chime: Prepared) -> None:
    begun: list[datetime] = []
    played = asyncio.run(play(chime, begun))
    time.sleep(0.5)  # noqa: TID251 - the recorder is that much behind

    assert played.whole
    assert len(begun) == 1
    (sound,) = card.heard()
    # A chime fades out into silence, which is not heard.
    assert chime.seconds - 1.5 < len(sound) / RATE <= chime.seconds + 0.05


def test_a_card_that_was_lost_is_told_and_sounds_again(
    card: Card, chime: Prepared, chimes: Prepared
) -> None:
    begun: list[datetime] = []

    async def lose() -> None:
        playing = asyncio.create_task(play(chimes, begun))
        await asyncio.sleep(3)  # noqa: TID251 - a real card keeps real time
        card.unplug()
        with pytest.raises(DeviceError, match=r"^loa: "):
            await asyncio.wait_for(playing, 20)

    asyncio.run(lose())
    with pytest.raises(DeviceError, match=r"^loa: "):
        asyncio.run(speaker().check())
    card.plug()
    assert asyncio.run(play(chime, begun)).whole


def test_a_card_of_another_name_is_told(card: Card) -> None:
    with pytest.raises(DeviceError, match="khong-co"):
        asyncio.run(speaker("khong-co").check())
    asyncio.run(speaker().check())
    assert card.heard() == []
