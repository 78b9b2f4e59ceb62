"""`init`: a new station folder, with comments that teach."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from broadcaster.cli.app import data, talk
from broadcaster.errors import Refusal, why
from broadcaster.messages import msg, tr

TEMPLATE = files("broadcaster.station") / "template"


@click.command(help=tr("Make a new station folder, with comments that teach."))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Copy the template; refuse to mix it with what is there."""
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise Refusal(
                msg("{folder} is not empty; name a new folder or an empty one", folder=folder)
            )
        for name, text in _texts(TEMPLATE):
            _write(folder / name, text)
            data(str(folder / name))
    except OSError as error:
        raise Refusal(
            msg("can't write {folder}: {error}", folder=folder, error=why(error))
        ) from None
    talk("The station is ready. Next:")
    talk("  1. describe your speakers and signs in {file}", file=folder / "devices.toml")
    station = shlex.quote(str(folder))
    talk("  2. see that all is right: broadcaster --station {folder} check", folder=station)
    talk("  3. see what would air: broadcaster --station {folder} timetable", folder=station)


def _texts(folder: Traversable, under: Path = Path()) -> Iterator[tuple[Path, str]]:
    """Give the template's files: path inside the station, text."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _texts(entry, under / entry.name)
        else:
            yield under / entry.name, entry.read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
