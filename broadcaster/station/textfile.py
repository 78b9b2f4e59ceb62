"""Text files as people's editors leave them: read as UTF-8, letters whole, lines ended alike."""

from __future__ import annotations

import codecs
import stat
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from broadcaster.errors import Problem, UserError, why
from broadcaster.messages import Message, msg

MAX_BYTES = 1_000_000

Overrides = Mapping[str, str | None]
"""Texts that files would have, by name relative to the station folder; None: deleted."""

# đ and the vowels with a horn or a hat: one byte each, and not the same in the two code pages.
_TCVN3_LETTERS = frozenset(b"\xa8\xa9\xaa\xab\xac\xad\xae")
_WINDOWS_1258_LETTERS = frozenset(b"\xe2\xe3\xea\xf0\xf4\xf5\xfd")


def read_text(folder: Path, file: str, overrides: Overrides, problems: list[Problem]) -> str | None:
    """Give a file's text in NFC, lines parted by a bare line feed; None after a problem."""
    try:
        text = _decoded(file, _bytes(folder, file, overrides))
    except UserError as error:
        problems.extend(error.problems)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not unicodedata.is_normalized("NFC", text):
        problems.append(_in_pieces(file, text))
        text = unicodedata.normalize("NFC", text)
    return text


def _bytes(folder: Path, file: str, overrides: Overrides) -> bytes:
    if file in overrides:
        text = overrides[file]
        if text is None:
            raise _refused(file, None, msg("is missing"))
        data = text.encode("utf-8", "surrogatepass")
    else:
        data = _from_disk(folder, file)
    if len(data) > MAX_BYTES:
        message = msg("is larger than {limit} bytes, too large to be meant", limit=MAX_BYTES)
        raise _refused(file, None, message)
    return data


def _from_disk(folder: Path, file: str) -> bytes:
    path = folder / file
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise _refused(file, None, msg("is a folder; a text file is expected"))
        # Opening a pipe or a device would wait, perhaps for ever.
        if not stat.S_ISREG(mode):
            raise _refused(file, None, msg("is no file; a text file is expected"))
        with path.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refused(file, None, msg("is missing")) from None
    except (OSError, ValueError) as error:
        raise _refused(file, None, msg("can't be read: {why}", why=why(error))) from None


def _refused(
    file: str, line: int | None, message: Message, hint: Message | None = None
) -> UserError:
    return UserError([Problem(file, line, "", message, hint)])


def _decoded(file: str, data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or data.count(0) * 4 > len(data):
        raise _foreign(file, 1, "UTF-16")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _foreign(file, line, _code_page(data)) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _refused(file, line, msg("has a NUL byte; it is no text file, or a damaged one"))
    return text


def _foreign(file: str, line: int, looks_like: str | None) -> UserError:
    message = msg("is not UTF-8")
    if looks_like:
        message = msg("is not UTF-8; it looks like {encoding}", encoding=looks_like)
    return _refused(file, line, message, msg("save it as UTF-8"))


def _code_page(data: bytes) -> str | None:
    tcvn3 = sum(byte in _TCVN3_LETTERS for byte in data)
    windows = sum(byte in _WINDOWS_1258_LETTERS for byte in data)
    if not tcvn3 and not windows:
        return None
    # TCVN3 has other letters where Windows-1258 has these, but never the other way round.
    return "TCVN3" if tcvn3 * 2 > windows else "Windows-1258"


def _in_pieces(file: str, text: str) -> Problem:
    line = next(
        number
        for number, part in enumerate(text.split("\n"), 1)
        if not unicodedata.is_normalized("NFC", part)
    )
    return Problem(
        file,
        line,
        "",
        msg("has letters in pieces (NFD); they are read as whole ones (NFC)"),
        level="warning",
    )
