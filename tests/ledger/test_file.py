"""The ledger's file: what may be done to it, and what it says when it can't be used."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from broadcaster.errors import DeviceError
from broadcaster.ledger import file
from broadcaster.ledger.chain import verify
from broadcaster.ledger.sqlite import SqliteLedger, UnreadableRecordError
from tests.ledger.kept import NOON, in_a_child, kept


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return kept(tmp_path)


@pytest.fixture
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, by another program's hand."""
    db = sqlite3.connect(path, isolation_level=None)
    yield db
    db.close()


def test_keeps_its_records_when_it_is_opened_again(path: Path) -> None:
    ledger = SqliteLedger(path)
    assert ledger.append(NOON, "station", "station", {}).seq == 4
    assert verify(ledger.records()) is None
    ledger.close()


def test_a_commit_is_on_the_disk_before_it_is_acknowledged(path: Path) -> None:
    ledger = SqliteLedger(path)
    assert ledger._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ledger._db.execute("PRAGMA synchronous").fetchone() == (2,)
    ledger.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record SET data = '{}'",
        "UPDATE record SET seq = seq + 1",
        "DELETE FROM record",
        "DELETE FROM record WHERE seq = 3",
        "INSERT OR REPLACE INTO record SELECT 2, at, kind, key, data, prev, hash FROM record",
        "INSERT INTO record SELECT 9, at, kind, key, data, prev, hash FROM record WHERE seq = 3",
        "INSERT INTO record SELECT 0, at, kind, key, data, prev, hash FROM record WHERE seq = 3",
    ],
)
def test_refuses_every_change(raw: sqlite3.Connection, statement: str) -> None:
    before = raw.execute("SELECT * FROM record").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is append-only"):
        raw.execute(statement)
    assert raw.execute("SELECT * FROM record").fetchall() == before


def test_is_read_while_it_is_written(path: Path) -> None:
    writer, reader = SqliteLedger(path), SqliteLedger(path, read_only=True)
    seen = iter(reader.records())
    assert next(seen).seq == 1
    assert writer.append(NOON, "intent", "c/s/2", {}).seq == 4
    assert [record.seq for record in reader.records()] == [1, 2, 3, 4]
    with pytest.raises(DeviceError, match="can't be written"):
        reader.append(NOON, "intent", "c/s/3", {})
    writer.close()
    assert reader.last() is not None
    reader.close()


def test_two_writers_keep_one_chain(path: Path) -> None:
    one, other = SqliteLedger(path), SqliteLedger(path)
    for number in range(10):
        (one, other)[number % 2].append(NOON, "sign", f"sign/{number}", {})
    assert len(list(one.records())) == 13
    assert verify(other.records()) is None
    one.close()
    other.close()


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda ledger: ledger.states(["c/s/1", "c/s/2"]), "record_key (key=?"),
        (lambda ledger: list(ledger.records("c/s/")), "record_key (key>?"),
        (lambda ledger: ledger.before(NOON), "record_at (at>?"),
    ],
    ids=["states", "records", "before"],
)
def test_a_ledger_of_years_is_read_by_its_indexes(
    path: Path, read: Callable[[SqliteLedger], object], index: str
) -> None:
    ledger = SqliteLedger(path)
    asked: list[str] = []
    ledger._db.set_trace_callback(asked.append)
    read(ledger)
    ledger._db.set_trace_callback(None)
    plan = ledger._db.execute("EXPLAIN QUERY PLAN " + asked[0]).fetchall()
    assert f"USING COVERING INDEX {index}" in str(plan)
    ledger.close()


def rewritten(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def damaged(path: Path) -> None:
    content = path.read_bytes()
    rewritten(path, content[:100] + b"\xff" * (len(content) - 100))


def cut_short(path: Path) -> None:
    rewritten(path, path.read_bytes()[:4096])


def of_another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE photo (id)")
    db.close()


def of_the_future(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 2")
    db.close()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


FAULTS: list[tuple[Callable[[Path], None], str]] = [
    (lambda path: rewritten(path, b"not a ledger at all" * 99), "is not a ledger: move it away"),
    (of_another_program, "is not a ledger: move it away"),
    (of_the_future, "has format 2, and this broadcaster knows 1: install a newer one"),
    (damaged, "is damaged: keep it under another name as evidence"),
    (cut_short, "is damaged: keep it under another name as evidence"),
    (a_folder, "is a folder: move it away"),
]


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(("harm", "words"), FAULTS)
def test_says_what_is_wrong_with_the_file(
    path: Path, harm: Callable[[Path], None], words: str, *, read_only: bool
) -> None:
    harm(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(DeviceError, match=words) as caught:
        list(SqliteLedger(path, read_only=read_only).records())
    assert caught.value.device == "ledger"
    assert str(path) in str(caught.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_says_that_its_folder_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(DeviceError, match=r"the folder .* can't be made \(File exists\)"):
        SqliteLedger(tmp_path / "var" / "ledger.sqlite")


def test_a_reader_begins_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="can't be opened"):
        SqliteLedger(tmp_path / "ledger.sqlite", read_only=True)
    (tmp_path / "ledger.sqlite").touch()
    with pytest.raises(DeviceError, match="the daemon hasn't begun it"):
        SqliteLedger(tmp_path / "ledger.sqlite", read_only=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["ledger.sqlite"]
    SqliteLedger(tmp_path / "ledger.sqlite").close()


def test_says_that_another_program_holds_it(
    path: Path, raw: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "PATIENCE", 0.01)
    ledger = SqliteLedger(path)
    raw.execute("BEGIN IMMEDIATE")
    with pytest.raises(DeviceError, match="is held by another program"):
        ledger.append(NOON, "intent", "c/s/2", {})
    raw.execute("ROLLBACK")
    assert ledger.append(NOON, "intent", "c/s/2", {}).seq == 4
    ledger.close()


def test_names_a_record_that_is_no_record(path: Path, raw: sqlite3.Connection) -> None:
    raw.execute("DROP TRIGGER record_edit")
    raw.execute("UPDATE record SET data = '{' WHERE seq = 2")
    ledger = SqliteLedger(path)
    with pytest.raises(UnreadableRecordError, match="record 2 was changed after it") as caught:
        list(ledger.records())
    assert caught.value.seq == 2
    # The daemon goes on: it needs neither that record's data nor its own past's.
    assert ledger.append(NOON, "station", "station", {}).seq == 4
    ledger.close()


def test_a_disk_without_room_refuses_one_record_and_keeps_the_rest(path: Path) -> None:
    said = in_a_child(
        """
        ledger = SqliteLedger(path)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
        written = 3
        try:
            while True:
                written = ledger.append(NOON, "sign", "sign/a", {"x": "-" * 1000}).seq
        except DeviceError as error:
            print(error.message.id)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        assert ledger.last().seq == written > 5
        assert ledger.append(NOON, "sign", "sign/a", {}).seq == written + 1
        print("and on it goes")
        """,
        path,
    )
    advice = "the disk is full or fails at {path}: free some space, or look at the disk"
    assert said == f"{advice}\nand on it goes\n"
    ledger = SqliteLedger(path)
    assert verify(ledger.records()) is None
    ledger.close()
