"""`broadcaster log verify`: whether the ledger can be trusted."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from broadcaster.ledger.sqlite import SqliteLedger
from tests.cli.log_desk import AT, aired, lines, log, make


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


@pytest.fixture
def ledger(station: Path) -> Path:
    return aired(station)


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
