"""`script`: the texts to be spoken."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from broadcaster.cli.app import App, as_json, columns, data, data_json, pass_app, talk, tell
from broadcaster.cli.editing import Editor, edits, script_file
from broadcaster.cli.script_edit import edit
from broadcaster.cli.script_read import read
from broadcaster.cli.script_remove import remove
from broadcaster.cli.script_say import say
from broadcaster.cli.typed import ident, plain
from broadcaster.domain.station import Script, Station
from broadcaster.errors import Refusal, UserError
from broadcaster.messages import msg, tr


@click.group(help=tr("The scripts: texts to be spoken."))
def script() -> None:
    """Group what concerns scripts."""


script.add_command(edit)
script.add_command(read)
script.add_command(remove)
script.add_command(say)


@script.command("list", help=tr("List every script."))
@as_json
@pass_app
def list_(app: App, as_json: bool) -> None:  # noqa: FBT001 - Click's way
    """Print a row a script."""
    station, problems = app.station()
    tell(each for each in problems if each.level == "error" and each.file.startswith("scripts/"))
    airing = _airing(station)
    if as_json:
        for each in station.scripts.values():
            data_json(_row(each, airing, station))
    elif station.scripts:
        columns(_columns(each, airing, station) for each in station.scripts.values())
    else:
        talk("there is no script; make one: broadcaster script new ID --title ...")


@script.command(help=tr("Show a script as it is written; `script read` shows how it is spoken."))
@click.argument("id_", metavar="ID", type=ident)
@as_json
@pass_app
def show(app: App, id_: str, as_json: bool) -> None:  # noqa: FBT001 - Click's way
    """Print its title and its paragraphs."""
    original = script_file(app, id_)
    station, problems = app.station()
    own = [problem for problem in problems if problem.file == original.file]
    if id_ not in station.scripts:
        raise UserError(own)
    found = station.scripts[id_]
    if as_json:
        data_json(_row(found, _airing(station), station))
    else:
        data(f"{found.id}: {found.title}")
        for paragraph in found.paragraphs:
            data("")
            data(paragraph)
    tell(own)


@script.command(help=tr("Make a new script."))
@click.argument("id_", metavar="ID", type=ident)
@click.option("--title", required=True, help=tr("What people call it."))
@click.option(
    "--text", help=tr("The text, or a file that holds it, or - for standard input; else an editor.")
)
@click.option("--letter", help=tr("The number of the letter that it comes from."))
@click.option("--voice", help=tr("Who speaks it."))
@edits
def new(
    editor: Editor, id_: str, title: str, text: str | None, letter: str | None, voice: str | None
) -> None:
    """Write its front matter, then the text."""
    from broadcaster.station.edit_file import new_file

    original = new_file(editor.app.folder, f"scripts/{id_}.md")
    said = _said(text)
    given = {"title": title, "letter": letter, "voice": voice}
    lines = [f"{key}: {plain(value)}" for key, value in given.items() if value is not None]
    body = said.strip("\n").rstrip()
    editor.settle(original, "\n".join(["---", *lines, "---", body, ""]))


def _said(text: str | None) -> str:
    from broadcaster.station.folder import is_file

    if text is None and sys.stdin.isatty():
        text = click.edit("\n", extension=".md", require_save=False)
    elif text is None:
        raise click.UsageError(
            tr("give the text: --text TEXT, --text FILE, or --text - to read it")
        )
    elif text == "-":
        text = sys.stdin.buffer.read().decode(errors="surrogateescape")
    elif is_file(Path(text)):
        text = _from_file(Path(text))
    elif Path(text).suffix.lower() in {".md", ".txt"}:
        # Nobody wants a mistyped name read out.
        raise Refusal(msg("there is no {file}", file=text))
    text = (text or "").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.lstrip().startswith("---"):
        raise Refusal(
            msg("the text begins with --- as a whole script does: give the text to be spoken alone")
        )
    return unicodedata.normalize("NFC", text)


def _from_file(path: Path) -> str:
    from broadcaster.station.textfile import read_text

    problems: list[Any] = []
    text = read_text(path.parent, path.name, {}, problems)
    if text is None:
        raise UserError(problems)
    return text


def _airing(station: Station) -> Mapping[str, list[str]]:
    """Give the playlists that air each script."""
    from broadcaster.station.edit_trial import spoken

    found: dict[str, list[str]] = {}
    for campaign in station.campaigns:
        for id_ in sorted(spoken(campaign)):
            found.setdefault(id_, []).append(campaign.id)
    return found


def _row(script: Script, airing: Mapping[str, list[str]], station: Station) -> dict[str, Any]:
    from broadcaster.reading.read import spoken_lines
    from broadcaster.speech.estimate import estimate

    said = spoken_lines(script.paragraphs, station.lexicon, station.voice.region)

    return {
        "id": script.id,
        "title": script.title,
        "letter": script.letter,
        "voice": script.voice,
        "recording": script.recording and script.recording.name,
        "seconds": None if script.recording else round(estimate(said), 1),
        "paragraphs": script.paragraphs,
        "playlists": airing.get(script.id, []),
    }


def _columns(script: Script, airing: Mapping[str, list[str]], station: Station) -> tuple[str, ...]:
    from broadcaster.report.words import length

    row = _row(script, airing, station)
    long = script.recording.name if script.recording else length(row["seconds"])
    return script.id, long, ", ".join(row["playlists"]) or "-", script.title
