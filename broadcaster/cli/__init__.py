"""The commands: one file a noun; each parses, calls and prints."""

from broadcaster.cli.root import main

__all__ = ["main"]
