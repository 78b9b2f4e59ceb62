"""A ledger whose writer is killed, as a power cut or the kernel's want of memory would."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from broadcaster.ledger.chain import verify
from broadcaster.ledger.sqlite import SqliteLedger

CHILD = Path(__file__).with_name("crash_child.py")


def killed(path: Path, chance: random.Random) -> dict[int, str]:
    """Let a child write, kill -9 it after some records; give what it said it had written."""
    with subprocess.Popen([sys.executable, str(CHILD), str(path)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        # One in three dies while it opens or begins its ledger.
        lines = chance.choice([0, chance.randrange(40), chance.randrange(400)])
        said = [child.stdout.readline() for _ in range(lines)]
        for _ in range(chance.randrange(3000)):
            os.stat(CHILD)  # noqa: PTH116 - a few microseconds, and no clock
        child.kill()
        said += child.stdout.read().splitlines(keepends=True)
    # Its last line may be cut off in the middle.
    pairs = [line.decode().split() for line in said if line.endswith(b"\n")]
    return {int(seq): digest for seq, digest in pairs}


def ride(path: Path, kills: int, seed: int) -> int:
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    acknowledged: dict[int, str] = {}
    for _ in range(kills):
        acknowledged |= killed(path, chance)
        ledger = SqliteLedger(path)
        kept = {record.seq: record.hash for record in ledger.records()}
        assert acknowledged.items() <= kept.items()
        # What was on its way when it died: one record, or two of one commit.
        assert len(kept) - max(acknowledged, default=0) in {0, 1, 2}
        pairs = [record.key for record in ledger.records("crash/other/")]
        assert len(pairs) % 2 == 0
        assert verify(ledger.records()) is None
        acknowledged = kept
        ledger.close()
    return len(acknowledged)


def test_keeps_what_it_acknowledged_through_kills(tmp_path: Path) -> None:
    assert ride(tmp_path / "ledger.sqlite", kills=15, seed=3093) > 500


@pytest.mark.soak
def test_keeps_what_it_acknowledged_through_many_kills(tmp_path: Path) -> None:
    assert ride(tmp_path / "ledger.sqlite", kills=200, seed=57) > 5000


@pytest.mark.parametrize("seed", range(5))
def test_a_beginning_that_was_cut_short_begins_again(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "ledger.sqlite"
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    with subprocess.Popen([sys.executable, str(CHILD), str(path)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        while not path.exists():
            os.stat(CHILD)  # noqa: PTH116 - a few microseconds, and no clock
        for _ in range(chance.randrange(400)):
            os.stat(CHILD)  # noqa: PTH116
        child.kill()
    ledger = SqliteLedger(path)
    assert verify(ledger.records()) is None
    ledger.close()
