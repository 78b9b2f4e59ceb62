"""A child process that outlives its deadline is killed, and so is what it started."""

from __future__ import annotations

import asyncio
import os
import select
from pathlib import Path

import pytest

from broadcaster import worker
from broadcaster.errors import DeviceError


def test_what_a_child_started_dies_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "alive")
    alive = os.open(tmp_path / "alive", os.O_RDONLY | os.O_NONBLOCK)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "hanging_child.py").write_text(
        "import subprocess\n"
        f"file = open({str(tmp_path / 'alive')!r}, 'w')\n"
        "print('up', file=file, flush=True)\n"
        "subprocess.Popen(['sleep', '1000'], stdout=file).wait()\n"
    )
    with pytest.raises(DeviceError, match="voice: gave no answer within 3 s and was stopped"):
        asyncio.run(worker.run("hanging_child", {}, deadline=3, device="voice"))
    assert os.read(alive, 10) == b"up\n"
    # At the end of its file none of them has it open any more.
    select.select([alive], [], [], 30)
    assert os.read(alive, 10) == b""
    os.close(alive)
