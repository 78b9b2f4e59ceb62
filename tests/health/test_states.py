"""How every device is, as JSON tells it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from broadcaster.clock import SimulatedTime
from broadcaster.domain.amplifier import AmplifierSpec, Line
from broadcaster.domain.station import SignSpec, SpeakerSpec, Station
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.health.states import states, told
from broadcaster.messages import from_json, msg

KEYED = AmplifierSpec(link="serial:///dev/ttyS0", by=Line("rts"))
STATION = Station(
    folder=Path(),
    name="Đài thử",
    timezone=ZoneInfo("Asia/Ho_Chi_Minh"),
    speakers={
        "loa-1": SpeakerSpec(id="loa-1", name="Loa chợ", driver="file", amplifier=KEYED),
        "loa-2": SpeakerSpec(id="loa-2", driver="file", amplifier=KEYED),
    },
    signs={"cong": SignSpec(id="cong", driver="virtual", width=64, height=16)},
)
GONE = msg("lost {port}: {reason}", port="ttyS0", reason=msg("it was unplugged"))


def test_each_is_ok_failed_or_unknown_since_when_and_why() -> None:
    faults = Faults(SimulatedTime(datetime(2025, 9, 22, 5, 0, tzinfo=UTC)))
    faults.over(FaultKind.SPEAKER, "loa-1")
    faults.tell(FaultKind.SIGN, "cong", GONE, "sign-failed")
    faults.tell(FaultKind.CLOCK, "clock", msg("is in doubt"), "clock-doubtful")
    rows = states(STATION, faults)
    assert [(row["kind"], row["id"], row["name"], row["state"]) for row in rows] == [
        ("speaker", "loa-1", "Loa chợ", "ok"),
        ("speaker", "loa-2", "", "unknown"),
        ("amplifier", "loa-1.amplifier", "Loa chợ", "unknown"),
        ("sign", "cong", "", "failed"),
        ("engine", "espeak", "", "unknown"),
        ("disk", "var", "", "unknown"),
        ("ledger", "ledger", "", "unknown"),
    ]
    assert [row["since"] for row in rows[:4]] == [
        "2025-09-22T12:00:00+07:00", None, None, "2025-09-22T12:00:00+07:00",
    ]  # fmt: skip
    failed = json.loads(json.dumps(rows[3]))
    assert failed["reason"] == "lost ttyS0: it was unplugged"
    assert from_json(failed["reason_message"]) == GONE
    assert [(row["kind"], row["of"], row["action"]) for row in told(STATION, faults)] == [
        ("sign", "cong", "sign-failed"),
        ("clock", "clock", "clock-doubtful"),
    ]
