"""The lexicon that this version is shipped with."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from broadcaster.domain.lexicon import Case, Cases, Lexicon, words_of


@cache
def standard() -> Lexicon:
    """Give what official letters write short, and how it is read out."""
    text = (files("broadcaster.reading") / "lexicon.toml").read_text(encoding="utf-8")
    held = tomllib.loads(text)
    return Lexicon(
        abbreviations=_cases(held["abbreviations"]),
        symbols=_cases(held["symbols"]),
        prefixes=_cases(held["prefixes"]),
        units=_cases(held["units"]),
        words=words_of([held["words"]]),
    )


def _cases(held: Mapping[str, Any]) -> Cases:
    return {
        key: (Case(say=value),) if isinstance(value, str) else tuple(map(_case, value))
        for key, value in held.items()
    }


def _case(held: Mapping[str, Any]) -> Case:
    lists = {key: tuple(held.get(key, ())) for key in ("before", "after", "near")}
    return Case(
        say=held["say"], opening=held.get("opening", False), rows=held.get("rows", False), **lists
    )
