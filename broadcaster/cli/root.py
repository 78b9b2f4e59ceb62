"""The root command: loads each noun's file only when it is asked for."""

from __future__ import annotations

import click


@click.group()
def main() -> None:
    """Run a ward's loudspeakers and LED boards."""
