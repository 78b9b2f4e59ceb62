"""What the daemon says of itself: in the terminal, in the journal, and in var/log."""

from __future__ import annotations

import ast
import io
import json
import logging
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from broadcaster.cli import logs
from broadcaster.cli.logs import keeping
from broadcaster.clock import SystemTime
from broadcaster.domain.record import Outcome
from broadcaster.errors import DeviceError, Problem
from broadcaster.messages import joined, msg

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ROOM = Path(logs.__file__).parents[1]
RECORDS = f"""
import logging
from pathlib import Path
from zoneinfo import ZoneInfo
from broadcaster.cli.logs import keeping
from broadcaster.errors import DeviceError
from broadcaster.messages import joined, msg
logger = logging.getLogger("broadcaster.thu")
with keeping(Path("var"), ZoneInfo("{HANOI.key}")):
    logger.info(joined("ngay-hoi/a", msg("aired")), extra={{"action": "airing-ended"}})
    logger.warning(DeviceError("loa-chinh", msg("Permission denied")), extra={{"action": "x"}})
    try:
        1 / 0
    except ZeroDivisionError:
        logger.exception(msg("{{what}} failed", what="loa-chinh"))
"""
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
VIETNAMESE = {"LANGUAGE": "vi", "LC_ALL": "C.UTF-8"}

logger = logging.getLogger("broadcaster.thu")


@pytest.fixture(autouse=True)
def _level() -> Iterator[None]:
    """Leave the root logger as it was."""
    root = logging.getLogger()
    before = root.level
    yield
    root.setLevel(before)


def kept(var: Path) -> list[dict[str, Any]]:
    lines = (var / logs.FILE).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def said(folder: Path, **env: str) -> list[str]:
    """Give what a process of its own says on a pipe, in Vietnamese."""
    command = [sys.executable, "-c", RECORDS]
    child = subprocess.run(
        command, cwd=folder, env=os.environ | VIETNAMESE | env, check=True, capture_output=True
    )
    return child.stderr.decode().splitlines()


def test_a_terminal_shows_the_stations_time_and_the_readers_language(tmp_path: Path) -> None:
    first, second, third, *traceback = said(tmp_path)
    at = datetime.fromisoformat(kept(tmp_path / "var")[0]["at"])
    assert first == f"{at:%Y-%m-%d %H:%M:%S} ngay-hoi/a: đã phát"
    assert second[20:] == "cảnh báo: loa-chinh: không có quyền"
    assert third[20:] == "lỗi: loa-chinh gặp lỗi"
    assert traceback[-1] == "ZeroDivisionError: division by zero"


def in_terminal(folder: Path, **env: str) -> str:
    far, near = pty.openpty()
    command = [sys.executable, "-c", RECORDS]
    with subprocess.Popen(
        command, cwd=folder, env=os.environ | VIETNAMESE | env, stderr=near
    ) as child:
        os.close(near)
        assert child.wait() == 0
    text = os.read(far, 1 << 16).decode()
    os.close(far)
    return text


def test_colours_are_for_terminals_that_want_them(tmp_path: Path) -> None:
    assert "\x1b[33m" in in_terminal(tmp_path, NO_COLOR="")
    assert "\x1b" not in in_terminal(tmp_path, NO_COLOR="1")
    assert "\x1b" not in "".join(said(tmp_path))


