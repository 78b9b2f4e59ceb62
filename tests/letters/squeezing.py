"""Texts compared as people read them: case, blanks and the place of a tone say nothing."""

from __future__ import annotations

import re
import unicodedata

TONES = "[\u0300\u0301\u0303\u0309\u0323]"


def squeezed(text: str) -> str:
    """Leave out blanks, capitals, and on which vowel a tone is set: hoà is hòa."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return re.sub(r"\s", "", re.sub(r"[\w\u0300-\u036f]+", _tone_last, apart))


def _tone_last(word: re.Match[str]) -> str:
    return re.sub(TONES, "", word[0]) + "".join(re.findall(TONES, word[0]))
