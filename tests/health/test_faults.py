"""The register of present faults: each told once, until it changes, and once when it is over."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.errors import DeviceError
from broadcaster.health.faults import Fault, FaultKind, Faults
from broadcaster.messages import msg

START = datetime(2025, 9, 22, 5, 0, tzinfo=UTC)
GONE, DEAF = msg("is unplugged"), msg("does not answer")
SPEAKER, SIGN, PLAYOUT = FaultKind.SPEAKER, FaultKind.SIGN, FaultKind.PLAYOUT


@pytest.fixture
def time() -> SimulatedTime:
    return SimulatedTime(START)


@pytest.fixture
def faults(time: SimulatedTime) -> Faults:
    return Faults(time)


@pytest.fixture
def heard(faults: Faults) -> list[tuple[str, str, bool]]:
    told: list[tuple[str, str, bool]] = []

    def hear(fault: Fault, present: bool) -> None:  # noqa: FBT001 - the listener's signature
        told.append((fault.of, str(fault.reason), present))

    faults.listen(hear)
    return told


def logged(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, str]]:
    return [(each.action, each.kind, each.getMessage()) for each in caplog.records]  # type: ignore[attr-defined]


def test_a_fault_is_logged_and_passed_on_once_until_it_changes_and_once_at_its_end(
    faults: Faults, heard: list[tuple[str, str, bool]], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        for reason in (GONE, GONE, DEAF, DEAF):
            faults.tell(SPEAKER, "loa", DeviceError("loa", reason), "speaker-failed")
        faults.over(SPEAKER, "loa")
        faults.over(SPEAKER, "loa")
    assert logged(caplog) == [
        ("speaker-failed", "speaker", "loa: is unplugged"),
        ("speaker-failed", "speaker", "loa: does not answer"),
        ("fault-over", "speaker", "loa: over: does not answer"),
    ]
    assert heard == [
        ("loa", "is unplugged", True),
        ("loa", "does not answer", True),
        ("loa", "does not answer", False),
    ]
    assert faults.present() == []


def test_it_has_been_at_fault_since_it_began_whatever_the_reason_is_by_now(
    time: SimulatedTime, faults: Faults
) -> None:
    faults.tell(SIGN, "cong", GONE, "sign-failed")
    time.run(time.sleep(60))
    faults.tell(SIGN, "cong", DEAF, "sign-failed")
    (fault,) = faults.present()
    assert (fault.since, fault.reason) == (START, DEAF)


def test_things_of_one_name_and_of_two_kinds_are_apart(faults: Faults) -> None:
    faults.tell(SPEAKER, "cong", GONE, "speaker-failed")
    faults.tell(SIGN, "cong", DEAF, "sign-failed")
    faults.over(SIGN, "cong")
    assert [fault.kind for fault in faults.present()] == [SPEAKER]
    assert faults.present(SIGN) == []


def test_what_disproves_another_fault_leaves_this_one(faults: Faults) -> None:
    faults.tell(SPEAKER, "loa", GONE, "speaker-failed")
    faults.over(SPEAKER, "loa", "speaker-lost")
    assert faults.present()
    assert faults.fine(SPEAKER, "loa") is None
    faults.over(SPEAKER, "loa", "speaker-failed")
    assert faults.present() == []


def test_what_was_never_seen_is_not_taken_for_working(time: SimulatedTime, faults: Faults) -> None:
    assert faults.fine(SPEAKER, "loa") is None
    faults.over(SPEAKER, "loa")
    time.run(time.sleep(60))
    faults.over(SPEAKER, "loa")
    assert faults.fine(SPEAKER, "loa") == START
    faults.tell(SPEAKER, "loa", GONE, "speaker-failed")
    assert faults.fine(SPEAKER, "loa") is None
    faults.over(SPEAKER, "loa")
    assert faults.fine(SPEAKER, "loa") == START + timedelta(minutes=1)


def test_what_the_station_has_no_more_is_forgotten(
    faults: Faults, heard: list[tuple[str, str, bool]]
) -> None:
    for name in ("cu", "moi"):
        faults.tell(SPEAKER, name, GONE, "speaker-failed")
    faults.over(SPEAKER, "tot")
    faults.keep(SPEAKER, {"moi"})
    assert [fault.of for fault in faults.present()] == ["moi"]
    assert heard[-1] == ("cu", "is unplugged", False)
    assert faults.fine(SPEAKER, "cu") is faults.fine(SPEAKER, "tot") is None


def test_one_cause_of_many_broadcasts_is_logged_once_and_so_is_its_end(
    faults: Faults, caplog: pytest.LogCaptureFixture
) -> None:
    broken = DeviceError("espeak", msg("gave no sound"))
    with caplog.at_level(logging.INFO):
        for group in ("a/05:30", "b/17:00"):
            faults.tell(PLAYOUT, group, broken, "prepare-failed")
        assert [fault.of for fault in faults.present()] == ["a/05:30", "b/17:00"]
        for group in ("a/05:30", "b/17:00"):
            faults.over(PLAYOUT, group)
    assert logged(caplog) == [
        ("prepare-failed", "playout", "espeak: gave no sound"),
        ("fault-over", "playout", "b/17:00: over: espeak: gave no sound"),
    ]


def test_what_nobody_foresaw_is_logged_with_its_traceback(
    faults: Faults, caplog: pytest.LogCaptureFixture
) -> None:
    faults.tell(SIGN, "cong", ZeroDivisionError("nobody thought of that"), "sign-failed")
    (record,) = caplog.records
    assert (record.levelname, record.getMessage()) == ("ERROR", "cong failed")
    assert record.exc_info
    assert str(faults.present()[0].reason) == "ZeroDivisionError('nobody thought of that')"


def test_broadcasts_that_worked_leave_nothing_behind(faults: Faults) -> None:
    for number in range(100):
        faults.over(PLAYOUT, f"ngay-hoi/sang/{number}")
    assert faults._fine == {}
