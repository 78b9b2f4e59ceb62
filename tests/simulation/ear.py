"""Hears of what nobody foresaw."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

HEARD = ("broadcaster", "asyncio")


@contextlib.contextmanager
def listening(bugs: list[str]) -> Iterator[None]:
    """Keep what is logged as nobody's foreseen fault, and be spared the rest."""
    ear, loggers = _Ear(bugs), [logging.getLogger(name) for name in HEARD]
    levels = [each.level for each in loggers]
    for each in loggers:
        each.setLevel(logging.ERROR)
        each.addHandler(ear)
    try:
        yield
    finally:
        for each, level in zip(loggers, levels, strict=True):
            each.removeHandler(ear)
            each.setLevel(level)


class _Ear(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__()
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(self.format(record))
