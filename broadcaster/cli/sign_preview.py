"""`sign preview`: the pixels that a sign would be sent, for people."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli import slogan
from broadcaster.cli.app import App, data, pass_app, talk
from broadcaster.domain.campaign import Colour, Effect
from broadcaster.domain.station import Colours
from broadcaster.errors import Refusal, why
from broadcaster.messages import msg, tr

if TYPE_CHECKING:
    from broadcaster.domain.station import SignSpec
    from broadcaster.signs.pixels.motion import Scene

LARGEST = 20


@click.command(help=tr("Draw a text as a sign would show it; nothing is sent."))
@click.argument("text", type=slogan.typed, metavar="TEXT")
@click.option("--sign", "sign", metavar="ID", required=True, help=tr("The sign."))
@click.option(
    "-o", "--out", "to", metavar="FILE", type=click.Path(path_type=Path),
    help=tr("A picture, .png, or the motion, .gif; drawn here when left out."),
)  # fmt: skip
@click.option(
    "--scale", type=click.IntRange(1, LARGEST), default=3, show_default=True,
    help=tr("How large an LED is drawn; at 1 a pixel of the picture is one."),
)  # fmt: skip
@click.option(
    "--effect", type=click.Choice([each.value for each in Effect]),
    default=Effect.SCROLL_LEFT.value, show_default=True, help=tr("How it moves."),
)  # fmt: skip
@click.option(
    "--dwell", "seconds", metavar=tr("TIME"), type=slogan.dwell, default="8s", show_default=True,
    help=tr("How long it holds still."),
)  # fmt: skip
@click.option(
    "--colour", type=click.Choice([each.value for each in Colour]), help=tr("What it is lit in.")
)
@pass_app
def preview(
    app: App,
    text: str,
    sign: str,
    to: Path | None,
    scale: int,
    effect: str,
    seconds: float,
    colour: str | None,
) -> None:
    """Draw it with the very pixels that are sent."""
    from broadcaster.signs.fit import judge
    from broadcaster.signs.screen import draw

    if to is not None and to.suffix.lower() not in _PICTURES:
        raise Refusal(msg('must end in .png or .gif, not "{found}"', found=to.name))
    spec, now = slogan.sign_of(app, sign)
    wanted = slogan.content(text, effect, seconds, colour)
    if why_not := judge(now.tzinfo or UTC)(spec, wanted):
        raise Refusal(why_not)
    screen = draw(wanted, spec, now)
    if not all(scene.pixels.width for scene in screen.scenes):
        raise Refusal(
            msg("{sign} shows this in letters of its own, which are not known here", sign=sign)
        )
    if to is None:
        _print(screen.scenes, spec)
    else:
        _write(to, _PICTURES[to.suffix.lower()](screen.scenes, spec, scale))
        _tell(screen.scenes, spec)


def _still(loop: Sequence[Scene], spec: SignSpec, scale: int) -> bytes:
    from broadcaster.signs.pixels.picture import sheet

    return sheet(loop, scale, colours=spec.colours)


def _moving(loop: Sequence[Scene], spec: SignSpec, scale: int) -> bytes:
    from broadcaster.signs.pixels.picture import gif

    return gif(loop, spec.width, scale, colours=spec.colours)


_PICTURES = {".png": _still, ".gif": _moving}


def _write(to: Path, picture: bytes) -> None:
    if not to.parent.is_dir():
        raise Refusal(
            msg("there is no folder {folder}: make it, or name another", folder=to.parent)
        )
    try:
        to.write_bytes(picture)
    except OSError as error:
        raise Refusal(msg("can't write {folder}: {error}", folder=to, error=why(error))) from None
    data(str(to))


def _tell(loop: Sequence[Scene], spec: SignSpec) -> None:
    from broadcaster.signs.pixels.motion import views

    alone = len(loop) == 1
    turns = (views(scene, spec.width, alone=alone) for scene in loop)
    seconds = sum(view.seconds for turn in turns for view in turn)
    talk("{sign}: {width}x{height}; it takes {seconds} s, then begins again", sign=spec.id,
         width=spec.width, height=spec.height, seconds=f"{seconds:.1f}")  # fmt: skip


def _print(loop: Sequence[Scene], spec: SignSpec) -> None:
    """Draw every scene in strips as wide as the terminal, a line between two."""
    from broadcaster.signs.pixels.blocks import blocks
    from broadcaster.signs.pixels.colours import lit_in

    columns = shutil.get_terminal_size().columns
    plain = spec.colours is Colours.SINGLE or bool(os.environ.get("NO_COLOR"))
    strips = [
        (strip, lit_in(scene.colour, spec.colours))
        for scene in loop
        for strip in blocks(scene.pixels, columns)
    ]
    for number, (strip, lit) in enumerate(strips):
        if number:
            data("")
        for line in strip:
            # Click itself leaves colours out where stdout is no terminal.
            data(line if plain else click.style(line, fg=lit.value))
