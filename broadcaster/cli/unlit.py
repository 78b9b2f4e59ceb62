"""Slogans with characters that no sign can draw: `check` finds them, and edits are refused them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from broadcaster.errors import Problem

if TYPE_CHECKING:
    from broadcaster.domain.station import Station
    from broadcaster.station.textfile import Overrides


def unlit(station: Station, texts: Overrides | None = None) -> Iterator[Problem]:
    """Tell them; `texts` are what files of the station would hold."""
    from broadcaster.signs.font import undrawable
    from broadcaster.station.whereabouts import Whereabouts

    places = Whereabouts(station.folder, texts)
    for campaign in station.campaigns:
        for slot in campaign.led:
            if message := undrawable(slot.slogans):
                file, line, key = places.find(campaign.id, slot.id)
                yield Problem(file, line, f"{key}.slogans", message)
    for sign in station.signs.values():
        if message := undrawable([sign.idle]):
            yield Problem("devices.toml", None, f"signs.{sign.id}.idle", message)
