"""`letter draft`: a campaign of a letter, for a person to review before anything airs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.app import REFUSED, App, data, pass_app, talk, tell
from broadcaster.cli.letter_file import FILE, letter_in
from broadcaster.cli.letter_shown import summary
from broadcaster.errors import Refusal
from broadcaster.messages import msg, tr

if TYPE_CHECKING:
    from broadcaster.domain.letter import Letter
    from broadcaster.letters.draft import Draft, Script


@click.command(
    help=tr(
        "Draft scripts and playlists of the letter in FILE, for a person to review.\n\n"
        "The playlists are switched off: nothing airs before somebody has read them and enabled"
        " them. Nothing that is there already is overwritten."
    )
)
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help=tr("Show what would be written, and write nothing."))
@pass_app
def draft(app: App, file: Path, *, dry_run: bool) -> None:
    """Write the drafts, all of them or none."""
    from broadcaster.letters.draft import drafts

    station, problems = app.station()
    tell(each for each in problems if each.level == "error")
    found = letter_in(file)
    made = drafts(found, station)
    if not made:
        raise Refusal(msg("the letter orders nothing that is to be aired or shown"))
    texts = {name: text for each in made for name, text in _files(found, each, file.name)}
    _refuse_existing(app.folder, texts)
    if _tried(app, texts):
        click.get_current_context().exit(REFUSED)
    for name, text in texts.items():
        if dry_run:
            data(f"# {name}\n{text}")
        else:
            _write(app.folder, name, text)
            talk("written: {file}", file=name)
    for each in made:
        talk("next: read it, then broadcaster playlist enable {id}", id=each.id)


def _files(found: Letter, made: Draft, source: str) -> Iterator[tuple[str, str]]:
    """Give the texts of a draft's files, by name."""
    from broadcaster.station.edit import PlaylistText, new_playlist

    name = f"playlists/{made.id}.toml"
    playlist = PlaylistText(name, new_playlist(made.head))
    for kind, row in made.rows:
        playlist = playlist.added(kind, row)
    number = next(n for n, each in enumerate(found.campaigns) if each.title == made.head["title"])
    lines = (f"# {line}".rstrip() for line in summary(found, number, source))
    yield name, "\n".join([*lines, playlist.text])
    for script in made.scripts:
        yield f"scripts/{script.id}.md", _script(script, found.document_no)


def _script(script: Script, number: str | None) -> str:
    """Give a script's text; its front matter's comments say where each paragraph comes from."""
    sources = [
        "# " + tr("paragraph {number}: line {line} of the letter", number=n, line=each.line)
        for n, each in enumerate(script.paragraphs, 1)
        if each.line is not None
    ]
    head = ["---", f"title: {script.title}", *([f"letter: {number}"] if number else []), *sources]
    return "\n".join([*head, "---", "\n\n".join(each.text for each in script.paragraphs), ""])


def _refuse_existing(folder: Path, texts: dict[str, str]) -> None:
    there = [name for name in texts if (folder / name).exists()]
    if there:
        raise Refusal(msg("{files}: is there already, and is not overwritten",
                          files=", ".join(there)))  # fmt: skip


def _tried(app: App, texts: dict[str, str]) -> bool:
    """Tell what is wrong with the drafts; whether anything is."""
    from broadcaster.station.load import load

    loaded = load(app.folder, texts)
    errors = [each for each in loaded.problems if each.file in texts and each.level == "error"]
    tell(errors)
    return bool(errors)


def _write(folder: Path, name: str, text: str) -> None:
    from broadcaster.station.edit_file import new_file

    new_file(folder, name).write(text)
