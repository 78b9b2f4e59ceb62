"""`broadcaster log`: what was aired, for people and for programs; and whether it can be trusted."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.messages import msg, to_json

AT = datetime(2025, 9, 21, 22, 30, tzinfo=UTC)
MORNING = "ngay-hoi/ban-tin/2025-09-22T05:30+07:00/toan-phuong"
EVENING = "ngay-hoi/ban-tin/2025-09-22T17:00+07:00/toan-phuong"
OTHER = "techfest/khai-mac/2025-10-09T05:30+07:00/toan-phuong"
LATE = msg("planned for {planned}; it may begin at most {late} late", planned="17:00", late="10m")

DEVICES = """format = 1
[station]
name = "Đài"
timezone = "Asia/Ho_Chi_Minh"
"""


@pytest.fixture
def station(tmp_path: Path) -> Path:
    folder = tmp_path / "đài"
    folder.mkdir()
    (folder / "devices.toml").write_text(DEVICES, encoding="utf-8")
    return folder


@pytest.fixture
def ledger(station: Path) -> Path:
    path = station / "var" / "ledger.sqlite"
    kept = SqliteLedger(path)
    sound = {"voice": "espeak:vi", "audio_sha256": "ab12"}
    late = {"outcome": "missed", "reason": str(LATE), "reason_message": to_json(LATE)}
    shown = {"state": "acknowledged", "slogans": ["Chào mừng", "Tự hào"], "reason": ""}
    kept.append(AT - timedelta(hours=1), "station", "station", {"did": "start"})
    kept.append(AT, "intent", MORNING, sound)
    kept.append(AT + timedelta(microseconds=40), "audible", MORNING, {})
    kept.append(AT + timedelta(seconds=95), "finished", MORNING, {"outcome": "aired", "reason": ""})
    kept.append(AT + timedelta(hours=1), "sign", "sign/cong", shown)
    kept.append(AT + timedelta(hours=2), "sign", "sign/cong", shown | {"slogans": []})
    kept.append(AT + timedelta(hours=12), "missed", EVENING, late)
    kept.append(AT + timedelta(days=17), "intent", OTHER, sound)
    kept.close()
    return path


def log(folder: Path, *args: str) -> Result:
    app = App(folder, SimulatedTime(AT))
    return CliRunner().invoke(main, ["log", *args], obj=app)


def lines(result: Result) -> list[dict[str, object]]:
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.usefixtures("ledger")
def test_it_tells_every_record_in_the_stations_own_time(station: Path) -> None:
    result = log(station)
    assert (result.exit_code, result.stderr) == (0, "")
    sign = "sign/cong".ljust(len(OTHER))
    evening = EVENING.ljust(len(OTHER))
    assert result.stdout == (
        f"22/09/2025 04:30:00  station         {'station'.ljust(len(OTHER))}  started\n"
        f"22/09/2025 05:30:00  about to sound  {MORNING}\n"
        f"22/09/2025 05:30:00  sounding        {MORNING}\n"
        f"22/09/2025 05:31:35  finished        {MORNING.ljust(len(OTHER))}  aired\n"
        f"22/09/2025 06:30:00  sign            {sign}  acknowledged: Chào mừng / Tự hào\n"
        f"22/09/2025 07:30:00  sign            {sign}  acknowledged: Nothing: the board is dark\n"
        f"22/09/2025 17:30:00  missed          {evening}  "
        "missed: planned for 17:00; it may begin at most 10m late\n"
        f"09/10/2025 05:30:00  about to sound  {OTHER}\n"
    )


def test_a_record_is_a_line_of_json(station: Path, ledger: Path) -> None:
    found = lines(log(station, "--json"))
    kept = SqliteLedger(ledger, read_only=True)
    _, first, *_ = kept.records()
    assert found[1] == {
        "seq": 2,
        "at": "2025-09-21T22:30:00.000000+00:00",
        "kind": "intent",
        "key": MORNING,
        "data": {"voice": "espeak:vi", "audio_sha256": "ab12"},
        "prev": found[0]["hash"],
        "hash": first.hash,
    }
    assert list(found[0]) == ["seq", "at", "kind", "key", "data", "prev", "hash"]
    assert [line["hash"] for line in found] == [record.hash for record in kept.records()]
    kept.close()


@pytest.mark.usefixtures("ledger")
def test_airings_are_folded_for_people(station: Path) -> None:
    result = log(station, "--airings")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "22/09/2025 05:30:00  aired      05:30:00  toan-phuong  ngay-hoi/ban-tin\n"
        "22/09/2025 17:00:00  missed     -         toan-phuong  ngay-hoi/ban-tin   "
        "planned for 17:00; it may begin at most 10m late\n"
        "09/10/2025 05:30:00  under way  -         toan-phuong  techfest/khai-mac\n"
    )


def test_how_bright_a_sign_is_told_to_be(station: Path) -> None:
    kept = SqliteLedger(station / "var" / "ledger.sqlite")
    shown = {"state": "acknowledged", "slogans": ["Chào mừng"], "reason": ""}
    kept.append(AT, "sign", "sign/cong", shown | {"brightness": 100})
    kept.append(AT, "sign", "sign/cong", shown | {"brightness": 40})
    kept.close()
    assert log(station).stdout == (
        "22/09/2025 05:30:00  sign  sign/cong  acknowledged: Chào mừng\n"
        "22/09/2025 05:30:00  sign  sign/cong  acknowledged: Chào mừng (40 %)\n"
    )


def test_what_an_urgent_one_passed_is_told(station: Path) -> None:
    kept = SqliteLedger(station / "var" / "ledger.sqlite")
    passed = {"passed_guard": to_json(msg("outside {ranges}", ranges="05:00-07:30"))}
    kept.append(AT, "intent", MORNING, passed)
    kept.append(AT, "audible", MORNING, {})
    kept.append(AT, "finished", MORNING, {"outcome": "aired", "reason": ""})
    kept.close()
    told = "passes the airtime guard: outside 05:00-07:30"
    assert log(station).stdout.splitlines()[0].endswith(f"{MORNING}  {told}")
    assert log(station, "--airings").stdout == (
        f"22/09/2025 05:30:00  aired  05:30:00  toan-phuong  ngay-hoi/ban-tin  {told}\n"
    )


@pytest.mark.usefixtures("ledger")
def test_airings_are_folded_for_programs(station: Path) -> None:
    found = lines(log(station, "--airings", "--json", "ngay-hoi"))
    assert found == [
        {
            "key": MORNING,
            "campaign": "ngay-hoi",
            "zone": "toan-phuong",
            "planned": "2025-09-22T05:30:00+07:00",
            "started": "2025-09-22T05:30:00.000040+07:00",
            "finished": "2025-09-22T05:31:35+07:00",
            "outcome": "aired",
            "reason": "",
            "voice": "espeak:vi",
            "audio_sha256": "ab12",
            "alarms": [],
        },
        {
            "key": EVENING,
            "campaign": "ngay-hoi",
            "zone": "toan-phuong",
            "planned": "2025-09-22T17:00:00+07:00",
            "started": None,
            "finished": "2025-09-22T17:30:00+07:00",
            "outcome": "missed",
            "reason": "planned for 17:00; it may begin at most 10m late",
            "voice": "",
            "audio_sha256": "",
            "alarms": [],
        },
    ]


@pytest.mark.usefixtures("ledger")
def test_a_campaign_is_told_alone(station: Path) -> None:
    assert [line["key"] for line in lines(log(station, "--json", "techfest"))] == [OTHER]
    # A campaign whose name begins another's.
    result = log(station, "--json", "tech")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "The ledger has no record of tech.\n"


@pytest.mark.parametrize("args", [[], ["--json"], ["--airings"], ["verify"], ["ngay-hoi"]])
def test_no_ledger_yet_is_no_failure(station: Path, args: list[str]) -> None:
    result = log(station, *args)
    path = station / "var" / "ledger.sqlite"
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"There is no ledger yet: {path} begins when the station runs.\n"
    assert not path.parent.exists()


def test_an_empty_ledger_says_so(station: Path) -> None:
    SqliteLedger(station / "var" / "ledger.sqlite").close()
    result = log(station)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "The ledger is empty.\n"


@pytest.mark.usefixtures("ledger")
def test_it_reads_beside_files_that_are_wrong(station: Path) -> None:
    (station / "devices.toml").write_text("[station\n")
    result = log(station, "--airings", "techfest")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "08/10/2025 22:30:00  under way  -  toan-phuong  techfest/khai-mac\n"


def test_another_ledger_may_be_named(tmp_path: Path, station: Path, ledger: Path) -> None:
    copy = tmp_path / "bản sao.sqlite"
    ledger.rename(copy)
    assert len(lines(log(station, "--json", "--ledger", str(copy)))) == 8


def last_hash(path: Path) -> str:
    kept = SqliteLedger(path, read_only=True)
    last = kept.last()
    kept.close()
    assert last is not None
    return last.hash


def test_verify_gives_the_hash_to_be_noted(station: Path, ledger: Path) -> None:
    result = log(station, "verify")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (f"8 records, the chain holds; the last hash is {last_hash(ledger)}\n")
    assert lines(log(station, "verify", "--json")) == [
        {"records": 8, "last": last_hash(ledger), "broken": None}
    ]


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (
            "UPDATE record SET data = '{}' WHERE seq = 5",
            "record 5 was changed after it was written",
        ),
        ("UPDATE record SET data = '{' WHERE seq = 5", "record 5 was changed after it was written"),
        (
            "UPDATE record SET data = '[]' WHERE seq = 5",
            "record 5 was changed after it was written",
        ),
        ("UPDATE record SET at = 'x' WHERE seq = 5", "record 5 was changed after it was written"),
        (
            "UPDATE record SET at = '2025-09-22T10:30:00' WHERE seq = 5",
            "record 5 was changed after it was written",
        ),
        ("DELETE FROM record WHERE seq = 5", "record 6 follows record 4: those between are gone"),
        (
            "DELETE FROM record WHERE seq = 1",
            "record 2 is the first there is: the beginning is gone",
        ),
    ],
)
def test_verify_names_the_record_that_is_wrong(
    station: Path, ledger: Path, harm: str, words: str
) -> None:
    with sqlite3.connect(ledger) as db:
        db.execute("DROP TRIGGER record_edit")
        db.execute("DROP TRIGGER record_removal")
        db.execute(harm)
    db.close()
    result = log(station, "verify")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", words + "\n")
    result = log(station, "verify", "--json")
    assert result.exit_code == 1
    broken = json.loads(result.stdout)["broken"]
    assert f"record {broken['seq']} {broken['reason']}" == words


def test_a_file_that_is_no_ledger_is_a_failure(station: Path) -> None:
    path = station / "var" / "ledger.sqlite"
    path.parent.mkdir()
    path.write_bytes(b"not a ledger at all" * 99)
    for args in ([], ["verify"], ["--airings"]):
        result = log(station, *args)
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr == (
            f"ledger: {path} is not a ledger: move it away, and a new one begins\n"
        )


def test_verify_has_no_airings(station: Path) -> None:
    result = log(station, "verify", "--airings")
    assert result.exit_code == 2
    assert "`log verify` checks records, it has no --airings" in result.stderr


def test_a_chain_of_one_record(station: Path) -> None:
    kept = SqliteLedger(station / "var" / "ledger.sqlite")
    only = kept.append(AT, "station", "station", {"did": "start"})
    kept.close()
    result = log(station, "verify")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"1 record, the chain holds; the last hash is {only.hash}\n"


def test_help_says_what_verify_finds_and_what_it_can_not(tmp_path: Path) -> None:
    told = " ".join(log(tmp_path, "--help").stdout.split())
    assert (
        "`log verify` finds records that were changed, moved or taken out from among the others "
        "since they were written. It can't tell that the end was cut off, or that all was written "
        "anew: note the last hash elsewhere, and compare it with what is in the ledger later."
    ) in told


def test_an_end_that_was_cut_off_shows_in_the_last_hash_alone(station: Path, ledger: Path) -> None:
    noted = last_hash(ledger)
    db = sqlite3.connect(ledger)
    db.execute("DROP TRIGGER record_removal")
    db.execute("DELETE FROM record WHERE seq = 8")
    db.commit()
    db.close()
    result = log(station, "verify")
    assert (result.exit_code, result.stderr) == (0, "")
    assert last_hash(ledger) != noted
    assert result.stdout == f"7 records, the chain holds; the last hash is {last_hash(ledger)}\n"
