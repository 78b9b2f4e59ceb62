"""Runs in the machine: does what the host writes to it, a JSON object a line, and answers each.

{"run": COMMAND, "stdin": BASE64} is a shell's command; the answer has its code, out and err, the
last two in base64, as they may be no text.
"""

from __future__ import annotations

import base64
import io
import json
import subprocess
from pathlib import Path
from typing import Any

PORT = Path("/dev/virtio-ports/agent")


def done(asked: dict[str, Any]) -> dict[str, Any]:
    """Run a command and tell how it ended."""
    ran = subprocess.run(  # noqa: S602 - that is what it is for
        asked["run"],
        shell=True,
        input=base64.b64decode(asked["stdin"]),
        capture_output=True,
        check=False,
    )
    out, err = (base64.b64encode(said).decode() for said in (ran.stdout, ran.stderr))
    return {"code": ran.returncode, "out": out, "err": err}


def main() -> None:
    """Greet, then serve until the machine ends."""
    with PORT.open("r+b", buffering=0) as port:
        said, heard = io.BufferedWriter(port), b""

        def say(what: dict[str, Any]) -> None:
            said.write(json.dumps(what).encode() + b"\n")
            said.flush()

        say({"ready": True})
        while data := port.read(1 << 16):
            *whole, heard = (heard + data).split(b"\n")
            for line in whole:
                say(done(json.loads(line)))


if __name__ == "__main__":
    main()
