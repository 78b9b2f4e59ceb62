"""The root command: loads each noun's file only when it is asked for."""

from __future__ import annotations

import gettext
import logging
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from broadcaster.cli.app import DEVICE_FAILED, REFUSED, App, talk, tell
from broadcaster.errors import DeviceError, Refusal, UserError
from broadcaster.messages import DOMAIN, LOCALES, msg, tr

# Click's own sentences come from the same catalogue as ours.
gettext.bindtextdomain(DOMAIN, LOCALES)
gettext.textdomain(DOMAIN)
# `run` alone logs; the other commands say what there is to say themselves.
logging.getLogger("broadcaster").addHandler(logging.NullHandler())

COMMANDS = {
    "init": "broadcaster.cli.init:init",
    "check": "broadcaster.cli.check:check",
    "timetable": "broadcaster.cli.timetable:timetable",
    "run": "broadcaster.cli.run:run",
    "rehearse": "broadcaster.cli.rehearse:rehearse",
    "script": "broadcaster.cli.script:script",
    "playlist": "broadcaster.cli.playlist:playlist",
    "device": "broadcaster.cli.device:device",
    "log": "broadcaster.cli.log:log",
}


class Root(click.Group):
    """Imports a command when it is called, and tells every failure as a sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """Give the commands in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

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


@click.group(
    cls=Root,
    help=tr("Run a ward's loudspeakers and LED boards: on time, and on the record."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
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
        ctx.obj = App(folder)
