"""The station's chime. For child processes: it loads pydub."""

from __future__ import annotations

import numpy as np
from pydub import AudioSegment
from pydub.generators import Sine

from broadcaster.audio.decode import RATE, Block
from broadcaster.audio.programme import CHIMES

STEP_MS = 380
"""From one note to the next."""
RING_MS = 1_500
PARTIALS = ((1, 0.0), (2, -14.0), (3, -24.0))
"""Multiples of the note and their dB: a bell that is soft enough for a loudspeaker."""
TAIL_MS = 400
"""Before the first word."""
HEADROOM_DB = -9.0


def chime(name: str) -> Block:
    """Give a chime's samples, the short pause after it included."""
    notes = CHIMES[name]
    length = STEP_MS * (len(notes) - 1) + RING_MS
    whole = AudioSegment.silent(length, frame_rate=RATE)
    for index, pitch in enumerate(notes):
        whole = whole.overlay(_bell(pitch), position=index * STEP_MS)
    whole += AudioSegment.silent(TAIL_MS, frame_rate=RATE)
    samples = np.array(whole.set_channels(1).get_array_of_samples(), dtype=np.float32)
    return samples / np.float32(32_768)


def _bell(pitch: float) -> AudioSegment:
    """Ring one note: struck softly, faded twice, which falls like a bell rather than a ramp."""
    note = AudioSegment.silent(RING_MS, frame_rate=RATE)
    for multiple, level in PARTIALS:
        partial = Sine(pitch * multiple, sample_rate=RATE).to_audio_segment(
            RING_MS, volume=HEADROOM_DB + level
        )
        note = note.overlay(partial)
    return note.fade_in(8).fade_out(RING_MS).fade_out(RING_MS)
