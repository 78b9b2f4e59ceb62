"""An Icecast server for tests, Debian's icecast2, and who listens to it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

PROGRAM = "icecast2"
MISSING = [name for name in (PROGRAM, "openssl") if shutil.which(name) is None]
PASSWORD = "mật khẩu"  # noqa: S105 - of a server that lives for a test
CONFIGURATION = """\
<icecast>
  <limits><sources>4</sources><source-timeout>10</source-timeout><burst-size>0</burst-size></limits>
  <authentication>
    <source-password>{password}</source-password>
    <admin-user>admin</admin-user><admin-password>quan-tri</admin-password>
  </authentication>
  <hostname>localhost</hostname>
  <listen-socket><port>{port}</port><bind-address>127.0.0.1</bind-address>{tls}</listen-socket>
  <paths>
    <basedir>{folder}</basedir><logdir>{folder}</logdir><webroot>{folder}</webroot>
    <adminroot>/usr/share/icecast2/admin</adminroot>
    <ssl-certificate>{folder}/certificate.pem</ssl-certificate>
  </paths>
  <logging><errorlog>error.log</errorlog><accesslog>access.log</accesslog></logging>
  <security><chroot>0</chroot>{owner}</security>
</icecast>
"""
# Icecast refuses to run as root, as tests may.
OWNER = "<changeowner><user>nobody</user><group>nogroup</group></changeowner>"


def sink(url: str, password_file: Path) -> dict[str, object]:
    """Say where to, as the daemon does."""
    codec = url.rpartition(".")[2]
    return {
        "driver": "icecast", "url": url, "codec": codec, "bitrate": 64, "user": "source",
        "password_file": str(password_file), "name": "Loa",
    }  # fmt: skip


class Server:
    """One server on a port of its own, which it keeps from start to start."""

    def __init__(self, folder: Path, *, tls: bool = False) -> None:
        self.port = _free_port()
        self.folder = folder
        self._tls = tls
        self._server: subprocess.Popen[bytes] | None = None
        folder.mkdir()
        # Icecast, run as nobody, writes its logs here; nobody may pass through pytest's folders.
        for above in (folder, *folder.parents):
            if above.stat().st_uid == os.getuid() and above.is_relative_to("/tmp/"):  # noqa: S108 - pytest's
                above.chmod(0o755)
        folder.chmod(0o777)
        self.password_file = folder / "mat-khau"
        self.password_file.write_text(f"{PASSWORD}\n")
        self.password_file.chmod(0o600)
        self.certificate = folder / "certificate.pem"
        if tls:
            self.certificate.write_bytes(_certified(folder))

    def start(self) -> None:
        """Start it, and wait until it answers."""
        configuration = self.folder / "icecast.xml"
        configuration.write_text(
            CONFIGURATION.format(
                port=self.port, folder=self.folder, password=PASSWORD,
                tls="<ssl>1</ssl>" if self._tls else "",
                owner=OWNER if os.getuid() == 0 else "",
            )
        )  # fmt: skip
        self._server = subprocess.Popen(
            [PROGRAM, "-c", str(configuration)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)  # noqa: TID251 - a server that starts says nothing
        raise AssertionError("icecast2 does not answer: " + self.log())

    def kill(self) -> None:
        """Kill it."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def url(self, mount: str) -> str:
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}{mount}"

    def log(self) -> str:
        log = self.folder / "error.log"
        return log.read_text() if log.exists() else ""


def _certified(folder: Path) -> bytes:
    """Make a certificate that is its own authority, and its key, for this machine alone."""
    certificate, key = folder / "cert", folder / "key"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=loa",
            "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2",
            "-out", str(certificate), "-keyout", str(key),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate.read_bytes() + key.read_bytes()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
