"""Reads scripts/<id>.md: front matter of plain `key: value` lines, then paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from broadcaster.domain.station import Script
from broadcaster.errors import Problem
from broadcaster.messages import Message, msg
from broadcaster.station.ids import nearest
from broadcaster.station.recordings import folders, recordings, says, surplus

_FENCE = "---"
_KEYS = ("title", "voice", "letter")


def script(folder: Path, file: str, text: str, problems: list[Problem]) -> Script | None:
    """Read one script; None where its words can't be told from the rest.

    A wrong line of its front matter is a problem, but leaves the script to be used.
    """
    lines = text.split("\n")
    start, end = _fences(file, lines, problems)
    if end is None:
        return None
    given = _front_matter(file, lines[start:end], start + 1, problems)
    if "title" not in given:
        problems.append(Problem(file, 1, "title", msg("is missing")))
    paragraphs = parted(lines[end + 1 :])
    id_ = Path(file).stem
    there, unsure = _recordings(folder, file, paragraphs, problems)
    # Dots alone stand well beside a recording; a voice would be silent for as long as it takes.
    if not paragraphs or (there is None and not speakable(paragraphs)):
        problems.append(Problem(file, end + 1, "", msg("has no text to be spoken")))
        return None
    return Script(
        id=id_,
        title=given.get("title", id_),
        paragraphs=paragraphs,
        voice=given.get("voice"),
        letter=given.get("letter", ""),
        recording=there,
        doubtful=unsure,
    )


def body(text: str) -> str:
    """Give what is spoken of a script's text, or of any text, which has no front matter."""
    lines = text.split("\n")
    _, end = _fences("", lines, [])
    return text if end is None else "\n".join(lines[end + 1 :])


def _fences(file: str, lines: Sequence[str], problems: list[Problem]) -> tuple[int, int | None]:
    """Give the front matter's lines, from and until, counted from 0."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() != _FENCE:
        problems.append(
            Problem(
                file,
                first + 1,
                "",
                msg("must begin with a line ---, then title: ..., then a line ---"),
            )
        )
        return 0, None
    for number in range(first + 1, len(lines)):
        if lines[number].rstrip() == _FENCE:
            return first + 1, number
    problems.append(Problem(file, first + 1, "", msg("the line --- after title: ... is missing")))
    return 0, None


def _front_matter(
    file: str, lines: Sequence[str], first: int, problems: list[Problem]
) -> Mapping[str, str]:
    given: dict[str, str] = {}
    for number, line in enumerate(lines, first):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, colon, value = (part.strip() for part in line.partition(":"))
        wrong = _wrong_line(key, colon, value, given)
        if wrong:
            message, hint = wrong
            problems.append(Problem(file, number, key if colon else "", message, hint))
        else:
            given[key] = value
    return given


def _wrong_line(
    key: str, colon: str, value: str, given: Mapping[str, str]
) -> tuple[Message, Message | None] | None:
    if not colon:
        return msg("must be a line like title: ..."), None
    if key not in _KEYS:
        return msg("unknown key"), nearest(key, _KEYS)
    if key in given:
        return msg("stands here twice"), None
    if not value:
        return msg("is empty"), None
    return None


def parted(lines: Sequence[str]) -> tuple[str, ...]:
    """Give the lines of each paragraph; blank lines part them."""
    found: list[list[str]] = [[]]
    for line in lines:
        words = line.split()
        if words:
            found[-1].append(" ".join(words))
        elif found[-1]:
            found.append([])
    return tuple("\n".join(lines) for lines in found if lines)


def speakable(paragraphs: Sequence[str]) -> bool:
    """Tell whether there is anything in a text to be spoken."""
    return any(character.isalnum() for text in paragraphs for character in text)


def _recordings(
    folder: Path, file: str, paragraphs: Sequence[str], problems: list[Problem]
) -> tuple[Path | None, tuple[Path, ...]]:
    """Give the recording that airs, or those that don't."""
    id_ = Path(file).stem
    problems += folders(folder, id_)
    there = recordings(folder, id_)
    if len(there) > 1:
        problems.append(surplus(file, there))
    elif there and says(there[0], paragraphs):
        return there[0], ()
    return None, tuple(there)
