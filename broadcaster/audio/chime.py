"""The station's chime. For child processes: it loads pydub."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from av.audio.frame import AudioFrame
from pydub import AudioSegment
from pydub.generators import Sine

from broadcaster.audio.frames import BLOCK, FORMAT, RATE, Chain, from_bytes
from broadcaster.audio.programme import CHIMES

STEP_MS = 380
"""From one note to the next."""
RING_MS = 1_500
PERIOD_MS = 100
"""Every note is a multiple of 10 Hz, so that a tenth of a second can be repeated seamlessly."""
PARTIALS = ((1, 0.0), (2, -14.0), (3, -24.0))
"""Multiples of the note and their dB: a bell that is soft enough for a loudspeaker."""
TAIL_MS = 400
"""Before the first word."""
HEADROOM_DB = -9.0
STRIKE_MS = 8


def chime(name: str) -> Iterator[AudioFrame]:
    """Give a chime, the short pause after it included."""
    frame = from_bytes(_samples(name), "s16", 2)
    return Chain(
        ("aformat", f"sample_fmts={FORMAT}"), ("asetnsamples", f"n={BLOCK}:p=0"), format="s16"
    ).run([frame])


@functools.cache
def _samples(name: str) -> bytes:
    notes = CHIMES[name]
    length = STEP_MS * (len(notes) - 1) + RING_MS
    whole = AudioSegment.silent(length, frame_rate=RATE)
    for index, pitch in enumerate(notes):
        whole = whole.overlay(_bell(pitch), position=index * STEP_MS)
    return bytes((whole + AudioSegment.silent(TAIL_MS, frame_rate=RATE)).raw_data)


def _bell(pitch: int) -> AudioSegment:
    """Ring one note: struck softly, falling fast and then slowly, as a bell does."""
    period = AudioSegment.silent(PERIOD_MS, frame_rate=RATE)
    for multiple, level in PARTIALS:
        tone = Sine(pitch * multiple, sample_rate=RATE)
        period = period.overlay(tone.to_audio_segment(PERIOD_MS, volume=HEADROOM_DB + level))
    note = period * (RING_MS // PERIOD_MS)
    falling = note.fade(to_gain=-12, start=0, end=RING_MS // 2)
    return falling.fade_in(STRIKE_MS).fade_out(RING_MS // 2)
