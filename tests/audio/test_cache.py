from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.audio.cache import Cache
from broadcaster.errors import DeviceError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "var" / "cache")


def left(cache: Cache) -> list[str]:
    return sorted(path.suffix for path in cache.root.rglob("*") if path.is_file())


def test_a_key_is_a_sha256_of_what_it_stands_for(cache: Cache) -> None:
    assert cache.key("speech", 1, ["ngày"]) == Cache(Path("elsewhere")).key("speech", 1, ["ngày"])
    assert cache.key({"a": 1, "b": 2}) == cache.key({"b": 2, "a": 1})
    assert len(bytes.fromhex(cache.key())) == 32


@settings(max_examples=50, deadline=None)
@given(st.lists(JSON), st.lists(JSON))
def test_two_keys_are_alike_only_for_like_parts(one: list[object], other: list[object]) -> None:
    cache = Cache(Path("unused"))
    # repr, as True == 1.
    assert (cache.key(*one) == cache.key(*other)) == (sorted_repr(one) == sorted_repr(other))


def sorted_repr(value: object) -> str:
    if isinstance(value, dict):
        return f"dict {sorted((key, sorted_repr(inner)) for key, inner in value.items())}"
    if isinstance(value, list):
        return repr([sorted_repr(inner) for inner in value])
    return repr(value)


def test_what_was_placed_is_found_whole(cache: Cache) -> None:
    key = cache.key("a")
    with cache.place(key, ".wav") as part:
        part.write_bytes(b"sound")
        assert part.suffix == ".part"
        assert cache.find(key, ".wav") is None
    found = cache.find(key, ".wav")
    assert found is not None
    assert found.read_bytes() == b"sound"
    assert cache.find(key, ".flac") is None
    assert left(cache) == [".wav"]


def test_a_later_one_takes_its_place(cache: Cache) -> None:
    key = cache.key("a")
    for content in (b"first", b"second"):
        with cache.place(key, ".wav") as part:
            part.write_bytes(content)
    found = cache.find(key, ".wav")
    assert found is not None
    assert found.read_bytes() == b"second"


def test_a_failure_leaves_nothing(cache: Cache) -> None:
    key = cache.key("a")

    def fail() -> None:
        with cache.place(key, ".wav") as part:
            part.write_bytes(b"half")
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - any
        fail()
    assert cache.find(key, ".wav") is None
    assert left(cache) == []


def test_two_at_once_do_not_mix(cache: Cache) -> None:
    key = cache.key("a")
    with cache.place(key, ".wav") as one, cache.place(key, ".wav") as two:
        one.write_bytes(b"one")
        two.write_bytes(b"two")
    found = cache.find(key, ".wav")
    assert found is not None
    assert found.read_bytes() in (b"one", b"two")


def test_an_empty_or_unfinished_file_is_never_found(cache: Cache) -> None:
    key = cache.key("a")
    with cache.place(key, ".wav"):
        pass
    assert cache.find(key, ".wav") is None
    folder = cache.root / key[:2]
    (folder / f"{key}.wav.part").write_bytes(b"torn")
    assert cache.find(key, ".wav") is None


def test_a_folder_that_takes_nothing_is_an_error_of_the_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    cache = Cache(tmp_path / "file" / "cache")
    with pytest.raises(DeviceError, match=r"cache: can't write in .*file/cache: Not a directory$"):
        place(cache)


def test_a_disk_that_fills_up_is_an_error_of_the_cache(cache: Cache) -> None:
    def fill(part: Path) -> None:
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(part.name.encode())

    with pytest.raises(DeviceError) as refused:
        place(cache, fill)
    assert str(refused.value) == (
        f"cache: can't write in {cache.root}: No space left on device; make room there"
    )
    assert left(cache) == []


def test_what_a_killed_process_left_is_swept_away(cache: Cache) -> None:
    program = (
        "import os, pathlib, signal, sys, tempfile\n"
        "from broadcaster.audio.cache import Cache\n"
        "with Cache(pathlib.Path(sys.argv[1])).place('a' * 64, '.wav') as part:\n"
        "    part.write_bytes(b'half')\n"
        "    part.with_name(f'{part.stem}-x.part').mkdir()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(cache.root)], check=False)
    (cache.root / "aa" / "someone-else.part").write_bytes(b"not ours")
    assert len(list(cache.root.glob("aa/*.part"))) == 3
    with cache.place(cache.key("b"), ".wav") as mine:
        with Cache(cache.root).place(cache.key("c"), ".wav"):
            pass
        assert mine.exists()
    assert [path.name for path in cache.root.glob("*/*.part")] == ["someone-else.part"]


def place(cache: Cache, write: object = os.fspath) -> None:
    with cache.place(cache.key("a"), ".wav") as part:
        write(part)  # type: ignore[operator]
