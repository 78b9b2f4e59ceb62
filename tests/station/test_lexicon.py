"""lexicon.toml: what a station reads otherwise, and every mistake in it."""

from __future__ import annotations

from pathlib import Path

from broadcaster.domain.lexicon import Case, Lexicon, Region
from broadcaster.station.load import load
from tests.station.folders import DEVICES, station, told

SCRIPT = "---\ntitle: Tin\n---\nCông ty XQZ mời bà con\nngày13/9.\n"
RIGHT = """\
format = 1
words = ["Blahblah"]
names = ["Chợ Sắt"]
[abbreviations]
XQZ = "xí nghiệp"
"CĐ" = [{ before = ["trường"], say = "cao đẳng" }, { opening = true, say = "công đoàn" }]
[symbols]
TU = "Tỉnh ủy"
"""
WRONG = """\
format = 1
word = ["a"]
[abbreviations]
A = 5
B = [{ befor = ["x"], say = "y" }, { after = ["x"] }]
C = "  "
[units]
km = ["x"]
"""


def test_a_whole_lexicon(tmp_path: Path) -> None:
    loaded = station(tmp_path, {"lexicon.toml": RIGHT})

    assert told(loaded) == ""
    assert loaded.station
    assert loaded.station.lexicon == Lexicon(
        abbreviations={
            "XQZ": (Case(say="xí nghiệp"),),
            "CĐ": (Case(say="cao đẳng", before=("trường",)), Case(say="công đoàn", opening=True)),
        },
        symbols={"TU": (Case(say="Tỉnh ủy"),)},
        words=frozenset({"blahblah"}),
        names={"chosat": "chợ sắt"},
    )


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    loaded = station(tmp_path, {"lexicon.toml": WRONG})

    assert told(loaded).splitlines() == [
        'lexicon.toml:2: word: unknown key; did you mean "words"?',
        "lexicon.toml:4: abbreviations.A: must be a text in quotes, or a list of cases, not 5",
        'lexicon.toml:5: abbreviations.B.befor: unknown key; did you mean "before"?',
        "lexicon.toml:5: abbreviations.B.say: is missing",
        "lexicon.toml:6: abbreviations.C: is empty",
        'lexicon.toml:8: units.km: must be a table, not "x"',
    ]


def test_what_a_script_says_that_nobody_can_read_is_told_with_its_line(tmp_path: Path) -> None:
    loaded = station(tmp_path, {"scripts/tin.md": SCRIPT})
    warnings = [str(each) for each in loaded.problems if "only espeak" not in str(each)]

    assert warnings == [
        (
            'scripts/tin.md:4: "XQZ" is no word that can be read for sure; '
            "write it as it is said, or add it to lexicon.toml"
        ),
        'scripts/tin.md:5: "ngày13/9" seems mistyped: it is read as "ngày 13/9"',
    ]
    assert {each.level for each in loaded.problems} == {"warning"}


def test_a_lexicon_makes_it_readable_and_a_recording_needs_none(tmp_path: Path) -> None:
    station(tmp_path, {"scripts/tin.md": SCRIPT, "lexicon.toml": RIGHT})
    assert "XQZ" not in "\n".join(map(str, load(tmp_path).problems))

    (tmp_path / "scripts/tin.wav").write_bytes(b"RIFF")
    assert "mistyped" not in "\n".join(map(str, load(tmp_path).problems))


def test_the_region_is_the_voice_s(tmp_path: Path) -> None:
    loaded = station(tmp_path, {"devices.toml": DEVICES + '[voice]\nregion = "south"\n'})

    assert loaded.station
    assert loaded.station.voice.region is Region.SOUTH
