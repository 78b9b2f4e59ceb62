"""Figures against a ledger whose figures were computed by hand: `tests/report/hand.py`."""

from __future__ import annotations

from datetime import date

import pytest

from broadcaster.domain.record import Outcome
from broadcaster.messages import msg, speaking, tr
from broadcaster.report.figures import results
from broadcaster.report.results import Gap, Length, Results, SignHours
from broadcaster.report.stated import stated
from tests.fakes.ledger import MemoryLedger
from tests.report.hand import GUARD, HANOI, at, fill, key, why

DAYS = (date(2025, 9, 22), date(2025, 9, 24))


@pytest.fixture
def ledger() -> MemoryLedger:
    kept = MemoryLedger()
    fill(kept)
    return kept


@pytest.fixture
def found(ledger: MemoryLedger) -> Results:
    return results(ledger.records(), "ngay-hoi", HANOI, DAYS)


def test_every_airing_is_counted_once_by_its_outcome(found: Results) -> None:
    total = found.total
    assert (total.planned, total.programmes) == (8, 7)
    assert (total.aired, total.late, total.partial) == (2, 1, 2)
    assert (total.missed, total.blocked, total.cancelled, total.open) == (2, 1, 0, 0)
    assert (total.urgent, total.urgent_aired) == (1, 1)
    assert total.coverage == pytest.approx(3 / 8)


def test_minutes_leave_out_what_nobody_knows_and_say_so(found: Results) -> None:
    # Tin: 4 × 120, mat: 90, dem: 60, gap: 60; no record has the length of the 22nd at 06:00.
    assert found.total.asked == Length(690.0, 1)
    # 120 + 120 + 40 + 60; that of the 24th at 17:00 broke off at a second that nobody knows.
    assert found.total.given == Length(340.0, 1)
    figures = stated(found)
    assert figures["total.asked"] == "≥ 11.5"
    assert figures["total.given"] == "≥ 5.7"


def test_days_and_zones_add_up_to_all(found: Results) -> None:
    assert [(day.day, each.planned, each.whole) for day, each in found.days.items()] == [
        (22, 3, 2), (23, 3, 0), (24, 2, 1),
    ]  # fmt: skip
    assert {zone: (each.planned, each.whole) for zone, each in found.zones.items()} == {
        "loa": (7, 2), "loa-2": (1, 1),
    }  # fmt: skip


def test_announcements_of_its_days_stand_beside_the_campaign(ledger: MemoryLedger) -> None:
    assert results(ledger.records(), "ngay-hoi", HANOI, DAYS).announcements.whole == 1
    later = (date(2025, 9, 23), date(2025, 9, 24))
    assert results(ledger.records(), "ngay-hoi", HANOI, later).announcements.planned == 0


def test_causes_that_differ_in_a_time_only_are_one(found: Results) -> None:
    told = [(each.outcome, str(each.reason), each.count) for each in found.causes]
    assert told[0] == (Outcome.MISSED, "planned for …; it may begin at most 1m late", 2)
    assert {count for _, _, count in told[1:]} == {1}
    assert (Outcome.BLOCKED, str(GUARD), 1) in told
    with speaking("vi"):
        assert tr(found.causes[0].reason or "").startswith("định phát lúc …; ")


def test_a_number_that_differs_leaves_no_form_behind(ledger: MemoryLedger) -> None:
    for minute, seconds in ((10, 30.4), (20, 41.0)):
        late = msg("joined {seconds:.0f} s after its start", seconds=seconds)
        where = key("vao", 24, f"06:{minute}")
        ledger.append(at(24, 6, minute), "finished", where, {"outcome": "partial"} | why(late))
    told = [str(each.reason) for each in results(ledger.records(), "ngay-hoi", HANOI).causes]
    assert "joined … s after its start" in told


def test_only_what_a_sign_acknowledged_is_counted_and_a_crash_leaves_hours_untold(
    found: Results,
) -> None:
    # 22: 06-22. 23: 06-08, 09-10; from 10 to 12 nobody knows. Unreachable from 08 to 09.
    assert found.signs == {"cong": SignHours(20.0, 19.0, 2.0)}
    assert [(each.state, each.hours) for each in found.shown] == [
        ("acknowledged", 16.0), ("acknowledged", 2.0), ("unreachable", 1.0), ("read back", 1.0),
    ]  # fmt: skip


