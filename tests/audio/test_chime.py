"""The chime, by ear: soft at both ends, three or more notes, nothing harsh."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import CHIMES, Programme, Tone
from broadcaster.audio.render import render
from tests.audio.sounds import RATE, heard

STEP = round(0.38 * RATE)


@pytest.mark.parametrize("name", CHIMES)
def test_a_chime_sounds_its_notes_in_order(name: str, tmp_path: Path) -> None:
    samples = heard(asyncio.run(render(Programme((Tone(name),)), Cache(tmp_path))).path)
    assert len(CHIMES[name]) >= 3
    for index, note in enumerate(CHIMES[name]):
        struck = samples[index * STEP : index * STEP + STEP]
        before = samples[max(0, (index - 1) * STEP) : index * STEP] if index else np.zeros(STEP)
        assert power(struck, note) > 4 * power(before, note)
    tail = samples[-round(0.4 * RATE) :]
    assert np.abs(tail).max() < 0.001


@pytest.mark.parametrize("name", CHIMES)
def test_a_chime_is_soft(name: str, tmp_path: Path) -> None:
    samples = heard(asyncio.run(render(Programme((Tone(name),)), Cache(tmp_path))).path)
    assert np.abs(samples[:24]).max() < 0.05
    assert np.abs(np.diff(samples)).max() < 0.2
    spectrum = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    assert spectrum[hertz > 4_000].sum() < 0.001 * spectrum.sum()


def power(samples: np.ndarray, hertz: float) -> float:
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(samples)) / RATE)
    return float(np.abs(np.dot(samples, wave)) ** 2)
