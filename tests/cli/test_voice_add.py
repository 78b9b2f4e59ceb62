"""`voice add`: a Piper voice that is right is copied, whole; what is none is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.speech import piper as engine
from tests.cli.desk import make, run, told, write
from tests.speech.piper_voices import model, needs_piper
from tests.station.test_piper import RIGHT, place


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path / "station")


@pytest.fixture
def without_piper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it a machine where Piper is not installed."""
    monkeypatch.setattr(engine, "PACKAGE", "no-such-package")
    monkeypatch.setattr(engine, "installed", engine.installed.__wrapped__)


def add(station: Path, *words: str) -> tuple[int, str, str]:
    return told(run(station, "voice", "add", *words))


def left(station: Path) -> list[str]:
    return sorted(path.name for path in (station / "voices").glob("*"))


@needs_piper
@pytest.mark.parametrize("end", ["", ".json"])
def test_a_voice_is_tried_and_copied(station: Path, end: str) -> None:
    code, out, err = add(station, f"{model()}{end}")
    assert (code, out) == (0, "voices/en_US-joe-medium.onnx\n")
    assert err == (
        "language en_US, 22050 samples a second\n"
        "it does not speak Vietnamese\n"
        "to let it speak, write in devices.toml under [voice]: "
        'engines = ["piper", "espeak"], piper = "en_US-joe-medium"\n'
    )
    assert left(station) == ["en_US-joe-medium.onnx", "en_US-joe-medium.onnx.json"]
    copied = station / "voices" / "en_US-joe-medium.onnx"
    assert copied.read_bytes() == model().read_bytes()


@needs_piper
def test_a_voice_that_piper_can_not_load_is_refused(station: Path, tmp_path: Path) -> None:
    damaged = place(tmp_path, "mai", RIGHT, model().read_bytes()[:100_000])
    code, out, err = add(station, str(damaged))
    assert (code, out) == (1, "")
    assert err.startswith("mai.onnx: can't load this voice: ")
    assert left(station) == []


@pytest.mark.usefixtures("without_piper")
def test_without_piper_it_is_copied_untried(station: Path, tmp_path: Path) -> None:
    code, out, err = add(station, str(place(tmp_path, "vi_VN-mai")))
    assert (code, out) == (0, "voices/vi_VN-mai.onnx\n")
    assert err.splitlines()[0] == (
        'piper is not installed: pip install "broadcaster[piper]"; the voice was not tried'
    )
    assert "does not speak" not in err


@pytest.mark.usefixtures("without_piper")
def test_a_voice_of_the_same_name_is_replaced_when_that_is_asked_for(
    station: Path, tmp_path: Path
) -> None:
    voice = place(tmp_path, "mai")
    add(station, str(voice))
    place(tmp_path, "mai", RIGHT, b"\x08\x08")
    refused = add(station, str(voice))
    assert refused[0] == 1
    assert refused[2].endswith("voices/mai.onnx is there already; --replace replaces it\n")
    assert (station / "voices" / "mai.onnx").read_bytes() == b"\x08\x07"
    assert add(station, str(voice), "--replace")[0] == 0
    assert (station / "voices" / "mai.onnx").read_bytes() == b"\x08\x08"


@pytest.mark.parametrize("name", ["mai.txt", "giọng.onnx", ".onnx", "-x.onnx"])
def test_what_is_not_named_as_a_voice_is_refused(station: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x08")
    code, out, err = add(station, str(tmp_path / name))
    assert (code, out) == (1, "")
    assert err.startswith("give a file like vi_VN-vais1000-medium.onnx")
    assert left(station) == []


def test_a_voice_without_its_json_is_refused(station: Path, tmp_path: Path) -> None:
    voice = place(tmp_path, "mai")
    voice.with_name("mai.onnx.json").unlink()
    assert add(station, str(voice)) == (1, "", "there is no mai.onnx.json\n")
    assert add(station, str(tmp_path / "lan.onnx")) == (1, "", "there is no lan.onnx\n")


def test_a_page_that_was_saved_instead_is_refused(station: Path, tmp_path: Path) -> None:
    voice = place(tmp_path, "mai", RIGHT, b"<!doctype html>")
    refused = (1, "", "mai.onnx is no Piper voice: it is not in the format ONNX\n")
    assert add(station, str(voice)) == refused


@pytest.mark.usefixtures("without_piper")
def test_a_folder_that_can_not_be_written_is_told(station: Path, tmp_path: Path) -> None:
    write(station / "voices", "no folder")
    code, _, err = add(station, str(place(tmp_path, "mai")))
    assert code == 1
    assert "can't write voices/: " in err
