"""`broadcaster log` of what people ordered, and of what the station did of itself."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.messages import msg, to_json
from tests.cli.log_desk import AT, make

FLOOD = "Nước lên nhanh, bà con khu phố 3 rời nhà ngay."
AHEAD = msg("the clock went {hours:g} h ahead, and no time source confirms it", hours=7)
DID = (
    {"did": "start"},
    {"did": "edit", "files": ["devices.toml", "playlists/ngay-hoi.toml"]},
    {"did": "silence", "by": "hoa", "stopped": []},
    {"did": "pause", "by": "hoa"},
    {"did": "resume", "by": "hoa"},
    {"did": "doubt", "reason": str(AHEAD), "reason_message": to_json(AHEAD)},
    {"did": "clock", "by": "hoa"},
    {"did": "trust", "reason": ""},
    {"did": "stop"},
)


def test_every_order_is_told_with_who_gave_it(tmp_path: Path) -> None:
    station = make(tmp_path)
    kept = SqliteLedger(station / "var" / "ledger.sqlite")
    for minutes, data in enumerate(DID):
        kept.append(AT + timedelta(minutes=minutes), "station", "station", data)
    ordered = {"text": FLOOD * 3, "script": None, "zones": ["toan-phuong"], "by": "hoa"}
    kept.append(AT + timedelta(minutes=9), "ordered", "interrupt/20250922-053900", ordered)
    kept.close()
    shown = subprocess.run(
        [sys.executable, "-m", "broadcaster", "--station", str(station), "log"],
        env=os.environ | {"LANGUAGE": "vi"}, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    told = [line.split(maxsplit=2)[2] for line in shown.stdout.splitlines()]
    assert told == [
        "đài                station                    bắt đầu chạy",
        (
            "đài                station                    "
            "chạy theo tệp đã sửa: devices.toml, playlists/ngay-hoi.toml"
        ),
        "đài                station                    ngừng phát: theo yêu cầu của hoa",
        "đài                station                    tạm dừng: theo yêu cầu của hoa",
        "đài                station                    phát tiếp: theo yêu cầu của hoa",
        (
            "đài                station                    đồng hồ không đáng tin: "
            "đồng hồ nhảy tới trước 7 giờ, và không có nguồn thời gian nào xác nhận"
        ),
        (
            "đài                station                    "
            "đồng hồ được xác nhận là đúng: theo yêu cầu của hoa"
        ),
        "đài                station                    đồng hồ đáng tin trở lại",
        "đài                station                    đã dừng",
        (
            "yêu cầu phát khẩn  interrupt/20250922-053900  theo yêu cầu của hoa: "
            "Nước lên nhanh, bà con khu phố 3 rời nhà ngay.Nước lên nhanh, bà con khu phố 3…"
        ),
    ]
