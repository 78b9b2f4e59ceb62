"""`playlist`: campaigns and standing programmes, edited under the eye of `check`."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from broadcaster.cli.app import App, as_json, columns, data_json, pass_app, talk, tell
from broadcaster.cli.editing import Editor, edits
from broadcaster.cli.playlist_add import add
from broadcaster.cli.playlist_change import disable, enable, move, remove, set_
from broadcaster.cli.playlist_show import show
from broadcaster.cli.told import window_told
from broadcaster.cli.typed import day_option, flat, ident, plain, texts
from broadcaster.domain.campaign import AirClass, Campaign
from broadcaster.messages import msg, plural, tr


@click.group(help=tr("The playlists: what airs when, and what signs show."))
def playlist() -> None:
    """Group what concerns playlists."""


for _command in (show, add, set_, move, remove, enable, disable):
    playlist.add_command(_command)


@playlist.command("list", help=tr("List every playlist."))
@as_json
@pass_app
def list_(app: App, as_json: bool) -> None:  # noqa: FBT001 - Click's way
    """Print a row a playlist."""
    station, problems = app.station()
    tell(each for each in problems if each.level == "error" and each.file.startswith("playlists/"))
    rows = [_row(campaign) for campaign in station.campaigns]
    if as_json:
        for row in rows:
            data_json(row)
    elif rows:
        columns(_columns(campaign) for campaign in station.campaigns)
    else:
        talk("there is no playlist; make one: broadcaster playlist new ID --title ...")


@playlist.command(help=tr("Make a new playlist, with nothing in it yet."))
@click.argument("id_", metavar="ID", type=ident)
@click.option("--title", required=True, help=tr("What people call it."))
@click.option("--theme", help=tr("What it is about, in the letter's own words."))
@click.option(
    "--implements",
    type=texts,
    multiple=True,
    help=tr("The number of a letter it carries out."),
)
@day_option("--from", "first", help=tr("The first day."))
@day_option("--until", "last", help=tr("The last day, included."))
@click.option(
    "--class", "air_class", type=click.Choice([each.value for each in AirClass]), default="normal",
    help=tr("Which goes first: urgent, priority, normal."),
)  # fmt: skip
@edits
def new(
    editor: Editor,
    id_: str,
    title: str,
    theme: str | None,
    implements: tuple[list[str], ...],
    first: date | None,
    last: date | None,
    air_class: str,
) -> None:
    """Write the campaign's own table."""
    from broadcaster.station.edit import new_playlist
    from broadcaster.station.edit_file import new_file

    head = {
        "title": plain(title),
        "theme": plain(theme) if theme else None,
        "implements": flat(implements) or None,
        "from": first,
        "until": last,
        "class": air_class,
    }
    original = new_file(editor.app.folder, f"playlists/{id_}.toml")
    # That nothing is in it yet is no news.
    editor.settle(original, new_playlist(head), warn=False)
    if not editor.dry_run:
        talk("next: broadcaster playlist add {id} radio, slogan or event", id=id_)


def _row(campaign: Campaign) -> dict[str, Any]:
    return {
        "id": campaign.id,
        "title": campaign.title,
        "from": campaign.from_ and campaign.from_.isoformat(),
        "until": campaign.until and campaign.until.isoformat(),
        "class": campaign.air_class.value,
        "enabled": campaign.enabled,
        "radio": len(campaign.radio),
        "led": len(campaign.led),
        "events": len(campaign.events),
    }


def _columns(campaign: Campaign) -> tuple[str, ...]:
    events = plural(len(campaign.events), msg("1 event"), msg("{count} events"))
    counts = tr(
        "{radio} on air, {led} on signs, {events}",
        radio=len(campaign.radio),
        led=len(campaign.led),
        events=events,
    )
    return (
        campaign.id,
        window_told(campaign.from_, campaign.until) or tr("always"),
        campaign.air_class.value if campaign.enabled else tr("disabled"),
        counts,
        campaign.title,
    )
