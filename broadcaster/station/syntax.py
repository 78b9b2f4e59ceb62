"""What TOML refuses, in words for people."""

from __future__ import annotations

import re
import tomllib

from broadcaster.errors import Problem
from broadcaster.messages import msg

_AT = re.compile(r"at line (\d+)")


def mended(file: str, text: str) -> tuple[str | None, dict[int, Problem]]:
    """Give a text that TOML accepts, and what was refused in the given one, by line."""
    try:
        tomllib.loads(text)
    except ValueError as error:
        found = _AT.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        return None, {line: Problem(file, line, "", msg("{error}", error=str(error)))}
    return text, {}
