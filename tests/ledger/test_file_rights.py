"""Who may only read the ledger, and who may not even that: other users than the daemon's."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcaster.ledger.sqlite import SqliteLedger
from tests.ledger.kept import NOON, in_a_child, kept


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return kept(tmp_path)


READ = """
    stranger()
    print(len(list(SqliteLedger(path, read_only=True).records())))
    try:
        SqliteLedger(path)
    except DeviceError as error:
        print(error.message.id)
"""

CRASH = """
    ledger = SqliteLedger(path)
    ledger.append(NOON, "intent", "c/s/2", {})
    os._exit(0)
"""

MAY_NOT = (
    "{path} can't be written: give the user that runs this the right to write it and its folder\n"
)


@pytest.fixture
def shared(path: Path) -> Iterator[Path]:
    """A copy of the ledger in a folder that others may come to."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        copy = Path(shutil.copy(path, folder))
        yield copy
        Path(folder).chmod(0o755)


def closed_to_writers(path: Path) -> None:
    for entry in path.parent.iterdir():
        entry.chmod(0o444)
    path.parent.chmod(0o555)


def test_who_may_only_read_reads_it_at_rest(shared: Path) -> None:
    closed_to_writers(shared)
    assert in_a_child(READ, shared) == "3\n" + MAY_NOT


def test_who_may_only_read_reads_it_after_a_crash(shared: Path) -> None:
    in_a_child(CRASH, shared)
    closed_to_writers(shared)
    assert in_a_child(READ, shared) == "4\n" + MAY_NOT


def test_who_may_only_read_reads_what_the_daemon_just_wrote(shared: Path) -> None:
    ledger = SqliteLedger(shared)
    ledger.append(NOON, "intent", "c/s/2", {})
    closed_to_writers(shared)
    assert in_a_child(READ, shared) == "4\n" + MAY_NOT
    assert ledger.append(NOON, "audible", "c/s/2", {}).seq == 5
    ledger.close()


def test_who_may_not_even_read_is_told_so(shared: Path) -> None:
    shared.chmod(0)
    said = in_a_child(
        """
        stranger()
        for read_only in (True, False):
            try:
                SqliteLedger(path, read_only=read_only)
            except DeviceError as error:
                print(error.message.id)
        """,
        shared,
    )
    words = "{path} can't be opened: give the user that runs this the right to its folder\n"
    assert said == words * 2
