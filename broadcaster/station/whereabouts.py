"""Where in a playlist a slot stands, for findings that come after reading."""

from __future__ import annotations

from pathlib import Path

from broadcaster.station.document import Document
from broadcaster.station.textfile import read_text

KINDS = ("radio", "led", "event")


def whereabouts(folder: Path, campaign: str, slot: str) -> tuple[str, int | None, str]:
    """Give the file, line and key of a slot or event, as problems name them."""
    file = f"playlists/{campaign}.toml"
    text = read_text(folder, file, {}, [])
    if text is None:
        return file, None, slot
    document = Document(file, text)
    values = document.values or {}
    for kind in KINDS:
        for number, row in enumerate(values.get(kind, ())):
            if isinstance(row, dict) and row.get("id") == slot:
                return file, document.line((kind, number)), f"{kind}.{slot}"
    return file, None, slot
