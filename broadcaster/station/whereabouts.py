"""Where a slot stands in a playlist, and an idle text in devices.toml, for what is found later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from broadcaster.errors import Problem
from broadcaster.messages import Message, msg, plural
from broadcaster.planning.findings import Finding
from broadcaster.station.document import Document
from broadcaster.station.table import row_label
from broadcaster.station.textfile import Overrides, read_text

KINDS = ("radio", "led", "event")


class Place(NamedTuple):
    """The file, line and key of something, as problems name them."""

    file: str
    line: int | None
    key: str


class Whereabouts:
    """Finds things in a station's files; reads each playlist once."""

    def __init__(self, folder: Path, overrides: Overrides | None = None) -> None:
        self._folder = folder
        self._overrides = overrides or {}
        self._files: dict[str, Mapping[str, Place]] = {}

    def find(self, campaign: str, slot: str) -> Place:
        """Give the place of a slot or event; the file alone where it can't be found in it."""
        file = f"playlists/{campaign}.toml"
        if file not in self._files:
            self._files[file] = self._read(file)
        return self._files[file].get(slot, Place(file, None, slot))

    def idle(self, sign: str) -> Place:
        """Give the place of what a sign shows without slogans."""
        file = "devices.toml"
        text = read_text(self._folder, file, self._overrides, [])
        line = None if text is None else Document(file, text).line(("signs", sign, "idle"))
        return Place(file, line, f"signs.{sign}.idle")

    def _read(self, file: str) -> Mapping[str, Place]:
        text = read_text(self._folder, file, self._overrides, [])
        found: dict[str, Place] = {}
        if text is not None:
            document = Document(file, text)
            for path, row in _rows(document.values or {}):
                label = row_label(str(path[0]), path[1], row)
                place = Place(file, document.line(path), label)
                # An id that is wrong, or taken, is replaced by the row's path while reading.
                found.setdefault(".".join(map(str, path)), place)
                if isinstance(id_ := row.get("id"), str):
                    found.setdefault(id_, place)
        return found


def _rows(values: Mapping[str, Any]) -> Iterator[tuple[tuple[str, int], Mapping[str, Any]]]:
    for kind in KINDS:
        rows = values.get(kind)
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict):
                yield (kind, number), row


def problems(
    folder: Path,
    found: Iterable[Finding],
    overrides: Overrides | None = None,
    *,
    faults: bool = False,
) -> Iterator[Problem]:
    """Tell findings as problems of their files; `faults` tells what is a problem already, too."""
    places = Whereabouts(folder, overrides)
    for finding in found:
        if faults or not _told_already(finding):
            place = places.find(finding.campaign, finding.slot)
            yield Problem(*place, _told(finding))


def cut_warnings(folder: Path, found: Iterable[Finding]) -> Iterator[Problem]:
    """Tell planned cuts as warnings of the playlists whose airings are cut."""
    places = Whereabouts(folder)
    for finding in found:
        first = finding.entries[0].airing
        facts = {
            "day": f"{first.start:%d/%m/%Y %H:%M}",
            "zone": first.zone,
            "reason": finding.message,
            "if_cut": first.slot.if_cut.value,
        }
        told = plural(
            len(finding.entries),
            msg('1 airing is cut, on {day} in {zone}: {reason}; if_cut = "{if_cut}"', **facts),
            msg(
                "{count} airings are cut, the first on {day} in {zone}: {reason}; "
                'if_cut = "{if_cut}"',
                **facts,
            ),
        )
        place = places.find(finding.campaign, finding.slot)
        yield Problem(*place, told, level="warning")


def _told_already(finding: Finding) -> bool:
    """Say whether it is a slot's fault: that is a problem of its file, with its own line."""
    return any(entry.airing.slot.fault == finding.message for entry in finding.entries)


def _told(finding: Finding) -> Message:
    if not finding.entries:
        return finding.message
    first = finding.entries[0].airing
    facts = {
        "day": f"{first.start:%d/%m/%Y %H:%M}",
        "zone": first.zone,
        "reason": finding.message,
    }
    return plural(
        len(finding.entries),
        msg("1 airing can't air, on {day} in {zone}: {reason}", **facts),
        msg("{count} airings can't air, the first on {day} in {zone}: {reason}", **facts),
    )
