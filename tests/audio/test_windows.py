"""Room for a stream in a finished programme: its place, and what stands in for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Segment, Silence, Sound, Window
from broadcaster.audio.render import render
from broadcaster.domain.sound import Prepared
from tests.audio.sounds import RATE, heard, loudness, sine, wav

URL = "https://dai.example/phat"


def made(tmp_path: Path, *segments: Segment, gain_db: float = 0.0) -> Prepared:
    programme = Programme(segments, gain_db=gain_db)
    return asyncio.run(render(programme, Cache(tmp_path / "cache")))


def test_a_window_holds_its_fallback_and_then_silence(tmp_path: Path) -> None:
    spoken = sine(tmp_path / "loi.wav", 2.0)
    programme = made(tmp_path, Silence(1.5), Window(URL, 5.0, Sound(spoken)), Silence(0.5))
    (window,) = programme.relays
    samples = heard(programme.path)

    assert (window.url, window.start, window.seconds, window.stand_in) == (URL, 1.5, 5.0, 2.0)
    assert (window.lufs, window.peak_dbtp) == (-16.0, -1.0)
    assert len(samples) == 7 * RATE
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    assert (loud[0] / RATE, loud[-1] / RATE) == (
        pytest.approx(1.5, abs=0.01),
        pytest.approx(3.5, abs=0.01),
    )
    # Nobody planned a pause there, but something will be heard in it.
    assert programme.pauses == ((0.0, 1.5), (6.5, 7.0))
    assert programme.alarms == ()


def test_a_fallback_that_is_too_long_is_cut_and_as_loud_as_all_else(tmp_path: Path) -> None:
    loud_after_all = np.concatenate(
        (heard(sine(tmp_path / "1.wav", 3.0, -30)), heard(sine(tmp_path / "2.wav", 30.0, -10)))
    )
    spoken = wav(tmp_path / "loi.wav", loud_after_all)
    programme = made(tmp_path, Window(URL, 3.0, Sound(spoken)))
    assert programme.seconds == 3.0
    assert programme.relays[0].stand_in == 3.0
    assert loudness(heard(programme.path)) == pytest.approx(-16, abs=0.3)


def test_a_window_without_a_fallback_is_silent_and_can_be_rendered(tmp_path: Path) -> None:
    programme = made(tmp_path, Window(URL, 10.0), gain_db=-6.0)
    assert (programme.seconds, programme.lufs) == (10.0, None)
    assert (programme.relays[0].stand_in, programme.relays[0].lufs) == (0.0, -22.0)


def test_where_a_stream_comes_from_makes_no_other_sound(tmp_path: Path) -> None:
    one, other = (made(tmp_path, Window(url, 2.0)) for url in (URL, "https://khac.example/"))
    assert one.path == other.path
    assert other.relays[0].url == "https://khac.example/"
