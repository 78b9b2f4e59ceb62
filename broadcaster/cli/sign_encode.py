"""`sign encode`: the bytes that a sign would be sent."""

from __future__ import annotations

import click

from broadcaster.cli import slogan
from broadcaster.cli.app import App, as_json, data, data_json, pass_app
from broadcaster.errors import Refusal
from broadcaster.messages import msg, tr


@click.command(help=tr("Print the bytes for a text, a line a frame; none is sent."))
@click.argument("text", type=slogan.typed, metavar="TEXT")
@click.option("--sign", "sign", metavar="ID", required=True, help=tr("The sign."))
@as_json
@pass_app
def encode(app: App, text: str, sign: str, as_json: bool) -> None:  # noqa: FBT001 - Click's way
    """Print all that a sign of which nothing is known would be told."""
    from broadcaster.signs.drivers import driver
    from broadcaster.signs.screen import draw
    from broadcaster.talk import UnshowableError

    spec, now = slogan.sign_of(app, sign)
    wanted = slogan.content(text)
    if spec.settings is None:
        raise Refusal(msg("{sign} is a folder of pictures: no bytes are sent to it", sign=sign))
    try:
        says = driver(spec).show(draw(wanted, spec, now), None, now)
    except UnshowableError as error:
        raise Refusal(error.message) from None
    for say in says:
        frame = b"".join(say.pieces).hex(" ")
        if as_json:
            answered = say.answer is not None
            data_json({"hex": frame, "bytes": say.size, "answered": answered, "shows": say.shows})
        else:
            data(frame)
