"""The machine's clock is really set: the daemon sees it at once, and sounds nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from broadcaster import RELEASED
from tests.stations import loudspeaker
from tests.vm.image import Image
from tests.vm.machine import Machine, machine
from tests.vm.ward import BROADCASTER, SERVICE, ZONE, at, clock, installed, records, technical
from tests.vm.wires import patience

pytestmark = pytest.mark.soak

SEEN = 5.0
"""Seconds: 0.5 are promised of a real machine."""
PLAYLIST = """\
format = 1
[campaign]
title = "Thử"
[[radio]]
id = "nhac"
at = ["00:00", "00:05", "06:00", "06:05", "06:10", "06:15", "08:00", "23:50"]
late = "4m"
zones = ["phuong"]
items = [{ chime = "default" }]
"""


@pytest.fixture(scope="module")
def on(image: Image, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Give a machine with a station; each test sets its clock to a day of its own."""
    with machine(image, checkout, tmp_path_factory.mktemp("vm")) as made:
        made.boot(at("03-01T05:00:30"))
        installed(made, loudspeaker(allowed="00:00-24:00", driver='"file"'), PLAYLIST)
        yield made
        made.run(f"{BROADCASTER} log verify")
        begun = [each["key"] for each in records(made) if each["kind"] == "audible"]
        assert len(begun) == len(set(begun)) > 0


def set_to(on: Machine, when: datetime) -> None:
    """Set its clock, and have the daemon see that."""
    before = len(technical(on, "clock-step"))
    on.run(f"date -s @{when.timestamp()}")
    patience(lambda: len(technical(on, "clock-step")) > before, 30.0)
    seen = datetime.fromisoformat(technical(on, "clock-step")[before]["at"]) - when
    print(f"set to {when}: seen after {seen.total_seconds():.3f} s")
    assert timedelta() <= seen < timedelta(seconds=SEEN)


def told_of(on: Machine, start: datetime) -> list[dict[str, Any]]:
    """Give the ledger's records of what was to begin at an instant."""
    return [each for each in records(on) if f"/{start:%Y-%m-%dT%H:%M}" in each["key"]]


def ends(on: Machine, start: datetime) -> list[dict[str, Any]]:
    """Give those of them that end it."""
    return [each for each in told_of(on, start) if each["kind"] in {"finished", "missed"}]


def outcome(on: Machine, start: datetime) -> str:
    """Wait until what was to begin then has its end, and give how it ended."""
    patience(lambda: ends(on, start), 300.0, every=2.0)
    (end,) = ends(on, start)
    return end["data"]["outcome"] if end["kind"] == "finished" else end["kind"]


def passes(on: Machine, instant: datetime) -> None:
    """Wait until its clock is past an instant."""
    patience(lambda: clock(on) > instant, 300.0, every=1.0)


def doubt(on: Machine) -> str:
    """Give why the daemon doubts the clock; nothing where it doesn't."""
    told = json.loads(on.run(f"{BROADCASTER} clock --json"))
    return "" if told["trusted"] else told["reason"]


def confirmed(on: Machine, when: datetime) -> None:
    """Set its clock to another day, and say that it is right."""
    set_to(on, when)
    on.run(f"{BROADCASTER} clock confirm")
    assert doubt(on) == ""


def test_ten_minutes_ahead_and_back(on: Machine) -> None:
    confirmed(on, at("03-02T05:58:00"))
    set_to(on, at("03-02T05:59:50"))
    assert outcome(on, at("03-02T06:00:00")) == "aired"
    set_to(on, at("03-02T06:10:20"))
    assert outcome(on, at("03-02T06:05:00")) == "missed"
    assert outcome(on, at("03-02T06:10:00")) == "late"
    set_to(on, at("03-02T05:59:55"))
    passes(on, at("03-02T06:00:15"))
    assert len(ends(on, at("03-02T06:00:00"))) == 1
    set_to(on, at("03-02T06:14:50"))
    assert outcome(on, at("03-02T06:15:00")) == "aired"
    assert doubt(on) == ""


def test_hours_ahead_are_in_doubt_until_it_is_set_back(on: Machine) -> None:
    confirmed(on, at("03-03T05:58:00"))
    set_to(on, at("03-03T07:59:50"))
    assert "went 2 h ahead" in doubt(on)
    passes(on, at("03-03T08:00:20"))
    assert told_of(on, at("03-03T08:00:00")) == []
    set_to(on, at("03-03T05:59:50"))
    assert doubt(on) == ""
    assert outcome(on, at("03-03T06:00:00")) == "aired"


def test_hours_back_sound_nothing_that_was_over(on: Machine) -> None:
    confirmed(on, at("03-04T08:10:00"))
    assert outcome(on, at("03-04T06:00:00")) == "missed"
    set_to(on, at("03-04T05:59:55"))
    assert "went back by 2.2 h" in doubt(on)
    on.run(f"{BROADCASTER} clock confirm")
    passes(on, at("03-04T06:00:15"))
    assert [each["kind"] for each in told_of(on, at("03-04T06:00:00"))] == ["missed"]
    confirmed(on, at("03-04T23:49:50"))
    assert outcome(on, at("03-04T23:50:00")) in {"aired", "late"}


def test_over_midnight(on: Machine) -> None:
    confirmed(on, at("03-05T23:40:00"))
    set_to(on, at("03-06T00:04:50"))
    assert outcome(on, at("03-06T00:05:00")) == "aired"
    assert outcome(on, at("03-05T23:50:00")) == "missed"
    assert outcome(on, at("03-06T00:00:00")) == "missed"
    set_to(on, at("03-05T23:59:55"))
    passes(on, at("03-06T00:00:15"))
    set_to(on, at("03-06T00:04:55"))
    passes(on, at("03-06T00:05:15"))
    assert len(ends(on, at("03-06T00:05:00"))) == 1


def test_before_this_version_was_made(on: Machine) -> None:
    confirmed(on, at("03-07T05:58:00"))
    set_to(on, datetime(2020, 1, 1, 5, 59, 50, tzinfo=ZONE))
    assert f"this version was made on {RELEASED:%d/%m/%Y}" in doubt(on)
    on.run(f"systemctl restart {SERVICE}")
    assert f"this version was made on {RELEASED:%d/%m/%Y}" in doubt(on)
    set_to(on, at("03-07T05:59:50"))
    assert "nothing has confirmed it since" in doubt(on)
    on.run(f"{BROADCASTER} clock confirm")
    assert outcome(on, at("03-07T06:00:00")) in {"aired", "late"}
    assert not [each for each in records(on) if each["key"].startswith("thu/nhac/2020")]
