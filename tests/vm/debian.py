"""How the disk of a Debian 12 machine is made, with the packages that uv.lock names; by root."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
CHECKOUT = HERE.parent.parent
SUITE = "bookworm"
PYTHON = "3.11"
"""What that suite has."""
INSTALLED = f"usr/local/lib/python{PYTHON}/dist-packages"
PACKAGES = ("linux-image-amd64", "systemd-sysv", "udev", "dbus", "kmod", "python3", "libportaudio2",
            "alsa-utils")  # fmt: skip
UNIT = """\
[Unit]
Description=Runs what the test asks for
RequiresMountsFor=/opt/project
StartLimitIntervalSec=0
[Service]
ExecStart=/usr/bin/python3 /opt/project/agent.py
Environment=LANGUAGE=en HOME=/root
Restart=always
[Install]
WantedBy=multi-user.target
"""
FILES = {
    "etc/hostname": "dai\n",
    "etc/fstab": "/dev/vdb /opt/project ext4 defaults 0 0\n",
    "etc/initramfs-tools/conf.d/few": "MODULES=list\nCOMPRESS=gzip\n",
    "etc/initramfs-tools/modules": "virtio_pci\nvirtio_blk\next4\n",
    "etc/modules-load.d/agent.conf": "virtio_console\n",
    "etc/systemd/journald.conf.d/few.conf": "[Journal]\nStorage=volatile\n",
    "etc/systemd/system/agent.service": UNIT,
    "etc/sysusers.d/dai.conf": 'u dai - "Station" /srv\n',
    "usr/local/bin/broadcaster": '#!/bin/sh\nexec python3 -m broadcaster "$@"\n',
    f"{INSTALLED}/project.pth": "/opt/project\n",
}
UNUSED = ("apt-daily.timer", "apt-daily-upgrade.timer", "dpkg-db-backup.timer", "e2scrub_all.timer",
          "fstrim.timer", "e2scrub_reap.service", "systemd-pstore.service")  # fmt: skip
INSIDE = f"""\
set -e
chmod 755 /usr/local/bin/broadcaster
systemd-sysusers
systemctl enable agent.service
systemctl mask {" ".join(UNUSED)}
python3 -m compileall -q /usr/lib/python{PYTHON} /usr/local/lib/python{PYTHON}
update-initramfs -u
"""
"""Run in the folder that becomes the disk."""


def make(folder: Path, locked: str) -> None:
    """Make `disk.raw`, a file system without partitions, and beside it the kernel and initrd."""
    root = folder / "root"
    packages = ",".join(PACKAGES)
    # In a mount namespace of its own: what it mounts from this computer is gone whatever ends it.
    run("unshare", "--mount", "mmdebstrap", "--quiet", "--mode=root", "--variant=essential",
        f"--include={packages}", SUITE, root)  # fmt: skip
    (requirements := folder / "locked.txt").write_text(locked)
    run(*uv("pip", "install"), "--quiet", "--target", root / INSTALLED, "--python-version", PYTHON,
        "--python-platform", "x86_64-manylinux_2_28", "--requirements", requirements)  # fmt: skip
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "opt/project").mkdir()
    run("chroot", root, "/bin/sh", "-c", INSIDE)
    for name in ("vmlinuz", "initrd.img"):
        shutil.copy((root / name).resolve(), folder / name)
    file_system(folder / "disk.raw", root, "2G")
    shutil.rmtree(root)


def file_system(disk: Path, content: Path, size: str) -> None:
    """Make a disk that holds what a folder holds."""
    run("mke2fs", "-q", "-F", "-t", "ext4", "-E", "root_owner=0:0", "-d", content, disk, size)


def uv(*words: str) -> tuple[str, ...]:
    """Give a command of this checkout's uv."""
    return (sys.executable, "-m", "uv", *words)


def run(*command: str | Path) -> None:
    """Run a command to its end; raises CalledProcessError."""
    subprocess.run(command, check=True, cwd=CHECKOUT, stdin=subprocess.DEVNULL)
