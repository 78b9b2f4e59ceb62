"""A real SIP proxy for tests: Kamailio, which asks for a password and stays in the way."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.speakers.ports import free

MISSING = shutil.which("kamailio") is None
MODULES = next(iter(Path("/usr/lib").glob("*/kamailio/modules")), Path("/usr/lib/kamailio/modules"))
CONFIG = """\
listen=udp:127.0.0.1:{port}
disable_tcp=yes
auto_aliases=no
children=1
mpath="{modules}"
loadmodule "tm.so"
loadmodule "tmx.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "auth.so"
loadmodule "siputils.so"
modparam("auth", "qop", "auth")
modparam("auth", "nonce_count", 1)

request_route {{
    if (has_totag()) {{
        if (loose_route()) {{ t_relay(); }}
        exit;
    }}
    if (!pv_proxy_authenticate("phuong", "{password}", "0")) {{
        proxy_challenge("phuong", "1");
        exit;
    }}
    consume_credentials();
    record_route();
    $du = "sip:127.0.0.1:{behind}";
    t_relay();
}}
"""


class Kamailio:
    """One proxy on 127.0.0.1 before a telephone."""

    def __init__(self, folder: Path, behind: int, password: str) -> None:
        self.port = free()
        self._folder = folder
        folder.mkdir()
        (folder / "kamailio.cfg").write_text(
            CONFIG.format(port=self.port, modules=MODULES, behind=behind, password=password)
        )

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [
                "kamailio", "-f", self._folder / "kamailio.cfg", "-Y", self._folder,
                "-P", self._folder / "pid", "-DD", "-E",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait()
