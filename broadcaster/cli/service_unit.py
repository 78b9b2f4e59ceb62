"""The systemd unit of a station, as text: see systemd.service(5) and systemd.exec(5)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcaster.errors import Refusal
from broadcaster.messages import msg

MARK = "# The station of this unit: "
WATCHDOG, STOPPING = 20, 60
"""Seconds without a beat, and those that sound, amplifiers and signs have to end in."""
GROUPS = ("audio", "dialout")
"""Who may open sound cards and serial ports."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
PLAIN = re.compile(r"[A-Za-z0-9/._:@+-]+")
"""What stands for itself in a unit."""

_UNIT = """\
{mark}{station}
# Written by `broadcaster service install`, which writes it anew.
[Unit]
Description={description}
{after}StartLimitIntervalSec=0
RequiresMountsFor={folder}

[Service]
Type=notify
NotifyAccess=main
{user}ExecStart={command} run
# Waits until the files are taken, and fails where they are not: then the station runs on as it was.
ExecReload={command} reload
{language}# One that was told to stop by name ends with 0; whatever else ends it, it comes back.
Restart=always
RestartPreventExitStatus=0
RestartSec=1
WatchdogSec={watchdog}
TimeoutStartSec=60
TimeoutStopSec={stopping}
RuntimeDirectory={name}
NoNewPrivileges=yes
{held}
[Install]
WantedBy={wanted}
"""
_AFTER = """\
Wants=network-online.target time-sync.target
After=network-online.target time-sync.target sound.target
"""
_HELD = """\
LimitRTPRIO=20
OOMScoreAdjust=-500
UMask=0027
ProtectSystem=strict
ReadWritePaths={var}
ProtectHome=read-only
PrivateTmp=yes
ProtectProc=invisible
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
CapabilityBoundingSet=
AmbientCapabilities=
LockPersonality=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
"""


@dataclass(frozen=True, slots=True)
class Service:
    """One station as a service."""

    name: str
    """Without `.service`."""
    title: str
    station: Path
    """Absolute."""
    python: str
    user: str | None
    """Who owns the station; None for a unit of the user's own."""
    groups: Sequence[str]
    """Those that this machine has."""
    language: str

    def unit(self) -> str:
        """Give the unit; raises Refusal for a name or a folder that no unit can have."""
        if not NAME.fullmatch(self.name):
            raise Refusal(
                msg("a unit's name is made of a-z, 0-9, . and -, not {name!r}", name=self.name)
            )
        station = str(self.station)
        if not station.isprintable():
            raise Refusal(
                msg("systemd can't be told of a folder with such a name: {name!r}", name=station)
            )
        words = (self.python, "-m", "broadcaster", "--station", station)
        own = self.user is None
        var = quoted(str(self.station / "var"))
        return _UNIT.format(
            mark=MARK, station=station, description=" ".join(self.title.split()).replace("%", "%%"),
            after="" if own else _AFTER, folder=quoted(station),
            user="" if own else self._user(), command=" ".join(map(argument, words)),
            language=f"Environment={quoted(f'LANGUAGE={self.language}')}\n",
            watchdog=WATCHDOG, stopping=STOPPING, name=self.name,
            held="" if own else _HELD.format(var=var),
            wanted="default.target" if own else "multi-user.target",
        )  # fmt: skip

    def _user(self) -> str:
        groups = " ".join(self.groups)
        return f"User={self.user}\n" + (f"SupplementaryGroups={groups}\n" if groups else "")


def quoted(text: str) -> str:
    """Quote a path for a unit: what is a specifier or an escape there stands for itself."""
    return '"' + text.replace("\\", r"\\").replace('"', r"\"").replace("%", "%%") + '"'


def argument(text: str) -> str:
    """Quote a word of a command line where it needs it; `$` begins a variable in one."""
    return text if PLAIN.fullmatch(text) else quoted(text).replace("$", "$$")


def default_name(folder: Path) -> str:
    """Name the unit after its folder, in letters that every tool takes."""
    plain = unicodedata.normalize("NFKD", folder.name.lower().replace("đ", "d"))
    slug = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    return f"broadcaster-{slug}" if slug else "broadcaster"


def station_of(unit: Path) -> str | None:
    """Tell which station's unit a file is; None for one that isn't ours."""
    first = unit.read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    return first.removeprefix(MARK) if first.startswith(MARK) else None
