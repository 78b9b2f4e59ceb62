"""The operating system's voices: refused here, and what would be asked of them elsewhere."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.errors import DeviceError
from broadcaster.speech import system
from broadcaster.speech.system import System
from broadcaster.speech.system_child import pick

TEXT = "Kính thưa bà con và các bạn!"


@dataclass
class Voice:
    """A voice as pyttsx3 lists it."""

    id: str
    name: str
    languages: list[object] = field(default_factory=list)


DAVID = Voice("HKEY\\TTS_MS_EN-US_DAVID", "Microsoft David Desktop", ["en-US"])
AN = Voice("HKEY\\TTS_MS_AN", "Microsoft An", ["vi-VN"])
LINH = Voice("com.apple.voice.compact.vi-VN.Linh", "Linh")


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program in the speech process's place that keeps what it is asked; give where."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(system, "CHILD", "other_child")
    asked = tmp_path / "asked.json"
    (tmp_path / "other_child.py").write_text(
        "import json, pathlib, sys\n"
        "asked = json.load(sys.stdin)\n"
        f"pathlib.Path({str(asked)!r}).write_text(json.dumps(asked))\n"
        "print(json.dumps({'voices': ['Microsoft David', 'Microsoft An']}))\n"
    )
    return asked


@pytest.mark.parametrize("platform", ["linux", "freebsd14"])
def test_elsewhere_it_is_refused_in_a_sentence(tmp_path: Path, platform: str) -> None:
    engine = System(Cache(tmp_path), platform)
    told = "system: there are voices of the system on Windows and macOS only; use piper or espeak"
    with pytest.raises(DeviceError) as refused:
        asyncio.run(engine.speak([TEXT], None))
    assert str(refused.value) == told
    with pytest.raises(DeviceError, match="Windows and macOS only"):
        asyncio.run(engine.voices())
    assert engine.cached([TEXT], None) is None


@pytest.mark.parametrize(("platform", "driver"), [("win32", "sapi5"), ("darwin", "nsss")])
def test_the_system_s_own_driver_is_asked(
    tmp_path: Path, child: Path, platform: str, driver: str
) -> None:
    engine = System(Cache(tmp_path / "cache"), platform)
    with pytest.raises(DeviceError, match="there is no voice Linh: there are default, Microsoft D"):
        asyncio.run(engine.speak([TEXT, "", TEXT], "Linh"))
    asked = json.loads(child.read_text())
    assert (asked["driver"], asked["do"], asked["voice"]) == (driver, "speak", "Linh")
    assert asked["paragraphs"] == [TEXT, TEXT]


def test_its_voices_are_named_the_usual_one_first(tmp_path: Path, child: Path) -> None:
    engine = System(Cache(tmp_path / "cache"), "win32")
    assert asyncio.run(engine.voices()) == ("default", "Microsoft David", "Microsoft An")
    assert json.loads(child.read_text()) == {"driver": "sapi5", "do": "voices"}


@pytest.mark.parametrize(
    ("voices", "wanted", "found"),
    [
        ([DAVID, AN], "default", AN),
        ([DAVID, LINH], "default", LINH),
        ([DAVID, AN], "Microsoft David Desktop", DAVID),
        ([DAVID], "default", None),
        ([], "default", None),
    ],
)
def test_a_vietnamese_voice_is_preferred(
    voices: list[Voice], wanted: str, found: Voice | None
) -> None:
    assert pick(voices, wanted) == found
