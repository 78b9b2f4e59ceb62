from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.domain.record import Record
from broadcaster.ledger.chain import canonical, fields, link, verify

NOON = datetime(2025, 9, 22, 5, tzinfo=UTC)


def chain(length: int, prev: str = "0" * 64) -> list[Record]:
    made: list[Record] = []
    for seq in range(1, length + 1):
        made.append(link(seq, NOON, "intent", f"c/s/{seq}", {"n": seq}, prev=prev))
        prev = made[-1].hash
    return made


def broken(records: list[Record]) -> tuple[int, str] | None:
    found = verify(records)
    return found and (found.seq, str(found.message))


def test_a_hash_can_be_counted_by_anyone() -> None:
    record = link(1, NOON, "finished", "c/s", {"b": "Đổi mới", "a": [1.5, None]}, prev="0" * 64)
    text = (
        '{"at":"2025-09-22T05:00:00.000000+00:00","data":{"a":[1.5,null],"b":"Đổi mới"},'
        f'"key":"c/s","kind":"finished","prev":"{"0" * 64}","seq":1}}'
    )
    assert record.hash == hashlib.sha256(text.encode()).hexdigest()


def test_half_a_surrogate_pair_has_a_form() -> None:
    assert canonical("x\udc80") == '"x\\udc80"'
    assert json.loads(canonical("x\udc80")) == "x\udc80"


def test_a_whole_chain_holds() -> None:
    assert verify([]) is None
    assert verify(chain(5)) is None


EDITS: list[tuple[str, Callable[[Record], Record]]] = [
    ("at", lambda r: replace(r, at=r.at + timedelta(microseconds=1))),
    ("kind", lambda r: replace(r, kind="audible")),
    ("key", lambda r: replace(r, key=r.key + "0")),
    ("data", lambda r: replace(r, data={"n": 4})),
    ("prev", lambda r: replace(r, prev="1" * 64)),
    ("hash", lambda r: replace(r, hash="1" * 64)),
]


@pytest.mark.parametrize("edit", [edit for _, edit in EDITS], ids=[name for name, _ in EDITS])
def test_an_edit_shows_at_its_record(edit: Callable[[Record], Record]) -> None:
    records = chain(5)
    records[2] = edit(records[2])
    assert broken(records) == (3, "was changed after it was written")


def test_a_record_forged_with_its_hash_shows_at_the_next() -> None:
    records = chain(5)
    forged = link(3, NOON, "intent", "c/s/3", {"n": 4}, prev=records[1].hash)
    assert broken([*records[:2], forged, *records[3:]]) == (
        4,
        "doesn't continue the record before it: one of the two was replaced",
    )


def test_a_gap_shows_after_it() -> None:
    records = chain(5)
    assert broken([*records[:1], *records[3:]]) == (
        4,
        "follows record 1: those between are gone",
    )


def test_a_swap_shows() -> None:
    one, two, three = chain(3)
    assert broken([one, three, two]) == (3, "follows record 1: those between are gone")
    assert broken([one, two, one]) == (1, "stands after record 2: the order was changed")
    renumbered = [one, replace(three, seq=2), replace(two, seq=3)]
    assert broken(renumbered) == (2, "was changed after it was written")


def test_a_beginning_cut_off_shows() -> None:
    assert broken(chain(5)[2:]) == (3, "is the first there is: the beginning is gone")
    assert broken(chain(1, prev="1" * 64)) == (
        1,
        "doesn't continue the record before it: one of the two was replaced",
    )


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(categories=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(
    st.dictionaries(st.text(), JSON),
    st.datetimes(
        min_value=datetime(1970, 1, 2),  # noqa: DTZ001 - Hypothesis wants it naive
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=7))]),
    ),
)
def test_any_record_outlives_its_text(data: dict[str, Any], at: datetime) -> None:
    record = link(1, at, "finished", "c/s", data, prev="0" * 64)
    read = json.loads(canonical(fields(record)))
    again = Record(**(read | {"at": datetime.fromisoformat(read["at"])}))
    assert again == record
    assert verify([again]) is None
