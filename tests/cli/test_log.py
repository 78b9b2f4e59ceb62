"""`broadcaster log`: what was aired, for people and for programs; and whether it can be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.messages import msg, to_json
from tests.cli.log_desk import AT, EVENING, MORNING, OTHER, aired, lines, log, make


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


@pytest.fixture
def ledger(station: Path) -> Path:
    return aired(station)


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
        f"22/09/2025 07:30:00  sign            {sign}  acknowledged: Nothing: a dark board\n"
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
            "seconds": 94.5,
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
            "seconds": 0,
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
