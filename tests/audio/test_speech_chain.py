"""The speech chain, by what it does to tones, levels and peaks; and silent ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from broadcaster.audio.cache import Cache
from broadcaster.audio.decode import decoded
from broadcaster.audio.loudness import measure
from broadcaster.audio.programme import Programme, Sound
from broadcaster.audio.render import render
from broadcaster.audio.samples import samples
from broadcaster.audio.source import KEPT, source
from broadcaster.audio.speech_chain import shaped
from broadcaster.domain.sound import Prepared
from broadcaster.errors import ContentError
from broadcaster.speech.espeak import Espeak
from tests.audio.sounds import RATE, heard, loudness, sine, true_peak, wav

NEWS = (
    "Kính thưa bà con và các bạn!",
    "Đây là Nghị quyết về đột phá phát triển khoa học, công nghệ và đổi mới sáng tạo.",
)
Samples = NDArray[np.floating]


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(Espeak(Cache(tmp_path_factory.mktemp("speech"))).speak(NEWS, None)).path


def finished(folder: Path, *segments: Sound, speech_chain: bool = True) -> Prepared:
    programme = Programme(segments, speech_chain=speech_chain)
    return asyncio.run(render(programme, Cache(folder / "cache")))


def chained(path: Path) -> tuple[Samples, Samples]:
    """Give a file's samples as they are, and as the chain makes them."""
    lufs = measure(decoded(path)).lufs
    assert lufs is not None
    before, after = decoded(path), shaped(decoded(path), lufs)
    return np.concatenate(list(map(samples, before))), np.concatenate(list(map(samples, after)))


def tone(found: Samples, hertz: float) -> float:
    """Give the level of a tone, in dB."""
    spectrum = np.abs(np.fft.rfft(found * np.hanning(len(found))))
    at = round(hertz * len(found) / RATE)
    return float(20 * np.log10(spectrum[at - 2 : at + 3].max()))


def crest(found: Samples) -> float:
    return float(20 * np.log10(np.abs(found).max() / np.sqrt(np.mean(np.square(found)))))


def test_rumble_is_cut_and_consonants_come_forward(tmp_path: Path) -> None:
    at = np.arange(4 * RATE) / RATE
    tones = sum(0.05 * np.sin(2 * np.pi * hertz * at) for hertz in (50, 100, 1000, 3000))
    before, after = chained(wav(tmp_path / "tones.wav", tones))

    gained = {hertz: tone(after, hertz) - tone(before, hertz) for hertz in (50, 100, 1000, 3000)}
    assert gained[50] < gained[1000] - 15
    assert gained[100] < gained[1000] - 6
    assert gained[1000] + 2 < gained[3000] < gained[1000] + 3.5
    assert len(after) == len(before)


def test_speech_comes_evener(speech: Path) -> None:
    before, after = chained(speech)
    assert crest(after) < crest(before) - 2


@pytest.mark.parametrize("gain_db", [-30.0, 6.0])
def test_it_does_the_same_however_loud_speech_was_recorded(
    tmp_path: Path, speech: Path, gain_db: float
) -> None:
    source = heard_at_any_rate(speech)
    _, usual = chained(wav(tmp_path / "usual.wav", source * 0.5))
    _, other = chained(wav(tmp_path / "other.wav", source * 0.5 * 10 ** (gain_db / 20)))
    assert crest(other) == pytest.approx(crest(usual), abs=0.3)


def heard_at_any_rate(path: Path) -> Samples:
    return np.concatenate(list(map(samples, decoded(path))))


def test_a_script_is_shaped_and_music_is_not(tmp_path: Path, speech: Path) -> None:
    plain = finished(tmp_path, Sound(speech))
    shaped = finished(tmp_path, Sound(speech, spoken=True))
    off = finished(tmp_path, Sound(speech, spoken=True), speech_chain=False)

    assert off.sha256 == plain.sha256 != shaped.sha256
    assert tone(heard(shaped.path), 100) < tone(heard(plain.path), 100) - 4


@pytest.mark.parametrize("speech_chain", [True, False])
def test_speech_meets_the_target_with_and_without(
    tmp_path: Path, speech: Path, *, speech_chain: bool
) -> None:
    found = finished(tmp_path, Sound(speech, spoken=True), speech_chain=speech_chain)
    assert loudness(heard(found.path)) == pytest.approx(-16, abs=0.3)
    assert true_peak(heard(found.path)) <= -0.9


def test_silent_ends_are_cut(tmp_path: Path) -> None:
    sound = heard_at_any_rate(sine(tmp_path / "sine.wav", 2))
    silent = np.zeros(3 * RATE)
    recording = wav(tmp_path / "a.wav", np.concatenate((silent, sound, silent)))
    for spoken in (True, False):
        found = finished(tmp_path, Sound(recording, spoken=spoken))
        assert found.seconds == pytest.approx(2.1, abs=0.03)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.integers(0, RATE),
    st.integers(0, RATE),
    st.floats(-50, -3),
    st.sampled_from(["silence", "hiss"]),
)
def test_sound_is_never_cut(
    tmp_path: Path, before: int, after: int, dbfs: float, ends: str
) -> None:
    """A word of which every sample counts, between ends that are silent or hiss faintly."""
    word = heard_at_any_rate(sine(tmp_path / "sine.wav", 0.5, dbfs))
    whole = np.concatenate((np.zeros(before), word, np.zeros(after)))
    if ends == "hiss":
        whole += np.random.default_rng(1).normal(size=len(whole)) * 10 ** (-80 / 20)
    found = source(Sound(wav(tmp_path / "a.wav", whole), spoken=True), speech_chain=True)

    first, last = found.first, found.first + found.level.samples
    assert first <= before
    assert last >= before + len(word)
    if ends == "silence":
        assert first >= before - KEPT - RATE // 50
        assert last <= before + len(word) + KEPT + RATE // 50
    assert sum(frame.samples for frame in found.frames()) == found.level.samples


def test_what_holds_only_silence_is_told_by_name(tmp_path: Path) -> None:
    silent = wav(tmp_path / "silent.wav", np.zeros(RATE))
    with pytest.raises(ContentError, match=r"silent.wav: holds nothing but silence"):
        finished(tmp_path, Sound(silent, spoken=True))
