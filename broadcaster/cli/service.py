"""`service`: a station that systemd starts, watches and starts again."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click

from broadcaster.cli.app import App, data, pass_app, talk
from broadcaster.cli.service_unit import GROUPS, Service, default_name, station_of
from broadcaster.errors import DeviceError, Refusal, why
from broadcaster.messages import msg, tr

SYSTEM, USERS = Path("etc/systemd/system"), Path(".config/systemd/user")
RUNNING = Path("/run/systemd/system")
"""Is there where systemd runs the machine: sd_booted(3)."""
LANGUAGES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

own = click.option("--user", "own", is_flag=True, help=tr("Of your own systemd, without root."))
under = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("/"),
    help=tr("Of the system in this folder, a memory card say, which doesn't run now."),
)
named = click.option("--name", help=tr("The unit's name; after the station's folder if left out."))


@click.group(help=tr("Have systemd run this station, from the machine's start on."))
def service() -> None:
    """Hold the commands, which are Linux' alone."""
    if not sys.platform.startswith("linux"):
        raise Refusal(msg("only Linux has systemd"))


@service.command(help=tr("Write the unit, and start it now and with the machine."))
@own
@under
@named
@click.option("--dry-run", is_flag=True, help=tr("Print the unit and change nothing."))
@pass_app
def install(app: App, *, own: bool, root: Path, name: str | None, dry_run: bool) -> None:
    """Install, or install anew after a change."""
    place = Place(own, root)
    made = _service(app, name, own=own)
    text = made.unit()
    if dry_run:
        data(text.rstrip("\n"))
        return
    place.check()
    unit = place.unit(made.name)
    for other in place.of(made.station):
        if other != unit:
            raise Refusal(
                msg("{unit} runs this station already: take it out first", unit=str(other))
            )
    place.refuse_other(unit, made.station)
    try:
        _make_var(made.station)
        unit.parent.mkdir(parents=True, exist_ok=True)
        _write(unit, text)
    except OSError as error:
        raise _unwritable(unit, error) from None
    talk("written: {unit}", unit=str(unit))
    place.reload()
    place.systemctl("enable", unit.name)
    place.systemctl_now("restart", unit.name)
    talk("what it says: {command}", command=place.journal(unit.name))


@service.command(help=tr("Print the unit of this station as it is installed."))
@own
@under
@pass_app
def show(app: App, *, own: bool, root: Path) -> None:
    """Print each."""
    for unit in _installed(Place(own, root), app):
        data(unit.read_text(encoding="utf-8").rstrip("\n"))


@service.command(help=tr("Stop the service of this station and take its unit out."))
@own
@under
@pass_app
def uninstall(app: App, *, own: bool, root: Path) -> None:
    """Take out whatever runs this station; its state stays."""
    place = Place(own, root)
    units = _installed(place, app)
    place.check()
    for unit in units:
        place.systemctl_now("stop", unit.name)
        place.systemctl("disable", unit.name)
        try:
            unit.unlink()
        except OSError as error:
            raise _unwritable(unit, error) from None
        talk("taken out: {unit}", unit=str(unit))
    place.reload()


def _installed(place: Place, app: App) -> list[Path]:
    station = app.folder.resolve()
    if units := place.of(station):
        return units
    raise Refusal(msg("no service of {folder} is installed here", folder=str(station)))


class Place:
    """A systemd, running or in a folder."""

    def __init__(self, own: bool, root: Path) -> None:  # noqa: FBT001 - as Click gives it
        self._own = own
        self._root = root.absolute()
        self._live = self._root == Path("/")
        self._folder = Path.home() / USERS if own else self._root / SYSTEM

    def check(self) -> None:
        """Raise Refusal where there is no systemd to tell."""
        if self._live and not RUNNING.is_dir():
            raise Refusal(
                msg(
                    "systemd doesn't run this machine; have whatever does start: {command}",
                    command="broadcaster --station DIR run",
                )
            )

    def unit(self, name: str) -> Path:
        """Name a unit's file."""
        return self._folder / f"{name}.service"

    def of(self, station: Path) -> list[Path]:
        """Find the units of a station."""
        there = sorted(self._folder.glob("*.service")) if self._folder.is_dir() else []
        return [unit for unit in there if unit.is_file() and station_of(unit) == str(station)]

    def refuse_other(self, unit: Path, station: Path) -> None:
        """Raise Refusal where there is a unit of that name that isn't this station's."""
        if not unit.exists():
            return
        whose = station_of(unit)
        if whose is None:
            raise Refusal(msg("{unit} isn't ours: choose another --name", unit=str(unit)))
        if whose != str(station):
            raise Refusal(
                msg("{unit} runs {other}: choose another --name", unit=str(unit), other=whose)
            )

    def systemctl(self, *words: str) -> None:
        """Have systemd do something; raises DeviceError."""
        where = ["--user"] if self._own else [] if self._live else [f"--root={self._root}"]
        try:
            done = subprocess.run(  # noqa: S603 - our own words
                ["systemctl", *where, *words],  # noqa: S607 - where the system has it
                check=False,
                capture_output=True,
                text=True,
            )
        except OSError as error:
            raise DeviceError("systemctl", why(error)) from error
        if done.returncode:
            raise DeviceError(
                f"systemctl {' '.join(words)}", msg("{error}", error=done.stderr.strip())
            )

    def systemctl_now(self, *words: str) -> None:
        """Do so where it runs; one in a folder has nothing to start or stop."""
        if self._live:
            self.systemctl(*words)

    def reload(self) -> None:
        """Have it read its units again."""
        self.systemctl_now("daemon-reload")

    def journal(self, unit: str) -> str:
        """Give the command that shows what a unit says."""
        return f"journalctl {'--user ' if self._own else ''}-u {shlex.quote(unit)} -f"


def _service(app: App, name: str | None, *, own: bool) -> Service:
    import grp

    station, _ = app.station()
    folder = app.folder.resolve()
    owner = folder.stat().st_uid
    names = {group.gr_name for group in grp.getgrall()}
    return Service(
        name=name or default_name(folder),
        title=f"broadcaster: {station.name}",
        station=folder,
        python=sys.executable,
        user=None if own else _user(owner),
        groups=[group for group in GROUPS if group in names],
        language=next(filter(None, map(os.environ.get, LANGUAGES)), "vi"),
    )


def _user(owner: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:
        return str(owner)


def _make_var(station: Path) -> None:
    """Make the one folder that the service may write, for who owns the station."""
    var = station / "var"
    if not var.exists():
        var.mkdir()
        of = station.stat()
        if os.geteuid() == 0:
            os.chown(var, of.st_uid, of.st_gid)


def _write(unit: Path, text: str) -> None:
    part = unit.with_name(f".{unit.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(unit)


def _unwritable(unit: Path, error: OSError) -> Refusal:
    return Refusal(
        msg(
            "can't write {unit}: {why}; as root, or with --user for a service of your own",
            unit=str(unit),
            why=why(error),
        )
    )
