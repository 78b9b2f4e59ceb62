"""`playlist set`, `move`, `remove`, `enable`, `disable`: what a playlist has, edited."""

from __future__ import annotations

from typing import Any

import click

from broadcaster.cli.editing import Editor, edits, existing
from broadcaster.cli.typed import ident
from broadcaster.errors import Refusal
from broadcaster.messages import msg, tr

id_argument = click.argument("id_", metavar="ID", type=ident)


@click.command(
    "set",
    help=tr("Set keys of a slot or event; SLOT campaign is the playlist's own table. key= unsets."),
)
@id_argument
@click.argument("slot")
@click.argument("pairs", metavar="KEY=VALUE...", nargs=-1, required=True)
@edits
def set_(editor: Editor, id_: str, slot: str, pairs: tuple[str, ...]) -> None:
    """Type each value as its reader wants it."""
    keys = _keys(pairs)
    original, playlist = editor.playlist(id_)
    edited = playlist.changed(slot, keys)
    editor.settle(original, edited.text, slot=slot)


@click.command(help=tr("Let a slot come before another: on air, on signs and in the file."))
@id_argument
@click.argument("slot")
@click.option("--before", required=True, help=tr("The slot that it is to come before."))
@edits
def move(editor: Editor, id_: str, slot: str, before: str) -> None:
    """Move the table, and set the orders that it takes."""
    original, playlist = editor.playlist(id_)
    kinds = {playlist.kind(slot), playlist.kind(before)}
    if slot == before:
        raise click.UsageError(tr("a slot can't come before itself"))
    edited = playlist.moved(slot, before)
    # Events stand in the order of the letter's programme; that of reminders is not theirs to set.
    if kinds != {"event"}:
        for name, order in _orders(editor, id_, slot, before).items():
            edited = edited.changed(name, {"order": order})
    editor.settle(original, edited.text, slot=slot)


@click.command(
    help=tr("Take a slot or event out of a playlist, or all of it, which is kept in var/trash.")
)
@id_argument
@click.argument("slot", required=False)
@edits
def remove(editor: Editor, id_: str, slot: str | None) -> None:
    """Take out its table, or the file where no slot is named."""
    if slot is None:
        editor.discard(existing(editor.app, "playlists", id_, ".toml"), slot=None)
        return
    original, playlist = editor.playlist(id_)
    edited = playlist.removed(slot)
    editor.settle(original, edited.text, slot=slot)


@click.command(help=tr("Let a playlist, or one slot of it, air and be shown."))
@id_argument
@click.argument("slot", required=False)
@edits
def enable(editor: Editor, id_: str, slot: str | None) -> None:
    """Take enabled = false away."""
    _switch(editor, id_, slot, enabled=True)


@click.command(help=tr("Keep a playlist, or one slot of it, from airing and being shown."))
@id_argument
@click.argument("slot", required=False)
@edits
def disable(editor: Editor, id_: str, slot: str | None) -> None:
    """Set enabled = false."""
    _switch(editor, id_, slot, enabled=False)


def _switch(editor: Editor, id_: str, slot: str | None, *, enabled: bool) -> None:
    original, playlist = editor.playlist(id_)
    slot = slot or "campaign"
    if slot != "campaign" and playlist.kind(slot) == "event":
        raise Refusal(
            msg(
                "an event can't be switched off; to take its reminder away: broadcaster playlist "
                "set {id} {event} remind=",
                id=id_,
                event=slot,
            )
        )
    if playlist.enabled(slot) != enabled:
        playlist = playlist.changed(slot, {"enabled": None if enabled else False})
    editor.settle(original, playlist.text, slot=slot)


def _orders(editor: Editor, id_: str, slot: str, before: str) -> dict[str, int]:
    """Give the orders to be set; none where the campaign can't be read."""
    from broadcaster.planning.plan import days_between
    from broadcaster.station.edit_order import orders
    from broadcaster.station.edit_trial import days_of_campaign

    station, _ = editor.app.station()
    for campaign in station.campaigns:
        if campaign.id == id_:
            days = days_between(*days_of_campaign(campaign, editor.today()))
            return orders(campaign, slot, before, list(days), station.holidays)
    return {}


def _keys(pairs: tuple[str, ...]) -> dict[str, Any]:
    """Read key=value, each key once: of two values one would be lost."""
    keys: dict[str, Any] = {}
    for key, value in map(_pair, pairs):
        if key in keys:
            raise click.UsageError(tr("{key} is given twice", key=key))
        keys[key] = value
    return keys


def _pair(text: str) -> tuple[str, Any]:
    from broadcaster.station.edit_literal import typed

    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise click.UsageError(tr('give it as key=value, not "{found}"', found=text))
    return key.strip(), typed(key.strip(), value) if value.strip() else None
