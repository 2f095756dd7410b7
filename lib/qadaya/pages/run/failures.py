"""Why a run failed, in a sentence that helps: what happened, and what to do."""

from jupyter_client.kernelspec import KernelSpecManager

from qadaya.errors import QadayaError
from qadaya.pages.render.paths import shortened

_ALONE = "A shared page is made from its edition and data/public alone"
# By the name of the error: what stands for it where it says nothing itself.
_SAID = {
    "AssertionError": "what the cell asserts does not hold",
    "MemoryError": "the cell asked for more memory than there is; read or keep less",
    "KeyboardInterrupt": "the cell was interrupted",
    "CellExecutionError": "the cell failed without a word, as a failing magic does; "
    "run it in JupyterLab to see what it printed",
}
_HINTS = {
    "ModuleNotFoundError": "install it into the environment that runs Qadaya",
    "StdinNotImplementedError": "nobody is there to give it; make it a parameter",
    "SystemExit": "sys.exit(0) ends a notebook without a failure",
    "CalledProcessError": "a command that the cell called failed",
}


def failed_cell(name: str, value: str, *, printed: str, confined: bool) -> str:
    """The line for an error in a cell.

    `printed`: the last thing that the cell wrote to the error stream. `confined`:
    whether the kernel could open its edition alone.
    """
    reason = first_line(value) or _SAID.get(name, "")
    if name in ("CellExecutionError", "UsageError") and printed:
        # It names itself: "UsageError: Line magic function ... not found".
        return first_line(printed.strip().splitlines()[-1])
    sentence = f"{name}: {reason}" if reason else name
    missing = name in ("FileNotFoundError", "PermissionError")
    if confined and (missing or "ermission denied" in sentence):
        return f"{sentence}. {_ALONE}"
    hint = _HINTS.get(name)
    return f"{sentence} ({hint})" if hint else sentence


def kernel_for(asked: str) -> str:
    """The kernel that runs a notebook of Python: the one it asks for, if it is here.

    A name such as `conda-env-study-py` means an environment of somebody's machine; this
    one's Python stands in for it.

    Raises: QadayaError where there is no Python kernel at all.
    """
    known = KernelSpecManager().find_kernel_specs()
    if asked not in known and "python3" not in known:
        raise QadayaError(
            f"the notebook asks for the kernel {asked!r}, which is not installed here; "
            f"expected one of {', '.join(sorted(known)) or 'none'}. Install ipykernel"
        )
    return asked if asked in known else "python3"


def first_line(text: str) -> str:
    """The first line of a text, without paths of the machine."""
    lines = text.strip().splitlines()
    return shortened(lines[0].strip()) if lines else ""
