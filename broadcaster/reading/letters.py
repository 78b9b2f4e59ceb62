"""The names of letters."""

from __future__ import annotations

VIETNAMESE = {
    "a": "a", "ă": "á", "â": "ớ", "b": "bê", "c": "xê", "d": "dê", "đ": "đê", "e": "e", "ê": "ê",
    "f": "ép", "g": "giê", "h": "hát", "i": "i", "j": "gi", "k": "ca", "l": "lờ", "m": "mờ",
    "n": "nờ", "o": "o", "ô": "ô", "ơ": "ơ", "p": "pê", "q": "quy", "r": "rờ", "s": "ét",
    "t": "tê", "u": "u", "ư": "ư", "v": "vê", "w": "vê kép", "x": "ích", "y": "y", "z": "dét",
}  # fmt: skip
ENGLISH = {
    "a": "ây", "b": "bi", "c": "xi", "d": "đi", "e": "i", "f": "ép", "g": "gi", "h": "ết",
    "i": "ai", "j": "giây", "k": "cây", "l": "eo", "m": "em", "n": "en", "o": "âu", "p": "pi",
    "q": "kiu", "r": "a", "s": "ét", "t": "ti", "u": "diu", "v": "vi", "w": "đắp liu", "x": "ích",
    "y": "quai", "z": "dét",
}  # fmt: skip
ENDINGS = {
    "vn": "vê nờ", "com": "com", "net": "net", "org": "org", "gov": "gov", "edu": "edu",
    "info": "info", "top": "top", "shop": "shop", "xyz": "ích y dét", "www": "vê kép vê kép vê kép",
    "apk": "a pê ca", "exe": "e xê e", "pdf": "pê đê ép", "doc": "đóc", "docx": "đóc ích",
    "xls": "ích eo ét", "xlsx": "ích eo ét ích", "zip": "díp",
    "vneid": "vi en i ai đi", "vnpt": "vê en pê tê",
}  # fmt: skip
"""Parts of addresses and names of files that are said in a way of their own."""


def spell(text: str) -> str:
    """Give a text letter by letter, by the letters' Vietnamese names; others are left out."""
    return " ".join(VIETNAMESE[each] for each in text.lower() if each in VIETNAMESE)


def spell_english(text: str) -> str:
    """Give a text letter by letter, by the letters' English names as Vietnamese says them."""
    return " ".join(ENGLISH[each] for each in text.lower() if each in ENGLISH)
