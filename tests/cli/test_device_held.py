"""`device check` while the daemon runs, whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadcaster.domain.record import Kind
from broadcaster.ledger.file import PLACE
from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.messages import msg, to_json
from broadcaster.wiring.place import alone
from tests.cli.plan_desk import DEVICES, make, run

AT = datetime(2025, 9, 21, 22, 30, tzinfo=UTC)
LINK = 'driver = "alpha"\nlink = "serial:///dev/nowhere"'


@pytest.fixture
def station(tmp_path: Path) -> Path:
    make(tmp_path)
    text = DEVICES.replace('driver = "virtual"', LINK)
    (tmp_path / "devices.toml").write_text(text, encoding="utf-8")
    (tmp_path / "var").mkdir(exist_ok=True)
    return tmp_path


def told(station: Path) -> tuple[str, int]:
    result = run(station, "device", "check")
    return result.stdout.splitlines()[-1], result.exit_code


def written(station: Path, *states: dict[str, object]) -> None:
    ledger = SqliteLedger(station / PLACE)
    # A sign whose name begins like another's is not that one.
    rows = [("sign/cong", state) for state in states] + [("sign/cong-2", {"state": "queued"})]
    ledger.append_all(AT, [(Kind.SIGN, key, state) for key, state in rows])
    ledger.close()


def test_a_sign_is_asked_itself_while_nothing_runs(station: Path) -> None:
    with alone(station):
        pass
    line, code = told(station)
    assert line.startswith("cong  can't open /dev/nowhere")
    assert code == 3


def test_a_sign_that_the_daemon_holds_is_told_of_and_left_alone(station: Path) -> None:
    with alone(station):
        assert told(station) == ("cong  works: the station runs, and has told nothing of it yet", 0)
        written(station, {"state": "unreachable", "reason": "x"}, {"state": "sent", "reason": ""})
        assert told(station) == ("cong  works: the station runs: sent at 22/09/2025 05:30:00", 0)


def test_a_sign_that_the_daemon_can_not_reach_has_failed(station: Path) -> None:
    why = msg("no answer came on {port}", port="/dev/nowhere")
    written(station, {"state": "unreachable", "reason": "x", "reason_message": to_json(why)})
    with alone(station):
        assert told(station) == (
            (
                "cong  the station runs: unreachable at 22/09/2025 05:30:00: "
                "no answer came on /dev/nowhere"
            ),
            3,
        )
