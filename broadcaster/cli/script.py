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
from broadcaster.cli.script_record import record
from broadcaster.cli.script_remove import remove
from broadcaster.cli.script_rows import rows_of
from broadcaster.cli.script_say import say
from broadcaster.cli.typed import ident, plain
from broadcaster.errors import Refusal, UserError
from broadcaster.messages import msg, tr


@click.group(help=tr("The scripts: texts to be spoken."))
def script() -> None:
    """Group what concerns scripts."""


script.add_command(edit)
script.add_command(read)
script.add_command(record)
script.add_command(remove)
script.add_command(say)


@script.command("list", help=tr("List every script."))
@as_json
@pass_app
def list_(app: App, as_json: bool) -> None:  # noqa: FBT001 - Click's way
    """Print a row a script."""
    station, problems = app.station()
    tell(each for each in problems if each.level == "error" and each.file.startswith("scripts/"))
    rows = list(rows_of(station, station.scripts.values()))
    if as_json:
        for row in rows:
            data_json(row)
    elif rows:
        columns(map(_columns, rows))
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
    (row,) = rows_of(station, [station.scripts[id_]])
    if as_json:
        data_json(row)
    else:
        data(f"{row['id']}: {row['title']}")
        if row["recording"]:
            data(f"{_recorded(row)}, {_long(row)}")
        for paragraph in row["paragraphs"]:
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


def _columns(row: Mapping[str, Any]) -> tuple[str, ...]:
    playlists = ", ".join(row["playlists"]) or "-"
    return row["id"], _long(row), _recorded(row), playlists, row["title"]


def _long(row: Mapping[str, Any]) -> str:
    from broadcaster.report.words import length

    return "-" if row["seconds"] is None else length(row["seconds"])


def _recorded(row: Mapping[str, Any]) -> str:
    if row["recording"] is None:
        return "-"
    return tr("{recording}, not heard", **row) if row["stale"] else row["recording"]
