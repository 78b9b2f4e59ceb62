"""What a finished programme may not be, and that such a one is neither aired nor kept."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from broadcaster.audio import render as rendering
from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Tone
from broadcaster.audio.render import render
from broadcaster.audio.verdict import unfit
from broadcaster.errors import ContentError


@pytest.mark.parametrize(
    ("lufs", "dbtp", "meant", "spent", "says"),
    [
        (-16.0, -1.0, -16.0, False, None),
        (-15.1, -1.0, -16.0, False, None),
        (-16.9, -1.0, -16.0, False, None),
        (-16.0, -0.9, -16.0, False, "peaks of -0.9 dBTP, over the ceiling of -1.0 dBTP"),
        (-14.8, -1.0, -16.0, False, "at -14.8 LUFS where -16.0 LUFS are meant"),
        (-14.8, -1.0, -16.0, True, "at -14.8 LUFS where -16.0 LUFS are meant"),
        (-19.0, -1.0, -16.0, False, "at -19.0 LUFS where -16.0 LUFS are meant"),
        # The limiter gives no more: soft is better than distorted, and than silent.
        (-19.0, -1.0, -16.0, True, None),
        (None, -120.0, -16.0, False, "silent, and something should be heard"),
        (None, -120.0, -16.0, True, "silent, and something should be heard"),
        (None, -120.0, None, False, None),
        (-60.0, -50.0, None, False, None),
    ],
)
def test_what_is_off_is_unfit(
    lufs: float | None,
    dbtp: float,
    meant: float | None,
    spent: bool,  # noqa: FBT001 - a row of the table
    says: str | None,
) -> None:
    found = unfit(lufs, dbtp, meant, -1.0, spent=spent)
    assert (found is None) if says is None else (says in str(found))


CHILD = """
import json, sys
from broadcaster.audio.verdict import unfit
from broadcaster.messages import to_json
request = json.load(sys.stdin)
open(request["to"], "w").write("too loud")
json.dump({"unfit": to_json(unfit(-9.0, -1.0, -16.0, -1.0, spent=False))}, sys.stdout)
"""


def test_what_is_unfit_is_refused_and_kept_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "loud_child.py").write_text(CHILD)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(rendering, "CHILD", "loud_child")
    cache = Cache(tmp_path / "cache")
    with pytest.raises(
        ContentError, match=r"audio: came out at -9.0 LUFS where -16.0 LUFS are meant"
    ):
        asyncio.run(render(Programme((Tone(),)), cache))
    assert not [path for path in cache.root.rglob("*") if path.is_file()]
