"""`check` beyond the files: recordings, signs' letters, the ledger, the state folder."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadcaster.ledger.sqlite import SqliteLedger
from tests.audio.sounds import encoded
from tests.cli.check_desk import AT_NIGHT, BAD_SIGN, DEVICES, PLAYLIST, SCRIPT, check, make


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


EVENT = """
[[event]]
id = "khai-mac"
title = "Lễ khai mạc"
date = 2025-10-01
remind = { before = "1d", at = "06:00", script = "nhac", zones = ["phuong"] }
"""


def test_recordings_that_can_not_be_aired(station: Path) -> None:
    scripts = station / "scripts"
    whole = encoded(scripts / "chao.wav", scripts / "nhac.flac", "flac")
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (scripts / "chao.wav").write_bytes(b"")
    (scripts / "moi.md").write_text(SCRIPT)
    (scripts / "moi.mp3").write_bytes(random.Random(1).randbytes(50_000))  # noqa: S311 - rubbish
    # Nobody airs it.
    (scripts / "bo.mp3").write_bytes(b"")
    more = AT_NIGHT.replace("03:15", "06:00").replace(
        '{ pause = "2s" }', '{ audio = "nhac.flac" }, { script = "moi" }'
    )
    (station / "playlists" / "ngay-hoi.toml").write_text(PLAYLIST + more)
    result = check(station)
    assert (result.exit_code, result.stderr) == (1, "3 errors, 0 warnings\n")
    assert result.stdout == (
        "scripts/chao.wav: holds no sound that can be read\n"
        "scripts/moi.mp3: holds no sound that can be read\n"
        "scripts/nhac.flac: is cut short: it ends before the length that it states\n"
    )


def test_a_recording_that_a_reminder_airs(station: Path) -> None:
    (station / "scripts" / "nhac.md").write_text(SCRIPT)
    (station / "scripts" / "nhac.wav").write_bytes(b"")
    (station / "playlists" / "ngay-hoi.toml").write_text(PLAYLIST + EVENT)
    result = check(station)
    assert (result.exit_code, result.stderr) == (1, "1 error, 0 warnings\n")
    assert result.stdout == "scripts/nhac.wav: holds no sound that can be read\n"


def test_a_script_without_words_beside_its_recording(station: Path) -> None:
    (station / "scripts" / "chao.md").write_text("---\ntitle: Lời chào\n---\n...\n")
    result = check(station)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no problems\n")


def test_a_slogan_that_no_sign_can_draw(station: Path) -> None:
    (station / "devices.toml").write_text(
        DEVICES + '[zones.bang]\nsigns = ["cong"]\n' + BAD_SIGN.replace('"128px"', "128")[:-15]
    )
    slogan = (
        '\n[[led]]\nid = "s"\nbetween = ["06:00-22:00"]\nzones = ["bang"]\nslogans = ["Vui 🎉"]\n'
    )
    (station / "playlists" / "ngay-hoi.toml").write_text(PLAYLIST + slogan)
    result = check(station)
    assert result.exit_code == 1
    assert result.stdout == (
        "playlists/ngay-hoi.toml:13: led.s.slogans: signs have no shape for these characters: 🎉\n"
    )


def test_a_slogan_that_one_of_two_signs_can_not_show(station: Path) -> None:
    sign = '[signs.{}]\ndriver = "virtual"\nwidth = 128\nheight = {}\n'
    signs = sign.format("cong", 16) + sign.format("thap", 10)
    (station / "devices.toml").write_text(
        f'{DEVICES}[zones.bang]\nsigns = ["cong", "thap"]\n{signs}'
    )
    slogan = (
        '\n[[led]]\nid = "s"\nbetween = ["06:00-22:00"]\nzones = ["bang"]\nslogans = ["Tự hào"]\n'
    )
    (station / "playlists" / "ngay-hoi.toml").write_text(PLAYLIST + slogan)
    result = check(station)
    assert (result.exit_code, result.stdout) == (
        1,
        (
            "playlists/ngay-hoi.toml:13: led.s.slogans: sign thap can't show it:"
            " the text is 14 rows high and the board 10\n"
        ),
    )


def test_an_idle_text_that_no_sign_can_draw(station: Path) -> None:
    sign = '[signs.cong]\ndriver = "virtual"\nwidth = 128\nheight = 16\nidle = "Vui 🎉"\n'
    (station / "devices.toml").write_text(f'{DEVICES}[zones.bang]\nsigns = ["cong"]\n{sign}')
    result = check(station)
    assert (result.exit_code, result.stdout) == (
        1,
        "devices.toml:17: signs.cong.idle: signs have no shape for these characters: 🎉\n",
    )


def begun(station: Path) -> Path:
    """Give a ledger of some pages."""
    path = station / "var" / "ledger.sqlite"
    ledger = SqliteLedger(path)
    rows = [("intent", f"airing-{number}", {"voice": "v" * 200}) for number in range(200)]
    ledger.append_all(datetime(2025, 9, 1, tzinfo=UTC), rows)
    ledger.close()
    return path


def test_a_ledger_that_is_right_or_not_begun_is_no_problem(station: Path) -> None:
    path = begun(station)
    result = check(station)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no problems\n")
    path.write_bytes(b"")
    result = check(station)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no problems\n")


@pytest.mark.parametrize("part", [slice(4096 * 20, 4096 * 21), slice(-4096 * 5, None)])
def test_a_ledger_that_is_damaged(station: Path, part: slice) -> None:
    path = begun(station)
    data = bytearray(path.read_bytes())
    data[part] = b"\xa5" * len(data[part])
    path.write_bytes(data)
    result = check(station)
    assert (result.exit_code, result.stderr) == (1, "1 error, 0 warnings\n")
    assert result.stdout == (
        f"var: {path} is damaged: keep it under another name as evidence, and a new one begins\n"
    )


def test_a_folder_in_the_ledgers_place(station: Path) -> None:
    path = station / "var" / "ledger.sqlite"
    path.mkdir(parents=True)
    result = check(station)
    assert (result.exit_code, result.stderr) == (1, "1 error, 0 warnings\n")
    assert result.stdout == f"var: {path} is a folder: move it away, and a new one begins\n"


def test_a_text_in_the_ledgers_place(station: Path) -> None:
    path = station / "var" / "ledger.sqlite"
    path.parent.mkdir()
    path.write_text("not a ledger, and long enough to be told from one" * 9)
    result = check(station)
    assert (result.exit_code, result.stderr) == (1, "1 error, 0 warnings\n")
    assert result.stdout == f"var: {path} is not a ledger: move it away, and a new one begins\n"


def test_a_state_folder_that_cannot_be_written_is_an_error(station: Path) -> None:
    (station / "var").write_text("a file where the folder should be")
    result = check(station)
    assert result.exit_code == 1
    assert result.stdout == "var: can't be written; nothing may sound without a ledger there\n"
