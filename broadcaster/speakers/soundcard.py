"""Sounds through a sound card: held open and silent ahead, the first sample placed by its clock.

It loads no numpy, which takes longer than an urgent announcement may.
"""

from __future__ import annotations

import queue
import statistics
import threading
from array import array
from collections.abc import Callable, Iterator
from typing import Any

from av.audio.frame import AudioFrame

from broadcaster.audio.frames import RATE, SAMPLE_BYTES
from broadcaster.audio.meter import floats
from broadcaster.clock import SystemTime
from broadcaster.errors import DeviceError
from broadcaster.messages import Message, msg

try:
    import sounddevice
except OSError:
    # Without PortAudio; `library` says so to whoever needs it.
    sounddevice = None

STALLED = 2.0
"""Seconds without a call for samples, after which the card is gone."""
RACING = 1.0
"""Seconds of sound that no card takes ahead of their time."""
DRY = 0.04
"""Seconds that samples leave later than they would: from then on the card has run dry."""
SHORT = 0.05
"""Seconds until it is asked again whether all was heard."""
LATENCY = 0.2
"""Seconds that the card's buffer holds: room for a busy machine; the start is placed beyond it."""
LOOK_EVERY = 0.02
"""Seconds in which a stop is seen: what cuts in waits for it."""
TELLING = 5
"""How many of a card's words on its delay are heard."""


