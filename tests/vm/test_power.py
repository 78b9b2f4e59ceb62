"""The power is cut again and again: nothing sounds twice, and all that was due has its record."""

from __future__ import annotations

import json
import os
import random
import threading
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.stations import loudspeaker
from tests.vm.machine import Machine
from tests.vm.ward import BROADCASTER, SERVICE, STATION, at, installed, records
from tests.vm.wires import patience

pytestmark = pytest.mark.soak

CUTS = int(os.environ.get("CUTS", "12"))
SEED = int(os.environ.get("SEED", "1"))
UP, OFF = 75.0, 200.0
"""Seconds at most for which it is left running, once it is up, and for which it is off.

That is less than what may begin late: nothing but the ledger keeps it from sounding again.
"""
ENDS = {"finished", "missed", "refused"}
SETTLED = timedelta(minutes=6)
"""After which every airing has its end: it may begin five minutes late."""
AUDIO = f"{STATION}/var/audio/loa"
WITNESS = f"""\
[Service]
ExecStartPre=+/bin/sh -c 'echo boot >> /srv/seen; ls {AUDIO} >> /srv/seen; sync'
"""
"""Notes which sound files the last daemon left, before the next one starts."""
Records = Sequence[dict[str, Any]]


def playlist() -> str:
    """Air some twenty seconds every minute, from five to seven; in ten slots, as people do."""
    slots = map(slot, range(10))
    return "".join(("format = 1\n[campaign]\ntitle = 'Thử'\n", *slots))


def slot(minute: int) -> str:
    times = ", ".join(f'"0{hour}:{ten}{minute}"' for hour in (5, 6) for ten in range(6))
    return f"""\
[[radio]]
id = "phut-{minute}"
at = [{times}]
late = "5m"
zones = ["phuong"]
items = [{{ chime = "default" }}, {{ pause = "15s" }}, {{ chime = "closing" }}]
"""


def test_power_cuts_at_any_instant(off: Machine) -> None:
    never, dice = threading.Event(), random.Random(SEED)  # noqa: S311 - a seed that replays
    off.boot(at("03-01T04:58:00"))
    off.put(f"/etc/systemd/system/{SERVICE}.service.d/seen.conf", WITNESS)
    installed(off, loudspeaker(allowed="00:00-24:00", driver='"file"'), playlist())
    kept: Records = []
    for number in range(CUTS):
        up, gap = dice.uniform(0.0, UP), dice.uniform(1.0, OFF)
        print(f"seed {SEED}, cut {number}: after {up:.1f} s, off for {gap:.1f} s")
        if number % 3:  # else it may be cut while it starts
            patience(lambda: off.ask(f"systemctl is-active {SERVICE}").code == 0, 300.0)
        never.wait(up)
        kept = [*kept, *records(off)[-1:]]
        off.cut()
        off.boot(off.now() + timedelta(seconds=gap))
    patience(lambda: records(off)[-1]["kind"] == "finished", 300.0, every=5.0)
    off.run(f"systemctl stop {SERVICE}")
    off.run(f"{BROADCASTER} log verify")
    told, seen = records(off), off.run(f"echo; cat /srv/seen; echo boot; ls {AUDIO}")
    print(Counter(each["data"].get("outcome", each["kind"]) for each in told))
    assert [each for each in kept if each not in told] == []
    assert not [*unrecorded(told, planned(off)), *twice(told), *heard_again(seen)]


def planned(machine: Machine) -> dict[str, datetime]:
    """Give when each airing was to begin."""
    table = machine.run(f"{BROADCASTER} timetable --from 2027-03-01 --until 2027-03-01 --json")
    rows = json.loads(table)["airings"]
    return {row["key"]: datetime.fromisoformat(row["start"]) for row in rows}


def unrecorded(told: Records, due: dict[str, datetime]) -> list[str]:
    """Name what was due since the first start and has not one end, with its reason."""
    first, last = (datetime.fromisoformat(told[number]["at"]) for number in (0, -1))
    ends = Counter(each["key"] for each in told if each["kind"] in ENDS)
    lived = [key for key, start in due.items() if first <= start <= last - SETTLED]
    assert len(lived) > CUTS
    wrong = [f"{key} has {ends[key]} ends" for key in {*lived, *ends} if ends[key] != 1]
    silent = [
        each["key"]
        for each in told
        if each["data"].get("outcome") in {"missed", "partial"} and not each["data"]["reason"]
    ]
    return wrong + [f"{key} has no reason" for key in silent]


def twice(told: Records) -> list[str]:
    """Name what the ledger says began to sound more than once."""
    begun = Counter(each["key"] for each in told if each["kind"] == "audible")
    return [f"{key} began {count} times" for key, count in begun.items() if count > 1]


def heard_again(seen: str) -> list[str]:
    """Name what was cut off while it sounded and sounded as a whole later."""
    boots = [set(names.split()) for names in seen.split("boot\n")[1:]]
    assert len(boots) > CUTS
    return [
        name
        for number, names in enumerate(boots)
        for name in names
        if name.endswith(".part")
        and (whole := name.replace(".part", ".flac")) in boots[-1]
        and whole not in names
    ]
