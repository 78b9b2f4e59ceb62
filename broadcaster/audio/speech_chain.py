"""Makes speech carry: clear, even, without rumble. For child processes: it loads PyAV."""

from __future__ import annotations

from collections.abc import Iterator

from av.audio.frame import AudioFrame

from broadcaster.audio.frames import BLOCK, FORMAT, Chain, Stream, factor

LOWEST = 150
"""Hz: below it a horn loudspeaker has only rumble and wind to give."""
PRESENCE = "frequency=3000:width_type=q:width=1:gain=3"
"""Where consonants are told apart."""
REFERENCE_LUFS = -20.0
"""What speech is brought to and back, for the threshold to mean the same for every recording."""
THRESHOLD_DB = -24.0
COMPRESSION = f"threshold={factor(THRESHOLD_DB):.9g}:ratio=2.5:attack=5:release=120:knee=4"


def shaped(stream: Stream, lufs: float) -> Iterator[AudioFrame]:
    """Give speech of a known loudness as it carries best; as many samples out as in."""
    return Chain(
        ("volume", f"{factor(REFERENCE_LUFS - lufs):.9g}"),
        ("highpass", f"frequency={LOWEST}"),
        ("equalizer", PRESENCE),
        ("acompressor", COMPRESSION),
        ("volume", f"{factor(lufs - REFERENCE_LUFS):.9g}"),
        ("aformat", f"sample_fmts={FORMAT}:channel_layouts=mono"),
        ("asetnsamples", f"n={BLOCK}:p=0"),
    ).run(stream)
