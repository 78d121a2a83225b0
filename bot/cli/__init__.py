"""The command line: ``lantern``."""

from bot.cli.root import main

__all__ = ["main"]
