"""A workbench of a few cells, with what its notebooks begin and end with."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import small_register
from empty_workbench import empty_workbench
from qadaya.editions.build import build_edition

PARAMETERS = 'year = 2024\nedition = "latest"\naudience = "internal"\nlanguage = "en"'
OPENING = (
    "from qadaya.editions.edition import open_edition\n"
    "from qadaya.views.topics.colophon import colophon\n"
    "edition = open_edition(edition, audience=audience)"
)
CLOSING = "colophon(edition, year=year, language=language)"


class Project:
    """A workbench with an edition of three courts and notebooks of a few cells."""

    def __init__(self, folder):
        self.folder = empty_workbench(folder)
        for year in (2022, 2023):
            self.write(f"params/{year}.yml", f"year: {year}\nlanguage: en\n")

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def edition(self, audience="internal"):
        return build_edition(
            *small_register.register(),
            audience=audience,
            folder=self.folder / "data" / "editions",
            courts=small_register.COURTS,
        )

    def notebook(self, name, *sources, opening=OPENING, **metadata):
        """A notebook whose title is its name; `sources` stand between its ends."""
        middle = [new_code_cell(source) for source in sources]
        cells = [
            new_markdown_cell(f"# {name} in {{year}}\n\nWhat was returned."),
            new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
            *([new_code_cell(opening)] if opening else []),
            *middle,
            *([new_code_cell(CLOSING)] if opening else []),
        ]
        made = new_notebook(cells=cells)
        made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        # Plain papermill asks for the language before any kernel can tell it.
        made.metadata["language_info"] = {"name": "python"}
        if metadata:
            made.metadata["qadaya"] = metadata
        path = self.folder / "notebooks" / f"{name}.ipynb"
        nbformat.write(made, path)
        return path

    def page(self, name, audience="internal"):
        return self.folder / "reports" / audience / f"{name}.html"
