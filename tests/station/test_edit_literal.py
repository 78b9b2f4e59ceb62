"""What is typed becomes the value that is meant, and what is written reads back as that value."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.station.edit_literal import day, literal, pair, typed

SCALARS = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.integers(-(2**63), 2**63 - 1)
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.dates()
    | st.times().map(lambda at: at.replace(microsecond=0))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text("aé.\" -='", max_size=3), inner),
)


@given(st.text("abé. \"'=\\", min_size=1, max_size=4), VALUES)
def test_what_is_written_reads_back(key: str, value: Any) -> None:
    assert tomllib.loads(pair(key, value)) == {key: value}
    assert "\n" not in literal(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Ngày hội “01/10”", '"Ngày hội “01/10”"'),
        ('nói "to"\n\x7f', '"nói \\"to\\"\\n\\u007f"'),
        ([], "[]"),
        ({}, "{}"),
        ([{"chime": "default"}, {"pause": "2s"}], '[{ chime = "default" }, { pause = "2s" }]'),
        ([dt.date(2025, 9, 22)], "[2025-09-22]"),
        ({"có dấu": -1.5, "b": False}, '{ "có dấu" = -1.5, b = false }'),
    ],
)
def test_values_look_as_people_write_them(value: Any, text: str) -> None:
    assert literal(value) == text


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("at", "05:30,17:00", ["05:30", "17:00"]),
        ("at", ' ["05:30"] ', ["05:30"]),
        ("days", "mon, tue,", ["mon", "tue"]),
        ("zones", "toan-phuong", ["toan-phuong"]),
        ("remind.zones", "a,b", ["a", "b"]),
        ("dates", "2025-09-22,23/9/2025", [dt.date(2025, 9, 22), dt.date(2025, 9, 23)]),
        ("except", "mai", ["mai"]),
        ("from", "2025-09-22", dt.date(2025, 9, 22)),
        ("letter.date", "01/09/2025", dt.date(2025, 9, 1)),
        ("until", "31/02/2025", "31/02/2025"),
        ("slogans", "Chào mừng, ngày hội", ["Chào mừng, ngày hội"]),
        ("slogans", '["Một", "Hai"]', ["Một", "Hai"]),
        ("enabled", "false", False),
        ("enabled", "no", "no"),
        ("order", "-5", -5),
        ("order", "05", "05"),
        ("gain_db", "-1.5", -1.5),
        ("items", '[{ script = "a" }]', [{"script": "a"}]),
        ("items", "a\nb = 1", "a\nb = 1"),
        ("order", "1\nb = 1", "1\nb = 1"),
        ("letter", '{ number = "1" }', {"number": "1"}),
        ("name", "05", "05"),
        ("name", '"trong ngoặc"', "trong ngoặc"),
        ("name", '"Ngày" hội', '"Ngày" hội'),
        ("late", "10m", "10m"),
        ("title", "Nga\u0300y ho\u0302\u0323i", "Ngày hội"),
    ],
)
def test_what_is_typed_is_meant_as_its_reader_wants_it(key: str, text: str, value: Any) -> None:
    assert typed(key, text) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025-10-09", dt.date(2025, 10, 9)),
        ("09/10/2025", dt.date(2025, 10, 9)),
        ("9/10/2025", dt.date(2025, 10, 9)),
        ("10/2025", "10/2025"),
        ("", ""),
    ],
)
def test_days_are_typed_in_two_ways(text: str, found: dt.date | str) -> None:
    assert day(text) == found
