"""What comes out of a sound card: PulseAudio's, listened to at its monitor."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Tone
from broadcaster.audio.render import render
from broadcaster.clock import SystemTime
from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError
from broadcaster.speakers.player import PlayerSpeaker
from tests.audio.sounds import sine
from tests.speakers.card import MISSING, RATE, Card

LOUD = 8_000
"""Of 32767: between -26 and -6 dB of full scale."""

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


async def cut_in(of: PlayerSpeaker, first: Prepared, second: Prepared) -> Played:
    """Have one programme cut in on another, a second after its first sample."""
    begun = asyncio.Event()
    cut = asyncio.create_task(of.play(first, "x", 0.0, SystemTime().now(), lambda _: begun.set()))
    await begun.wait()
    await SystemTime().sleep(1.0)
    await of.ready()
    await of.stop()
    at = SystemTime().now() + timedelta(seconds=of.arming)
    followed = await of.play(second, "y", 0.0, at, lambda _: None)
    await cut
    return followed


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


def test_what_cuts_in_is_heard_whole_and_nothing_of_the_other_after_it(
    card: Card, tmp_path: Path
) -> None:
    soft, loud = (
        Prepared(sine(tmp_path / f"{name}.wav", seconds, level), seconds, "sha", level, level)
        for name, seconds, level in (("soft", 20.0, -26), ("loud", 1.0, -6))
    )
    assert asyncio.run(cut_in(speaker(), soft, loud)).whole
    time.sleep(0.5)  # noqa: TID251 - the recorder is that much behind

    sound = np.abs(np.concatenate(card.heard()))
    (first,) = np.flatnonzero(sound > LOUD)[:1]
    assert first > RATE / 2
    after = sound[first:]
    assert len(after) / RATE == pytest.approx(1.0, abs=0.05)
    # Each period of a sine is at its height once.
    periods = after[: len(after) // 480 * 480].reshape(-1, 480).max(axis=1)
    assert (periods > LOUD).mean() > 0.9


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
