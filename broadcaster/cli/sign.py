"""`sign`: what signs would show and be sent, without a sign."""

from __future__ import annotations

import click

from broadcaster.cli.sign_encode import encode
from broadcaster.cli.sign_preview import preview
from broadcaster.messages import tr


@click.group(help=tr("What signs would show and be sent; nothing is sent."))
def sign() -> None:
    """Group what concerns the signs' pixels and bytes."""


sign.add_command(preview)
sign.add_command(encode)
