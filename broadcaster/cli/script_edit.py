"""`script edit`: a text in the editor that its writer is used to, checked on return."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from broadcaster.cli.app import REFUSED, talk
from broadcaster.cli.editing import Editor, edits, script_file
from broadcaster.cli.typed import ident
from broadcaster.errors import Refusal
from broadcaster.messages import msg, tr

if TYPE_CHECKING:
    from broadcaster.station.edit_file import Original

EDITORS = ("VISUAL", "EDITOR")
"""Where people name their editor; without any, one that needs a terminal is started."""


@click.command(help=tr("Edit a script in your own editor ($EDITOR); it is checked on return."))
@click.argument("id_", metavar="ID", type=ident)
@edits
def edit(editor: Editor, id_: str) -> None:
    """Edit a copy until it is right, or is given up."""
    original = script_file(editor.app, id_)
    if not (any(map(os.environ.get, EDITORS)) or sys.stdin.isatty()):
        raise Refusal(
            msg(
                "no editor is named and there is no terminal for one: set EDITOR, or edit {file}"
                " yourself",
                file=original.file,
            )
        )
    plain = original.text.replace("\r\n", "\n").replace("\r", "\n")
    text = _edited(plain)
    while text is not None:
        try:
            verdict = editor.attempt(original, _like(original, text))
        except Refusal:
            _keep(editor, id_, text)
            raise
        editor.tell(original.file, verdict)
        if not verdict.trial.errors:
            return
        if not _again():
            _keep(editor, id_, text)
            click.get_current_context().exit(REFUSED)
        text = _edited(text) or text
    talk("nothing was changed")


def _edited(text: str) -> str | None:
    """Give what the editor left, or None where it left the text alone."""
    edited = click.edit(text, extension=".md", require_save=False)
    same = edited is None or edited.rstrip("\n") == text.rstrip("\n")
    return None if same else edited


def _like(original: Original, text: str) -> str:
    """End the lines as the file does."""
    from broadcaster.station.edit_parts import ending

    return text.replace("\n", ending(original.text))


def _again() -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm(tr("Edit it again?"), default=True, err=True)


def _keep(editor: Editor, id_: str, text: str) -> None:
    """Put by what was refused: nobody is to type it twice."""
    from broadcaster.station.edit_file import replace

    path = editor.app.folder / "var" / "drafts" / f"{id_}.md"
    try:
        replace(path, text.encode())
    except OSError:
        # Then the screen is the only place left for it.
        click.echo(text, err=True)
    else:
        talk("your text is kept in {path}", path=path)
