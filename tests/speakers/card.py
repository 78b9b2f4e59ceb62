"""A sound card for tests: PulseAudio with a sink that goes nowhere, and what it was given."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np

RATE = 48_000
LOUD = 500
"""Of 32767: what counts as sound."""
URGENT = 5
"""What RealtimeKit gives a sound server."""
PROGRAMS = ("pulseaudio", "pactl", "parec")
MISSING = [name for name in PROGRAMS if shutil.which(name) is None]


class Card:
    """A private PulseAudio server; ALSA's `pulse` device of this environment leads to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._recording = folder / "heard.raw"
        self.environment = {
            "PULSE_SERVER": f"unix:{folder}/socket",
            "XDG_RUNTIME_DIR": str(folder),
            "HOME": str(folder),
        }

    def plug(self) -> None:
        """Start the server, and begin to listen."""
        socket = f"module-native-protocol-unix socket={self._folder}/socket auth-anonymous=1"
        self._server = self._start(
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
            "-L", socket, "-L", f"module-null-sink sink_name=loa rate={RATE}",
        )  # fmt: skip
        for _ in range(100):
            if self._start("pactl", "info").wait() == 0:
                break
            time.sleep(0.1)  # noqa: TID251 - a server that starts says nothing
        with self._recording.open("wb") as to:
            self._recorder = self._start(
                "parec", "-d", "loa.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1",
                # Else the sink takes samples two seconds at a time, as no card does.
                "--latency-msec=20",
                to=to.fileno(),
            )  # fmt: skip
        # What it began with it keeps to for two seconds.
        for suspended in ("1", "0"):
            self._start("pactl", "suspend-sink", "loa", suspended).wait()
        while not self._recording.stat().st_size:
            time.sleep(0.01)  # noqa: TID251 - a file that grows says nothing

    def hurry(self) -> None:
        """Run the server as urgently as a desktop's does; without the right to it, as it is."""
        for task in Path(f"/proc/{self._server.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                os.sched_setscheduler(int(task.name), os.SCHED_FIFO, os.sched_param(URGENT))

    def unplug(self) -> None:
        """Kill the server."""
        for process in (self._recorder, self._server):
            # A second time it is dead already.
            process.kill()
            process.wait()

    def heard(self) -> list[np.ndarray]:
        """Give each sound that was heard, apart by half a second of silence at least."""
        samples = self.recorded()
        return [samples[part[0] : part[-1] + 1] for part in self._sounds(samples)]

    def begun(self) -> list[int]:
        """Give the sample of the recording at which each sound began."""
        return [int(part[0]) for part in self._sounds(self.recorded())]

    def recorded(self) -> np.ndarray:
        """Give all that it was given, silence included."""
        raw = self._recording.read_bytes()
        return np.frombuffer(raw[: len(raw) // 2 * 2], "<i2")

    def _sounds(self, samples: np.ndarray) -> list[np.ndarray]:
        loud = np.flatnonzero(np.abs(samples.astype(int)) > LOUD)
        parts = np.split(loud, np.flatnonzero(np.diff(loud) > RATE // 2) + 1)
        return [part for part in parts if len(part)]

    def _start(self, *command: str, to: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, stdout=to, stderr=subprocess.DEVNULL, env=os.environ | self.environment
        )
