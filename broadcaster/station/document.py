"""One TOML file under reading: what it says, what is wrong in it, and where."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from broadcaster.errors import Problem
from broadcaster.messages import Message, msg
from broadcaster.station.lines import KeyPath, lines
from broadcaster.station.syntax import parse

FORMAT = 1
"""The newest format of a station's files that this version reads."""


class Document:
    """A file's values, with the problems that its readers find; lines are sought when asked for.

    What TOML refuses is told once and mended for the rest of the file to be read, but it counts
    as wrong: the value alone where that can be told, or else whatever stands in its line.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._faults: list[Message] = []
        self._parsed = parse(file, text)
        self.values = self._parsed.values
        self.problems.extend(self._parsed.problems)

    @cached_property
    def _lines(self) -> Mapping[KeyPath, int]:
        return lines(self._parsed.text)

    def line(self, path: KeyPath) -> int | None:
        """Give the line of a key path, or of the innermost thing around it that has one."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines[path] if path else None

    def wrong(self, path: KeyPath, key: str, message: Message, hint: Message | None = None) -> None:
        """Note an error."""
        self.fault(message, key)
        self.problems.append(Problem(self.file, self.line(path), key, message, hint))

    def warn(self, path: KeyPath, key: str, message: Message, hint: Message | None = None) -> None:
        """Note what is odd, but does no harm."""
        self.problems.append(Problem(self.file, self.line(path), key, message, hint, "warning"))

    def fault(self, message: Message, key: str = "") -> None:
        """Note why something can't be used; without a key the reason stands elsewhere."""
        # A refused airing shows this alone: "is missing" says nothing without what.
        named = msg("{key}: {problem}", key=key, problem=message) if key else message
        self._faults.append(named)

    def refused(self, path: KeyPath, value: object) -> bool:
        """Say whether TOML refused this value or its line, and note it as a fault if so."""
        problem = self._parsed.stand_ins.get(value) if isinstance(value, str) else None
        if problem is None and self._parsed.lines:
            problem = self._parsed.lines.get(self._lines.get(path, 0))
        if problem is not None:
            self.fault(problem.message, problem.key)
        return problem is not None

    def mark(self) -> int:
        """Give a place in the reading, for `fault_since`."""
        return len(self._faults)

    def fault_since(self, mark: int) -> Message | None:
        """Give the first fault noted since a mark."""
        return next(iter(self._faults[mark:]), None)

    def check_format(self) -> bool:
        """Say whether the rest may be read: not when the file is of a newer format."""
        found = (self.values or {}).get("format")
        if self.refused(("format",), found):
            return True
        if found is None:
            self.wrong((), "format", msg("is missing"), msg("begin the file with: format = 1"))
        elif type(found) is not int or found < 1:
            self.wrong(("format",), "format", msg("must be 1"))
        elif found > FORMAT:
            self.wrong(
                ("format",),
                "format",
                msg(
                    "format {found} is newer than this version of broadcaster reads ({known})",
                    found=found if found < 10**9 else "…",
                    known=FORMAT,
                ),
                msg("install a newer broadcaster"),
            )
            return False
        return True
