"""What loudspeakers of every kind are given to sound."""

from __future__ import annotations

import asyncio

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Tone
from broadcaster.audio.render import render
from broadcaster.domain.sound import Prepared


@pytest.fixture(scope="session")
def chime(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    return asyncio.run(render(Programme((Tone("default"),)), cache))
