from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC

from broadcaster.domain.airing import Rundown, SignContent
from broadcaster.domain.campaign import Campaign
from broadcaster.domain.station import Station
from broadcaster.messages import msg, to_json
from broadcaster.report.rehearsal import rehearsal_page
from tests.fakes.ledger import MemoryLedger
from tests.report.reading import Page
from tests.report.sample import (
    GUARD,
    LOST,
    MORNING,
    NIGHT,
    RUNDOWN,
    SPANS,
    WELCOME,
    at,
    ended,
    lit,
)

AUDIO = {
    MORNING.airing.key: "audio/loa chính/2025-09-22_0530 #1.flac",
    LOST.airing.key: "audio/mat.flac",
}


def read(station: Station, ledger: MemoryLedger, rundown: Rundown = RUNDOWN) -> Page:
    pictures = {("cong", ("Chào mừng",)): "signs/cổng/1.gif", ("cong", ()): "signs/clock.gif"}
    return Page(
        rehearsal_page(station, rundown, ledger.records(), SPANS, audio=AUDIO, pictures=pictures)
    )


def test_it_says_whose_it_is_and_of_when(station: Station, ledger: MemoryLedger) -> None:
    page = read(station, ledger)
    assert page.words[:6] == [
        "Rehearsal: Đài truyền thanh phường",
        "Rehearsal",
        "Đài truyền thanh phường",
        "Ngày hội",
        "cu",
        "22/09/2025 - 23/09/2025 · Asia/Ho_Chi_Minh",
    ]


def test_it_counts_every_outcome_with_its_reasons(station: Station, ledger: MemoryLedger) -> None:
    words = read(station, ledger).words
    figures = words[words.index("Figures") + 1 : words.index("Airings")]
    assert figures == [
        *["2", "aired"],
        *["1", "missed", "1 × planned for 06:00; it may begin at most 1m late"],
        *["1", "refused", "1 × outside the allowed hours, 05:00-07:30"],
        *["1", "planned"],
    ]


def test_it_tells_each_airing_in_its_day(station: Station, ledger: MemoryLedger) -> None:
    words = read(station, ledger).words
    days = words[words.index("Monday 22/09/2025") : words.index("Signs")]
    hours = ["0", "6", "12", "18", "24"]
    assert days == [
        *["Monday 22/09/2025", "Toàn phường", *hours],
        *["05:30", "Bản tin <b>& tin vắn</b>", "aired"],
        *["Toàn phường · on air at 05:30:00 · 1:36 long · voice espeak:vi", "Ngày hội"],
        *["06:00", "mat", "missed", "planned for 06:00; it may begin at most 1m late"],
        *["Toàn phường · about 1:35 long", "Ngày hội"],
        *["23:30", "dem", "refused", "outside the allowed hours, 05:00-07:30"],
        *["Toàn phường · about 1:35 long", "Ngày hội"],
        *["Tuesday 23/09/2025", "Toàn phường", "loa-cu", *hours],
        *["05:30", "Bản tin <b>& tin vắn</b>", "planned"],
        *["Toàn phường · about 1:35 long", "Ngày hội"],
        *["17:00", "bai-cu", "aired"],
        *["loa-cu · on air at 17:00:30 · 1:36 long · voice espeak:vi", "cu"],
    ]


def test_days_are_the_stations_own(station: Station, ledger: MemoryLedger) -> None:
    page = read(replace(station, timezone=UTC), ledger)
    days = [tag["id"] for tag in page.all("article") if "id" in tag]
    # The morning of the 22nd in Hà Nội is the night before it.
    assert days == ["d2025-09-21", "d2025-09-22", "d2025-09-23"]


def test_what_sounded_can_be_heard(station: Station, ledger: MemoryLedger) -> None:
    players = read(station, ledger).all("audio")
    # The lost one has a file of an earlier rehearsal, and didn't sound.
    assert [player["src"] for player in players] == [
        "audio/loa%20ch%C3%ADnh/2025-09-22_0530%20%231.flac"
    ]


