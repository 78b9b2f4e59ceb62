"""A slogan that is typed for one sign, as the sign would hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from broadcaster.cli.app import App, tell
from broadcaster.domain.campaign import Colour, Effect
from broadcaster.errors import Refusal
from broadcaster.messages import msg, tr

if TYPE_CHECKING:
    from datetime import datetime

    from broadcaster.domain.airing import SignContent
    from broadcaster.domain.station import SignSpec


def typed(value: str) -> str:
    r"""Read a slogan; \n breaks its line, as in a playlist."""
    text = value.replace(r"\n", "\n")
    if not text.strip():
        raise click.BadParameter(tr("is empty"))
    return text


def dwell(value: str | float) -> float:
    """Read a duration that is not nothing, in seconds."""
    from broadcaster.station.times import span

    found = span(value) if isinstance(value, str) else None
    if not found:
        raise click.BadParameter(tr('must be a duration like "8s", not "{found}"', found=value))
    return found.total_seconds()


def content(
    text: str, effect: str = Effect.SCROLL_LEFT, seconds: float = 8.0, colour: str | None = None
) -> SignContent:
    """Give what a sign is to hold; raises Refusal where no face has a character of it."""
    from broadcaster.domain.airing import ShownSlogan, SignContent
    from broadcaster.signs.pixels.font import undrawable

    if lost := undrawable([text]):
        raise Refusal(lost)
    return SignContent((ShownSlogan(text, effect, seconds, Colour(colour) if colour else ""),))


def sign_of(app: App, name: str) -> tuple[SignSpec, datetime]:
    """Find a sign of the station, and what time it is there; raises Refusal."""
    from broadcaster.station.ids import nearest

    station, problems = app.station()
    if name in station.signs:
        return station.signs[name], app.time.now().astimezone(station.timezone)
    tell(problem for problem in problems if problem.level == "error")
    hint = nearest(name, station.signs)
    there_is_none = msg('there is no sign "{id}" that can be used', id=name)
    raise Refusal(msg("{what}; {hint}", what=there_is_none, hint=hint) if hint else there_is_none)
