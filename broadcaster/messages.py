"""Texts for people: made in English where a thing happens, translated where they are shown."""

from __future__ import annotations

import contextlib
import gettext
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DOMAIN = "broadcaster"
LOCALES = Path(__file__).parent / "locales"


@dataclass(frozen=True, slots=True)
class Message:
    """A text for people: its English template, which is its translation id, and what fills it."""

    id: str
    args: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        """Give the English text."""
        return self.id.format(**dict(self.args))


def msg(template: str, /, **args: Any) -> Message:
    """Make a message; `template` is collected for translation, so write it out literally."""
    return Message(template, tuple(args.items()))


def plural(count: int, one: Message, many: Message) -> Message:
    """Choose what English says of one thing or of several; `many` is filled with `{count}`."""
    return one if count == 1 else msg(many.id, **dict(many.args), count=count)


def joined(*parts: Message | str | None) -> Message:
    """Join what there is of a sentence with colons: who, what, and why."""
    there = {f"part{number}": part for number, part in enumerate(filter(None, parts))}
    return Message(": ".join(f"{{{name}}}" for name in there), tuple(there.items()))


def to_json(message: Message) -> dict[str, Any]:
    """Give a message as JSON, so that it can be kept and read in any language later."""
    return {"id": message.id, "args": {key: _kept(value) for key, value in message.args}}


def from_json(kept: Mapping[str, Any]) -> Message:
    """Give back what `to_json` kept."""
    args = kept["args"].items()
    return Message(
        kept["id"],
        tuple((key, from_json(each) if isinstance(each, dict) else each) for key, each in args),
    )


def _kept(value: Any) -> Any:
    if isinstance(value, Message):
        return to_json(value)
    return value if isinstance(value, (int, float)) else str(value)


_LANGUAGE: ContextVar[str | None] = ContextVar("language", default=None)
"""None: that of the locale."""


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Have `tr` give one language, whatever the locale: an official document has its own."""
    before = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


@cache
def _catalogue(language: str | None) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, [language] if language else None, fallback=True)


def tr(text: Message | str, /, **args: Any) -> str:
    """Give a text in the reader's language, English where the catalogue lacks it."""
    if isinstance(text, str):
        text = msg(text, **args)
    filled = {key: tr(value) if isinstance(value, Message) else value for key, value in text.args}
    # An empty id is the catalogue's own header.
    return _catalogue(_LANGUAGE.get()).gettext(text.id).format(**filled) if text.id else ""
