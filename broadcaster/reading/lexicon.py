"""The lexicon that this version is shipped with."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from broadcaster.domain.lexicon import Case, Cases, Lexicon, names_of, words_of

_KINDS = "phường", "xã", "tỉnh", "quận", "huyện", "báo", "công an", "đài"
"""Words that stand before a place in addresses."""


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
        names={**_called(names_of(_parts(held["places"]))), **names_of(_parts(held["names"]))},
    )


def _called(places: Mapping[str, str]) -> dict[str, str]:
    """Give places, and with what stands before them: phuonglechan, baohaiphong."""
    kinds = {"": "", **{letters: f"{kind} " for letters, kind in names_of(_KINDS).items()}}
    return {
        f"{before}{letters}": f"{kind}{place}"
        for before, kind in kinds.items()
        for letters, place in places.items()
    }


def _parts(text: str) -> Iterator[str]:
    return (part.strip() for part in text.replace("\n", ",").split(",") if part.strip())


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
