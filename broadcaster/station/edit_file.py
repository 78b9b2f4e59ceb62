"""Reads a station's text file to be edited, and writes it back: whole or not at all."""

from __future__ import annotations

import codecs
import contextlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from broadcaster.errors import Problem, Refusal, UserError, why
from broadcaster.messages import msg
from broadcaster.station.textfile import read_text


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it is on the disk."""

    path: Path
    file: str
    """Its name from the station folder on."""
    text: str
    """Less its byte order mark; its lines end as they do in the file."""
    data: bytes | None
    """None where there is no such file yet."""

    def write(self, text: str) -> None:
        """Replace the file, if nobody else has changed it meanwhile; raises Refusal.

        The byte order mark, the permissions and what a symbolic link names stay as they are.
        """
        try:
            _check_unchanged(self)
            mark = codecs.BOM_UTF8 if (self.data or b"").startswith(codecs.BOM_UTF8) else b""
            replace(self.path.resolve(), mark + text.encode())
        except OSError as error:
            raise Refusal(
                msg("can't write {folder}: {error}", folder=self.file, error=why(error))
            ) from None


def original(folder: Path, file: str) -> Original:
    """Read a file as it stands; raises UserError where it is missing or no UTF-8 text."""
    problems: list[Problem] = []
    if read_text(folder, file, {}, problems) is None:
        raise UserError(problems)
    data = (folder / file).read_bytes()
    text = data.removeprefix(codecs.BOM_UTF8).decode()
    return Original(folder / file, file, text, data)


def new_file(folder: Path, file: str) -> Original:
    """Stand for a file that is not there yet; raises Refusal where it is."""
    if (folder / file).exists():
        raise Refusal(msg("{file} is there already", file=file))
    return Original(folder / file, file, "", None)


def replace(path: Path, data: bytes) -> None:
    """Put a file in place at once; a power cut leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as written:
            _take_after(path, part)
            written.write(data)
            written.flush()
            os.fsync(written.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put on the disk which files a folder has."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _check_unchanged(of: Original) -> None:
    now = of.path.read_bytes() if of.path.exists() else None
    if now != of.data:
        raise Refusal(
            msg("{file} was changed by somebody else meanwhile; do it again", file=of.file)
        )


def _take_after(path: Path, part: Path) -> None:
    """Give the new file the old one's permissions, and its owner where we may."""
    if path.exists():
        was = path.stat()
        with contextlib.suppress(PermissionError):
            os.chown(part, was.st_uid, was.st_gid)
        part.chmod(stat.S_IMODE(was.st_mode))
