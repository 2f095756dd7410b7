"""What takes its time only the first time, done before workers and kernels are forked.

Imports that wait until they are needed, catalogues, the tables that come with Qadaya,
the templates of pages and plotly.js taken apart: each child has them from its parent.
Nothing here reads what a run is about, and none of it starts a thread.
"""

import io
from importlib import import_module

# Imported by ipykernel when it starts, and by pandas and plotly with the first table
# that is read and the first chart. Not how a chart is shown: plotly decides that when
# it is asked, by the kernel.
_LATE = (
    "IPython.core.completerlib",
    "IPython.extensions.storemagic",
    "faulthandler",
    "ipykernel.debugger",
    "pdb",
    "tornado.platform.asyncio",
    "zmq.utils.garbage",
    "pandas.io.formats.string",
    "pandas.core.methods.to_dict",
    "plotly.express",
    "plotly.io._base_renderers",
    "pyarrow.dataset",
    "pyarrow.pandas_compat",
)
_CATALOGUES = (
    "counting.bands",
    "ledger.ledger",
    "pages.notebooks",
    "pages.pages",
    "views",
    "views.colophon",
    "vocabulary",
)


def do_once() -> None:
    """Do it, for all pages that are made from here on."""
    for name in _LATE:
        import_module(name)
    _look_up_words()
    _read_tables()
    _draw()
    _make_pages()


def _look_up_words() -> None:
    from qadaya.language import LANGUAGES, translator

    for language in LANGUAGES:
        for domain in _CATALOGUES:
            translator(language, domain)


def _read_tables() -> None:
    """Those that come with Qadaya, and one of an edition's kind.

    Of arrow without its threads: as pandas calls it, it would start some.
    """
    import pandas as pd
    import pyarrow as pa
    from pyarrow import parquet

    from qadaya.ledger import circuit_caseloads, load_ledger
    from qadaya.reference import bodies, courts, regions

    for table in (bodies, circuit_caseloads, courts, load_ledger, regions):
        table()
    cells = pd.DataFrame({"court_id": ["ca-rabat"], "n": [1]})
    kept = io.BytesIO()
    parquet.write_table(pa.Table.from_pandas(cells, nthreads=1), kept)
    read = parquet.ParquetFile(kept, pre_buffer=False).read(use_threads=False)
    read.to_pandas(use_threads=False).groupby("court_id")["n"].sum()


def _draw() -> None:
    """A chart with every part that charts of ours have, and one by plotly express."""
    import pandas as pd
    import plotly.express as px
    import plotly.graph_objects as go

    font, ends = {"size": 12}, {"array": [0]}
    look = {"marker": {"line": {"width": 1}}, "textfont": font, "text": [""]}
    figure = go.Figure(
        [
            go.Bar(x=[0], y=[0], error_x=ends, error_y=ends, **look),
            go.Scatter(
                x=[0], y=[0], error_x=ends, error_y=ends, line={"width": 1}, **look
            ),
        ]
    )
    figure.update_layout(
        title={"text": "", "font": font, "subtitle": {"text": "", "font": font}},
        template="plotly",
    )
    figure.to_json()
    px.bar(
        pd.DataFrame({"year": [0], "n": [0], "name": [""]}),
        x="year",
        y="n",
        color="name",
    )


def _make_pages() -> None:
    """An empty page in each language: the templates, the style, the scripts."""
    import nbformat

    from qadaya.language import LANGUAGES
    from qadaya.pages.render.assets import plotly_source
    from qadaya.pages.render.plotly_bundle import kinds_of_charts
    from qadaya.pages.run.worker import page_of

    for language in LANGUAGES:
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_markdown_cell("# A")]
        )
        page_of(notebook, "empty", None, {"language": language})
    kinds_of_charts(plotly_source())
