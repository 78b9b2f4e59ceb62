"""A station's folder to a station: every problem of every file in one go."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from broadcaster.domain.campaign import Campaign
from broadcaster.domain.lexicon import Lexicon
from broadcaster.domain.station import Script, Station, VoiceSettings
from broadcaster.errors import Problem
from broadcaster.station.devices import devices
from broadcaster.station.document import Document
from broadcaster.station.folder import files_in, unlisted
from broadcaster.station.ids import as_id, did_you_mean, is_id, not_an_id
from broadcaster.station.lexicon import LEXICON, lexicon
from broadcaster.station.playlists import playlist
from broadcaster.station.recordings import SCRIPTS
from broadcaster.station.scripts import script
from broadcaster.station.surroundings import Surroundings
from broadcaster.station.textfile import Overrides, read_text
from broadcaster.station.unread import unread
from broadcaster.station.voices import heard
from broadcaster.station.zones import Zones

DEVICES = "devices.toml"
PLAYLISTS = "playlists"


@dataclass(frozen=True)
class Loaded:
    """A station as far as it is right, and all that is wrong with it."""

    station: Station | None
    """None where devices.toml gives no name, time zone or format."""
    problems: tuple[Problem, ...]
    """Sorted by file and line."""


def load(folder: Path, overrides: Overrides | None = None) -> Loaded:
    """Read a station's folder; never raises for what it holds.

    `overrides` are texts that files are taken to have, to judge an edit before it is written:
    by name, relative to the folder with forward slashes; None for a file that is taken as deleted.
    """
    reading = _Reading(folder, overrides or {})
    station, zones = reading.devices()
    words = reading.lexicon()
    scripts, named = reading.scripts(words)
    around = Surroundings(folder, scripts, named, zones)
    campaigns = tuple(reading.campaigns(around))
    if station is not None:
        station = replace(station, lexicon=words, scripts=scripts, campaigns=campaigns)
    problems = sorted(reading.problems, key=lambda one: (one.file, one.line or 0))
    return Loaded(station, tuple(problems))


class _Reading:
    """One pass over a folder, collecting problems."""

    def __init__(self, folder: Path, overrides: Overrides) -> None:
        self._folder = folder
        self._overrides = overrides
        self._voice = VoiceSettings()
        self.problems: list[Problem] = []

    def devices(self) -> tuple[Station | None, Zones | None]:
        document = self._document(DEVICES)
        if document is None:
            return None, None
        found = devices(self._folder, document)
        self.problems += document.problems
        if found and found.station:
            self._voice = found.station.voice
        return (found.station, found.zones) if found else (None, None)

    def lexicon(self) -> Lexicon:
        if LEXICON not in self._overrides and not os.path.lexists(self._folder / LEXICON):
            return Lexicon()
        document = self._document(LEXICON)
        if document is None:
            return Lexicon()
        found = lexicon(document)
        self.problems += document.problems
        return found

    def scripts(self, words: Lexicon) -> tuple[Mapping[str, Script], tuple[str, ...] | None]:
        """Give the scripts that are right, and the ids of all; None where they can't be listed."""
        found: dict[str, Script] = {}
        files = self._named(SCRIPTS, ".md")
        for id_, file in files or ():
            text = read_text(self._folder, file, self._overrides, self.problems)
            right = None if text is None else script(self._folder, file, text, self.problems)
            if right is not None:
                found[id_] = right
                self.problems += heard(self._folder, file, right, self._voice)
                self.problems += unread(file, text or "", right, words)
        return found, None if files is None else tuple(id_ for id_, _ in files)

    def campaigns(self, around: Surroundings) -> Iterator[Campaign]:
        for id_, file in self._named(PLAYLISTS, ".toml") or ():
            document = self._document(file)
            if document is None:
                continue
            campaign = playlist(id_, document, around)
            self.problems += document.problems
            if campaign is not None:
                yield campaign

    def _document(self, file: str) -> Document | None:
        text = read_text(self._folder, file, self._overrides, self.problems)
        return None if text is None else Document(file, text)

    def _named(self, inner: str, suffix: str) -> list[tuple[str, str]] | None:
        """Give id and name of every file that has an id for a name; None without a list of them."""
        try:
            files = files_in(self._folder, inner, suffix, self._overrides)
        except OSError as error:
            self.problems.append(unlisted(inner, error))
            return None
        ids = [(PurePosixPath(file).name.removesuffix(suffix), file) for file in files]
        self.problems += (_misnamed(id_, file, suffix) for id_, file in ids if not is_id(id_))
        return [(id_, file) for id_, file in ids if is_id(id_)]


def _misnamed(id_: str, file: str, suffix: str) -> Problem:
    message, _ = not_an_id(id_)
    meant = as_id(id_)
    hint = did_you_mean(meant + suffix) if meant else None
    return Problem(file, None, "", message, hint)