class Soundcard:
    """One card; for a player's child process.

    Raises DeviceError where there is no card of that name, or it can't be opened, or is lost.
    """

    ahead = 2.5

    def __init__(self, spec: dict[str, Any]) -> None:
        self._time = SystemTime()
        self._blocks: queue.Queue[bytes | None] = queue.Queue(maxsize=4)
        self._left = memoryview(b"")
        self._start = float("inf")
        self._heard: float | None = None
        self._sounded = 0
        self._given = 0
        self._ends = 0.0
        self._origins: list[float] = []
        self._filled = LATENCY * RATE
        self._asked = self._time.monotonic()
        self._racing = False
        self._over = threading.Event()
        self._told = False
        self._library = library()
        self._device = _device(self._library, spec["device"])
        self._channels = min(2, self._device["max_output_channels"])

    def check(self) -> None:
        """Open it."""
        self._opened().close()

    def play(
        self,
        frames: Iterator[AudioFrame],
        start: float,
        audible: Callable[[float], None],
        stop: threading.Event,
    ) -> float:
        """Sound it, the first sample leaving the card at `start`; give the seconds that did."""
        self._start, self._audible = start, audible
        blocks = map(self._block, frames)
        # What it takes first it is asked for as soon as it is open.
        self._put(next(blocks), stop)
        self._stream = self._opened()
        try:
            return self._play(blocks, stop)
        finally:
            self._stream.close()

    def _opened(self) -> Any:
        try:
            stream = self._library.RawOutputStream(
                samplerate=RATE, channels=self._channels, dtype="float32", latency=LATENCY,
                device=self._device["index"], callback=self._fill,
            )  # fmt: skip
            stream.start()
        except self._library.PortAudioError as error:
            raise _fault(
                msg("{card} can't be opened: {why}", card=self._device["name"], why=error)
            ) from None
        return stream

    def _play(self, blocks: Iterator[bytes], stop: threading.Event) -> float:
        for block in blocks:
            if not self._put(block, stop):
                break
        if not stop.is_set():
            self._put(None, stop)
            self._drain(stop)
        self._tell()
        if not stop.is_set():
            self._stream.stop()
            return self._sounded / RATE
        # What the card holds is not to be heard any more.
        self._stream.abort()
        out = self._time.monotonic() - self._heard if self._heard is not None else 0.0
        return max(0.0, min(self._sounded / RATE, out))

    def _block(self, frame: AudioFrame) -> bytes:
        """Give a frame's samples as the card takes them: the same on each of its channels."""
        mono, laid = array("f"), array("f")
        mono.frombytes(floats(frame))
        laid.frombytes(bytes(self._channels * len(mono) * SAMPLE_BYTES))
        for channel in range(self._channels):
            laid[channel :: self._channels] = mono
        return laid.tobytes()

    def _put(self, block: bytes | None, stop: threading.Event) -> bool:
        """Hand a block to the card's thread; False after a stop. Raises DeviceError: it is gone."""
        while not stop.is_set():
            self._tell()
            try:
                self._blocks.put(block, timeout=LOOK_EVERY)
            except queue.Full:
                self._check()
            else:
                return True
        return False

    def _drain(self, stop: threading.Event) -> None:
        while not stop.is_set() and not self._over.wait(LOOK_EVERY):
            self._tell()
            self._check()
        self._check()
        # What the card holds by now has still to be heard: where it is stopped, that is lost.
        while not stop.is_set() and (left := self._ends - self._time.monotonic()) > 0:
            stop.wait(min(left, SHORT))

    def _tell(self) -> None:
        """Say once when the first sample was heard."""
        if self._heard is not None and not self._told:
            self._told = True
            self._audible(self._heard)

    def _check(self) -> None:
        """Raise DeviceError when the card takes no samples, or takes them too fast."""
        idle = self._time.monotonic() - self._asked
        ended = not self._stream.active and not self._over.is_set()
        if self._racing or ended or idle > STALLED:
            raise _fault(msg("the sound card is gone"))

    def _fill(self, out: Any, count: int, time: Any, status: Any) -> None:
        """Give the card its next samples, in the card's own thread."""
        out[:] = bytes(len(out))
        size = self._channels * SAMPLE_BYTES
        if status.output_underflow:
            # It ran dry, and nobody says for how long: all that it told before is void.
            self._origins.clear()
            self._filled = self._given + LATENCY * RATE
        # The card's clock may be another than ours: only the way from now to its output counts.
        self._asked = self._time.monotonic()
        leaves = self._leaves(count, self._asked + time.outputBufferDacTime - time.currentTime)
        silent = 0
        if self._heard is None:
            ahead = (self._start - leaves) * RATE
            if ahead >= count:
                return
            silent = max(0, round(ahead))
        samples = self._take((count - silent) * size)
        if len(samples) and self._heard is None:
            self._heard = leaves + silent / RATE
        out[silent * size : silent * size + len(samples)] = samples
        self._sounded += len(samples) // size
        # A server that died takes all that it is given at once: nobody hears it.
        if self._heard is not None:
            self._racing = self._heard + self._sounded / RATE > self._asked + RACING
        if len(samples):
            self._ends = leaves + count / RATE

    def _leaves(self, count: int, told: float) -> float:
        """Give when the samples asked for leave the card.

        They leave it evenly. What it tells of that while its buffer is filled is a guess; what it
        tells next is right to a tenth of a millisecond; later PulseAudio smooths it into being
        wrong by up to ten.
        """
        origin = told - self._given / RATE
        if self._origins and origin - statistics.median(self._origins) > DRY:
            # It ran dry and didn't say so, as PulseAudio's doesn't on a machine that is too busy.
            self._origins.clear()
            self._filled = self._given + LATENCY * RATE
        if self._given >= self._filled and len(self._origins) < TELLING:
            self._origins.append(origin)
        leaves = statistics.median(self._origins or [origin]) + self._given / RATE
        self._given += count
        return leaves

    def _take(self, count: int) -> bytes:
        while len(self._left) < count and not self._over.is_set():
            try:
                block = self._blocks.get_nowait()
            except queue.Empty:
                break
            if block is None:
                self._over.set()
            else:
                self._left = memoryview(bytes(self._left) + block)
        taken, self._left = bytes(self._left[:count]), self._left[count:]
        return taken


def library() -> Any:
    """Load sounddevice; raises DeviceError saying what to do where PortAudio is lacking."""
    if sounddevice is None:
        raise _fault(msg("needs PortAudio; on Debian or Ubuntu: apt install libportaudio2"))
    return sounddevice


def _device(sounddevice: Any, name: str) -> dict[str, Any]:
    """Find a card by a part of its name; the system's own choice where none is named."""
    try:
        found: dict[str, Any] = sounddevice.query_devices(name or None, "output")
    except (ValueError, sounddevice.PortAudioError):
        if name:
            raise _fault(
                msg('there is no sound card whose name holds "{name}"', name=name)
            ) from None
        raise _fault(msg("there is no sound card")) from None
    return found


def _fault(message: Message) -> DeviceError:
    # The daemon knows under which name the station has it.
    return DeviceError("soundcard", message)
