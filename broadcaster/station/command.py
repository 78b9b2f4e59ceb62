"""Reads [voice.command]: a program that speaks."""

from __future__ import annotations

import datetime as dt

from broadcaster.domain.station import CommandVoice
from broadcaster.messages import msg
from broadcaster.station.kinds import list_of, text, without_repeats
from broadcaster.station.table import Cell, table
from broadcaster.station.times import duration

OUT, VOICE = "{out}", "{voice}"
LEAST, MOST = dt.timedelta(seconds=1), dt.timedelta(minutes=30)


def command(cell: Cell) -> CommandVoice | None:
    """Read it; None where anything in it is wrong, as half a command line speaks nothing."""
    of = table(cell)
    if of is None:
        return None
    mark = cell.document.mark()
    usual = CommandVoice(run=())
    run = of.required("run", _run)
    voices = of.optional("voices", without_repeats(list_of(text)), usual.voices)
    timeout = of.optional("timeout", _timeout, usual.timeout)
    version = of.optional("version", text, usual.version)
    of.close()
    if run is None or cell.document.fault_since(mark):
        return None
    if bool(voices) != any(VOICE in part for part in run):
        of.key("run").wrong(msg("{voice} in it and a list of voices go together", voice=VOICE))
        return None
    return CommandVoice(run=run, voices=voices, timeout=timeout, version=version)


def _run(cell: Cell) -> tuple[str, ...] | None:
    run = list_of(_part)(cell)
    if run and not any(OUT in part for part in run[1:]):
        example = f'["my-tts", "--out", "{OUT}"]'
        cell.wrong(
            msg("must say by {out} where the program is to write its sound", out=OUT),
            msg("for example {example}", example=example),
        )
        return None
    return run or None


def _part(cell: Cell) -> str | None:
    # As it is written: a program may care for each space.
    if not isinstance(cell.value, str):
        cell.wrong(msg("must be a text in quotes, not {found}"))
    elif "\0" in cell.value:
        cell.wrong(msg("may not hold the character NUL"))
    else:
        return cell.value
    return None


def _timeout(cell: Cell) -> dt.timedelta | None:
    found = duration(cell)
    if found is not None and not LEAST <= found <= MOST:
        cell.wrong(msg("must be from {low} to {high}, not {found}", low="1s", high="30m"))
        return None
    return found
