"""All that a running station works with; an edit of its files makes another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from broadcaster.domain.station import Station
from broadcaster.playout.amplifiers import Power
from broadcaster.ports import Sign, Speaker, Studio


@dataclass(frozen=True, slots=True)
class Equipment:
    """A station and the live objects that stand for what it describes, by their ids."""

    station: Station
    studio: Studio
    speakers: Mapping[str, Speaker]
    powers: Mapping[str, Power]
    signs: Mapping[str, Sign]
