"""A ledger of three days whose figures were computed by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from broadcaster.domain.record import Record
from broadcaster.messages import Message, msg, to_json

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
LATE = "planned for {planned}; it may begin at most {late} late"
GUARD = msg("outside the allowed hours, {allowed}", allowed="05:00-07:30")
BROKE = msg("the station or its disk broke down while it sounded; how much was heard is unknown")
DEAD = msg("no answer within {seconds} s", seconds=2)


class Appends(Protocol):
    def append(self, at: datetime, kind: str, key: str, data: dict[str, Any]) -> Record: ...


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2025, 9, day, hour, minute, second, tzinfo=HANOI).astimezone(UTC)


def key(slot: str, day: int, time: str, zone: str = "loa", campaign: str = "ngay-hoi") -> str:
    return f"{campaign}/{slot}/2025-09-{day}T{time}+07:00/{zone}"


def why(reason: Message | None) -> dict[str, Any]:
    return {"reason": str(reason or ""), "reason_message": to_json(reason) if reason else None}


def lost(outcome: str, reason: Message, **more: Any) -> dict[str, Any]:
    return {"outcome": outcome, "class": "normal"} | why(reason) | more


def lit(state: str, reason: Message | None = None, *, brightness: int = 100) -> dict[str, Any]:
    return {
        "slogans": ["Chào mừng"], "campaigns": ["ngay-hoi"], "clock": False,
        "brightness": brightness, "state": state,
    } | why(reason)  # fmt: skip


DARK: dict[str, Any] = {"slogans": [], "campaigns": [], "clock": False, "state": "acknowledged"}


def air(
    ledger: Appends, where: str, start: datetime, asked: float, outcome: str, given: float,
    air_class: str = "normal", reason: Message | None = None,
) -> None:  # fmt: skip
    ledger.append(start - timedelta(seconds=3), "intent", where,
                  {"seconds": asked, "class": air_class, "voice": "espeak:vi"})  # fmt: skip
    ledger.append(start, "audible", where, {})
    ended = {"outcome": outcome, "seconds": given} | why(reason)
    ledger.append(start + timedelta(seconds=given), "finished", where, ended)


def fill(ledger: Appends) -> None:
    """Write what happened.

    22: two zones at 05:30, 120 s each, one of them 20 s late; an urgent announcement of 30 s
    beside the campaign; one at 06:00 missed. The sign lit from 06:00 to 22:00.
    23: 05:30 silenced after 40 of 120 s; 23:30 not allowed. The sign lit from 06:00, unreachable
    from 08:00 to 09:00; the station broke down after 10:00 and came back at 12:00.
    24: an urgent one of 60 s; 17:00 began, and the station broke down; stopped.
    """
    ledger.append(at(22, 0), "station", "station", {"did": "start"})
    air(ledger, key("tin", 22, "05:30"), at(22, 5, 30), 120.0, "aired", 120.0)
    air(ledger, key("tin", 22, "05:30", "loa-2"), at(22, 5, 33), 120.0, "late", 120.0,
        reason=msg("began {seconds:.0f} s late", seconds=180))  # fmt: skip
    ledger.append(at(22, 6), "sign", "sign/cong", lit("acknowledged"))
    ledger.append(at(22, 6, 2), "missed", key("mat", 22, "06:00"),
                  lost("missed", msg(LATE, planned="06:00", late="1m")))  # fmt: skip
    air(ledger, key("20250922-070000", 22, "07:00", campaign="interrupt"), at(22, 7), 30.0,
        "aired", 30.0, "urgent")  # fmt: skip
    ledger.append(at(22, 18), "sign", "sign/cong", lit("acknowledged", brightness=40))
    ledger.append(at(22, 22), "sign", "sign/cong", DARK)
    air(ledger, key("tin", 23, "05:30"), at(23, 5, 30), 120.0, "partial", 40.0,
        reason=msg("{who} asked for: {what}", who="an", what="silence"))  # fmt: skip
    ledger.append(at(23, 6), "sign", "sign/cong", lit("acknowledged"))
    ledger.append(at(23, 6, 2), "missed", key("mat", 23, "06:00"),
                  lost("missed", msg(LATE, planned="06:01", late="1m"),
                       asked=90.0))  # fmt: skip
    ledger.append(at(23, 8), "sign", "sign/cong", lit("unreachable", DEAD))
    ledger.append(at(23, 9), "sign", "sign/cong", lit("read back"))
    ledger.append(at(23, 10), "alarm", key("khac", 23, "10:00"), {})
    ledger.append(at(23, 12), "station", "station", {"did": "start"})
    ledger.append(at(23, 12), "sign", "sign/cong", DARK)
    ledger.append(at(23, 23, 30), "refused", key("dem", 23, "23:30"),
                  lost("blocked", GUARD, asked=60.0))  # fmt: skip
    air(ledger, key("gap", 24, "05:30"), at(24, 5, 30), 60.0, "aired", 60.0, "urgent")
    where = key("tin", 24, "17:00")
    ledger.append(at(24, 17), "intent", where, {"seconds": 120.0, "class": "normal"})
    ledger.append(at(24, 17), "audible", where, {})
    ledger.append(at(24, 18), "station", "station", {"did": "start"})
    ledger.append(at(24, 18), "finished", where,
                  {"outcome": "partial", "seconds": 120.0, "heard_unknown": True}
                  | why(BROKE))  # fmt: skip
    ledger.append(at(24, 20), "station", "station", {"did": "stop"})
