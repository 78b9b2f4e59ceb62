"""Amplifiers, as devices.toml describes them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from broadcaster.domain.amplifier import AmplifierSpec, Line, Relay
from broadcaster.station.load import Loaded
from tests.station.folders import DEVICES, station, told

BEFORE, _, _AFTER = DEVICES.partition("[speakers.loa-chinh]")
AFTER = _AFTER[_AFTER.index("[signs") :]
PORT = "serial:///dev/serial/by-id/usb-relay"


def loaded(folder: Path, amplifier: str, driver: str = "soundcard") -> Loaded:
    lines = ["[speakers.loa-chinh]", f'driver = "{driver}"', f"amplifier = {amplifier}"]
    speaker = "\n".join(lines)
    return station(folder, {"devices.toml": f"{BEFORE}{speaker}\n\n{AFTER}"})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            f'{{ link = "{PORT}", line = "rts" }}',
            AmplifierSpec(
                link=PORT,
                by=Line("rts"),
                warm_up=timedelta(seconds=5),
                release=timedelta(seconds=1),
            ),
        ),
        (
            f'{{ link = "{PORT}", line = "dtr", warm_up = "60s", release = "0s" }}',
            AmplifierSpec(
                link=PORT,
                by=Line("dtr"),
                warm_up=timedelta(seconds=60),
                release=timedelta(0),
            ),
        ),
        (
            '{ link = "socket://10.0.0.9:5005", on = "A0 01 01 A2", off = "a00100a1" }',
            AmplifierSpec(
                link="socket://10.0.0.9:5005",
                by=Relay(b"\xa0\x01\x01\xa2", b"\xa0\x01\x00\xa1"),
            ),
        ),
    ],
)
def test_what_keys_an_amplifier(tmp_path: Path, written: str, meant: AmplifierSpec) -> None:
    found = loaded(tmp_path, written)
    assert told(found) == ""
    assert found.station
    assert found.station.speakers["loa-chinh"].amplifier == meant


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('"rts"', ': must be a table, not "rts"'),
        ('{ line = "rts" }', ".link: is missing"),
        (
            '{ link = "/dev/ttyS0", line = "rts" }',
            '.link: "/dev/ttyS0" must begin with serial://, socket:// or rfc2217://',
        ),
        (
            f'{{ link = "{PORT}" }}',
            ': says nothing to switch it by: line = "rts", or the bytes on and off',
        ),
        (f'{{ link = "{PORT}", line = "no-1" }}', '.line: must be one of rts, dtr, not "no-1"'),
        (
            f'{{ link = "{PORT}", line = "rts", on = "FF", off = "00" }}',
            ".line: is one way to switch it, on and off are another: leave one out",
        ),
        (f'{{ link = "{PORT}", on = "FF" }}', ".off: is missing"),
        (f'{{ link = "{PORT}", off = "FF" }}', ".on: is missing"),
        (
            f'{{ link = "{PORT}", on = "FF", off = "ff" }}',
            ".off: has the same bytes as on: it would never be switched off",
        ),
        (
            f'{{ link = "{PORT}", on = "on", off = "00" }}',
            '.on: must be bytes in hexadecimal, like "A0 01 01 A2", not "on"',
        ),
        (
            '{ link = "socket://10.0.0.9:5005", line = "rts" }',
            ".line: a control line needs a link of serial:// or rfc2217://",
        ),
        (
            f'{{ link = "{PORT}", line = "rts", warm_up = "61s" }}',
            '.warm_up: must be at most 60s, not "61s"',
        ),
        (
            f'{{ link = "{PORT}", line = "rts", release = "5" }}',
            '.release: must be a duration like "10m", "2s" or "1h30m", not "5"',
        ),
        (
            f'{{ link = "{PORT}", line = "rts", warmup = "5s" }}',
            '.warmup: unknown key; did you mean "warm_up"?',
        ),
    ],
)
def test_a_wrong_one_silences_its_loudspeaker(tmp_path: Path, written: str, says: str) -> None:
    found = loaded(tmp_path, written)
    assert told(found) == f"devices.toml:18: speakers.loa-chinh.amplifier{says}\n"
    assert found.station
    assert not found.station.speakers


def test_a_file_keys_nothing(tmp_path: Path) -> None:
    found = loaded(tmp_path, f'{{ link = "{PORT}", line = "rts" }}', driver="file")
    assert told(found) == (
        "warning: devices.toml:18: speakers.loa-chinh.amplifier: "
        "is not keyed: driver file makes no sound\n"
    )
    assert found.station
    assert found.station.speakers["loa-chinh"].amplifier is None
