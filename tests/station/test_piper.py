"""What `check` says of Piper voices, and of the voices that scripts ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from broadcaster.messages import Message
from broadcaster.station.piper import read
from tests.station.folders import DEVICES, station, told

RIGHT: dict[str, Any] = {
    "audio": {"sample_rate": 22_050},
    "espeak": {"voice": "vi"},
    "language": {"code": "vi_VN"},
    "num_symbols": 256,
    "num_speakers": 1,
    "phoneme_id_map": {},
}


def place(folder: Path, name: str, described: object = RIGHT, model: bytes = b"\x08\x07") -> Path:
    inner = folder / "voices"
    inner.mkdir(exist_ok=True)
    (inner / f"{name}.onnx").write_bytes(model)
    (inner / f"{name}.onnx.json").write_text(json.dumps(described))
    return inner / f"{name}.onnx"


def check(folder: Path, voice: str, script: str | None = None) -> str:
    more = {} if script is None else {"scripts/chao.md": script}
    devices = f"{DEVICES}\n[voice]\n{voice}\n"
    loaded = station(folder, {"devices.toml": devices, **more})
    said = told(loaded).splitlines(keepends=True)
    return "".join(line for line in said if "oice" in line)


def test_a_vietnamese_voice_is_right(tmp_path: Path) -> None:
    place(tmp_path, "vi_VN-mai")
    assert check(tmp_path, 'engines = ["piper"]\npiper = "vi_VN-mai"') == ""
    assert check(tmp_path, 'engines = ["piper"]') == ""


def test_a_voice_of_another_language_is_warned_of(tmp_path: Path) -> None:
    place(tmp_path, "joe", RIGHT | {"language": {"code": "en_US"}})
    wrong = "the Piper voice joe speaks en_US, not Vietnamese"
    assert check(tmp_path, 'engines = ["piper"]\npiper = "joe"').endswith(f"voice.piper: {wrong}\n")
    assert f"voice.engines: {wrong}" in check(tmp_path, 'engines = ["piper"]')


def test_a_voice_that_there_is_not_is_warned_of(tmp_path: Path) -> None:
    said = check(tmp_path, 'engines = ["piper"]\npiper = "mai"')
    assert "voice.piper: the Piper voice mai can't speak: there is no mai.onnx\n" in said
    said = check(tmp_path, 'engines = ["piper", "espeak"]')
    assert "there is no voice in voices/; add one: broadcaster voice add FILE\n" in said


@pytest.mark.parametrize(
    ("voice", "wrong"),
    [
        ("piper:anna", "the Piper voice anna can't speak: there is no anna.onnx"),
        ("piper:joe", "the Piper voice joe speaks en_US, not Vietnamese"),
        ("pipper:joe", 'there is no speech engine pipper; did you mean "piper"?'),
        ("command", "the engine command needs a table [voice.command] with run = [...]"),
    ],
)
def test_a_script_s_own_voice_is_looked_at(tmp_path: Path, voice: str, wrong: str) -> None:
    place(tmp_path, "vi_VN-mai")
    place(tmp_path, "joe", RIGHT | {"language": {"code": "en_US"}})
    text = f"---\ntitle: Chào\nvoice: {voice}\n---\nXin chào.\n"
    said = check(tmp_path, 'engines = ["piper"]', text)
    assert said == f"warning: scripts/chao.md: voice: {wrong}\n"


def test_only_what_espeak_reads_is_warned_of(tmp_path: Path) -> None:
    place(tmp_path, "vi_VN-mai")
    text = "---\ntitle: Chào\nvoice: {}\n---\nXin chào.\n"
    files = {
        "devices.toml": f'{DEVICES}\n[voice]\nengines = ["piper", "espeak"]\n',
        "scripts/a.md": text.format("piper:vi_VN-mai"),
        "scripts/b.md": text.format("espeak:vi"),
        "scripts/c.md": text.format("vi"),
    }
    warned = [p.file for p in station(tmp_path, files).problems if "only" in p.message.id]
    assert warned == ["scripts/b.md"]


@pytest.mark.parametrize(
    ("described", "model", "wrong"),
    [
        (RIGHT, b"<html>", "mai.onnx is no Piper voice: it is not in the format ONNX"),
        (RIGHT, b"version https://git-lfs", "mai.onnx is no Piper voice"),
        ({}, b"\x08", "mai.onnx.json does not describe a Piper voice"),
        ([], b"\x08", "mai.onnx.json does not describe a Piper voice"),
        (RIGHT | {"audio": 5}, b"\x08", "mai.onnx.json does not describe a Piper voice"),
        ({"espeak": {"voice": "vi"}, "audio": {"sample_rate": 1}}, b"\x08", "does not describe"),
    ],
)
def test_what_is_no_voice_is_told(
    tmp_path: Path, described: object, model: bytes, wrong: str
) -> None:
    found = read(place(tmp_path, "mai", described, model))
    assert isinstance(found, Message)
    assert wrong in str(found)


def test_a_json_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    model = place(tmp_path, "mai")
    (tmp_path / "voices" / "mai.onnx.json").write_text("{")
    assert str(read(model)).startswith("mai.onnx.json can't be read: ")
    (tmp_path / "voices" / "mai.onnx.json").unlink()
    assert str(read(model)) == "there is no mai.onnx.json"
