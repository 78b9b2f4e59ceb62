"""A letter's file, as commands are given it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from broadcaster.domain.letter import Letter

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


def letter_in(file: Path) -> Letter:
    """Read it; raises Refusal, and DeviceError where its file takes too long."""
    from broadcaster.letters import files
    from broadcaster.letters.read import read

    return read(asyncio.run(files.blocks_of(file)))
