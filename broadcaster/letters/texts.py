"""Letters as plain text: a line each, as copied from a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from broadcaster.letters.limits import UnreadableError
from broadcaster.letters.source import Line
from broadcaster.messages import msg

LARGEST = 4_000_000
"""Bytes of a text file."""


def lines_of(path: Path, content: bytes) -> Iterator[Line]:
    """Give the lines of a text in UTF-8 or UTF-16; raises UnreadableError."""
    if len(content) > LARGEST:
        raise UnreadableError(msg("{path} is over {most} MB: no letter is", path=path,
                                  most=LARGEST // 1_000_000))  # fmt: skip
    code = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = unicodedata.normalize("NFC", content.decode(code))
    except UnicodeDecodeError:
        wrong = msg("{path} is no text in UTF-8: save it anew with that encoding", path=path)
        raise UnreadableError(wrong) from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield Line(number, line)
