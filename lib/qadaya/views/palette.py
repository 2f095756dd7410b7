"""The colours of everything that is shown: charts, pages and the explorer.

They stand here once, by the name of what they are for. Charts take the light ones; a
style sheet gets all of them as custom properties; a page in the dark exchanges each
light colour of a chart for its dark twin.
"""

from collections.abc import Mapping

LIGHT = {
    "paper": "#fcfbf8",
    "panel": "#f4f2ec",
    "sheet": "#ffffff",
    "rule": "#dad6cc",
    "edge": "#7f7d76",
    "ink": "#1a1e23",
    "ink-2": "#434a52",
    "ink-3": "#5c636b",
    "accent": "#0b5752",
    "accent-soft": "#e2eeeb",
    "focus": "#1b4fc0",
    # NCMEC, CPS, and both together
    "n": "#1f5f99",
    "c": "#a3520b",
    "t": "#55958d",
    # the ground of the years that were gathered afterwards
    "early": "#f1eee5",
    # classes of a heat map, lightest first, and what is written on them
    "h1": "#d3e6e2",
    "h2": "#9bc8c1",
    "h3": "#3f7f78",
    "h4": "#0c4a46",
    "h1-ink": "#12302d",
    "h2-ink": "#0d2b28",
    "h3-ink": "#ffffff",
    "h4-ink": "#ffffff",
    "hatch": "#cfcabd",
    "flow": "#a6ccc6",
    "exit": "#e0dcd1",
    "exit-node": "#7b7a74",
    # the mark that figures are invented
    "synth": "#fcefcb",
    "synth-ink": "#493200",
    "synth-line": "#b27d0c",
}
DARK = {
    "paper": "#15181b",
    "panel": "#1e2226",
    "sheet": "#191d20",
    "rule": "#363c42",
    "edge": "#8a9097",
    "ink": "#eceae4",
    "ink-2": "#c3c4c1",
    "ink-3": "#a2a6a9",
    "accent": "#7fd0c4",
    "accent-soft": "#17322f",
    "focus": "#9cc3ff",
    "n": "#7db4ea",
    "c": "#eba060",
    "t": "#3f7f78",
    "early": "#1b1f22",
    "h1": "#21413d",
    "h2": "#2f655f",
    "h3": "#63b0a6",
    "h4": "#b9e6df",
    "h1-ink": "#e3f1ee",
    "h2-ink": "#ffffff",
    "h3-ink": "#06201d",
    "h4-ink": "#06201d",
    "hatch": "#565d64",
    "flow": "#33756d",
    "exit": "#4a5057",
    "exit-node": "#9aa0a5",
    "synth": "#3a2e10",
    "synth-ink": "#f8e3ac",
    "synth-line": "#c79a34",
}

# The desk lies in JupyterLab, whose theme colours all but these.
DESK = {
    "sheet": "#ffffff",
    "edge": "#777777",
    # what went well, what is asked about, what is refused
    "good": "#dcfce7",
    "good-ink": "#14532d",
    "doubt": "#fef3c7",
    "doubt-ink": "#713f12",
    "bad": "#fee2e2",
    "bad-ink": "#7f1d1d",
    # a cell of which a problem speaks
    "odd": "#fde68a",
    "odd-ink": "#3b2a00",
    "odd-line": "#b45309",
    # the room that is open, where the keyboard is, the mark of what stays inside
    "door": "#1e3a5f",
    "ring": "#d97706",
    "stamp": "#b91c1c",
}


def custom_properties(colours: Mapping[str, str], prefix: str = "") -> str:
    """The declarations of a rule: `--ink:#1a1e23;--rule:#dad6cc`."""
    return ";".join(f"--{prefix}{name}:{value}" for name, value in colours.items())


def names_by_colour() -> dict[str, str]:
    """Which custom property a light colour stands for: `#1a1e23` is `--ink`.

    White is the sheet that things lie on, wherever else it is used.
    """
    return {value: f"--{name}" for name, value in reversed(LIGHT.items())}
