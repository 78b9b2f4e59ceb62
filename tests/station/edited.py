"""A playlist that has a bit of everything, to be edited."""

from __future__ import annotations

from broadcaster.station.edit import PlaylistText

FILE = "playlists/ngay-hoi.toml"

TEXT = """\
# Đợt của phường.
format = 1

[campaign]
title = "Ngày hội"      # tên gọi
letter = { number = "12/UBND", date = 2025-09-20 }
until = 2025-10-05

# Loa phát hai buổi.
[[radio]]
id = "sang"
at = ["05:30"]
order = 10              # sau bài nhắc
items = [
    { chime = "default" },  # mở đầu
    { script = "ban-tin" },
]
# Bà con nghe rõ nhất lúc này.

[[radio]]
id = "chieu"
at = ["17:00"]
items = [{ script = "ban-tin" }]

# Một ý còn để đó.

# Bảng ở cổng.
[[led]]
id = "khau-hieu"
between = ["06:00-22:00"]
slogans = ["Chào mừng"]

[[event]]
id = "khai-mac"
date = 2025-10-01
remind = { before = "1d", at = "17:00", script = "nhac" , zones = ["a"] }
"""


def playlist(text: str = TEXT) -> PlaylistText:
    return PlaylistText(FILE, text)


def changed(*changes: tuple[str, str]) -> str:
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
