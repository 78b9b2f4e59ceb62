"""Slogans with characters that no sign can draw: `check` finds them, and edits are refused them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from broadcaster.errors import Problem
from broadcaster.messages import msg

if TYPE_CHECKING:
    from broadcaster.domain.station import Station
    from broadcaster.station.textfile import Overrides


def unlit(station: Station, texts: Overrides | None = None) -> Iterator[Problem]:
    """Tell them; `texts` are what files of the station would hold."""
    from broadcaster.signs.font import missing
    from broadcaster.station.whereabouts import Whereabouts

    places = Whereabouts(station.folder, texts)
    for campaign in station.campaigns:
        for slot in campaign.led:
            lost = "".join(dict.fromkeys(each for text in slot.slogans for each in missing(text)))
            if lost:
                file, line, key = places.find(campaign.id, slot.id)
                message = msg("signs have no shape for these characters: {lost}", lost=lost)
                yield Problem(file, line, f"{key}.slogans", message)
