"""Piper in a process of its own: which voice speaks, and what becomes of wrong files."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from broadcaster.domain.sound import Spoken
from broadcaster.errors import DeviceError
from broadcaster.speech import piper as engine_file
from broadcaster.speech.estimate import PAUSE
from broadcaster.speech.piper import SENTENCE, Piper, load
from tests.speech.piper_voices import described, model, needs_piper, piper

pytestmark = needs_piper
TEXT = "Everybody is welcome."


def speak(engine: Piper, *texts: str, voice: str | None = None) -> Spoken:
    return asyncio.run(engine.speak(texts or (TEXT,), voice))


def test_the_usual_voice_speaks_where_none_is_asked_for(tmp_path: Path) -> None:
    engine = piper(tmp_path, "joe", "joe-slow", usual="joe-slow")
    assert asyncio.run(engine.voices()) == ["joe-slow", "joe"]
    slow, usual = speak(engine), speak(engine, voice="joe")
    assert slow.voice == "piper:joe-slow"
    assert slow.seconds > usual.seconds


def test_a_vietnamese_voice_comes_first_by_its_name(tmp_path: Path) -> None:
    engine = piper(tmp_path, "en_US-joe-medium", "vi_VN-joe-medium")
    assert asyncio.run(engine.voices())[0] == "vi_VN-joe-medium"


def test_there_are_pauses_between_sentences_and_paragraphs(tmp_path: Path) -> None:
    engine = piper(tmp_path, "joe")
    one, two, parted = speak(engine), speak(engine, f"{TEXT} {TEXT}"), speak(engine, TEXT, TEXT)
    # Its voices never say a thing twice alike.
    assert two.seconds == pytest.approx(2 * one.seconds + SENTENCE, abs=0.8)
    assert parted.seconds == pytest.approx(2 * one.seconds + PAUSE, abs=0.8)


def test_another_file_of_the_same_name_is_another_voice(tmp_path: Path) -> None:
    engine = piper(tmp_path, "joe")
    speak(engine)
    beside = tmp_path / "voices" / "joe.onnx.json"
    beside.write_text(described(dataset="other"), encoding="utf-8")
    assert engine.cached([TEXT], None) is None
    speak(engine)
    assert engine.cached([TEXT], None)


@pytest.mark.parametrize("voice", ["anna", "../voices/joe", "joe.onnx"])
def test_no_voice_is_taken_from_elsewhere(tmp_path: Path, voice: str) -> None:
    with pytest.raises(DeviceError, match=r"piper: there is no voice .*: there are joe"):
        speak(piper(tmp_path, "joe"), voice=voice)


def test_without_a_voice_it_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="no voice in voices/; add one: broadcaster voice add"):
        speak(piper(tmp_path))


def test_without_piper_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = piper(tmp_path, "joe")
    monkeypatch.setattr(engine_file, "PACKAGE", "no-such-package")
    engine_file.installed.cache_clear()
    with pytest.raises(DeviceError, match=r"piper: is not installed: pip install \"broadcaster"):
        speak(engine)
    assert engine.cached([TEXT], None) is None
    engine_file.installed.cache_clear()


def test_a_damaged_file_is_told_and_nothing_is_kept(tmp_path: Path) -> None:
    engine = piper(tmp_path, "joe")
    damaged = tmp_path / "voices" / "joe.onnx"
    damaged.unlink()
    damaged.write_bytes(model().read_bytes()[:100_000])
    with pytest.raises(DeviceError, match="piper: can't load this voice: "):
        speak(engine)
    assert list((tmp_path / "cache").rglob("*.wav")) == []
    with pytest.raises(DeviceError, match="piper: can't load this voice: "):
        asyncio.run(load(damaged))


def test_a_whole_file_can_be_loaded() -> None:
    asyncio.run(load(model()))


def test_a_hang_is_killed_at_the_deadline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(engine_file, "CHILD", "other_child")
    monkeypatch.setattr(engine_file, "LEAST_DEADLINE", -5.0)
    (tmp_path / "other_child.py").write_text("import signal\nsignal.pause()")
    with pytest.raises(DeviceError, match="piper: gave no answer within"):
        speak(piper(tmp_path, "joe"))
