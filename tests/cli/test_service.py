"""A station as a service: the unit, judged by systemd itself, and what is refused."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadcaster.cli import main, service
from broadcaster.cli.app import App
from broadcaster.clock import SystemTime
from tests.cli.desk import make, told

ODD = 'Đài "50%" $HOME phường'
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None or shutil.which("systemctl") is None,
    reason="no systemd-analyze here",
)


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path / ODD)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "card"


def ask(station: Path, *words: str) -> tuple[int, str, str]:
    app = App(station, SystemTime())
    return told(CliRunner().invoke(main, ["service", *words], obj=app, catch_exceptions=False))


def unit(station: Path, *words: str) -> str:
    code, text, said = ask(station, "install", "--dry-run", *words)
    assert (code, said) == (0, "")
    return text


def analyze(folder: Path, text: str, *words: str) -> str:
    file = folder / "broadcaster-thu.service"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", *words, str(file)], capture_output=True, text=True, check=True
    )
    return done.stdout + done.stderr


@needs_systemd
@pytest.mark.parametrize("own", [(), ("--user",)])
def test_systemd_finds_nothing_wrong_with_a_unit_of_an_odd_folder(
    own: tuple[str, ...], station: Path, tmp_path: Path
) -> None:
    assert analyze(tmp_path, unit(station, *own), "verify") == ""


@needs_systemd
def test_systemd_finds_it_well_held(station: Path, tmp_path: Path) -> None:
    analyze(tmp_path, unit(station), "security", "--offline=true", "--threshold=30")


def test_a_folder_stands_for_itself_in_the_unit(station: Path) -> None:
    text = unit(station)
    folder = str(station.parent)
    escaped = r"Đài \"50%%\" $HOME phường"
    assert f'RequiresMountsFor="{folder}/{escaped}"\n' in text
    assert f'ReadWritePaths="{folder}/{escaped}/var"\n' in text
    command = escaped.replace("$", "$$")
    assert f' -m broadcaster --station "{folder}/{command}" run\n' in text
    assert "RuntimeDirectory=broadcaster-ai-50-home-phuong\n".replace("-ai", "-dai") in text
    assert not station.joinpath("var").exists()


def test_a_unit_of_ones_own_asks_for_nothing_that_is_roots(station: Path) -> None:
    text = unit(station, "--user")
    for key in ("User=", "SupplementaryGroups=", "OOMScoreAdjust=", "ProtectSystem="):
        assert key not in text
    assert "WantedBy=default.target" in text


@needs_systemd
def test_it_is_installed_enabled_shown_and_taken_out(station: Path, root: Path) -> None:
    where = ("--root", str(root))
    text = unit(station, "--name", "dai")
    code, _, said = ask(station, "install", *where, "--name", "dai")
    file = root / "etc/systemd/system/dai.service"
    assert code == 0, said
    assert file.read_text(encoding="utf-8") == text
    wanted = root / "etc/systemd/system/multi-user.target.wants/dai.service"
    assert wanted.is_symlink()
    assert (station / "var").is_dir()
    assert ask(station, "show", *where) == (0, text, "")
    assert ask(station, "install", *where, "--name", "dai")[0] == 0
    code, _, said = ask(station, "uninstall", *where)
    assert (code, said) == (0, f"taken out: {file}\n")
    assert not file.exists()
    assert not wanted.is_symlink()
    assert ask(station, "show", *where)[0] == 1


@needs_systemd
def test_a_station_has_one_service_and_a_service_one_station(
    station: Path, root: Path, tmp_path: Path
) -> None:
    where = ("--root", str(root))
    assert ask(station, "install", *where, "--name", "dai")[0] == 0
    file = root / "etc/systemd/system/dai.service"
    assert ask(station, "install", *where, "--name", "khac") == (
        1, "", f"{file} runs this station already: take it out first\n",
    )  # fmt: skip
    other = make(tmp_path / "other")
    assert ask(other, "install", *where, "--name", "dai") == (
        1, "", f"{file} runs {station}: choose another --name\n",
    )  # fmt: skip
    file.write_text("[Unit]\nDescription=of somebody else\n", encoding="utf-8")
    assert ask(other, "install", *where, "--name", "dai") == (
        1, "", f"{file} isn't ours: choose another --name\n",
    )  # fmt: skip
    assert file.read_text(encoding="utf-8").startswith("[Unit]")


def test_where_systemd_does_not_run_it_says_so(
    station: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(service, "RUNNING", tmp_path / "none")
    code, data, said = ask(station, "install")
    assert (code, data) == (1, "")
    assert said.startswith("systemd doesn't run this machine; ")


def test_what_cant_be_written_is_said(station: Path, root: Path) -> None:
    (root / "etc").mkdir(parents=True)
    (root / "etc/systemd").write_text("", encoding="utf-8")
    code, _, said = ask(station, "install", "--root", str(root))
    assert code == 1
    assert said.startswith(f"can't write {root}/etc/systemd/system/broadcaster-")


@pytest.mark.parametrize("name", ["a/b", "-x", "a b", "%n"])
def test_a_name_that_systemd_would_read_otherwise_is_refused(name: str, station: Path) -> None:
    code, _, said = ask(station, "install", "--dry-run", f"--name={name}")
    assert code == 1
    assert said.startswith("a unit's name is made of")


def test_a_folder_that_no_unit_can_hold_is_refused(tmp_path: Path) -> None:
    code, _, said = ask(make(tmp_path / "a\nb"), "install", "--dry-run")
    assert code == 1
    assert said.startswith("systemd can't be told of a folder with such a name")
