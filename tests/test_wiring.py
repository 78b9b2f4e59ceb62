"""One daemon a station, held by a lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.errors import DeviceError, Refusal
from broadcaster.wiring import alone


def test_a_second_one_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    again = alone(tmp_path)
    with alone(tmp_path), pytest.raises(Refusal, match="another daemon runs this station"), again:
        pass
    with alone(tmp_path):
        pass


def test_a_lock_that_cannot_be_written_is_no_second_daemon(tmp_path: Path) -> None:
    lock = tmp_path / "var" / "daemon.lock"
    lock.mkdir(parents=True)
    with pytest.raises(DeviceError) as raised, alone(tmp_path):
        pass
    assert str(raised.value) == f"{lock}: can't be written: unable to open database file"
