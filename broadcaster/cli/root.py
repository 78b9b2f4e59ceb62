"""The root command: loads each noun's file only when it is asked for."""

from __future__ import annotations

import gettext
import logging
import os
import shlex
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import click

from broadcaster.cli.app import DEVICE_FAILED, REFUSED, App, talk, tell
from broadcaster.errors import DeviceError, Refusal, UserError, why
from broadcaster.messages import DOMAIN, LOCALES, msg, tr

# Click's own sentences come from the same catalogue as ours.
gettext.bindtextdomain(DOMAIN, LOCALES)
gettext.textdomain(DOMAIN)
# `run` alone logs; the other commands say what there is to say themselves.
logging.getLogger("broadcaster").addHandler(logging.NullHandler())

COMMANDS = {
    "init": ("init:init", msg("make a new station folder")),
    "check": ("check:check", msg("name everything that is wrong or will go wrong")),
    "timetable": ("timetable:timetable", msg("show what will air, and what is refused and why")),
    "run": ("run:run", msg("be the daemon: air what the playlists plan")),
    "status": ("status:status", msg("show what is on air, what comes next and what fails")),
    "interrupt": ("interrupt:interrupt", msg("announce something urgent at once")),
    "silence": ("acts:silence", msg("end what sounds")),
    "pause": ("acts:pause", msg("let nothing but what is urgent sound")),
    "resume": ("acts:resume", msg("go on after a pause")),
    "reload": ("acts:reload", msg("read the station's files again")),
    "stop": ("acts:stop", msg("end the daemon")),
    "clock": ("clock:clock", msg("say whether the clock is trusted, and confirm it")),
    "letter": ("letter:letter", msg("read the letters that order campaigns")),
    "rehearse": ("rehearse:rehearse", msg("do the same in simulated time, into files")),
    "script": ("script:script", msg("write, show and speak the texts")),
    "voice": ("voice:voice", msg("list, add and try voices")),
    "playlist": ("playlist:playlist", msg("make and change campaigns")),
    "device": ("device:device", msg("list and check loudspeakers and signs")),
    "notify": ("notify:notify", msg("try who is told of faults")),
    "sign": ("sign:sign", msg("draw what signs would show, and print what they are sent")),
    "log": ("log:log", msg("show the as-run ledger, and check its chain")),
    "report": ("report:report", msg("report what a campaign came to, by the ledger alone")),
    "service": ("service:service", msg("have systemd run the station and watch over it")),
}
"""In the order of a day's work: where each is, under broadcaster.cli, and what it does."""

WITHOUT_STATION = {"init", "letter"}
HELP = frozenset({"-h", "--help"})


class Root(click.Group):
    """Imports a command when it is called, and tells every failure as a sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """Give the commands in the order of a day's work."""
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section(tr("Commands")):
            formatter.write_dl([(name, tr(does)) for name, (_, does) in COMMANDS.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(f"broadcaster.cli.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, and the station that all but `init` work on; raises Refusal."""
        name, command, rest = super().resolve_command(ctx, args)
        folder = ctx.obj.folder if ctx.obj else ctx.params["folder"]
        wanted = name not in WITHOUT_STATION and not HELP.intersection(rest)
        if wanted and not _is_there(folder):
            raise Refusal(
                msg(
                    "there is no folder {folder}: name a station's folder, or make one:"
                    " broadcaster init {quoted}",
                    folder=folder,
                    quoted=shlex.quote(str(folder)),
                )
            )
        return name, command, rest

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run it as a program; a full disk behind stdout is a sentence too."""
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            # Click has seen to a pipe that was closed.
            if not _came_from_echo(error):
                raise
            _discard(sys.stdout)
            talk(msg("the output can't be written: {why}", why=why(error)))
            sys.exit(DEVICE_FAILED)

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; a person's mistake exits 1, a device's failure 3, without a traceback."""
        try:
            return super().invoke(ctx)
        except UserError as error:
            tell(error.problems)
            ctx.exit(REFUSED)
        except Refusal as error:
            talk(error.message)
            ctx.exit(REFUSED)
        except DeviceError as error:
            talk(msg("{device}: {what}", device=error.device, what=error.message))
            ctx.exit(DEVICE_FAILED)


def _is_there(folder: Path) -> bool:
    try:
        return folder.absolute().is_dir()
    except FileNotFoundError:  # the current folder has been deleted
        return False


def _came_from_echo(error: OSError) -> bool:
    """Tell a failure to print from every other, of a file say."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    return frame.f_code is click.echo.__code__


def _discard(stream: TextIO) -> None:
    """Send what is still held back nowhere: Python would try, and fail loudly, as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@click.group(
    cls=Root,
    help=tr("Run a ward's loudspeakers and LED boards: on time, and on the record."),
    context_settings={"help_option_names": sorted(HELP), "max_content_width": 100},
)
@click.option(
    "--station",
    "folder",
    envvar="BROADCASTER_STATION",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help=tr("The station folder; the current one when left out."),
)
@click.version_option(package_name="broadcaster")
@click.pass_context
def main(ctx: click.Context, folder: Path) -> None:
    """Find the station; the command does the rest."""
    for stream in (sys.stdout, sys.stderr):
        # Vietnamese is UTF-8, whatever an old terminal's settings say.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    if ctx.obj is None:
        from broadcaster.clock import SystemTime

        ctx.obj = App(folder, SystemTime())
