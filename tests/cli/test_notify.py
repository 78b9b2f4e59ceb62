"""Trying who is told of faults, and what `check` says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import DEVICES, make, run, told, write

TEXT = "This is a test. Faults of the station will be told here."


@pytest.fixture
def station(tmp_path: Path) -> Path:
    folder = make(tmp_path)
    write(folder / "devices.toml", DEVICES + '\n[notify]\nurls_file = "notify.txt"\n')
    write(folder / "notify.txt", "# trực\njson://127.0.0.1:1/mat-khau\nkhong-co://mat-khau\n")
    (folder / "notify.txt").chmod(0o600)
    return folder


def test_each_address_is_tried_and_named_without_its_secrets(station: Path) -> None:
    code, out, err = told(run(station, "notify", "test"))
    assert code == 3
    assert out.splitlines() == [
        "json://      did not take the message",
        "khong-co://  is no address that Apprise knows",
    ]
    assert TEXT in err
    assert "mat-khau" not in out + err


def test_a_dry_run_sends_nothing(station: Path) -> None:
    code, out, _ = told(run(station, "notify", "test", "--dry-run"))
    assert code == 0
    assert out.splitlines() == ["json://      would be sent it", "khong-co://  would be sent it"]


def test_a_station_that_names_nobody_says_how_to(tmp_path: Path) -> None:
    assert told(run(make(tmp_path), "notify", "test")) == (
        1, "", "devices.toml names nobody to be told: add [notify] with urls_file\n",
    )  # fmt: skip


def test_check_names_a_file_that_everybody_may_read(station: Path) -> None:
    (station / "notify.txt").chmod(0o644)
    _, out, _ = told(run(station, "check"))
    (line,) = (line for line in out.splitlines() if "notify.urls_file" in line)
    assert line.endswith(f"let its owner alone: chmod 600 {station / 'notify.txt'}")
    assert "mat-khau" not in out


def test_check_says_what_to_install(station: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadcaster.station.notify.find_spec", lambda _: None)
    _, out, _ = told(run(station, "check"))
    assert (
        "notify.urls_file: nobody can be told: Apprise is not installed; "
        'install it: pip install "broadcaster[notify]"'
    ) in out


def test_an_unknown_key_is_named(station: Path) -> None:
    write(station / "devices.toml", DEVICES + '\n[notify]\nurl_file = "notify.txt"\n')
    code, out, _ = told(run(station, "check"))
    assert code == 1
    assert "notify.urls_file: is missing" in out
    assert "notify.url_file: unknown key" in out
