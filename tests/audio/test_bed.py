"""Music under speech: down where somebody speaks, up where nobody does, over when they are done."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import LEAD_IN, LEAD_OUT, Programme, Segment, Silence, Sound, Tone
from broadcaster.audio.render import render, rendered
from broadcaster.domain.sound import Prepared
from tests.audio.sounds import RATE, crackle, heard, loudness, sine, true_peak

HERTZ = 440.0
WORDS = 4.0
Samples = NDArray[np.float64]


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def words(tmp_path: Path) -> Sound:
    return Sound(crackle(tmp_path / "words.wav", WORDS, -6), spoken=True)


def laid(cache: Cache, folder: Path, *segments: Segment, seconds: float = 3.0) -> Prepared:
    """Render with a bed of one pure tone, that can be told from all else."""
    music = sine(folder / "music.wav", seconds, -30, hertz=HERTZ)
    return asyncio.run(render(Programme(segments, bed=music), cache))


def music(found: Samples, start: float, end: float) -> float:
    """Give the bed's level between two seconds, in dB of full scale."""
    part = found[round(start * RATE) : round(end * RATE)]
    at = np.arange(len(part)) / RATE
    window = np.hanning(len(part))
    wave = np.exp(-2j * np.pi * HERTZ * at)
    return float(20 * np.log10(2 * np.abs(np.sum(part * window * wave)) / window.sum() + 1e-9))


def test_it_is_down_under_speech_and_up_between(cache: Cache, tmp_path: Path, words: Sound) -> None:
    pause = 6.0
    found = laid(cache, tmp_path, words, Silence(pause), words, seconds=30.0)
    sound = heard(found.path)
    first = LEAD_IN, LEAD_IN + WORDS
    second = first[1] + pause, first[1] + pause + WORDS
    assert found.seconds == pytest.approx(LEAD_IN + 2 * WORDS + pause + LEAD_OUT, abs=0.1)

    between = music(sound, first[1] + 1.0, second[0] - 1.0)
    for begin, end in (first, second):
        assert music(sound, begin, end) < between - 12
    assert music(sound, 1.0, 1.4) == pytest.approx(between, abs=1.5)
    # The words themselves are as loud as without it.
    for begin, end in (first, second):
        assert loudness(sound[round(begin * RATE) : round(end * RATE)]) == pytest.approx(
            -16, abs=0.5
        )
    assert true_peak(sound) <= -0.9


def test_it_comes_and_goes_softly(cache: Cache, tmp_path: Path, words: Sound) -> None:
    sound = heard(laid(cache, tmp_path, words).path)
    seconds = len(sound) / RATE
    assert music(sound, 0.0, 0.1) < music(sound, 1.0, 1.4) - 15
    assert music(sound, seconds - 0.1, seconds) < music(sound, seconds - 2.2, seconds - 1.9) - 15


def test_a_short_one_begins_again(cache: Cache, tmp_path: Path, words: Sound) -> None:
    """Of one second, under thirteen: in every second there is some of it."""
    sound = heard(laid(cache, tmp_path, words, Silence(4.0), words, seconds=1.0).path)
    levels = [music(sound, at + 0.5, at + 1.5) for at in range(1, int(len(sound) / RATE) - 3)]
    assert min(levels) > -50


def test_chimes_and_recordings_are_left_alone(cache: Cache, tmp_path: Path, words: Sound) -> None:
    recording = Sound(sine(tmp_path / "recording.wav", 3.0, -20, hertz=2000))
    found = laid(cache, tmp_path, Tone(), words, recording, words, Tone("closing"))
    sound = heard(found.path)
    chime = 3.04
    at = chime + LEAD_IN + WORDS + LEAD_OUT
    assert found.seconds == pytest.approx(2 * at + 3.0, abs=0.2)
    quiet = [(0.0, 0.4), (at + 0.3, at + 2.7)]
    assert all(music(sound, *part) < music(sound, at - 2.2, at - 1.9) - 30 for part in quiet)
    assert loudness(sound[round((at + 0.3) * RATE) : round((at + 2.7) * RATE)]) == pytest.approx(
        -16, abs=0.5
    )


def test_no_word_no_music(cache: Cache, tmp_path: Path) -> None:
    plain = asyncio.run(render(Programme((Tone(),)), cache))
    assert laid(cache, tmp_path, Tone()).sha256 == plain.sha256


def test_another_bed_is_another_file(cache: Cache, tmp_path: Path, words: Sound) -> None:
    found = laid(cache, tmp_path, words)
    other = Programme((words,), bed=sine(tmp_path / "other.wav", 3.0, -30, hertz=300))
    assert rendered(other, cache) is None
    assert asyncio.run(render(other, cache)).sha256 != found.sha256


def test_it_is_muted_with_the_rest(cache: Cache, tmp_path: Path, words: Sound) -> None:
    bed = sine(tmp_path / "music.wav", 3.0)
    found = asyncio.run(render(Programme((words,), bed=bed, gain_db=float("-inf")), cache))
    assert (found.lufs, found.alarms) == (None, ())
