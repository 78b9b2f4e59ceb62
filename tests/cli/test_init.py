"""`broadcaster init` makes a station that a newcomer can start from."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.domain.campaign import IfCut
from broadcaster.station.load import load

FILES = ("devices.toml", "lexicon.toml", "playlists/vi-du.toml", "scripts/loi-chao.md")


def init(folder: Path) -> Result:
    return CliRunner().invoke(main, ["init", str(folder)])


def uncommented(text: str) -> str:
    return "".join(line.removeprefix("# ") for line in text.splitlines(keepends=True))


def files_in(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


@pytest.mark.parametrize("name", ["moi", "sâu/hơn/nữa", "có dấu cách"])
def test_it_copies_the_template_and_says_what_to_do_next(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    quoted = f"'{folder}'" if name != "moi" else folder

    result = init(folder)

    assert result.exit_code == 0
    assert result.stdout == "".join(f"{folder / file}\n" for file in FILES)
    assert result.stderr == (
        "The station is ready. Next:\n"
        f"  1. describe your speakers and signs in {folder / 'devices.toml'}\n"
        f"  2. see that all is right: broadcaster --station {quoted} check\n"
        f"  3. see what would air: broadcaster --station {quoted} timetable\n"
    )
    assert files_in(folder) == list(FILES)


def test_an_empty_folder_may_be_there_already(tmp_path: Path) -> None:
    assert init(tmp_path).exit_code == 0
    assert files_in(tmp_path) == list(FILES)


def test_what_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "devices.toml").write_text("mine")

    result = init(tmp_path)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == f"{tmp_path} is not empty; name a new folder or an empty one\n"
    assert (tmp_path / "devices.toml").read_text() == "mine"
    assert files_in(tmp_path) == ["devices.toml"]


def test_a_file_in_the_way_is_a_sentence(tmp_path: Path) -> None:
    way = tmp_path / "file"
    way.write_text("")

    result = init(way)

    assert result.exit_code == 1
    assert result.stderr == f"can't write {way}: File exists\n"


def test_a_new_station_is_right_and_can_not_sound(tmp_path: Path) -> None:
    init(tmp_path)

    loaded = load(tmp_path)

    assert [(problem.file, problem.message.id) for problem in loaded.problems] == [
        ("scripts/loi-chao.md", "only {engine} would read this")
    ]
    assert loaded.station is not None
    assert loaded.station.scripts["loi-chao"].paragraphs
    assert [campaign.enabled for campaign in loaded.station.campaigns] == [False]


def test_what_becomes_of_a_cut_is_taught_with_each_choice_and_the_default_as_it_stands(
    tmp_path: Path,
) -> None:
    init(tmp_path)
    playlist = (tmp_path / "playlists/vi-du.toml").read_text(encoding="utf-8")
    taught = playlist.split("# if_cut")[1].split("# bed")[0]
    assert [choice for choice in IfCut if f'"{choice}"' not in taught] == []

    (slot,) = load(tmp_path).station.campaigns[0].radio  # type: ignore[union-attr]
    used = load(tmp_path, {"playlists/vi-du.toml": playlist.replace("# if_cut", "if_cut")})

    assert used.station is not None
    assert [each.if_cut for each in used.station.campaigns[0].radio] == [slot.if_cut]


def test_the_event_in_comments_can_be_used(tmp_path: Path) -> None:
    """Who takes the # away has an event that is right, once its script is there."""
    init(tmp_path)
    playlist = (tmp_path / "playlists/vi-du.toml").read_text(encoding="utf-8")
    given, example = playlist.split("# [[event]]")
    example = "# [[event]]" + example

    loaded = load(
        tmp_path,
        {
            "playlists/vi-du.toml": given + uncommented(example),
            "scripts/nhac-khai-mac.md": "---\ntitle: Nhắc\n---\nMời bà con.\n",
        },
    )

    assert [str(problem) for problem in loaded.problems if problem.level == "error"] == []
    assert loaded.station is not None
    assert [event.part for event in loaded.station.campaigns[0].events] == ["sáng"]
