"""What an Alpha sign tells when it is asked (form 9708-8061, section 6.2.2).

    NUL ... | SOH | '0' | '00' | STX | 'E' | label | data | ETX | sum | EOT

The type and address are the same whichever sign answers, and the command is that of a write. The
sum is that of all bytes from STX to ETX.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from broadcaster.messages import Message, msg
from broadcaster.ports import SignState
from broadcaster.signs.alpha.frames import DotsFile, File, StringFile
from broadcaster.talk import Answer, Heard, RefusedError

ABOUT, RUN, TABLE = b'"', b".", b"$"
"""What can be asked for: what it is, the files that run, its memory's table."""
_FRAME = re.compile(rb"\x01000(\x02E([^\x01-\x04]+)\x03)([0-9A-F]{4})\x04")
_ENTRY = re.compile(r"(.)([ABD])[LU][0-9A-F]{8}", re.DOTALL)
_ABOUT = re.compile(
    r"(?P<version>.{8}.?)[0-9]{4}(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})[SM](?:00|FF)"
    r"(?P<size>[0-9A-F]{4}),(?P<free>[0-9A-F]{4})"
)


def about() -> Answer:
    """Read what a sign is, for people."""

    def read(heard: bytes) -> Heard | None:
        for told in _answers(heard, ABOUT):
            if found := _ABOUT.fullmatch(told):
                return Heard(SignState.ACKNOWLEDGED, _told(found))
        return None

    return read


def _told(found: re.Match[str]) -> Message:
    return msg(
        "version {version}, its clock says {time}, {free} of {size} bytes of memory are free",
        version=found["version"].strip(),
        time=f"{found['hour']}:{found['minute']}",
        free=str(int(found["free"], 16)),
        size=str(int(found["size"], 16)),
    )


def runs(labels: str) -> Answer:
    """Read which files run; the answer raises RefusedError where they are others."""

    def read(heard: bytes) -> Heard | None:
        for told in _answers(heard, RUN):
            if told[2:] != labels:
                raise RefusedError(msg("the board runs other files than it was told to"))
            return Heard(SignState.ACKNOWLEDGED)
        return None

    return read


def has(table: Iterable[File]) -> Answer:
    """Read the memory's table; the answer raises RefusedError where it has other files.

    Sizes are passed over: the first file is given what is left of the memory.
    """
    wanted = [(file.label, _kind(file)) for file in table]

    def read(heard: bytes) -> Heard | None:
        for told in _answers(heard, TABLE):
            if _ENTRY.findall(told) != wanted:
                raise RefusedError(msg("the board has lost its memory"))
            return Heard(SignState.ACKNOWLEDGED)
        return None

    return read


def _answers(heard: bytes, label: bytes) -> Iterator[str]:
    for summed, told, total in _FRAME.findall(heard):
        if sum(summed) & 0xFFFF == int(total, 16) and told.startswith(label):
            yield told.removeprefix(label).decode("latin-1")


def _kind(file: File) -> str:
    if isinstance(file, DotsFile):
        return "D"
    return "B" if isinstance(file, StringFile) else "A"
