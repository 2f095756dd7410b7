"""Starts kernels: confined where they must be, and forked where they can be.

A kernel that is forked has its imports behind it, which take longer than most cells. It
can be where the notebook asks for the Python that runs here.
"""

import json
import logging
import os
import sys
import uuid
from pathlib import Path
from typing import Any, ClassVar

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from qadaya.pages.run import confine
from qadaya.pages.run.forks import Child, ForkError, Forks, Request

_LAUNCHER = "ipykernel_launcher"
_ASIDE = ("extra_arguments", "kernel_id")


class _Forked(LocalProvisioner):
    """Has a kernel forked; what cannot be is started as ever."""

    process: Any
    forks: Forks

    async def launch_kernel(self, cmd: list[str], **settings: Any) -> Any:
        if request := self._request(settings):
            try:
                return self._fork(request)
            except ForkError as fault:
                logging.getLogger(__name__).warning(
                    "%s; this kernel is started on its own, which takes longer", fault
                )
        return await super().launch_kernel(cmd, **settings)

    def _request(self, settings: dict[str, Any]) -> Request | None:
        """What to ask for; None for a kernel that is not forked."""
        manager = self.parent
        assert isinstance(manager, _Kernel)
        arguments = _arguments_here(manager.plain)
        folder = str(settings.get("cwd") or os.getcwd())
        if arguments is None or self.kernel_spec.env or _passed_over(folder):
            return None
        return {
            "arguments": arguments,
            "confined": manager.places,
            "environment": settings.get("env") or dict(os.environ),
            "folder": folder,
        }

    def _fork(self, request: Request) -> Any:
        number = self.forks.child(request)
        self.process = Child(self.forks, number)
        # It leads a group of its own from its first moment on.
        self.pid = self.pgid = number
        self.cwd = request["folder"]
        return self.connection_info


class _Kernel(AsyncKernelManager):
    """Starts a kernel that can open its places, and the file of its own sockets."""

    confined: ClassVar[dict[str, list[str]] | None]
    forks: ClassVar[Forks | None]

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        if self.forks:
            self.kernel_id = str(uuid.uuid4())
            self.provisioner = _Forked(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
            self.provisioner.forks = self.forks

    @property
    def places(self) -> dict[str, list[str]] | None:
        """What it can open, for `confine`."""
        if self.confined is None:
            return None
        sockets = os.path.realpath(self.connection_file)
        return self.confined | {"read": [*self.confined["read"], sockets]}

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        self.plain = super().format_kernel_cmd(extra_arguments)
        if self.confined is None:
            return self.plain
        places = json.dumps(self.places)
        return [sys.executable, "-I", "-S", confine.__file__, places, *self.plain]


def kernel_class(
    confined: dict[str, list[str]] | None, forks: Forks | None
) -> type[AsyncKernelManager]:
    """The manager of kernels that can open these places (None: any)."""
    return type("Kernel", (_Kernel,), {"confined": confined, "forks": forks})


def _arguments_here(command: list[str]) -> list[str] | None:
    """The arguments of a kernel of this very Python; None for any other one."""
    python, *rest = command
    if rest[:2] != ["-m", _LAUNCHER] or not _is_this_python(python):
        return None
    return [_LAUNCHER, *rest[2:]]


def _is_this_python(path: str) -> bool:
    here, there = Path(sys.executable), Path(path)
    same = here.parent == there.parent and here.resolve() == there.resolve()
    return there.is_absolute() and same


def _passed_over(folder: str | Path) -> bool:
    """Whether a module beside the notebook has the name of one that is imported."""
    return any(path.stem in sys.modules for path in Path(folder).glob("*.py")) or any(
        path.parent.name in sys.modules for path in Path(folder).glob("*/__init__.py")
    )
