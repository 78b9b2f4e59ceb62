"""The microphone's own process: PortAudio in, a WAV out, whole at every moment.

What to do stands in the first argument, as JSON. The first byte on stdin begins the recording, the
end of stdin ends it. Events go out on stdout, a line of JSON each: open, level, ended, failed.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import sys
import threading
import wave
from pathlib import Path
from typing import Any

import numpy as np

from broadcaster.errors import DeviceError, why
from broadcaster.messages import msg, to_json
from broadcaster.speakers.soundcard import library

DEVICE = "microphone"
RATE = 48_000
BYTES = 2
STALLED = 2.0
"""Seconds without a sound, not even silence, after which the microphone is gone."""
FULL_SCALE = 32_768
LEVELS = 5
"""Levels told a second."""


def main() -> None:
    """Be the child."""
    request = json.loads(sys.argv[1])
    begin, end = threading.Event(), threading.Event()
    threading.Thread(target=_listen, args=(begin, end), daemon=True).start()
    try:
        _record(request["device"], Path(request["to"]), begin, end)
    except DeviceError as error:
        _tell("failed", reason=to_json(error.message))
    except OSError as error:
        _tell("failed", reason=to_json(why(error)))


def _listen(begin: threading.Event, end: threading.Event) -> None:
    while os.read(0, 1):
        begin.set()
    end.set()


def _record(name: str, to: Path, begin: threading.Event, end: threading.Event) -> None:
    sounddevice = library()
    device = _device(sounddevice, name)
    came: queue.SimpleQueue[tuple[bytes, bool]] = queue.SimpleQueue()
    channels, rate = _format(sounddevice, device)
    try:
        stream = sounddevice.RawInputStream(
            samplerate=rate, channels=channels, dtype="int16", device=device["index"],
            callback=lambda data, *more: came.put((bytes(data), more[-1].input_overflow)),
        )  # fmt: skip
        stream.start()
    except sounddevice.PortAudioError as error:
        raise _fault(device["name"], error) from None
    with stream, wave.open(str(to), "wb") as file:
        file.setparams((channels, BYTES, rate, 0, "NONE", ""))
        _tell("open", name=device["name"])
        _write(came, file, begin, end)


def _write(
    came: queue.SimpleQueue[tuple[bytes, bool]],
    file: wave.Wave_write,
    begin: threading.Event,
    end: threading.Event,
) -> None:
    meter = _Meter(file.getframerate())
    lost = 0
    while not end.is_set():
        try:
            block, gap = came.get(timeout=STALLED)
        except queue.Empty:
            raise DeviceError(DEVICE, msg("the microphone is gone")) from None
        if begin.is_set():
            # It mends the header each time: killed, it leaves what was recorded until then.
            file.writeframes(block)
            meter.add(np.frombuffer(block, "<i2"), file.getnframes())
            lost += gap
    _tell("ended", seconds=file.getnframes() / file.getframerate(), lost=lost)


class _Meter:
    """Tells how loud it is, a few times a second."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._told = 0
        self._peak = 0

    def add(self, samples: np.ndarray, frames: int) -> None:
        """Take more samples, of a recording that has so many frames by now."""
        self._peak = max(self._peak, int(np.abs(samples.astype(np.int32)).max(initial=0)))
        if frames - self._told >= self._rate / LEVELS:
            peak = 20 * np.log10(max(self._peak, 1) / FULL_SCALE)
            _tell("level", seconds=frames / self._rate, peak=round(float(peak), 1))
            self._told, self._peak = frames, 0


def _device(sounddevice: Any, name: str) -> dict[str, Any]:
    """Find a microphone by a part of its name; the system's own choice where none is named."""
    try:
        found: dict[str, Any] = sounddevice.query_devices(name or None, "input")
    except (ValueError, sounddevice.PortAudioError):
        if name:
            text = msg('there is no microphone whose name holds "{name}"', name=name)
            raise DeviceError(DEVICE, text) from None
        raise DeviceError(DEVICE, msg("there is no microphone")) from None
    return found


def _format(sounddevice: Any, device: dict[str, Any]) -> tuple[int, int]:
    """Give channels and rate: ours where the microphone has them, else those it has."""
    own = int(device["default_samplerate"])
    for channels in (1, device["max_input_channels"]):
        for rate in (RATE, own):
            with contextlib.suppress(sounddevice.PortAudioError):
                sounddevice.check_input_settings(device["index"], channels, "int16", None, rate)
                return channels, rate
    return 1, RATE


def _fault(card: str, error: Exception) -> DeviceError:
    return DeviceError(DEVICE, msg("{card} can't be opened: {why}", card=card, why=error))


def _tell(event: str, **more: Any) -> None:
    sys.stdout.write(json.dumps({"event": event, **more}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
