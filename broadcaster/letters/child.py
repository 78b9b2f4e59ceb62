"""Reads a file whose format takes a package: called by `files`, with little memory to waste."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from broadcaster.letters.limits import UnreadableError
from broadcaster.letters.source import Block, Line
from broadcaster.messages import msg, to_json
from broadcaster.worker import serve

MEMORY = 1_500_000_000
"""Bytes of address space."""


def _bound() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _read(request: dict[str, Any]) -> dict[str, Any]:
    _bound()
    path = Path(request["path"])
    try:
        if request["kind"] == "pdf":
            from broadcaster.letters.pdf import blocks
        else:
            from broadcaster.letters.docx import blocks
        return {"blocks": [_told(block) for block in blocks(path)]}
    except UnreadableError as error:
        return {"refused": to_json(error.message)}
    except ModuleNotFoundError:
        needs = msg(
            '{path}: this kind of file needs: pip install "broadcaster[letters]"', path=path
        )
        return {"refused": to_json(needs)}


def _told(block: Block) -> list[Any]:
    if isinstance(block, Line):
        return ["line", block.number, block.text, block.begins]
    return ["table", [[row.number, list(row.cells)] for row in block.rows]]


if __name__ == "__main__":
    serve(_read)
