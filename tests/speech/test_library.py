from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from broadcaster.speech import library

SPEAK = """
import sys
from pathlib import Path
from broadcaster.speech.binding import EspeakNg
from broadcaster.speech.library import Library, wheel
espeak = EspeakNg(Library(wheel().path, Path(sys.argv[1])))
espeak.choose(next(voice for voice in espeak.voices() if voice.language == "vi"))
blocks = []
espeak.speak("xin chào bà con", blocks.append)
print(len(b"".join(blocks)))
"""


def test_the_wheel_s_library_has_its_own_voices() -> None:
    wheel = library.wheel()
    assert wheel.data is not None
    assert (wheel.data / "vi_dict").is_file()


def test_a_build_is_known_without_loading_it(tmp_path: Path) -> None:
    real = tmp_path / "libespeak-ng.so.1.1.51"
    real.write_bytes(b"12345")
    link = tmp_path / "libespeak-ng.so.1"
    link.symlink_to(real.name)
    assert library.Library(link, None).identity == "libespeak-ng.so.1.1.51/5"


def test_debian_s_library_goes_before_the_wheel_s() -> None:
    debian = [path for where in library.SYSTEM for path in Path("/").glob(where[1:])]
    assert library.find().path == (debian[0] if debian else library.wheel().path)


def test_voices_far_down_in_the_folders_are_found(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 90) / ("e" * 90) / "espeak-ng-data"
    assert library.wheel().data is not None
    shutil.copytree(library.wheel().data, deep)
    spoken = subprocess.run(
        [sys.executable, "-c", SPEAK, str(deep)], check=True, capture_output=True, text=True
    )
    assert int(spoken.stdout) > 20_000