def test_the_journal_is_given_no_second_time_and_a_priority_for_each_line(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    with journal.open("wb") as stream:
        there = os.fstat(stream.fileno())
        env = VIETNAMESE | {"JOURNAL_STREAM": f"{there.st_dev}:{there.st_ino}"}
        subprocess.run(
            [sys.executable, "-c", RECORDS], cwd=tmp_path, env=os.environ | env, check=True,
            stderr=stream,
        )  # fmt: skip
    lines = journal.read_text(encoding="utf-8").splitlines()
    assert lines[:3] == [
        "<6>ngay-hoi/a: đã phát",
        "<4>loa-chinh: không có quyền",
        "<3>loa-chinh gặp lỗi",
    ]
    assert all(line.startswith("<3>") for line in lines[3:])


def test_the_file_keeps_english_ids_and_fields(tmp_path: Path) -> None:
    with keeping(tmp_path, HANOI):
        told = joined("ngay-hoi/a", msg(Outcome.MISSED.value), msg("Permission denied"))
        logger.info(told, extra={"action": "airing-ended", "key": "ngay-hoi/a", "path": tmp_path})
        logger.warning(DeviceError("loa", msg("{error}", error="x")), extra={"action": "fault"})
        where = Problem("devices.toml", 14, "signs.cong.width", msg("is missing"), msg("add it"))
        logger.warning(where, extra={"action": "reload"})
        logging.getLogger("apscheduler.x").info("not this")
        logging.getLogger("asyncio").warning("a %s of others", "word")
    first, second, third, fourth = kept(tmp_path)
    assert first.pop("at").endswith("+07:00")
    assert first == {
        "level": "info",
        "action": "airing-ended",
        "text": "ngay-hoi/a: missed: Permission denied",
        "message": {
            "id": "{part0}: {part1}: {part2}",
            "args": {
                "part0": "ngay-hoi/a",
                "part1": {"id": "missed", "args": {}},
                "part2": {"id": "Permission denied", "args": {}},
            },
        },
        "logger": "broadcaster.thu",
        "key": "ngay-hoi/a",
        "path": str(tmp_path),
    }
    assert (second["level"], second["text"]) == ("warning", "loa: x")
    assert third["text"] == "devices.toml:14: signs.cong.width: is missing; add it"
    assert (fourth["text"], fourth["action"]) == ("a word of others", None)


def test_an_unforeseen_fault_is_kept_with_its_traceback_and_goes_on_its_way(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), keeping(tmp_path, HANOI):
        raise ZeroDivisionError
    (only,) = kept(tmp_path)
    assert (only["level"], only["action"]) == ("critical", "failed")
    assert only["traceback"].endswith("ZeroDivisionError")


def test_the_files_are_turned_and_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LARGEST", 1000)
    with keeping(tmp_path, HANOI):
        for number in range(100):
            logger.info(msg("number {number}", number=number), extra={"action": "thu"})
    files = sorted((tmp_path / "log").iterdir())
    assert len(files) == 1 + logs.OLDER
    assert all(file.stat().st_size <= 1000 for file in files)
    assert kept(tmp_path)[-1]["text"] == "number 99"


@pytest.mark.parametrize("fault", ["full", "no folder"])
def test_what_cant_be_kept_is_said_once_and_shown_all_the_same(
    fault: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    if fault == "full":
        (tmp_path / "log").mkdir()
        (tmp_path / logs.FILE).symlink_to("/dev/full")
        why = "No space left on device"
    else:
        (tmp_path / "log").write_text("", encoding="utf-8")
        why = "File exists"
    with keeping(tmp_path, HANOI):
        for number in range(3):
            logger.info(msg("number {number}", number=number))
    texts = [line[20:] for line in capfd.readouterr().err.splitlines()]
    assert sorted(texts) == sorted(
        [f"warning: the technical log can't be written: {why}", "number 0", "number 1", "number 2"]
    )


def test_what_can_be_kept_again_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # pytest's own capture empties itself while it is read: what is said just then would be lost.
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    (tmp_path / "log").write_text("", encoding="utf-8")
    with keeping(tmp_path, HANOI):
        logger.info(msg("lost"))
        end = SystemTime().monotonic() + 30
        while "can't be written" not in said.getvalue():
            assert SystemTime().monotonic() < end
        before = said.getvalue().count("\n")
        (tmp_path / "log").unlink()
        logger.info(msg("kept"))
    texts = [each["text"] for each in kept(tmp_path)]
    assert texts == ["kept", "the technical log is written again"]
    assert said.getvalue().count("\n") - before == len(texts)


def test_a_line_that_was_torn_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / logs.FILE).write_text('{"at": "2025', encoding="utf-8")
    with keeping(tmp_path, HANOI):
        logger.info(msg("whole"))
    torn, whole = (tmp_path / logs.FILE).read_text(encoding="utf-8").splitlines()
    assert torn == '{"at": "2025'
    assert json.loads(whole)["text"] == "whole"


def test_nobody_waits_for_a_disk_that_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "WAITING", 10)
    monkeypatch.setattr(logs, "PATIENCE", 0.1)
    (tmp_path / "log").mkdir()
    os.mkfifo(tmp_path / logs.FILE)
    with keeping(tmp_path, HANOI):
        for number in range(100):
            logger.info(msg("number {number}", number=number))
        # Only now is there somebody to read: whoever had waited would still do so.
        reader = os.open(tmp_path / logs.FILE, os.O_RDONLY)
    with open(reader, encoding="utf-8") as lines:  # noqa: PTH123 - a descriptor
        first = json.loads(lines.readline())
    assert first["text"] == "number 0"


def test_every_record_has_an_action_and_a_text_that_translates() -> None:
    """What a logger is given is a message or a failure, never a text that only English has."""
    for path in sorted(ROOM.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match call:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name("logger"), attr=level), args=said
                ) if level in LEVELS:
                    where = f"{path.relative_to(ROOM)}:{call.lineno}"
                    assert len(said) == 1, where
                    assert not isinstance(said[0], (ast.Constant, ast.JoinedStr)), where
                    assert "extra" in {each.arg for each in call.keywords}, where
