"""Values as a careful person writes them into a TOML file, and as people type them in a command."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH = 100
"""Columns after which a list is wrapped."""

_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)

_LISTS = frozenset({"at", "between", "days", "zones", "implements"})
_DATES = frozenset({"from", "until", "date"})
_LISTS_OF_DATES = frozenset({"dates", "except"})
_ONE = frozenset({"remind.at"})
"""Of an inner table, where a slot's own key of that name is a list."""
_OTHERS = frozenset({"enabled", "order", "gain_db", "items", "letter", "remind"})


def literal(value: Any) -> str:
    """Give a value in TOML, on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case Mapping():
            pairs = (f"{key_literal(key)} = {literal(inner)}" for key, inner in value.items())
            return f"{{ {', '.join(pairs)} }}" if value else "{}"
        case Sequence():
            return f"[{', '.join(map(literal, value))}]"
        case dt.date() | dt.time():
            return value.isoformat()
    return str(value)


def key_literal(key: str) -> str:
    """Give a key in TOML, in quotes where it needs them."""
    return key if _BARE_KEY.fullmatch(key) else literal(key)


def pair(key: str, value: Any) -> str:
    """Give `key = value`, a long list over several lines."""
    line = f"{key_literal(key)} = {literal(value)}"
    if len(line) <= WIDTH or not isinstance(value, list) or len(value) == 1:
        return line
    filled = [""]
    for element in map(literal, value):
        if filled[-1] and len(filled[-1]) + len(element) + 6 > WIDTH:
            filled.append("")
        filled[-1] += f"{' ' if filled[-1] else ''}{element},"
    inner = "".join(f"    {row}\n" for row in filled)
    return f"{key_literal(key)} = [\n{inner}]"


def typed(key: str, text: str) -> Any:
    """Give what people type for a key as the kind of value that its reader expects.

    What can't be that is given as a text: the reader then says what it wants.
    """
    text = unicodedata.normalize("NFC", text.strip())
    name = key.rpartition(".")[2]
    listed = name in _LISTS | _LISTS_OF_DATES and key not in _ONE
    if listed and not text.startswith("["):
        elements = [part.strip() for part in text.split(",") if part.strip()]
        return [day(part) for part in elements] if name in _LISTS_OF_DATES else elements
    if name == "slogans" and not text.startswith("["):
        return [text]
    if name in _DATES:
        return day(text)
    if name in _OTHERS or text[:1] in {"[", "{", '"', "'"}:
        return _toml(text)
    return text


def day(text: str) -> dt.date | str:
    """Read a day, 2025-10-09 or 09/10/2025; what is none is given back."""
    day_first = _DAY_FIRST.fullmatch(text)
    try:
        if day_first:
            return dt.date(int(day_first[3]), int(day_first[2]), int(day_first[1]))
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def _toml(text: str) -> Any:
    try:
        found = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    return found["value"] if len(found) == 1 else text
