"""Who is next on a line: all others before those that yield."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contracts.parrots import World, ask


@pytest.mark.parametrize("kind", ["serial", "fake"])
def test_those_that_yield_let_others_go_first_but_for_one(tmp_path: Path, kind: str) -> None:
    world, heard = World(kind, tmp_path), list[str]()

    async def say(text: str, *, yields: bool = False) -> None:
        await world.line.say(replace(ask(f"1 {text}"), yields=yields))
        heard.append(text)

    async def main() -> None:
        pages = [say(f"page {number}", yields=True) for number in range(3)]
        await asyncio.gather(say("first"), *pages, say("slogan"), say("other"))

    world.run(main())
    world.end.unplug()
    assert heard == ["first", "page 0", "slogan", "other", "page 1", "page 2"]
