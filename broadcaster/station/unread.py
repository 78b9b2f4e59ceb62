"""What of a script can't be read for sure: words in no lexicon, and what seems mistyped."""

from __future__ import annotations

from collections.abc import Iterator

from broadcaster.domain.lexicon import Lexicon
from broadcaster.domain.station import Script
from broadcaster.errors import Problem
from broadcaster.messages import Message, msg
from broadcaster.reading.read import read


def unread(file: str, text: str, of: Script, lexicon: Lexicon) -> Iterator[Problem]:
    """Warn of it, with its line in the file's text; a recording says for itself how it is read."""
    if of.recording is not None:
        return
    reading = read("\n\n".join(of.paragraphs), lexicon)
    for token in reading.unknown:
        message = msg('"{token}" is no word that can be read for sure', token=token)
        hint = msg("write it as it is said, or add it to lexicon.toml")
        yield _warning(file, text, token, message, hint)
    for written, meant in reading.flaws:
        message = msg(
            '"{written}" seems mistyped: it is read as "{meant}"', written=written, meant=meant
        )
        yield _warning(file, text, written, message, None)


def _warning(file: str, text: str, token: str, message: Message, hint: Message | None) -> Problem:
    lines = enumerate(text.split("\n"), 1)
    line = next((number for number, each in lines if token in each), None)
    return Problem(file, line, "", message, hint, "warning")
