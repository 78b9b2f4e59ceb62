from __future__ import annotations

from pathlib import Path

import pytest

from tests.station.folders import told
from tests.station.spoilt import FILE, campaign, spoilt

SLOGANS = 'slogans = ["Nhiệt liệt chào mừng"]'


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r'["dòng một\ndòng hai", "ba"]', ("dòng một\ndòng hai", "ba")),
        ('["""\n  dòng   một \n\n dòng hai\n"""]', ("dòng một\ndòng hai",)),
        (r'["một dòng\n"]', ("một dòng",)),
    ],
)
def test_the_lines_of_a_slogan_stay(tmp_path: Path, written: str, read: tuple[str, ...]) -> None:
    loaded = spoilt(tmp_path, (SLOGANS, f"slogans = {written}"))
    assert told(loaded) == ""
    assert campaign(loaded).led[0].slogans == read


def test_a_slogan_of_breaks_alone_is_empty(tmp_path: Path) -> None:
    loaded = spoilt(tmp_path, (SLOGANS, r'slogans = ["\n \n"]'))
    assert told(loaded) == f"{FILE}:18: led.khau-hieu.slogans: is empty\n"
