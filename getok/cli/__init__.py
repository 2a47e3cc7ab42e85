"""The command line: ``getok``."""

from getok.cli.app import app, main

__all__ = ["app", "main"]
