"""The least that a command takes for a workbench: no notebook, and the policy."""

import shutil

from checkout import CHECKOUT


def empty_workbench(folder):
    for name in ("notebooks", "params"):
        (folder / name).mkdir(parents=True)
    shutil.copy(CHECKOUT / "params" / "protection.yml", folder / "params")
    return folder
