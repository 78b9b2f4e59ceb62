"""`letter read` and `letter draft`: what a letter orders, and a campaign that nobody hears yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from tests.cli.log_desk import AT

LETTERS = Path(__file__).parents[1] / "letters" / "tuned"
LETTER = LETTERS / "chuyen-doi-so" / "letter.txt"
DEVICES = """format = 1
[station]
name = "Đài"
timezone = "Asia/Ho_Chi_Minh"
[airtime]
allowed = ["05:00-07:30", "16:30-19:00"]
[zones.toan-phuong]
speakers = ["loa"]
[zones.bang]
signs = ["cong"]
[speakers.loa]
driver = "file"
[signs.cong]
driver = "virtual"
width = 128
height = 16
"""


@pytest.fixture
def station(tmp_path: Path) -> Path:
    (tmp_path / "devices.toml").write_text(DEVICES, encoding="utf-8")
    return tmp_path


def call(folder: Path, *args: str) -> Result:
    return CliRunner().invoke(main, list(args), obj=App(folder, SimulatedTime(AT)))


def test_what_a_letter_orders_is_shown_with_its_lines(tmp_path: Path) -> None:
    result = call(tmp_path, "letter", "read", str(LETTER))
    assert (result.exit_code, result.stderr) == (0, "")
    head, campaign, doubts = result.stdout.split("\n\n")
    assert head.splitlines()[0].split() == ["Number:", "231/UBND-VHXH", "[line", "5]"]
    assert [line.partition(":")[0] for line in head.splitlines()] == [
        "Number", "Date", "Issued by", "Carries out", "Channels", "Report by",
    ]  # fmt: skip
    lines = [" ".join(line.split()) for line in campaign.splitlines()]
    assert lines[0].startswith("1. Hưởng ứng Ngày Chuyển đổi số quốc gia 10/10 năm 2025 [line ")
    assert lines[1].startswith("From, until: 22/09/2025 - 05/10/2025 [line ")
    assert lines[3].startswith("Slogans: Chuyển đổi số - Động lực phát triển kinh tế số, xã hội số")
    assert doubts.startswith("To be looked at:\n  line ")
    assert doubts.endswith(': "ngày18/9/2025" seems mistyped; it is read as it must be meant\n')


def test_a_letter_is_a_line_of_json(tmp_path: Path) -> None:
    result = call(tmp_path, "letter", "read", str(LETTER), "--json")
    found = json.loads(result.stdout)
    assert (found["document_no"], found["date"]) == ("231/UBND-VHXH", "2025-09-22")
    (campaign,) = found["campaigns"]
    assert campaign["window"] == {"start": "2025-09-22", "end": "2025-10-05"}
    source = found["sources"]["campaigns[0].slogans[1]"]
    assert "Toàn dân hưởng ứng" in source["text"]
    assert set(source) == {"line", "text", "confidence"}


def test_a_letter_that_orders_nothing_says_so(tmp_path: Path) -> None:
    invitation = str(LETTERS / "thu-moi" / "letter.docx")
    result = call(tmp_path, "letter", "read", invitation)
    assert "The letter orders nothing that is to be aired or shown.\n" in result.stdout


def test_a_file_that_is_no_letter_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "thu.txt"
    file.write_text("Dear Sir, please air this.", encoding="utf-8")
    result = call(tmp_path, "letter", "read", str(file))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{file} is not in Vietnamese, or its text has lost its marks\n"


def test_a_draft_is_whole_right_and_heard_by_nobody(station: Path) -> None:
    result = call(station, "letter", "draft", str(LETTER))
    assert (result.exit_code, result.stdout) == (0, "")
    id_ = "huong-ung-ngay-chuyen-doi-so"
    written = sorted(p.name for p in station.rglob("*") if p.suffix in {".md", ".toml"})
    assert written == [
        "devices.toml",
        f"{id_}-chuong-trinh-1004.md", f"{id_}-chuong-trinh-1005.md",
        f"{id_}-nhac-1004.md", f"{id_}-nhac-1005.md", f"{id_}-thong-bao.md", f"{id_}.toml",
    ]  # fmt: skip
    playlist = (station / "playlists" / f"{id_}.toml").read_text(encoding="utf-8")
    assert playlist.startswith("# Drafted from letter.txt. Compare it with the letter before")
    assert "enabled = false" in playlist
    assert json.loads(call(station, "timetable", "--json").stdout)["airings"] == []
    assert call(station, "check").exit_code == 0


def test_a_draft_airs_within_the_airtime_once_a_person_enables_it(station: Path) -> None:
    call(station, "letter", "draft", str(LETTER))
    enabled = call(station, "playlist", "enable", "huong-ung-ngay-chuyen-doi-so")
    assert enabled.exit_code == 0, enabled.stderr
    found = json.loads(call(station, "timetable", "--json", "--from", "2025-10-03").stdout)
    assert {each["status"] for each in found["airings"]} == {"planned"}
    starts = sorted(
        each["start"][:16] for each in found["airings"] if "10-03" in each["start"][:10]
    )
    assert starts == ["2025-10-03T05:30", "2025-10-03T17:00", "2025-10-03T17:00"]
    (sign, *_) = found["signs"]
    assert sign["slogans"][1] == "Toàn dân hưởng ứng Ngày Chuyển đổi số quốc gia 10-10!"


def test_each_paragraph_of_a_drafted_script_names_its_line(station: Path) -> None:
    call(station, "letter", "draft", str(LETTER))
    script = station / "scripts" / "huong-ung-ngay-chuyen-doi-so-thong-bao.md"
    head, text = script.read_text(encoding="utf-8").split("\n---\n")
    assert "letter: 231/UBND-VHXH" in head
    paragraphs, letter = text.strip().split("\n\n"), LETTER.read_text(encoding="utf-8").splitlines()
    named = [line for line in head.splitlines() if line.startswith("# paragraph ")]
    assert named
    for line in named:
        number, where = (int(word.strip(":")) for word in line.split() if word.strip(":").isdigit())
        first = paragraphs[number - 1].rstrip(".!").split(": ")[-1].split()[:2]
        assert " ".join(first).casefold() in " ".join(letter[where - 1 : where + 2]).casefold() or (
            "Thời gian" in paragraphs[number - 1]
        )


def test_nothing_is_overwritten(station: Path) -> None:
    call(station, "letter", "draft", str(LETTER))
    playlist = station / "playlists" / "huong-ung-ngay-chuyen-doi-so.toml"
    playlist.write_text("# của tôi\n", encoding="utf-8")
    result = call(station, "letter", "draft", str(LETTER))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is there already, and is not overwritten" in result.stderr
    assert playlist.read_text(encoding="utf-8") == "# của tôi\n"


def test_a_dry_run_writes_nothing(station: Path) -> None:
    result = call(station, "letter", "draft", str(LETTER), "--dry-run")
    assert result.stdout.startswith("# playlists/huong-ung-ngay-chuyen-doi-so.toml\n")
    assert [each.name for each in station.iterdir()] == ["devices.toml"]
