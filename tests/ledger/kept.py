"""A ledger of three records, and other processes that open it."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

from broadcaster.ledger.sqlite import SqliteLedger

NOON = datetime(2025, 9, 22, 5, tzinfo=UTC)


def kept(folder: Path) -> Path:
    """Give a ledger of three records, at rest, where names are as people write them."""
    path = folder / "Đài phường 100%?#" / "ledger.sqlite"
    ledger = SqliteLedger(path)
    for kind in ("intent", "audible", "finished"):
        ledger.append(NOON, kind, "c/s/1", {"why": "vì đã đến giờ"})
    ledger.close()
    return path


def in_a_child(code: str, path: Path) -> str:
    """Run code on `path` and `SqliteLedger` in a process of its own; give what it printed."""
    head = """
        import os, resource, sys
        from datetime import UTC, datetime
        from pathlib import Path
        from broadcaster.errors import DeviceError
        from broadcaster.ledger.sqlite import SqliteLedger
        NOON, path = datetime(2025, 9, 22, 5, tzinfo=UTC), Path(sys.argv[1])
        def stranger():
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
    """
    program = textwrap.dedent(head) + textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout
