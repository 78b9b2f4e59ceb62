"""`playlist add`: broadcasts, slogans and events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from broadcaster.cli.app import talk
from broadcaster.cli.editing import Editor, edits
from broadcaster.cli.typed import day_option, days, flat, ident, plain, texts
from broadcaster.messages import tr

F = TypeVar("F", bound=Callable[..., Any])
Lists = tuple[list[str], ...]

RELAY_ID = "tiep-song"
"""What a slot that relays a stream is called, where nobody names it."""

PARTS = {"sang": "sáng", "chieu": "chiều", "toi": "tối", "ca-ngay": "cả ngày"}
"""Parts of the day, by what they are without their marks."""


@click.group(help=tr("Add a broadcast, a slogan or an event to a playlist."))
@click.argument("id_", metavar="ID", type=ident)
def add(id_: str) -> None:
    """Leave the rest to what is added."""


def _several(*names: str, required: bool = False, help: str) -> Callable[[F], F]:  # noqa: A002 - Click's word
    return click.option(*names, type=texts, multiple=True, required=required, help=help)


def _rules(command: F) -> F:
    """Give a command the options that a slot has, of sound or of signs."""
    options = (
        click.option("--id", "slot", type=ident, help=tr("The new slot's id.")),
        click.option("--name", help=tr("What people call the slot.")),
        click.option("--order", type=int, help=tr("Among its equals, the lowest goes first.")),
        click.option("--except", "but", type=days, multiple=True, help=tr("Not on these days.")),
        click.option("--dates", type=days, multiple=True, help=tr("On these days alone.")),
        day_option("--until", "last", help=tr("The last day, included.")),
        day_option("--from", "first", help=tr("The first day.")),
        _several("--days", help=tr("Days of the week: mon,tue.")),
        _several("--zone", "zones", required=True, help=tr("Where it is heard or shown.")),
    )
    for option in options:
        command = option(command)
    return command


@add.command(
    help=tr(
        "Air another station's stream, scripts, or both, at times of day; chimes go with scripts."
    )
)
@_several("--script", "scripts", help=tr("What is spoken; several in this order."))
@_several("--at", required=True, help=tr("Times of day: 05:30,17:00."))
@_rules
@click.option("--late", help=tr("How late it may begin: 10m; a relay is joined when left out."))
@click.option("--relay", help=tr("The stream's address, http or https: it goes before scripts."))
@click.option("--for", "length", help=tr("How long the stream is heard: 30m."))
@click.option("--fallback", type=ident, help=tr("The script heard where the stream is dead."))
@edits
def radio(
    editor: Editor,
    scripts: Lists,
    at: Lists,
    late: str | None,
    relay: str | None,
    length: str | None,
    fallback: str | None,
    **rules: Any,
) -> None:
    """Make a radio slot."""
    spoken, times = flat(scripts), flat(at)
    relayed = _relayed(relay, length, fallback)
    if not spoken and not relayed:
        raise click.UsageError(tr("name what is aired: --script, or --relay with --for"))
    row = _row(rules) | {
        "at": times,
        "late": plain(late or ("join" if relayed else "10m")),
        "items": [*relayed, *_spoken(spoken)],
    }
    name = RELAY_ID if relayed else spoken[0]
    _add(editor, "radio", row, [name, f"{name}-{times[0].replace(':', '')}"])


def _relayed(relay: str | None, length: str | None, fallback: str | None) -> list[dict[str, str]]:
    if bool(relay) != bool(length) or (fallback and not relay):
        raise click.UsageError(tr("--relay and --for go together, and --fallback with them"))
    if not relay or not length:
        return []
    item = {"relay": plain(relay), "for": plain(length)}
    return [item | ({"fallback": fallback} if fallback else {})]


def _spoken(scripts: list[str]) -> list[dict[str, str]]:
    """Give scripts with a pause between two, and a chime before and after them."""
    chime, pause = {"chime": "default"}, {"pause": "2s"}
    spaced = [item for id_ in scripts for item in ({"script": id_}, pause)][:-1]
    return [chime, *spaced, chime] if spaced else []


@add.command(help=tr("Show a slogan on signs."))
@click.argument("text")
@_rules
@_several("--between", help=tr("Parts of the day: 06:00-22:00; that one when left out."))
@click.option("--effect", default="scroll-left", show_default=True, help=tr("How it moves."))
@click.option("--dwell", default="8s", show_default=True, help=tr("How long it holds still."))
@edits
def slogan(
    editor: Editor,
    text: str,
    between: Lists,
    effect: str,
    dwell: str,
    **rules: Any,
) -> None:
    """Make a led slot."""
    row = _row(rules) | {
        "between": flat(between) or ["06:00-22:00"],
        "slogans": [plain(text)],
        "effect": effect,
        "dwell": plain(dwell),
    }
    _add(editor, "led", row, ["khau-hieu"])


@add.command(help=tr("Add an event of the letter's programme, and a reminder of it."))
@click.argument("title")
@click.option("--id", "slot", type=ident, help=tr("The new event's id."))
@day_option("--date", "date_", required=True, help=tr("Its day."))
@day_option("--until", "last", help=tr("Its last day, where it takes several."))
@click.option("--part", help=tr("sáng, chiều, tối or cả ngày."))
@click.option("--time", help=tr("The time of day at which it begins."))
@click.option("--place", help=tr("Where it is."))
@click.option("--remind-script", type=ident, help=tr("The script that reminds of it."))
@_several("--remind-zone", help=tr("Where the reminder is heard."))
@click.option("--remind-before", default="1d", show_default=True, help=tr("How many days before."))
@click.option("--remind-at", default="17:00", show_default=True, help=tr("At what time of day."))
@edits
def event(
    editor: Editor,
    title: str,
    slot: str | None,
    date_: date,
    last: date | None,
    part: str | None,
    time: str | None,
    place: str | None,
    remind_script: str | None,
    remind_zone: Lists,
    remind_before: str,
    remind_at: str,
) -> None:
    """Make an event."""
    from broadcaster.station.ids import as_id

    zones = flat(remind_zone)
    if bool(remind_script) != bool(zones):
        raise click.UsageError(tr("a reminder needs both --remind-script and --remind-zone"))
    remind = {
        "before": plain(remind_before),
        "at": plain(remind_at),
        "script": remind_script,
        "zones": zones,
    }
    row = {
        "id": slot,
        "title": plain(title),
        "date": date_,
        "until": last,
        "part": part and PARTS.get(as_id(part), plain(part)),
        "time": time and plain(time),
        "place": place and plain(place),
        "remind": remind if remind_script else None,
    }
    _add(editor, "event", row, [_short(as_id(title)) or "su-kien"])


def _row(rules: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": rules["slot"],
        "name": rules["name"] and plain(rules["name"]),
        "days": flat(rules["days"]) or None,
        "from": rules["first"],
        "until": rules["last"],
        "dates": flat(rules["dates"]) or None,
        "except": flat(rules["but"]) or None,
        "order": rules["order"],
        "zones": flat(rules["zones"]),
    }


def _add(editor: Editor, kind: str, row: dict[str, Any], wishes: list[str]) -> None:
    from broadcaster.station.edit import free_id

    parent = click.get_current_context().parent
    assert parent is not None  # noqa: S101 - `add` is a group
    original, playlist = editor.playlist(parent.params["id_"])
    slot = row["id"] or free_id(wishes, playlist.slots())
    edited = playlist.added(kind, row | {"id": slot})
    talk('its id is "{slot}"', slot=slot)
    editor.settle(original, edited.text, slot=slot)


def _short(id_: str) -> str:
    """Cut a long id at a hyphen."""
    longest = 40
    return id_ if len(id_) <= longest else id_[: longest + 1].rpartition("-")[0] or id_[:longest]
