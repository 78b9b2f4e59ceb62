"""A minute of announcement, from text to a finished file: rendered, and found again."""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from broadcaster.clock import SystemTime
from broadcaster.domain.airing import Airing, Entry
from broadcaster.domain.campaign import Chime, RadioSlot, Speech
from broadcaster.playout.prepare import Preparer
from broadcaster.station.load import load
from broadcaster.wiring.studio import preparer

ROOT = Path(__file__).parents[2]
SENTENCES = (
    "Kính thưa bà con và các bạn, sau đây là thông báo của đài truyền thanh phường.",
    "Ngày hội đổi mới sáng tạo quốc gia năm nay được tổ chức với nhiều hoạt động phong phú.",
    "Đề nghị các tổ dân phố thông tin rộng rãi đến người dân để hưởng ứng và tham gia.",
)


def rows() -> list[tuple[str, float, str, float | None]]:
    """Measure in a station of its own, so that nothing is in the cache."""
    with tempfile.TemporaryDirectory() as folder:
        studio, entry = _studio(Path(folder))
        cold = _seconds(studio, entry)
        again = _seconds(studio, entry)
        length = studio.seconds("", entry.airing.slot)
    return [
        ("announcement: how long it sounds", length, "s", None),
        ("announcement, a minute of it: text to file, rendered", cold * 60 / length, "s", 2),
        ("announcement: text to file, in the cache", again * 1000, "ms", 50),
        ("announcement: times faster than it sounds", length / cold, "x", None),
    ]


def _seconds(studio: Preparer, entry: Entry) -> float:
    begun = time.perf_counter()
    asyncio.run(studio.prepare(entry))
    return time.perf_counter() - begun


def _studio(folder: Path) -> tuple[Preparer, Entry]:
    for name in ("scripts", "playlists"):
        (folder / name).mkdir()
    text = "\n\n".join(" ".join(SENTENCES) for _ in range(4))
    (folder / "scripts" / "tin.md").write_text(f"---\ntitle: Tin\n---\n{text}\n")
    (folder / "devices.toml").write_text((ROOT / "devices.toml").read_text())
    station = load(folder).station
    assert station is not None
    (zone,) = (zone for zone in station.zones.values() if zone.speakers)
    slot = RadioSlot(id="tin", at=(), zones=(zone.id,), items=(Chime(), Speech("tin")))
    now = datetime(2025, 9, 22, tzinfo=UTC)
    entry = Entry(Airing("x", slot, now, zone.id, 60.0), now, None, zone.speakers)
    return preparer(station, SystemTime()), entry