def test_a_ledger_without_signs_has_no_data_and_not_zero_hours(ledger: MemoryLedger) -> None:
    records = [record for record in ledger.records() if record.kind != "sign"]
    figures = stated(results(records, "ngay-hoi", HANOI))
    assert figures["all_signs.acknowledged"] == "no data"
    assert figures["posts"] == "no data"


def test_the_times_when_nobody_wrote_the_ledger_are_told(ledger: MemoryLedger) -> None:
    ledger.append(at(24, 21), "station", "station", {"did": "start"})
    assert results(ledger.records(), "ngay-hoi", HANOI, DAYS).gaps == (
        Gap(at(23, 10), at(23, 12), stopped=False),
        Gap(at(24, 17), at(24, 18), stopped=False),
        Gap(at(24, 20), at(24, 21), stopped=True),
    )


def test_days_before_the_first_record_are_a_gap(ledger: MemoryLedger) -> None:
    early = (date(2025, 9, 20), date(2025, 9, 24))
    first = results(ledger.records(), "ngay-hoi", HANOI, early).gaps[0]
    assert first == Gap(at(20, 0), at(22, 0), stopped=False)


def test_what_still_sounds_is_neither_heard_nor_missed(ledger: MemoryLedger) -> None:
    where = key("tin", 24, "20:30")
    ledger.append(at(24, 20, 30), "intent", where, {"seconds": 100.0})
    ledger.append(at(24, 20, 30), "audible", where, {})
    total = results(ledger.records(), "ngay-hoi", HANOI).total
    assert (total.planned, total.open, total.coverage) == (9, 1, None)
    assert total.given == Length(340.0, 2)


def test_what_was_cut_and_taken_up_is_asked_once_and_given_as_heard(ledger: MemoryLedger) -> None:
    where = key("dai", 24, "18:30")
    ledger.append(at(24, 18, 30), "intent", where, {"seconds": 100.0})
    ledger.append(at(24, 18, 30), "audible", where, {})
    ledger.append(
        at(24, 18, 31), "cut", where, {"seconds": 60.0, "position": 60.0, "goes_on": 60.0}
    )
    waiting = results(ledger.records(), "ngay-hoi", HANOI).airings[-1]
    assert (waiting.outcome, waiting.asked, waiting.given) == (None, 100.0, 60.0)
    ledger.append(at(24, 18, 40), "intent", where, {"seconds": 100.0, "offset": 60.0})
    ledger.append(at(24, 18, 40), "audible", where, {})
    ledger.append(at(24, 18, 41), "finished", where, {"outcome": "aired", "seconds": 99.0})
    ended = results(ledger.records(), "ngay-hoi", HANOI).airings[-1]
    assert (ended.outcome, ended.asked, ended.given) == (Outcome.AIRED, 100.0, 99.0)


def test_a_sign_refused_its_slogan_is_told_without_hours(ledger: MemoryLedger) -> None:
    refused = {"campaign": "ngay-hoi", "sign": "cho", "from": at(24, 6).isoformat(),
               "until": at(24, 22).isoformat(), "outcome": "blocked"}  # fmt: skip
    ledger.append(at(24, 21), "refused", "ngay-hoi/khau-hieu/x/cho", refused | why(GUARD))
    found = results(ledger.records(), "ngay-hoi", HANOI)
    assert found.shown[0].state == "blocked"
    assert list(found.signs) == ["cong"]
    assert found.total.planned == 8


def test_an_empty_ledger_has_no_results() -> None:
    with pytest.raises(ValueError, match="empty"):
        results([], "ngay-hoi", HANOI)


def test_an_urgent_one_that_was_missed_is_urgent_and_not_aired(ledger: MemoryLedger) -> None:
    late = {"outcome": "missed", "class": "urgent"}
    ledger.append(at(24, 6), "missed", key("gap", 24, "05:50"), late)
    total = results(ledger.records(), "ngay-hoi", HANOI).total
    assert (total.urgent, total.urgent_aired) == (2, 1)


def test_lengths_of_which_none_is_known_are_no_data_and_not_zero() -> None:
    kept = MemoryLedger()
    kept.append(at(24, 6), "missed", key("tin", 24, "05:30"), {"outcome": "missed"})
    figures = stated(results(kept.records(), "ngay-hoi", HANOI))
    assert (figures["total.asked"], figures["total.given"]) == ("no data", "0.0")
