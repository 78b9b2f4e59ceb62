"""The ledger on a disk that forgets: cut at every operation, full, failing."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from broadcaster.domain.record import Record
from broadcaster.errors import DeviceError
from broadcaster.ledger.chain import verify
from tests.fakes.disk import Disk
from tests.fakes.disk_vfs import library, opened

NOON = datetime(2025, 9, 22, 5, tzinfo=UTC)
ROUNDS = 3
ENDLESS = 10**9

pytestmark = pytest.mark.skipif(
    library() is None, reason="this Python has SQLite in itself: no other disk can be put under it"
)


def live(disk: Disk, synchronous: str = "FULL") -> Iterator[tuple[Record, ...]]:
    """Begin a ledger and end it some times, and give what was acknowledged as soon as it is."""
    for each in range(ROUNDS):
        ledger = opened(disk)
        try:
            ledger._db.execute(f"PRAGMA synchronous = {synchronous}")
            # A checkpoint every few commits, and two when it is closed.
            ledger._db.execute("PRAGMA wal_autocheckpoint = 6")
            for number in range(4):
                yield (ledger.append(NOON, "intent", f"one/{each}/{number}", {"x": "-" * 700}),)
                pair = [(kind, f"pair/{each}/{number}", {}) for kind in ("audible", "finished")]
                yield ledger.append_all(NOON, pair)
        finally:
            ledger.close()


def until_cut(disk: Disk, synchronous: str = "FULL") -> list[Record]:
    known: list[Record] = []
    try:
        for records in live(disk, synchronous):
            known += records
    except DeviceError:
        assert disk.dead
    return known


@contextlib.contextmanager
def refused(why: str) -> Iterator[None]:
    """Let a ledger refuse what is written, for this reason alone."""
    try:
        yield
    except DeviceError as error:
        if why not in str(error):
            raise


def operations() -> int:
    disk = Disk()
    until_cut(disk)
    return disk.operations


def kept(disk: Disk) -> list[Record]:
    ledger = opened(disk)
    try:
        return list(ledger.records())
    finally:
        ledger.close()


def cut(at: int, seed: int, synchronous: str = "FULL") -> tuple[list[Record], list[Record]]:
    """Give what was acknowledged before a power cut, and what is found after it."""
    disk = Disk()
    disk.cut_at = at
    known = until_cut(disk, synchronous)
    return known, kept(disk.left(random.Random(seed)))  # noqa: S311 - a test's dice


@pytest.mark.parametrize("seed", range(4))
def test_a_power_cut_at_any_operation_takes_nothing_that_was_acknowledged(seed: int) -> None:
    for at in range(1, operations() + 1):
        known, found = cut(at, seed * ENDLESS + at)
        assert found[: len(known)] == known
        # What was on its way is there whole, or not at all.
        assert [len(found) - len(known) in {0, 1, 2}, verify(found)] == [True, None]
        assert sum(record.key.startswith("pair/") for record in found) % 2 == 0


def test_a_commit_on_its_way_may_be_kept_and_may_be_lost() -> None:
    after = {len(found) - len(known) for known, found in (cut(at, at) for at in range(40, 90))}
    assert after == {0, 1, 2}


def test_the_disk_does_forget() -> None:
    """What proves nothing where everything is kept: a ledger that doesn't wait for its disk."""
    cuts = (cut(at, at, "NORMAL") for at in range(40, 120))
    assert any(len(found) < len(known) for known, found in cuts)


def test_a_kill_takes_nothing_that_was_acknowledged() -> None:
    for at in range(1, operations() + 1, 3):
        disk = Disk()
        disk.cut_at = at
        known = until_cut(disk)
        disk.powered = True
        found = kept(disk.left(random.Random(at)))  # noqa: S311
        assert found[: len(known)] == known
        assert verify(found) is None


def test_a_cut_while_a_cut_is_mended() -> None:
    chance = random.Random(57)  # noqa: S311 - a test's dice
    for at in range(1, operations() + 1, 2):
        disk = Disk()
        disk.cut_at = at
        known = until_cut(disk)
        again = disk.left(chance)
        again.cut_at = chance.randrange(1, 12)
        try:
            kept(again)
        except DeviceError:
            assert again.dead
        found = kept(again.left(chance))
        assert found[: len(known)] == known
        assert verify(found) is None


def test_a_disk_that_is_full_for_a_while_costs_what_it_refused_alone() -> None:
    disk = Disk()
    ledger, known = opened(disk), []
    for number in range(60):
        used = sum(len(file.data) for file in disk.files.values())
        disk.room = used + number * 97 if number % 3 else None
        with refused("the disk is full"):
            known.append(ledger.append(NOON, "intent", f"k/{number}", {"x": "-" * 900}))
    disk.room = None
    ledger.close()
    assert kept(disk) == known
    assert 20 <= len(known) < 60


@pytest.mark.parametrize("fault", ["failing", "losing"])
def test_a_disk_that_fails_for_a_while_costs_what_it_refused_alone(fault: str) -> None:
    for last in range(30):
        disk = Disk()
        ledger, known = opened(disk), []
        ledger._db.execute("PRAGMA wal_autocheckpoint = 6")
        for number in range(last):
            setattr(disk, fault, number % 3 == 1)
            with refused("look at the disk"):
                known.append(ledger.append(NOON, "intent", f"k/{number}", {}))
        disk.cut()
        with contextlib.suppress(DeviceError):
            ledger.close()
        assert kept(disk.left(random.Random(last))) == known  # noqa: S311
        assert len(known) >= last * 2 // 3


def refuse(disk: Disk, before: int) -> list[Record]:
    """Have a disk lose a commit that a ledger then takes for refused, and be killed."""
    ledger = opened(disk)
    known = [ledger.append(NOON, "intent", f"before/{n}", {"x": "-" * 700}) for n in range(before)]
    disk.losing = True
    with refused("look at the disk"):
        ledger.append(NOON, "intent", "refused", {"x": "-" * 700})
    disk.losing = False
    disk.kill()
    with contextlib.suppress(DeviceError):
        ledger.close()
    return known


@pytest.mark.parametrize("cut", range(12))
def test_what_a_failed_sync_left_in_the_cache_alone_takes_nothing_with_it(cut: int) -> None:
    for before in range(12):
        disk = Disk()
        known = refuse(disk, before)
        # The next program finds in the system's cache what is not on the platter.
        disk = disk.left(random.Random(cut))  # noqa: S311 - a test's dice
        disk.cut_at = cut or None
        with contextlib.suppress(DeviceError):
            ledger = opened(disk)
            known += [ledger.append(NOON, "intent", f"after/{n}", {}) for n in range(2)]
        disk.cut()
        found = kept(disk.left(random.Random(before)))  # noqa: S311
        assert {record.key for record in known} <= {record.key for record in found}
        assert verify(found) is None
