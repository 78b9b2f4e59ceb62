"""What becomes of signs, on its way into the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest

from broadcaster.domain.record import Record
from broadcaster.playout.sign_log import PAUSE, RETRY
from tests.fakes.ledger import MemoryLedger
from tests.playout.holding import START, A, B, Held


class Counted(MemoryLedger):
    """Counts its commits, each of which waits for a disk."""

    def __init__(self) -> None:
        super().__init__()
        self.commits: list[int] = []

    def append_all(self, at: datetime, rows: Iterable[Any]) -> tuple[Record, ...]:
        added = super().append_all(at, rows)
        self.commits.append(len(added))
        return added


def test_a_thousand_signs_that_change_within_a_second_are_a_few_commits() -> None:
    ledger = Counted()
    held = Held(*(f"bang-{n}" for n in range(1000)), ledger=ledger)
    for number, sign in enumerate(held.signs.values()):
        sign.seconds = number / 1000

    async def main() -> None:
        await held.want_for(A, 2)

    held.run(main)
    assert sum(ledger.commits) == 1000
    assert len(ledger.commits) <= 1 / PAUSE + 2


def test_what_a_full_disk_refuses_is_told_once_and_written_when_there_is_room(
    caplog: pytest.LogCaptureFixture,
) -> None:
    held = Held()
    held.ledger.full = True

    async def main() -> None:
        await held.want_for(A, 60)
        await held.want_for(B, 60)
        assert held.sign.sent == [A, B]
        assert held.told() == []
        held.ledger.full = False
        await held.time.sleep(RETRY)
        assert [words for words, _, _ in held.told()] == ["A", "B"]

    held.run(main)
    assert [each.getMessage() for each in caplog.records if each.levelname == "WARNING"] == [
        "ledger: the disk is full"
    ]
    times = [record.at for record in held.ledger.records("sign/")]
    # They have the times at which they came, not that of the commit.
    assert [round((at - START).total_seconds()) for at in times] == [0, 60]


def test_what_was_not_written_yet_is_at_the_end() -> None:
    held = Held()

    async def main() -> None:
        for content in (A, B, A, B, A):
            await held.want_for(content, PAUSE / 10)

    held.run(main)
    assert [words for words, _, _ in held.told()] == ["A", "B", "A", "B", "A"]
