"""`script read`: a text as it will be spoken."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.app import App, as_json, data, data_json, pass_app, talk
from broadcaster.errors import Problem, Refusal, UserError
from broadcaster.messages import msg, tr

if TYPE_CHECKING:
    from broadcaster.domain.lexicon import Lexicon, Region
    from broadcaster.reading.read import Reading


@click.command(
    help=tr(
        "Show a text as it will be spoken: a script, a file, or - for standard input.\n\n"
        'With --jsonl, standard input holds {{"text": ...}} a line, and so does the answer.'
    )
)
@click.argument("source", metavar="[ID | FILE | -]", required=False)
@click.option("--jsonl", is_flag=True, help=tr("Read many texts, JSON a line."))
@as_json
@pass_app
def read(app: App, source: str | None, *, jsonl: bool, as_json: bool) -> None:
    """Read one text, or many; a station's own lexicon counts where there is one."""
    if source is None and not jsonl:
        raise click.UsageError(tr("name a script or a file, or give - to read standard input"))
    if jsonl and source not in {None, "-"}:
        raise click.UsageError(tr("--jsonl reads standard input alone"))
    known = _known(app)
    if jsonl:
        for text in _texts():
            data_json(_row(text, *known))
        return
    text = _text(app, source or "-")
    if as_json:
        data_json(_row(text, *known))
    else:
        _show(text, *known)


def _known(app: App) -> tuple[Lexicon, Region]:
    """Give the station's lexicon and region; the standard ones where there is no station."""
    from broadcaster.domain.lexicon import Lexicon, Region

    try:
        station, _ = app.station()
    except UserError:
        return Lexicon(), Region.NORTH
    return station.lexicon, station.voice.region


def _texts() -> Iterator[str]:
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            yield str(json.loads(line)["text"])
        except (ValueError, KeyError, TypeError):
            where = msg('standard input, line {line}: must be {{"text": ...}}', line=number)
            raise Refusal(where) from None


def _text(app: App, source: str) -> str:
    """Give the text of a script, a file or standard input; a header is not spoken."""
    from broadcaster.station.folder import is_file
    from broadcaster.station.scripts import body
    from broadcaster.station.textfile import read_text

    if source == "-":
        return _piped()
    beside = app.folder / "scripts" / f"{source}.md"
    path = beside if is_file(beside) else Path(source)
    problems: list[Problem] = []
    text = read_text(path.parent, path.name, {}, problems)
    if text is None:
        raise UserError(replace(problem, file=source) for problem in problems)
    return body(text)


def _piped() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(msg("standard input is not UTF-8")) from None


def _row(text: str, lexicon: Lexicon, region: Region) -> dict[str, Any]:
    from broadcaster.reading.read import read as reading_of

    reading = reading_of(text, lexicon, region)
    flaws = [{"text": text, "read": meant} for text, meant in reading.flaws]
    return {
        "input": text, "spoken": reading.spoken, "unknown": list(reading.unknown), "flaws": flaws,
    }  # fmt: skip


def _show(text: str, lexicon: Lexicon, region: Region) -> None:
    """Print each line of thought, and the words for it below."""
    from broadcaster.reading.layout import blocks
    from broadcaster.reading.read import read as reading_of

    whole = reading_of(text, lexicon, region)
    for written, spoken in zip(blocks(text), whole.spoken.split("\n"), strict=False):
        data(written)
        data(f"    {spoken}")
    _tell(whole)


def _tell(reading: Reading) -> None:
    for token in reading.unknown:
        talk('"{token}" is in no lexicon: it is read as well as can be', token=token)
    for written, meant in reading.flaws:
        talk('"{written}" seems mistyped: it is read as "{meant}"', written=written, meant=meant)
