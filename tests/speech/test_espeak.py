"""espeak-ng in a process of its own: what it says, and what becomes of its failures."""

from __future__ import annotations

import asyncio
import os
import resource
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.domain.sound import Spoken
from broadcaster.errors import DeviceError
from broadcaster.speech import espeak
from broadcaster.speech.estimate import PAUSE

TEXT = "Kính thưa bà con và các bạn!"


@pytest.fixture
def engine(tmp_path: Path) -> espeak.Espeak:
    return espeak.Espeak(Cache(tmp_path / "cache"))


def speak(engine: espeak.Espeak, *texts: str) -> Spoken:
    return asyncio.run(engine.speak(texts, None))


def left(engine: espeak.Espeak) -> list[Path]:
    return [path for path in engine._cache.root.rglob("*") if not path.is_dir()]


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put another program in the speech process's place."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(espeak, "CHILD", "other_child")

    def program(*lines: str) -> None:
        (tmp_path / "other_child.py").write_text("\n".join(lines))

    return program


def test_a_pause_stands_between_two_paragraphs(engine: espeak.Espeak) -> None:
    one, two = speak(engine, TEXT), speak(engine, TEXT, TEXT)
    assert two.seconds == pytest.approx(2 * one.seconds + PAUSE, abs=0.02)


def test_decomposed_letters_are_spoken_as_composed_ones(engine: espeak.Espeak) -> None:
    spoken = speak(engine, unicodedata.normalize("NFD", TEXT))
    assert engine.cached([TEXT], None) == spoken


def test_marks_without_a_word_are_nothing_to_speak(engine: espeak.Espeak) -> None:
    with pytest.raises(DeviceError, match="nothing to speak"):
        speak(engine, "…", "- - -")
    assert left(engine) == []


def test_a_wrong_voice_names_those_of_the_language(engine: espeak.Espeak) -> None:
    with pytest.raises(DeviceError) as refused:
        asyncio.run(engine.speak([TEXT], "hanoi"))
    assert str(refused.value).startswith(
        "espeak: there is no voice hanoi: there are vi, vi-vn-x-central, vi-vn-x-south, and "
    )
    assert left(engine) == []


def test_what_is_cached_needs_no_engine(
    engine: espeak.Espeak, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = speak(engine, TEXT)
    monkeypatch.setattr(espeak, "CHILD", "there.is.no.such.module")
    assert speak(engine, TEXT) == spoken


def test_other_settings_are_other_speech(
    engine: espeak.Espeak, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = speak(engine, TEXT)
    monkeypatch.setattr(espeak, "RATE", 250)
    assert engine.cached([TEXT], None) is None
    assert speak(engine, TEXT).seconds < slow.seconds * 0.8


def test_a_hang_is_killed_at_the_deadline(
    engine: espeak.Espeak,
    child: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(espeak, "LEAST_DEADLINE", -1.0)
    child(
        "import os, pathlib, signal",
        f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))",
        "signal.pause()",
    )
    with pytest.raises(DeviceError, match="gave no answer within"):
        speak(engine, TEXT)
    assert left(engine) == []
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_a_crash_is_an_error_of_the_engine(
    engine: espeak.Espeak, child: Callable[..., None]
) -> None:
    child("import os", "os.abort()")
    with pytest.raises(DeviceError, match=r"espeak: failed \(exit -6\)"):
        speak(engine, TEXT)
    assert left(engine) == []


@pytest.mark.parametrize(("seconds", "told"), [(0, "gave no sound"), (60, "spoke for 60 s")])
def test_implausible_speech_is_not_kept(
    engine: espeak.Espeak, child: Callable[..., None], seconds: int, told: str
) -> None:
    child(
        "import json, sys, wave",
        "with wave.open(json.load(sys.stdin)['to'], 'wb') as file:",
        "    file.setparams((1, 2, 8000, 0, 'NONE', ''))",
        f"    file.writeframes(bytes(16000 * {seconds}))",
        "print('{}')",
    )
    with pytest.raises(DeviceError, match=told):
        speak(engine, TEXT)
    assert left(engine) == []


def test_a_voice_that_stops_halfway_is_not_kept(
    engine: espeak.Espeak, child: Callable[..., None]
) -> None:
    child(
        "import json, sys, wave",
        "with wave.open(json.load(sys.stdin)['to'], 'wb') as file:",
        "    file.setparams((1, 2, 8000, 0, 'NONE', ''))",
        "    file.writeframes(bytes(16000 * 3))",
        "print('{}')",
    )
    with pytest.raises(DeviceError, match="spoke for 3 s where about 37 s were expected"):
        speak(engine, TEXT * 20)


def test_a_full_disk_is_the_cache_s_error(engine: espeak.Espeak) -> None:
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, usual[1]))
    try:
        with pytest.raises(DeviceError, match=r"cache: can't write in .*File too large"):
            speak(engine, TEXT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert left(engine) == []
