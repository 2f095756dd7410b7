"""The command `qadaya`. A module of commands joins by being imported here."""

from qadaya.cli import returns
from qadaya.cli.command import app, main

__all__ = ["app", "main", "returns"]
