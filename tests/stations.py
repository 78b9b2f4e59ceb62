"""What every small station of the tests is made of; each names its zones and devices itself."""

from __future__ import annotations

GREETING = """\
---
title: Lời chào
---
Kính thưa bà con.
"""


def devices(*, name: str, heard: str, seen: str, speaker: str, sign: str) -> str:
    """Give a right devices.toml: a zone that is heard, with a loudspeaker, and one that is seen."""
    return f"""\
format = 1

[station]
name = "{name}"
timezone = "Asia/Ho_Chi_Minh"

[airtime]
allowed = ["05:00-07:30", "16:30-19:00"]

[zones.{heard}]
speakers = ["{speaker}"]

[zones.{seen}]
signs = ["{sign}"]

[speakers.{speaker}]
driver = "file"

[signs.{sign}]
driver = "virtual"
width = 128
height = 16
"""


def loudspeaker(*, allowed: str, **keys: str) -> str:
    """Give a right devices.toml of one loudspeaker, `loa` in `phuong`; `keys` are in TOML."""
    more = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f"""\
format = 1
[station]
name = "Đài thử"
timezone = "Asia/Ho_Chi_Minh"
[airtime]
allowed = ["{allowed}"]
[zones.phuong]
speakers = ["loa"]
[speakers.loa]
{more}"""


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Replace pieces of a text, of which it has one each."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
