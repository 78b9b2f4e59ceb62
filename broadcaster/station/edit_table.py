"""Changes keys of one table, given as its text: comments and layout stay."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from broadcaster.station.edit_literal import pair
from broadcaster.station.lines import lines

_DAYS = ("days", "from", "until", "dates", "except", "holidays", "enabled", "order", "class")
ORDER: Mapping[str, tuple[str, ...]] = {
    "campaign": (
        "title", "theme", "letter", "implements", "from", "until", "class", "enabled",
    ),
    "radio": ("id", "name", "at", *_DAYS, "zones", "late", "if_cut", "gain_db", "items"),
    "led": ("id", "name", "between", *_DAYS, "zones", "slogans", "effect", "dwell"),
    "event": ("id", "title", "date", "until", "part", "time", "place", "remind"),
}  # fmt: skip
"""The keys of each kind of table, in the order that people write them in."""


def table(kind: str, row: Mapping[str, Any]) -> str:
    """Write a new table; keys whose value is None are left out."""
    header = "[campaign]" if kind == "campaign" else f"[[{kind}]]"
    given = sorted(row, key=lambda key: _rank(kind, key))
    written = [pair(key, row[key]) for key in given if row[key] is not None]
    return "\n".join([header, *written, ""])


def row(text: str, kind: str) -> Mapping[str, Any]:
    """Give what a table says."""
    found = tomllib.loads(text.replace("\r\n", "\n").replace("\r", "\n"))[kind]
    return dict(found[0] if isinstance(found, list) else found)


def with_key(text: str, kind: str, key: str, value: Any) -> str:
    """Set one key, `outer.inner` for one in an inner table; None takes it away."""
    import tomlkit

    document = tomlkit.parse(text)
    of: Any = document[kind]
    row = of[0] if isinstance(of, tomlkit.items.AoT) else of
    outer, _, inner = key.partition(".")
    if inner and isinstance(row.get(outer), tomlkit.items.Table):
        _set(row[outer], inner, value)
        return tomlkit.dumps(document)
    if inner:
        key, value = outer, _with_inner(row.get(outer), inner, value)
    if value is not None and key not in row:
        return _with_line(text, kind, key, pair(key, value))
    _set(row, key, value)
    return tomlkit.dumps(document)


def _set(row: Any, key: str, value: Any) -> None:
    import tomlkit

    if value is None:
        row.pop(key, None)
        return
    had = key in row
    was = len(row.value.item(key).as_string()) if had else 0
    row[key] = tomlkit.parse(pair(key, value))[key]
    item = row.value.item(key)
    if had and item.trivia.comment:
        # A comment stays in its column as far as the value lets it.
        room = was + len(item.trivia.comment_ws) - len(item.as_string())
        item.trivia.comment_ws = " " * max(room, 1)


def _with_inner(inline: Any, key: str, value: Any) -> Mapping[str, Any] | None:
    """Give an inline table with one key set; None where none is left."""
    kept = inline.unwrap() if hasattr(inline, "keys") else {}
    kept = {**kept, key: value}
    return {one: each for one, each in kept.items() if each is not None} or None


def _with_line(text: str, kind: str, key: str, written: str) -> str:
    """Put a new key behind those that people write before it."""
    rows = text.removesuffix("\n").split("\n")
    there = _keys(text, kind)
    before = [line for name, line in there.items() if _rank(kind, name) <= _rank(kind, key)]
    after = [line for line in there.values() if line > max(before, default=1)]
    place = min(after, default=len(rows) + 1) - 1
    while place > 1 and (not rows[place - 1].strip() or rows[place - 1].lstrip().startswith("#")):
        place -= 1
    margin = re.match(r"[ \t]*", rows[place - 1])
    indented = [f"{margin[0] if margin else ''}{row}" for row in written.split("\n")]
    return "\n".join([*rows[:place], *indented, *rows[place:], ""])


def _keys(text: str, kind: str) -> dict[str, int]:
    """Give the line, from 1, of each key of the table itself."""
    base = (kind,) if kind == "campaign" else (kind, 0)
    return {
        str(path[-1]): line
        for path, line in lines(text).items()
        if path[:-1] == base and isinstance(path[-1], str)
    }


def _rank(kind: str, key: str) -> int:
    known = ORDER[kind]
    return known.index(key) if key in known else len(known)
