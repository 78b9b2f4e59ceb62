"""Who sits before the microphone: a terminal of their own, a command in it, and what they see."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self


class Terminal:
    """`broadcaster` in a terminal; stdout goes into a pipe of its own."""

    def __init__(self, station: Path, *words: str, environment: Mapping[str, str]) -> None:
        self.seen = ""
        self._master, slave = pty.openpty()
        self._process = subprocess.Popen(
            # Ctrl-C comes from a terminal that is a process's own; tests that were started in the
            # background inherit that it is ignored.
            [
                "env", "--default-signal=INT", "setsid", "--ctty",
                sys.executable, "-m", "broadcaster", "--station", station, *words,
            ],
            stdin=slave, stderr=slave, stdout=subprocess.PIPE,
            env={**os.environ, **environment, "LANGUAGE": "en"},
        )  # fmt: skip
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()
        os.close(self._master)

    def wait_for(self, text: str) -> None:
        """Look on until this is seen."""
        while text not in self.seen:
            assert self._read(), f"{text!r} never came:\n{self.seen}"

    def type(self, keys: str) -> None:
        """Press keys; \\x03 is Ctrl-C."""
        os.write(self._master, keys.encode())

    def kill(self) -> None:
        """Kill the command, as a closed window or a power cut would."""
        self._process.kill()

    def end(self) -> tuple[int, str]:
        """Give how it ended, and its data."""
        while self._read():
            pass
        assert self._process.stdout is not None
        return self._process.wait(), self._process.stdout.read().decode()

    def _read(self) -> bool:
        try:
            read = os.read(self._master, 65_536)
        except OSError:
            # The other side is closed.
            return False
        self.seen += read.decode(errors="replace").replace("\r\n", "\n")
        return bool(read)
