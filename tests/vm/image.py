"""What a machine starts from: a disk made once and kept in a cache, and one of this checkout."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.vm.debian import CHECKOUT, HERE, file_system, make, run, uv

CACHE = Path("/var/cache/broadcaster-vm")
"""Made by root, and read by whoever runs the tests."""
MAKE = "sudo .venv/bin/python -m tests.vm.image"


class Image(NamedTuple):
    """Debian with the packages that the project needs."""

    kernel: Path
    initrd: Path
    disk: Path
    """Raw, and never written to again."""


def lacking() -> str | None:
    """Say what this computer lacks for a machine; None where there is nothing."""
    needed = {"qemu-system-x86_64": "qemu-system-x86", "nbdkit": "nbdkit"}
    if not _folder().is_dir():
        needed["mmdebstrap"] = "mmdebstrap"
    missing = [package for program, package in needed.items() if not shutil.which(program)]
    if missing:
        return f"a virtual machine needs, on Debian or Ubuntu: apt install {' '.join(missing)}"
    if not _folder().is_dir() and os.geteuid() != 0:
        return f"the image of the virtual machine is not made yet, which needs root: {MAKE}"
    return None


def base() -> Image:
    """Give the image, made now where there is none of these packages yet, which takes minutes."""
    folder = _folder()
    if not folder.is_dir():
        making = folder.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        make(making, _locked())
        making.rename(folder)
    return Image(folder / "vmlinuz", folder / "initrd.img", folder / "disk.raw")


def project(disk: Path) -> None:
    """Make the disk that holds this checkout, as its wheel installs it, and the agent."""
    content = disk.with_suffix(".content")
    run(*uv("pip", "install"), "--quiet", "--no-deps", "--target", content, CHECKOUT)
    run(sys.executable, "-m", "compileall", "-q", content)
    shutil.copy(HERE / "agent.py", content)
    file_system(disk, content, "64M")


@cache
def _locked() -> str:
    """Give the packages that the project needs, as uv.lock has them."""
    command = uv("export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "--no-header")
    return subprocess.run(command, check=True, cwd=CHECKOUT, capture_output=True, text=True).stdout


def _folder() -> Path:
    """Name the image after all that it is made of."""
    made_of = _locked() + (HERE / "debian.py").read_text()
    name = hashlib.sha256(made_of.encode()).hexdigest()[:16]
    return CACHE / name


if __name__ == "__main__":
    print(base().disk)
