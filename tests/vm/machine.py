"""One machine in software: booted, asked, cut off from its power, plugged and unplugged."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from broadcaster.clock import SystemTime
from tests.vm.image import Image
from tests.vm.wires import OPENS, Monitor, Wire, patience

ANSWERS = 600.0
"""Seconds: emulated on a busy computer it is some twenty times slower than a real machine."""
APPEND = (
    "root=/dev/vda rw console=ttyS0 quiet nokaslr mitigations=off systemd.show_status=no"
    " systemd.journald.forward_to_console=1"
)


class Said(NamedTuple):
    """How a command in the machine ended."""

    code: int
    out: str
    err: str


class Machine:
    """A Debian with the project in it, on a disk of its own that is thrown away.

    The disk has a write cache, as real ones have; `nbdkit` keeps it, outside the machine. When the
    power is cut, what the machine had not flushed is lost, and nothing else.
    """

    def __init__(self, image: Image, project: Path, folder: Path) -> None:
        self._image = image
        self._project = project
        self.folder = folder
        self._disk = folder / "disk.raw"
        subprocess.run(["cp", "--sparse=always", image.disk, self._disk], check=True)
        self._programs: list[subprocess.Popen[bytes]] = []
        self._wires = ExitStack()
        self._time = SystemTime()

    def boot(self, at: datetime, *more: str) -> None:
        """Give it power at an instant of its own clock, and wait until it takes commands."""
        agent, monitor = Wire(self.folder / "agent"), Wire(self.folder / "monitor")
        self._start("nbdkit", "--foreground", "--unix", self.folder / "nbd", "--filter=cache",
                    "file", self._disk, "cache=writeback")  # fmt: skip
        patience((self.folder / "nbd").is_socket, OPENS)
        self._begins, self._began = at, self._time.monotonic()
        self._start(*self._qemu(at), *more)
        self.monitor = Monitor(self._wires.enter_context(monitor.accept()))
        self._agent = self._wires.enter_context(agent.accept(ANSWERS))
        assert json.loads(self._agent.readline()) == {"ready": True}

    def now(self) -> datetime:
        """Give what its clock says by now, if nobody has set it since it got power."""
        return self._begins + timedelta(seconds=self._time.monotonic() - self._began)

    def cut(self) -> None:
        """Take its power away; its disk first, so that nothing leaves its cache any more."""
        for program in self._programs:
            program.kill()
            program.wait()
        self._programs.clear()
        self._wires.close()
        for name in ("nbd", "agent", "monitor"):
            (self.folder / name).unlink(missing_ok=True)

    def ask(self, command: str, stdin: bytes = b"") -> Said:
        """Have its root run a command, and tell how that ended."""
        asked = {"run": command, "stdin": base64.b64encode(stdin).decode()}
        self._agent.write(json.dumps(asked).encode() + b"\n")
        self._agent.flush()
        told = json.loads(self._agent.readline())
        out, err = (
            base64.b64decode(told[each]).decode(errors="replace") for each in ("out", "err")
        )
        return Said(told["code"], out, err)

    def run(self, command: str, stdin: bytes = b"") -> str:
        """Have its root run a command that succeeds, and give what it prints."""
        said = self.ask(command, stdin)
        assert said.code == 0, f"{command}: {said}"
        return said.out

    def put(self, path: str, content: str) -> None:
        """Write a file, with the folders it lies in."""
        self.run(f'mkdir -p "$(dirname {path})" && cat > {path}', content.encode())

    def fetch(self, path: str) -> bytes:
        """Read a file, whatever is in it."""
        return base64.b64decode(self.run(f"base64 {path}"))

    def _start(self, *command: str | Path) -> None:
        with (self.folder / "programs.txt").open("ab") as said:
            # Whatever ends the test ends the machine.
            lives = ("setpriv", "--pdeathsig", "KILL", *command)
            self._programs.append(
                subprocess.Popen(lives, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            )

    def _qemu(self, at: datetime) -> tuple[str, ...]:
        clock = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
        where = self.folder
        return (
            "qemu-system-x86_64", "-accel", "tcg", "-cpu", "max", "-smp", "2",
            "-m", "768", "-nodefaults", "-no-user-config", "-display", "none",
            "-rtc", f"base={clock}", "-kernel", str(self._image.kernel),
            "-initrd", str(self._image.initrd), "-append", APPEND,
            "-serial", f"file:{where}/console.txt",
            "-drive", f"file=nbd:unix:{where}/nbd,format=raw,if=virtio,cache=writeback",
            "-drive", f"file={self._project},format=raw,if=virtio,snapshot=on",
            "-chardev", f"socket,id=monitor,path={where}/monitor",
            "-mon", "chardev=monitor,mode=control",
            "-device", "virtio-serial", "-chardev", f"socket,id=agent,path={where}/agent",
            "-device", "virtserialport,chardev=agent,name=agent",
        )  # fmt: skip


@contextmanager
def machine(image: Image, project: Path, folder: Path) -> Iterator[Machine]:
    """Have a machine that is off, and leave nothing of it."""
    made = Machine(image, project, folder)
    try:
        yield made
    finally:
        made.cut()
        (folder / "disk.raw").unlink()
