"""A real telephone for tests: baresip, which answers by itself and keeps what it hears."""

from __future__ import annotations

import shutil
import subprocess
import wave
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from tests.speakers.ports import free

MISSING = shutil.which("baresip") is None
MODULES = Path("/usr/lib/baresip/modules")
CONFIG = """\
sip_listen 127.0.0.1:{port}
audio_player aufile,{folder}/played.wav
audio_source ausine,400
ausrc_srate 48000
ausrc_channels 2
snd_path {folder}
module_path {modules}
{loaded}
module_app account.so
module_app menu.so
"""


class Baresip:
    """One telephone on 127.0.0.1, with the codecs that it is given."""

    def __init__(self, folder: Path, *codecs: str) -> None:
        self.port = free()
        self._folder = folder
        folder.mkdir()
        loaded = "\n".join(f"module {each}.so" for each in (*codecs, "aufile", "ausine", "sndfile"))
        (folder / "config").write_text(
            CONFIG.format(port=self.port, folder=folder, modules=MODULES, loaded=loaded)
        )
        (folder / "accounts").write_text("<sip:900@127.0.0.1>;regint=0;answermode=auto\n")
        (folder / "contacts").touch()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            ["baresip", "-4", "-f", self._folder], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        assert any("baresip is ready" in line for line in self._process.stdout)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.communicate()

    def heard(self) -> tuple[np.ndarray, int]:
        """Give what came out of its decoder, full scale 1, and its rate."""
        (file,) = self._folder.glob("dump-*-dec.wav")
        with wave.open(str(file)) as recording:
            raw = recording.readframes(recording.getnframes())
            samples = np.frombuffer(raw, "<i2").reshape(-1, recording.getnchannels())
            return samples[:, 0] / 32768, recording.getframerate()
