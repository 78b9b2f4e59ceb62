"""Files that must not bring a station down, and a full disk: what is said, what airs."""

from __future__ import annotations

import resource
import wave
from pathlib import Path

import numpy as np

from tests.audio.sounds import crackle, encoded, wav
from tests.cli.desk import make, run, told

RATE = 8_000
HEAD = """\
format = 1
[campaign]
title = "Ngày hội"
from = 2025-09-22
until = 2025-09-22
"""
HOURS = "is longer than four hours, the most that a recording may be"


def station(folder: Path, *names: str) -> Path:
    """Make one that airs recordings at the same minute, one after another, and a chime."""
    slots = [(name, f'{{ audio = "{name}" }}') for name in names]
    slots += [("cuoi", '{ chime = "default" }')]
    rows = [
        f'[[radio]]\nid = "{name.partition(".")[0]}"\nat = ["05:30"]\nzones = ["phuong"]\n'
        f"items = [{item}]\n"
        for name, item in slots
    ]
    return make(folder, HEAD + "".join(rows))


def day_long(path: Path) -> Path:
    """Make a file of ten hours that takes no room on the disk."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, RATE, 10 * 3600 * RATE, "NONE", ""))
        file.writeframes(bytes(range(256)) * 100)
    with path.open("r+b") as whole:
        for place, less in ((4, 8), (40, 44)):
            whole.seek(place)
            whole.write((10 * 3600 * RATE + 44 - less).to_bytes(4, "little"))
        whole.truncate(10 * 3600 * RATE + 44)
    return path


def test_each_bad_recording_is_missed_for_its_own_reason_and_the_next_airs(tmp_path: Path) -> None:
    of = station(tmp_path / "station", "dai.wav", "hong.mp3", "im.wav")
    scripts = of / "scripts"
    day_long(scripts / "dai.wav")
    wav(scripts / "im.wav", np.zeros(48_000))
    good = encoded(crackle(tmp_path / "a.wav", 4, -6), scripts / "hong.mp3", "libmp3lame")
    third = good.stat().st_size // 3
    rubbish = np.random.default_rng(1).bytes(third)
    good.write_bytes(good.read_bytes()[:third] + rubbish + good.read_bytes()[2 * third :])

    assert told(run(of, "check"))[1] == (
        f"scripts/dai.wav: {HOURS}\n"
        "scripts/hong.mp3: is damaged: parts of it can't be decoded\n"
        "scripts/im.wav: holds nothing but silence\n"
        "scripts/chao.md: only espeak would read this; "
        "a recording beside it would be heard instead: chao.wav\n"
        "scripts/tin.md: only espeak would read this; "
        "a recording beside it would be heard instead: tin.wav\n"
    )
    when = "22/09/2025 05:30  phuong  ngay-hoi"
    assert told(run(of, "rehearse"))[1] == (
        f"{when}/cuoi  aired\n"
        f"{when}/dai   missed  {scripts}/dai.wav: {HOURS}\n"
        f"{when}/hong  missed  {scripts}/hong.mp3: is damaged: parts of it can't be decoded\n"
        f"{when}/im    missed  {scripts}/im.wav: holds nothing but silence\n"
        "\nIn all: 1 aired, 3 missed\n"
    )


def test_what_a_full_disk_does_not_take_is_missed_and_what_it_takes_airs(tmp_path: Path) -> None:
    of = station(tmp_path / "station", "to.wav")
    crackle(of / "scripts" / "to.wav", 30, -6)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    # As much as is left on the disk, to each file.
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, usual[1]))
    try:
        code, shown, _ = told(run(of, "rehearse"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    first, second, *_ = shown.splitlines()
    assert code == 0
    assert first.endswith("ngay-hoi/cuoi  aired")
    assert "ngay-hoi/to    missed  cache: can't write in" in second
    assert not list((of / "var").rglob("*.part"))
