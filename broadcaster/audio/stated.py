"""What length a sound file states of itself, to tell one that was cut off from a whole one."""

from __future__ import annotations

from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

GUESSED = frozenset({"aac", "ac3", "eac3", "amr", "dts"})
"""Formats whose length FFmpeg works out from the bit rate, so that it proves nothing."""
MP3_HEADERS = (b"Xing", b"Info", b"VBRI")
"""Of a first MP3 frame that states how many follow; without one the length is a guess too."""
MP3_FRAME = 2_048
STREAMED = 0x7FF0_0000
"""A WAV that was written into a pipe states a size about this big, or bigger."""


def stated(
    container: InputContainer, stream: AudioStream, first: Packet[AudioStream] | None
) -> float:
    """Give the seconds that the file says it holds; 0 where it doesn't say."""
    formats = set(container.format.name.split(","))
    if formats & GUESSED or stream.duration is None or stream.time_base is None:
        return 0.0
    if "mp3" in formats and not _counted(Path(container.name), first):
        return 0.0
    if "wav" in formats and _missing(Path(container.name)):
        return float("inf")
    return float(stream.duration * stream.time_base)


def _counted(path: Path, first: Packet[AudioStream] | None) -> bool:
    if first is None or first.pos is None:
        return False
    with path.open("rb") as file:
        file.seek(max(0, first.pos - MP3_FRAME))
        head = file.read(2 * MP3_FRAME)
    return any(header in head for header in MP3_HEADERS)


def _missing(path: Path) -> bool:
    """Compare RIFF's size with the file's, as FFmpeg settles for what there is."""
    with path.open("rb") as file:
        head = file.read(8)
    size = int.from_bytes(head[4:8], "little")
    return head[:4] == b"RIFF" and path.stat().st_size < size < STREAMED
