"""A live daemon under kill -9 in a loop, on a real disk: nothing twice, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.daemon.killing import Killer, station


def ride(folder: Path, kills: int, seed: int) -> Killer:
    killer = Killer(station(folder, kills), seed)
    for _ in range(kills):
        killer.kill()
    killer.end()
    return killer


def test_what_a_few_kills_leave_is_whole(tmp_path: Path) -> None:
    assert ride(tmp_path, kills=4, seed=9).wrong == []


@pytest.mark.soak
def test_what_two_hundred_kills_leave_is_whole(tmp_path: Path) -> None:
    killer = ride(tmp_path, kills=200, seed=2809)
    assert killer.wrong == []
    # It did sound, and was killed at it.
    outcomes = [record.data.get("outcome") for record in killer.kept]
    assert outcomes.count("aired") + outcomes.count("late") > 5
    assert outcomes.count("partial") > 20
