"""Where in a playlist a slot stands, for findings that come after reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from broadcaster.errors import Problem
from broadcaster.messages import Message, msg
from broadcaster.planning.findings import Finding
from broadcaster.station.document import Document
from broadcaster.station.textfile import Overrides, read_text

KINDS = ("radio", "led", "event")


def problems(
    folder: Path,
    found: Iterable[Finding],
    overrides: Overrides | None = None,
    *,
    faults: bool = False,
) -> Iterator[Problem]:
    """Tell findings as problems of their files; `faults` tells what is a problem already, too."""
    for finding in found:
        if faults or not _told_already(finding):
            file, line, key = whereabouts(folder, finding.campaign, finding.slot, overrides)
            yield Problem(file, line, key, _told(finding))


def _told_already(finding: Finding) -> bool:
    """Say whether it is a slot's fault: that is a problem of its file, with its own line."""
    return any(entry.airing.slot.fault == finding.message for entry in finding.entries)


def _told(finding: Finding) -> Message:
    if not finding.entries:
        return finding.message
    first = finding.entries[0].airing
    return msg(
        "{count} airings can't air, the first on {day} in {zone}: {reason}",
        count=len(finding.entries),
        day=f"{first.start:%d/%m/%Y %H:%M}",
        zone=first.zone,
        reason=finding.message,
    )


def whereabouts(
    folder: Path, campaign: str, slot: str, overrides: Overrides | None = None
) -> tuple[str, int | None, str]:
    """Give the file, line and key of a slot or event, as problems name them."""
    file = f"playlists/{campaign}.toml"
    text = read_text(folder, file, overrides or {}, [])
    if text is None:
        return file, None, slot
    document = Document(file, text)
    values = document.values or {}
    for kind in KINDS:
        for number, row in enumerate(values.get(kind, ())):
            if isinstance(row, dict) and row.get("id") == slot:
                return file, document.line((kind, number)), f"{kind}.{slot}"
    return file, None, slot
