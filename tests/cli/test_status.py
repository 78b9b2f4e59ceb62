"""`status`, of a daemon behind a real socket and of a station that none runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.messages import msg
from tests.cli.desk import make
from tests.cli.telling import BUSY, NOW, QUIET, airing, reason, run
from tests.control.house import House, house


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path / "dai")


@pytest.fixture
def served(station: Path) -> Iterator[House]:
    with house(station) as made:
        made.desk.told = QUIET
        yield made


@pytest.mark.usefixtures("served")
def test_status_of_a_quiet_station(station: Path) -> None:
    assert run(station, "status") == (
        0,
        """\
Đài thử: running since 21/09/2025 19:00

On air: nothing

Next: nothing

Devices: nothing

Problems: nothing
""",
        "",
    )


def test_status_of_a_station_on_air(station: Path, served: House) -> None:
    served.desk.told = BUSY
    assert run(station, "status") == (
        0,
        """\
Đài thử: running since 21/09/2025 19:00

On air
  phuong  ngay-hoi/sang  Ngày hội  1:05 left

Next
  22/09/2025 17:00     phuong  ngay-hoi/chieu           Ngày hội
  22/09/2025 17:01:15  to-5    ngay-hoi/tin (priority)  Ngày hội

Devices
  cong    sign           failed             since 22/09/2025 05:12:07: no answer within 2 s
  loa     loudspeaker    works
  espeak  speech engine  nothing known yet

Problems
  playlists/a.toml:3: radio.x: is missing
""",
        "",
    )


def test_status_says_what_waits(station: Path, served: House) -> None:
    """What a pause holds is past its instant, and still to come."""
    held = airing("2025-09-22T05:30:00+07:00", "", slot="sang")
    served.desk.told = BUSY | {"on_air": [], "next": [held, *BUSY["next"][:1]]}
    next_ = run(station, "status")[1].split("\n\n")[2]
    assert next_ == (
        "Next\n"
        "  22/09/2025 05:30  phuong  ngay-hoi/sang   Ngày hội  waits\n"
        "  22/09/2025 17:00  phuong  ngay-hoi/chieu  Ngày hội"
    )


def test_status_says_why_nothing_sounds(station: Path, served: House) -> None:
    jumped = msg("it was set by {hours} hours", hours=5)
    over = msg("every campaign is over: the last ended on {day}", day="11/10/2025")
    served.desk.told = QUIET | {
        "clock": {"trusted": False, **reason(jumped)},
        "paused": {"since": "2025-09-22T05:00:00+07:00", "by": "lan"},
        "season": reason(over),
    }
    assert run(station, "status")[1].split("\n\n")[0].splitlines()[1:] == [
        "The clock is in doubt, so nothing sounds: it was set by 5 hours",
        "Paused since 22/09/2025 05:00 by lan",
        "every campaign is over: the last ended on 11/10/2025",
    ]


def test_status_as_json_is_what_the_daemon_tells(station: Path, served: House) -> None:
    served.desk.told = BUSY
    code, out, said = run(station, "status", "--json")
    assert (code, said) == (0, "")
    assert json.loads(out) == {"running": True, **BUSY}


def test_status_without_a_daemon_tells_what_the_files_and_the_ledger_do(station: Path) -> None:
    assert run(station, "status") == (
        0,
        """\
It would air next
  22/09/2025 17:00  phuong  ngay-hoi/chieu
  23/09/2025 05:30  phuong  ngay-hoi/sang
  23/09/2025 17:00  phuong  ngay-hoi/chieu
""",
        (
            "no daemon runs this station, so nothing airs; broadcaster run starts it\n"
            "it has never run\n"
        ),
    )
    ledger = SqliteLedger(station / "var" / "ledger.sqlite")
    ledger.append(NOW, "station", "station", {"did": "stop"})
    assert "it was stopped on 22/09/2025 05:30:10\n" in run(station, "status")[2]
    ledger.append(NOW, "station", "station", {"did": "start"})
    ledger.close()
    late = run(station, "status", now=NOW.replace(month=12))
    assert (late[0], late[1]) == (0, "")
    assert late[2].splitlines()[1:] == [
        "it ended without being stopped, after 22/09/2025 05:30:10",
        "every campaign is over: the last ended on 24/09/2025",
    ]


def test_status_without_a_daemon_as_json(station: Path) -> None:
    code, out, said = run(station, "status", "--json")
    row = json.loads(out)
    assert (code, said, row["running"], row["ended"]) == (0, "", False, None)
    assert [each["slot"] for each in row["next"]] == ["chieu", "sang", "chieu"]
