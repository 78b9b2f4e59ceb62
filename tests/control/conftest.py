"""The API behind either door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.control.house import Hasty, House, house


@pytest.fixture(params=["socket", "loopback"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, loopback=request.param == "loopback") as made:
        yield made


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, Hasty()) as made:
        yield made
