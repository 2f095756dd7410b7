"""The command `qadaya`. A module of commands joins by being imported here."""

from qadaya.cli import (
    answers,
    difficulties,
    editions,
    invented,
    ledger,
    page_checks,
    pages,
    pairs,
    returns,
    revisions,
    status,
    watch,
    workbenches,
)
from qadaya.cli.command import app, main

__all__ = [
    "answers",
    "app",
    "difficulties",
    "editions",
    "invented",
    "ledger",
    "main",
    "page_checks",
    "pages",
    "pairs",
    "returns",
    "revisions",
    "status",
    "watch",
    "workbenches",
]
