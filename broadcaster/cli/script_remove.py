"""`script remove`: a script taken out, with the recordings beside it."""

from __future__ import annotations

import click

from broadcaster.cli.editing import Editor, edits, existing
from broadcaster.cli.typed import ident
from broadcaster.messages import tr


@click.command(help=tr("Take out a script and its recordings; they are kept in var/trash."))
@click.argument("id_", metavar="ID", type=ident)
@edits
def remove(editor: Editor, id_: str) -> None:
    """Refuse it while a playlist names it."""
    from broadcaster.station.folder import is_file
    from broadcaster.station.recordings import RECORDINGS

    file = existing(editor.app, "scripts", id_, ".md")
    # Left there, one would be heard in place of the next script of this name.
    beside = [file.removesuffix(".md") + suffix for suffix in RECORDINGS]
    editor.discard(file, *(name for name in beside if is_file(editor.app.folder / name)))
