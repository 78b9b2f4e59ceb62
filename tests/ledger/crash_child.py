"""Appends airings to a ledger and says so, until it is killed; run by test_crash."""

from __future__ import annotations

import itertools
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from broadcaster.ledger.sqlite import SqliteLedger

START = datetime(2025, 9, 22, tzinfo=UTC)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    say("ready")
    ledger = SqliteLedger(Path(sys.argv[1]))
    last = ledger.last()
    for number in itertools.count(last.seq if last else 0):
        at = START + timedelta(minutes=number)
        for kind in ("intent", "audible", "finished"):
            record = ledger.append(at, kind, f"crash/slot/{number}", {"number": number})
            say(f"{record.seq} {record.hash}")
        pair = [("missed", f"crash/other/{number}/{zone}", {}) for zone in "ab"]
        for record in ledger.append_all(at, pair):
            say(f"{record.seq} {record.hash}")


main()