def test_strips_set_the_plan_against_what_was_aired(station: Station, ledger: MemoryLedger) -> None:
    html = rehearsal_page(station, RUNDOWN, ledger.records(), SPANS, audio={}, pictures={})
    bars = re.findall(r'class="([\w-]+)" style="left:([\d.]+)%;width:([\d.]+)%"', html)
    assert bars == [
        ("planned", "22.917", "0.11"),
        ("planned", "25.0", "0.11"),
        ("refused", "97.917", "0.11"),
        ("aired", "22.917", "0.112"),
        ("planned", "22.917", "0.11"),
        ("planned", "70.833", "0.112"),
        ("aired", "70.868", "0.112"),
    ]


def test_a_strip_ends_at_midnight(station: Station) -> None:
    long = NIGHT._replace(airing=NIGHT.airing._replace(seconds=7200.0))
    html = rehearsal_page(station, Rundown((long,)), [], [], audio={}, pictures={})
    assert 'style="left:97.917%;width:2.083%"' in html


def test_an_airing_without_an_end_is_under_way(station: Station) -> None:
    ledger = MemoryLedger()
    ledger.append(at(22, 5, 30), "intent", MORNING.airing.key, {"seconds": 95.0})
    ledger.append(at(22, 5, 30), "audible", MORNING.airing.key, {})
    words = read(station, ledger, Rundown((MORNING,))).words
    assert words[words.index("Figures") + 1 : words.index("Airings")] == ["1", "under way"]


def test_what_an_urgent_one_passed_stands_on_the_page(station: Station) -> None:
    told = "passes the airtime guard: outside the allowed hours, 05:00-07:30"
    ledger, planned = MemoryLedger(), Rundown((MORNING._replace(passed=GUARD),))
    assert told in read(station, ledger, planned).words
    ledger.append(at(22, 5, 30), "intent", MORNING.airing.key, {"passed_guard": to_json(GUARD)})
    assert told in read(station, ledger, Rundown((MORNING,))).words
    late = ended("late", msg("began {seconds} s late", seconds=12))
    ledger.append(at(22, 5, 32), "finished", MORNING.airing.key, late)
    assert f"began 12 s late; {told}" in read(station, ledger, planned).words


def test_it_stands_alone(station: Station, ledger: MemoryLedger) -> None:
    ledger.append(at(22, 6), "sign", "sign/cong", lit(WELCOME, "sent"))
    page = read(station, ledger)
    assert page.all("script") == page.all("link") == []
    links = [tag[name] for _, tag in page.tags for name in ("src", "href") if name in tag]
    assert len(links) > 3
    assert not [link for link in links if re.match(r"\w+:|/", link)]


def test_it_takes_no_markup_from_files(station: Station, ledger: MemoryLedger) -> None:
    mark = '"><script>alert(1)</script>'
    campaign = Campaign(id="ngay-hoi", title=mark)
    page = read(replace(station, name=mark, campaigns=(campaign,)), ledger)
    assert page.all("script") == []
    assert page.words.count(mark) >= 3


