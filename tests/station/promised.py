"""The station that users are promised can be read: files with every key."""

from __future__ import annotations

from tests.stations import GREETING

DEVICES = """\
format = 1
[station]
name = "Đài truyền thanh phường"
timezone = "Asia/Ho_Chi_Minh"
holidays = [2025-09-02]

[airtime]                      # the guard; class urgent alone passes it, and that is recorded
allowed = ["05:00-07:30", "16:30-19:00"]
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
sessions_per_day = 3
minutes_per_day  = 90
relays_count = true

[voice]
engines = ["piper", "espeak"]  # the first that works
[loudness]
target_lufs = -16.0
peak_dbtp   = -1.0

[zones.toan-phuong]            # speakers, signs; an airtime table of its own where it differs
speakers = ["loa-chinh"]
[zones.bang-dien-tu]
signs = ["cong-ubnd"]

[speakers.loa-chinh]
driver = "file"                # soundcard | icecast | multicast | sip | file
volume = 90                    # percent
volume_at = [ { between = "05:00-06:00", percent = 60 } ]
# amplifier = { link = "serial:///dev/serial/by-id/...", line = "rts", warm_up = "5s" }

[signs.cong-ubnd]
driver = "virtual"             # onbon-bx6 | onbon-bx5 | alpha | c-power | jetfile | virtual
# link = "serial:///dev/serial/by-id/...?baud=9600&format=8N1" or "socket://host:5005"
width = 128
height = 16
idle = "clock"                 # clock | blank | a slogan
brightness_at = [ { between = "18:00-06:00", percent = 40 } ]
"""

PLAYLIST = """\
format = 1
[campaign]
title  = "Hưởng ứng Ngày hội Đổi mới sáng tạo quốc gia 01/10"
theme  = "Đổi mới sáng tạo toàn dân - Động lực phát triển quốc gia"
implements = ["3093/SKHCN-QLCL"]     # letter = { number, date } is the ordering letter itself
from   = 2025-09-22
until  = 2025-10-08            # both days included
class  = "normal"              # normal | priority | urgent; a slot may have its own

[[radio]]
id    = "ban-tin"
at    = ["05:30", "17:00"]
days  = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]   # left out: every day
# from, until, dates = [2025-09-30], except = [2025-09-29], holidays = "skip", enabled = false
zones = ["toan-phuong"]
late  = "10m"                  # may start this late; "join" joins in progress
if_cut = "resume"              # resume | restart | drop, after an urgent cut
gain_db = 0
items = [ { chime = "default" }, { script = "ngay-hoi-dmst" }, { pause = "2s" }, \
{ audio = "nhac-hieu.flac" }, \
{ relay = "https://host/stream", for = "30m", fallback = "script-id" } ]

[[led]]
id      = "khau-hieu"
between = ["06:00-22:00"]      # days, from, until, dates, except, holidays, class, enabled as above
zones   = ["bang-dien-tu"]
slogans = ["Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"]
effect  = "scroll-left"        # scroll-left | hold | flash
dwell   = "8s"

[[event]]
id     = "khai-mac"
title  = "Lễ khai mạc Techfest Hải Phòng 2025"
date   = 2025-10-09            # until = for several days
part   = "sáng"                # sáng | chiều | tối | cả ngày, or time = "07:30"
place  = "Trung tâm Hội nghị - Biểu diễn thành phố"
remind = { before = "1d", at = "17:00", script = "nhac-khai-mac", zones = ["toan-phuong"] }
"""

SCRIPTS = ("ngay-hoi-dmst", "script-id", "nhac-khai-mac")

FILES = {
    "devices.toml": DEVICES,
    "playlists/ngay-hoi-dmst.toml": PLAYLIST,
    **{f"scripts/{name}.md": GREETING for name in SCRIPTS},
    **{f"scripts/{name}.mp3": b"recorded" for name in SCRIPTS},
    "scripts/nhac-hieu.flac": b"recorded",
}
