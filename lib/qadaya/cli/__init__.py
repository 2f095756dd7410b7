"""The command `qadaya`. A module of commands joins by being imported here."""

from qadaya.cli import (
    answers,
    editions,
    invented,
    ledger,
    pages,
    returns,
    status,
    workbenches,
)
from qadaya.cli.command import app, main

__all__ = [
    "answers",
    "app",
    "editions",
    "invented",
    "ledger",
    "main",
    "pages",
    "returns",
    "status",
    "workbenches",
]
