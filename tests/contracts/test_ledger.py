"""What everything that keeps records must do: the file and its stand-in in memory."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from broadcaster.domain.record import AirState
from broadcaster.errors import DeviceError
from broadcaster.ledger.chain import verify
from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.ports import Ledger
from tests.fakes.ledger import MemoryLedger

NOON = datetime(2025, 9, 22, 5, 0, 0, 250, tzinfo=UTC)
KEY = "ngay-hoi/ban-tin/2025-09-22T05:30+07:00/toan-phuong"


def fill_file(ledger: SqliteLedger) -> None:
    """Let SQLite meet the end of its space."""
    (pages,) = ledger._db.execute("PRAGMA page_count").fetchone()
    ledger._db.execute(f"PRAGMA max_page_count = {pages}")


def fill_memory(ledger: MemoryLedger) -> None:
    ledger.full = True


@pytest.fixture(params=["file", "memory"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Any, Callable]]:
    kept: SqliteLedger | MemoryLedger
    if request.param == "file":
        kept, fill = SqliteLedger(tmp_path / "ledger.sqlite"), fill_file
    else:
        kept, fill = MemoryLedger(), fill_memory
    yield kept, fill
    kept.close()


@pytest.fixture
def ledger(made: tuple[Any, Callable]) -> Ledger:
    return made[0]


def test_begins_empty(ledger: Ledger) -> None:
    assert ledger.last() is None
    assert list(ledger.records()) == []
    assert ledger.states([KEY]) == {}


def test_chains_every_record_to_the_one_before(ledger: Ledger) -> None:
    first = ledger.append(NOON, "intent", KEY, {})
    second, third = ledger.append_all(NOON, [("audible", KEY, {}), ("finished", KEY, {})])
    assert (first.seq, second.seq, third.seq) == (1, 2, 3)
    assert first.prev == "0" * 64
    assert (second.prev, third.prev) == (first.hash, second.hash)
    assert verify(ledger.records()) is None


def test_gives_back_what_it_was_given(ledger: Ledger) -> None:
    data = {"outcome": "aired", "seconds": 61.1, "speakers": ["loa-chính"], "x": {"b": None}}
    written = ledger.append(NOON, "finished", KEY, data)
    assert (written.at, written.kind, written.key) == (NOON, "finished", KEY)
    assert written.data == data
    assert list(ledger.records()) == [written]
    assert ledger.last() == written


def test_keeps_what_the_data_was_when_it_was_written(ledger: Ledger) -> None:
    data: dict[str, Any] = {"speakers": ["a"]}
    written = ledger.append(NOON, "intent", KEY, data)
    data["speakers"].append("b")
    assert written.data == {"speakers": ["a"]}
    assert list(ledger.records()) == [written]


@pytest.mark.parametrize("data", [{"x": math.nan}, {"x": math.inf}, {"x": NOON}, {"x": {1, 2}}])
def test_refuses_what_json_has_no_words_for(ledger: Ledger, data: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are json's own
        ledger.append(NOON, "intent", KEY, data)
    assert ledger.last() is None


def test_refuses_an_instant_without_a_zone(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="time zone"):
        ledger.append(NOON.replace(tzinfo=None), "intent", KEY, {})
    assert ledger.last() is None


def test_tells_instants_in_utc_wherever_they_came_from(ledger: Ledger) -> None:
    ledger.append(NOON.astimezone(timezone(timedelta(hours=7))), "intent", KEY, {})
    (record,) = ledger.records()
    assert record.at.isoformat() == "2025-09-22T05:00:00.000250+00:00"


def test_adds_all_or_none(ledger: Ledger) -> None:
    ledger.append(NOON, "intent", KEY, {})
    with pytest.raises(ValueError, match="not JSON compliant"):
        ledger.append_all(NOON, [("audible", KEY, {}), ("finished", KEY, {"x": math.nan})])
    assert [record.kind for record in ledger.records()] == ["intent"]
    assert ledger.append_all(NOON, []) == ()
    assert ledger.append(NOON, "audible", KEY, {}).seq == 2


def test_a_full_disk_costs_nothing_that_was_written(made: tuple[Any, Callable]) -> None:
    ledger, fill = made
    kept = ledger.append(NOON, "intent", KEY, {})
    fill(ledger)
    with pytest.raises(DeviceError, match="the disk is full"):
        ledger.append_all(NOON, [("sign", f"sign/{n}", {"x": "-" * 500}) for n in range(100)])
    assert list(ledger.records()) == [kept]
    assert ledger.states([KEY]) == {KEY: AirState.INTENT}


def test_seeks_by_the_beginning_of_a_key(ledger: Ledger) -> None:
    keys = ["a/1", "a%/1", "a_/1", "ab/1", "a/2", "A/1", "đài/1", "đai/1"]
    ledger.append_all(NOON, [("intent", key, {}) for key in keys])
    found = {start: [record.key for record in ledger.records(start)] for start in ("a/", "a_", "đ")}
    assert found == {"a/": ["a/1", "a/2"], "a_": ["a_/1"], "đ": ["đài/1", "đai/1"]}
    assert [record.key for record in ledger.records("a", after=3)] == ["ab/1", "a/2"]
    assert list(ledger.records(after=8)) == []


def test_seeks_by_the_instant(ledger: Ledger) -> None:
    assert ledger.before(NOON) == 0
    for minutes in (0, 1, 90, 2, 3):  # the clock was wrong once
        ledger.append(NOON + timedelta(minutes=minutes), "sign", "sign/a", {})
    sought = {late: ledger.before(NOON + timedelta(minutes=late)) for late in (0, 1, 2, 91)}
    assert sought == {0: 0, 1: 1, 2: 2, 91: 5}


def test_gives_thousands_in_order(ledger: Ledger) -> None:
    ledger.append_all(NOON, [("sign", f"sign/{n % 2}", {}) for n in range(3001)])
    assert [record.seq for record in ledger.records()] == list(range(1, 3002))
    assert [record.seq for record in ledger.records("sign/0")] == list(range(1, 3002, 2))


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        (["intent"], AirState.INTENT),
        (["intent", "audible"], AirState.AUDIBLE),
        (["intent", "audible", "finished"], AirState.ENDED),
        (["missed"], AirState.ENDED),
        (["refused"], AirState.ENDED),
        (["intent", "missed"], AirState.ENDED),
        # What was heard once stays heard, though a restart took it up again.
        (["intent", "audible", "intent"], AirState.AUDIBLE),
        (["intent", "audible", "finished", "intent"], AirState.ENDED),
        (["intent", "approved"], AirState.INTENT),
        (["approved"], None),
        ([], None),
    ],
)
def test_says_how_far_an_airing_is(
    ledger: Ledger, kinds: list[str], state: AirState | None
) -> None:
    ledger.append_all(NOON, [(kind, KEY, {}) for kind in kinds])
    ledger.append(NOON, "finished", KEY + "-2", {})
    assert ledger.states([KEY]) == ({KEY: state} if state else {})


def test_answers_for_thousands_of_keys_at_once(ledger: Ledger) -> None:
    keys = [f"{KEY}-{n}" for n in range(2000)]
    ledger.append_all(NOON, [("intent", key, {}) for key in keys[::2]])
    assert ledger.states(iter(keys)) == dict.fromkeys(keys[::2], AirState.INTENT)
