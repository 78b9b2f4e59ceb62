"""`letter`: what an official letter orders, and a campaign drafted from it."""

from __future__ import annotations

from pathlib import Path

import click

from broadcaster.cli.app import as_json, data_json
from broadcaster.cli.letter_draft import draft
from broadcaster.cli.letter_file import FILE, letter_in
from broadcaster.messages import tr


@click.group(help=tr("Official letters that order campaigns."))
def letter() -> None:
    """Group what concerns letters."""


letter.add_command(draft)


@letter.command(
    help=tr(
        "Say what the letter in FILE orders: a PDF with a text layer, a DOCX, or a text.\n\n"
        "Each field is shown with the line that says it; what the letter doesn't say is left out."
    )
)
@click.argument("file", type=FILE)
@as_json
def read(file: Path, *, as_json: bool) -> None:
    """Read a letter and print what it says."""
    found = letter_in(file)
    if as_json:
        from broadcaster.cli.letter_json import letter_json

        data_json(letter_json(found))
    else:
        from broadcaster.cli.letter_shown import show

        show(found)
