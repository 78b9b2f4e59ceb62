"""Findings that come after reading are told with the file, line and key of their slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from broadcaster.messages import msg
from broadcaster.planning.findings import Finding
from broadcaster.station.whereabouts import Whereabouts, problems
from tests.station.folders import PLAYLIST, station
from tests.stations import changed

FILE = "playlists/ngay-hoi.toml"


class Counted(Mapping[str, str | None]):
    """Texts that files would have, and how often they were read."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self.read: list[str] = []

    def __getitem__(self, file: str) -> str:
        text = self._texts[file]
        self.read.append(file)
        return text

    def __contains__(self, file: object) -> bool:
        return file in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def test_where_slots_and_events_stand(tmp_path: Path) -> None:
    station(tmp_path)
    places = Whereabouts(tmp_path)
    assert places.find("ngay-hoi", "ban-tin") == (FILE, 8, "radio.ban-tin")
    assert places.find("ngay-hoi", "khau-hieu") == (FILE, 14, "led.khau-hieu")
    assert places.find("ngay-hoi", "khai-mac") == (FILE, 20, "event.khai-mac")


def test_what_is_not_there_has_its_file_alone(tmp_path: Path) -> None:
    station(tmp_path)
    assert Whereabouts(tmp_path).find("ngay-hoi", "mat") == (FILE, None, "mat")
    assert Whereabouts(tmp_path).find("mat", "a") == ("playlists/mat.toml", None, "a")


def test_a_slot_whose_id_is_wrong_or_taken_is_known_by_its_row(tmp_path: Path) -> None:
    wrong = changed(PLAYLIST, ('"ban-tin"', '"Bản tin"'), ('"khai-mac"', '"khau-hieu"'))
    loaded = station(tmp_path, {FILE: wrong})
    assert loaded.station
    (campaign,) = loaded.station.campaigns
    slots = [campaign.radio[0].id, campaign.led[0].id, campaign.events[0].id]
    assert [Whereabouts(tmp_path).find("ngay-hoi", slot) for slot in slots] == [
        (FILE, 8, "radio[1]"),
        (FILE, 14, "led.khau-hieu"),
        (FILE, 20, "event.khau-hieu"),
    ]


def test_a_file_is_read_once_for_all_that_is_found_in_it(tmp_path: Path) -> None:
    texts = Counted({FILE: PLAYLIST})
    found = [
        Finding("ngay-hoi", slot, msg("is missing"))
        for slot in ("ban-tin", "khau-hieu", "khai-mac", "ban-tin")
    ]
    assert [str(problem) for problem in problems(tmp_path, found, texts)] == [
        f"{FILE}:8: radio.ban-tin: is missing",
        f"{FILE}:14: led.khau-hieu: is missing",
        f"{FILE}:20: event.khai-mac: is missing",
        f"{FILE}:8: radio.ban-tin: is missing",
    ]
    assert texts.read == [FILE]
