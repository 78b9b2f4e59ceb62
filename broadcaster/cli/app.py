"""What every command is given: which station, and what time it is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster.errors import Problem, UserError
from broadcaster.messages import Message, tr

if TYPE_CHECKING:
    # The root command's --help needs none of them, and is to be there at once.
    from broadcaster.domain.station import Station
    from broadcaster.ports import TimeSource

DONE, REFUSED, USAGE, DEVICE_FAILED = 0, 1, 2, 3
"""Exit codes that users and scripts rely on."""


@dataclass(slots=True)
class App:
    """The command line's world."""

    folder: Path
    time: TimeSource

    def station(self) -> tuple[Station, tuple[Problem, ...]]:
        """Read the station as far as it is right; raises UserError when none of it is."""
        from broadcaster.cli.unlit import unlit
        from broadcaster.signs.fit import fitted
        from broadcaster.station.load import load
        from broadcaster.station.outdated import outdated

        loaded = load(self.folder)
        if loaded.station is None:
            raise UserError(loaded.problems)
        beyond = (*unlit(loaded.station), *outdated(loaded.station))
        return fitted(loaded.station), (*loaded.problems, *beyond)


pass_app = click.make_pass_decorator(App)

as_json = click.option("--json", "as_json", is_flag=True, help=tr("Print JSON, one value a line."))


def talk(text: Message | str, **args: Any) -> None:
    """Say something to the person, on stderr."""
    click.echo(tr(text, **args), err=True)


def data(text: str) -> None:
    """Print a line of data, on stdout."""
    click.echo(text)


def data_json(value: object) -> None:
    """Print one JSON value as a line of data."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str))


def tell(problems: Iterable[Problem]) -> None:
    """Say every problem, a line each."""
    for problem in problems:
        colour = "red" if problem.level == "error" else "yellow"
        text = str(problem)
        # Click itself leaves colours out where stderr is no terminal.
        click.echo(text if os.environ.get("NO_COLOR") else click.style(text, fg=colour), err=True)


def columns(rows: Iterable[tuple[str, ...]]) -> None:
    """Print rows as aligned columns; the last is as long as it likes."""
    from broadcaster.cli.cells import padded, width

    table = list(rows)
    widths = [max(map(width, column)) for column in zip(*(row[:-1] for row in table), strict=True)]
    for row in table:
        cells = [padded(cell, wide) for cell, wide in zip(row, widths, strict=False)]
        data("  ".join([*cells, row[-1]]).rstrip())
