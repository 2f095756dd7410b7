"""`run.json`: what the last `qadaya report` did, for machines and for the index."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qadaya.atomic import write_text
from qadaya.pages.run.result import Result

SUMMARY = "run.json"


def write_summary(out: Path, results: Sequence[Result], seconds: float) -> Path:
    """The path of `<out>/run.json`: one object for the whole, `runs` with one each.

    Keys of a run: name, notebook, parameters, page (relative to `out`), state, why (it
    ran), seconds, megabytes, cells; of a failure also kind, cell, execution and error.
    """
    path = out / SUMMARY
    summary = {
        "seconds": round(seconds, 1),
        "runs": [_said(result, out) for result in results],
    }
    write_text(path, json.dumps(summary, ensure_ascii=False, indent=1) + "\n")
    return path


def _said(result: Result, out: Path) -> dict[str, Any]:
    run = result.run
    facts: dict[str, Any] = {
        "name": run.name,
        "notebook": run.notebook.name,
        "parameters": run.parameters.model_dump(mode="json"),
        "page": run.page.relative_to(out).as_posix(),
        "state": result.state,
        "why": result.why,
        "seconds": round(result.seconds, 1),
        "megabytes": round(result.megabytes),
        "cells": result.cells,
    }
    if result.state == "failed":
        facts |= {
            "kind": result.kind,
            "cell": result.cell,
            "execution": result.execution,
            "error": result.error,
        }
    return facts