def test_signs_are_told_with_when_and_how_surely(station: Station) -> None:
    ledger = MemoryLedger()
    clock = SignContent(clock=True)
    ledger.append(at(22, 0), "sign", "sign/cong", lit(clock, "acknowledged"))
    ledger.append(at(22, 6), "sign", "sign/cong", lit(WELCOME, "acknowledged"))
    # A restart tells it again.
    ledger.append(at(22, 10), "sign", "sign/cong", lit(WELCOME, "acknowledged"))
    ledger.append(at(22, 22), "sign", "sign/cong", lit(clock, "unreachable", "no answer"))
    ledger.append(at(22, 22, 30), "sign", "sign/cong", lit(clock, "acknowledged"))
    ledger.append(at(23, 6), "sign", "sign/cong", lit(WELCOME, "acknowledged"))
    ledger.append(at(23, 9), "station", "station", {})
    page = read(station, ledger)
    words = page.words[page.words.index("Signs") + 1 : -1]
    assert words == [
        *["Cổng", "128 × 16"],
        *["The time of day", "acknowledged", "2 × · 13.5 h", "When"],
        *["22/09 00:00-06:00", "22/09 22:30 - 23/09 06:00"],
        *["Chào mừng", "acknowledged", "2 × · 19 h", "When"],
        *["22/09 06:00-22:00", "23/09 06:00-09:00"],
        *["The time of day", "unreachable", "1 × · 0.5 h", "no answer", "When"],
        *["22/09 22:00-22:30"],
        *["Tự hào", "never sent", "1 × · 16 h", "When", "23/09 06:00-22:00"],
    ]
    assert [(image["src"], image["alt"]) for image in page.all("img")] == [
        ("signs/clock.gif", "The time of day"),
        ("signs/c%E1%BB%95ng/1.gif", "Chào mừng"),
    ]


def test_what_a_sign_refused_or_can_not_show_is_not_told_as_what_was_sent(station: Station) -> None:
    ledger = MemoryLedger()
    ledger.append(at(22, 6), "sign", "sign/cong", lit(WELCOME, "sent"))
    ledger.append(at(22, 7), "sign", "sign/cong", lit(WELCOME, "sent", "said no"))
    ledger.append(at(22, 8), "sign", "sign/cong", lit(WELCOME, "queued", "is too long"))
    ledger.append(at(22, 9), "station", "station", {})
    page = read(station, ledger)
    words = page.words[page.words.index("Signs") + 1 :]
    assert words[2:-1][:15] == [
        *["Chào mừng", "sent", "1 × · 1 h", "When", "22/09 06:00-07:00"],
        *["Chào mừng", "sent", "1 × · 1 h", "said no", "When", "22/09 07:00-08:00"],
        *["Chào mừng", "queued", "1 × · 1 h", "is too long"],
    ]
    # A picture is of what the sign took.
    assert [image["alt"] for image in page.all("img")] == ["Chào mừng"]


def test_a_reason_that_cannot_be_told_again_stays_as_it_was(station: Station) -> None:
    ledger = MemoryLedger()
    strange = {"id": "{a} {b}", "args": {"a": 1}}
    lost = {"outcome": "missed", "reason": "as it was", "reason_message": strange}
    ledger.append(at(22, 6), "missed", LOST.airing.key, lost)
    assert "as it was" in read(station, ledger).words


def test_nothing_planned_and_nothing_aired_is_a_page_too(station: Station) -> None:
    page = read(replace(station, signs={}), MemoryLedger(), Rundown(()))
    assert page.words[2:] == [
        *["Đài truyền thanh phường", "Ngày hội", "Asia/Ho_Chi_Minh"],
        "Simulated time: nothing was heard or shown outside this machine.",
        *["Figures", "Nothing is planned in this time.", "The ledger is empty."],
    ]


def test_it_says_whether_the_ledger_can_be_trusted(station: Station, ledger: MemoryLedger) -> None:
    last = ledger.kept[-1].hash
    assert read(station, ledger).words[-1] == (
        f"The ledger's chain holds: 8 records, the last one's hash is {last}"
    )
    ledger.kept[2] = replace(ledger.kept[2], data={"outcome": "late"})
    assert read(station, ledger).words[-1] == (
        "The ledger is broken: record 3 was changed after it was written"
    )


def test_a_recording_is_told_as_one(station: Station) -> None:
    ledger, key = MemoryLedger(), MORNING.airing.key
    ledger.append(at(22, 5, 30), "audible", key, {})
    ledger.append(at(22, 5, 32), "finished", key, ended("aired", seconds=96.0, voice="recording"))
    assert (
        "Toàn phường · on air at 05:30:00 · 1:36 long · a recording" in read(station, ledger).words
    )
