"""What everything that sounds must do: the folder and its stand-in in memory, and every player."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from broadcaster.domain.alarm import Alarm, Wrong
from broadcaster.domain.sound import Played, Prepared
from broadcaster.ports import Speaker
from tests.audio.sounds import RATE, heard, sine, wav
from tests.contracts.sounding import Time, near, play
from tests.fakes.speaker import FakeSpeaker


@pytest.fixture(scope="module")
def rattle(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Make what no rendering lets through: a part of it is cut off at full scale."""
    folder = tmp_path_factory.mktemp("rattle")
    tone = heard(sine(folder / "tone.wav", 1.0, -12))
    tone[2 * RATE // 5 : 7 * RATE // 10] = 1.0
    path = wav(folder / "rattle.wav", tone)
    alarms = (Alarm(Wrong.CLIPPING, 0.4, 0.3),)
    return Prepared(path, 1.0, "sha", -12.0, 0.0, alarms=alarms)


def test_it_takes_as_long_as_the_programme_and_is_audible_once(
    time: Time, speaker: Speaker, chime: Prepared
) -> None:
    sounded = play(time, speaker, chime)
    assert sounded.heard == [near(0.0, time)]
    assert sounded.played.whole
    assert sounded.played.seconds == pytest.approx(chime.seconds, abs=0.05)
    assert sounded.took == near(chime.seconds, time)


def test_it_is_told_ahead_and_waits_for_its_instant(
    time: Time, speaker: Speaker, chime: Prepared
) -> None:
    sounded = play(time, speaker, chime, wait=2.0)
    assert sounded.heard == [near(0.0, time)]
    assert sounded.played.whole


def test_a_stop_before_its_instant_leaves_it_unheard(
    time: Time, speaker: Speaker, chime: Prepared
) -> None:
    sounded = play(time, speaker, chime, stop_after=0.0, wait=3.0)
    assert sounded.heard == []
    assert (sounded.played.seconds, sounded.played.whole) == (0.0, False)
    assert sounded.took < -1.0


def test_a_stop_right_after_it_was_told_leaves_it_unheard(
    time: Time, speaker: Speaker, chime: Prepared
) -> None:
    heard: list[datetime] = []
    results: list[Played] = []

    async def main() -> None:
        begins = time.now() + timedelta(seconds=speaker.arming + 3)
        playing = asyncio.create_task(speaker.play(chime, "ban-tin", 0.0, begins, heard.append))
        await asyncio.wait({playing}, timeout=0)
        await speaker.stop()
        results.append(await playing)

    time.run(main())
    assert heard == []
    assert not results[0].whole


def test_a_stop_ends_it_where_it_is(time: Time, speaker: Speaker, chime: Prepared) -> None:
    sounded = play(time, speaker, chime, stop_after=1.0)
    assert sounded.heard == [near(0.0, time)]
    assert not sounded.played.whole
    assert sounded.played.seconds == near(1.0, time)
    assert sounded.played.seconds < chime.seconds


def test_it_is_audible_as_soon_as_it_sounds(time: Time, speaker: Speaker, chime: Prepared) -> None:
    results: list[Played] = []

    async def main() -> None:
        begun = asyncio.Event()
        await speaker.ready()
        at = time.now() + timedelta(seconds=speaker.arming + 1)
        playing = asyncio.create_task(
            speaker.play(chime, "ban-tin", 0.0, at, lambda _: begun.set())
        )
        await begun.wait()
        await speaker.stop()
        results.append(await playing)

    time.run(main())
    assert not results[0].whole
    assert results[0].seconds < chime.seconds / 2


def test_it_joins_in_progress(time: Time, speaker: Speaker, chime: Prepared) -> None:
    sounded = play(time, speaker, chime, offset=1.5)
    assert sounded.played.seconds == pytest.approx(chime.seconds - 1.5, abs=0.05)
    assert not sounded.played.whole


def test_a_stop_in_silence_leaves_the_next_programme_whole(
    time: Time, speaker: Speaker, chime: Prepared
) -> None:
    async def main() -> None:
        await speaker.stop()

    time.run(main())
    assert play(time, speaker, chime).played.whole


def test_it_sounds_again_after_a_stop(time: Time, speaker: Speaker, chime: Prepared) -> None:
    play(time, speaker, chime, stop_after=0.5)
    assert play(time, speaker, chime).played.whole


def test_what_is_wrong_with_the_sound_is_told(
    time: Time, speaker: Speaker, rattle: Prepared, caplog: pytest.LogCaptureFixture
) -> None:
    (alarm,) = play(time, speaker, rattle).played.alarms
    assert (alarm.what, alarm.over) == (Wrong.CLIPPING, True)
    assert alarm.at == pytest.approx(0.4, abs=0.11)
    assert alarm.seconds == pytest.approx(0.3, abs=0.11)
    if not isinstance(speaker, FakeSpeaker):
        told = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
        assert len(told) == 1
        assert told[0].startswith("loa: clips from second 0.4 on")
