"""Whatever edits follow one another: the file says what they say, and the rest is as it was."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.station.edit import PlaylistText
from broadcaster.station.load import load

ROOT = Path(__file__).parents[2]
TECHFEST = (ROOT / "playlists/techfest-2025.toml").read_text(encoding="utf-8")
ODD = """\
format=1
# một
[campaign]
title="x"
# hai
[[led]]
# ba
id="a"  # bốn

# năm

[[radio]]
  id = "b"
  items = [ # sáu
  ]
# bảy
[[radio]]
id = "c"
# tám"""
TEXTS = {
    "template": (ROOT / "broadcaster/station/template/playlists/vi-du.toml").read_text(
        encoding="utf-8"
    ),
    "techfest": "[campaign]\n\n"
    + TECHFEST[TECHFEST.index("# Công văn không") : TECHFEST.index("# Đã nhắc chung")],
    "odd": ODD,
}

VALUES = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.integers(-9, 9),
    st.booleans(),
    st.lists(st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31)), max_size=12),
    st.lists(st.fixed_dictionaries({"script": st.text("ab", max_size=3)}), max_size=4),
)
KEYS = st.sampled_from(["at", "days", "order", "zones", "items", "title", "place", "name", "lạ"])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "move", "remove", "set", "set"]),
        st.integers(0, 30),
        st.integers(0, 30),
        KEYS,
        VALUES,
    ),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.sampled_from(["\n", "\r\n"]), STEPS)
def test_any_edits(name: str, end: str, steps: list[tuple[str, int, int, str, Any]]) -> None:
    text = TEXTS[name]
    now = PlaylistText("playlists/x.toml", text.replace("\n", end))
    says = tomllib.loads(text)
    for number, (act, one, other, key, value) in enumerate(steps):
        ids = list(now.slots())
        slot = ids[one % len(ids)] if ids else ""
        mark = ids[other % len(ids)] if ids else ""
        then = now
        if act == "add":
            slot, kind = f"moi-{number}", ["radio", "led", "event"][one % 3]
            now = then.added(kind, {"id": slot, key: value})
            row = {"id": slot} if value is None else {"id": slot, key: value}
            says.setdefault(kind, []).append(row)
        elif not ids:
            continue
        elif act == "set":
            now = then.changed(slot, {key: value})
            row = next(each for each in says[then.kind(slot)] if each["id"] == slot)
            row[key] = value
            if value is None:
                del row[key]
        elif act == "remove":
            now = then.removed(slot)
            rows = [each for each in says[then.kind(slot)] if each["id"] != slot]
            says[then.kind(slot)] = rows
            if not rows:
                del says[then.kind(slot)]
        elif now.kind(slot) == now.kind(mark):
            now = then.moved(slot, mark)
            rows = says[now.kind(slot)]
            if slot != mark:
                row = rows.pop(place(rows, slot))
                rows.insert(place(rows, mark), row)

        assert tomllib.loads(now.text) == says
        assert now.text.count("\n") == now.text.count(end)
        left_alone(then, now, act, slot, key)


def place(rows: list[dict[str, Any]], slot: str) -> int:
    return [row["id"] for row in rows].index(slot)


def left_alone(then: PlaylistText, now: PlaylistText, act: str, slot: str, key: str) -> None:
    """Only lines of what was edited may be gone; what was moved or added takes none away."""
    gone = lines(then.text) - lines(now.text)
    if act in {"add", "move"}:
        assert not gone
        return
    part = next(part for part in then._parts if part.id == slot)
    assert gone <= lines(part.text)
    if act == "set":
        # A value may go on over lines that are further in.
        begins = (
            f"{key} =",
            f'"{key}" =',
            f"{key}=",
            "    ",
            "]",
            "  ]",
            f"  {key} =",
            f'  "{key}" =',
        )
        assert [line for line in gone if not line.startswith(begins)] == []


def lines(text: str) -> Counter[str]:
    found = Counter(text.replace("\r\n", "\n").split("\n"))
    del found[""]
    return found


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_an_edited_file_still_loads(name: str, tmp_path: Path) -> None:
    edited = PlaylistText("playlists/x.toml", TEXTS[name])
    for slot in edited.slots():
        edited = edited.changed(slot, {"name": "Mới"})

    problems = load(tmp_path, {"playlists/x.toml": edited.text}).problems

    assert [str(each) for each in problems if "TOML" in str(each)] == []
