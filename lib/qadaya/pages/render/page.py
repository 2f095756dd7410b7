"""An executed notebook as one HTML file that asks for nothing.

The facts of the page come from the run, else the notebook
(`qadaya.pages.render.facts`), its body from `qadaya.pages.render.contents`, its look
from `page.html.j2` and `page.css`.
"""

import json
from dataclasses import asdict
from typing import Any

from nbformat import NotebookNode

from qadaya.language import DIRECTION, translator
from qadaya.pages.render.clean import plain_text
from qadaya.pages.render.contents import Contents, read_contents
from qadaya.pages.render.facts import Facts, facts_of
from qadaya.pages.render.sentences import (
    audience_words,
    bound_words,
    host_words,
    largest_bound,
    run_words,
)
from qadaya.pages.render.shown import Options
from qadaya.pages.render.spaces import lines_kept
from qadaya.pages.render.template import POLICY, environment
from qadaya.views.explorer.module import KINDS as EXPLORER_KINDS
from qadaya.views.palette import names_by_colour

# For the head of a page; the host script writes the digits of its body.
_NUMERALS = {"western": {}, "arabic": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")}


def page_html(
    notebook: NotebookNode,
    *,
    name: str,
    made_from: dict[str, Any] | None = None,
    run: dict[str, Any] | None = None,
    options: Options | None = None,
) -> str:
    """One HTML file. `name`: the notebook's; `made_from`: its parts, where known.

    `run`: what whoever ran it knows of the page, as for `facts_of`. `options`: what of
    the cells is shown.
    """
    facts = facts_of(notebook, run)
    contents = read_contents(notebook, facts, options)
    _ = translator(facts.language, "pages.pages")
    title = contents.title or name
    specs, templates = _specs(contents)
    page = (
        environment(facts.language)
        .get_template("page.html.j2")
        .render(
            facts=facts,
            contents=contents,
            title=title,
            head_title=_head_title(title, facts),
            description=_description(contents, facts),
            policy=POLICY,
            dir=DIRECTION[facts.language],
            numerals=_NUMERALS[facts.digits],
            record=page_record(
                facts,
                title=title,
                name=name,
                made_from=made_from,
                finding=contents.finding,
            ),
            stamp=audience_words(facts),
            bounds=bound_words(facts),
            most=largest_bound(facts),
            run=run_words(facts, name, made_from),
            sources=_sources(facts),
            words=host_words(facts.language),
            colours=names_by_colour(),
            specs=specs,
            kinds=_kinds(specs, contents),
            templates=templates,
            states=[block.state for block in contents.explorers],
        )
    )
    return lines_kept(page, facts.language)


def page_record(
    facts: Facts,
    *,
    title: str,
    name: str,
    made_from: dict[str, Any] | None,
    finding: str = "",
) -> dict[str, Any]:
    """What the page says to the index and to the next run: one JSON object in it.

    Keys: those of `Facts`, and notebook, title, finding, made_from (see
    `qadaya.pages.run.made_from`; None where a notebook was rendered by itself).
    """
    return asdict(facts) | {
        "notebook": name,
        "title": title,
        "finding": finding,
        "made_from": made_from,
    }


def _head_title(title: str, facts: Facts) -> str:
    year = facts.year
    named = title if year is None or str(year) in title else f"{title} · {year}"
    if facts.place_name:
        named = f"{named} · {facts.place_name}"
    return f"{named} · {translator(facts.language, 'pages.pages').gettext('Qadaya')}"


def _description(contents: Contents, facts: Facts) -> str:
    _ = translator(facts.language, "pages.pages").gettext
    opening = plain_text(contents.opening) or contents.title
    short = opening if len(opening) < 200 else opening[:200].rsplit(" ", 1)[0] + "…"
    return f"{_('Synthetic data.')} {short}" if facts.synthetic else short


def _sources(facts: Facts) -> str:
    _ = translator(facts.language, "pages.pages").gettext
    if facts.source == "ledger":
        return _("the ledger of published figures; nothing in it was altered")
    returns = (
        _("returns invented on the form of the circular of 14 April 2023")
        if facts.synthetic
        else _("the courts’ returns on the form of the circular of 14 April 2023")
    )
    courts = _("map of the courts: decree 2.23.665")
    return f"{returns} · {courts}"


def _specs(contents: Contents) -> tuple[list[dict[str, Any]], list[Any]]:
    """What plotly draws, and the templates it is drawn with, each of them once.

    A figure names its template by its place in the list: plotly's own weighs more than
    the figure does, and every figure brings it along.
    """
    specs: list[dict[str, Any]] = []
    templates: list[Any] = []
    for figure in contents.figures:
        layout = dict(figure.spec["layout"])
        template = layout.pop("template", None)
        if template not in templates:
            templates.append(template)
        specs.append(
            {
                **figure.spec,
                "number": figure.number,
                "height": figure.height,
                "layout": layout,
                "template": templates.index(template),
            }
        )
    return specs, templates


def _kinds(specs: list[dict[str, Any]], contents: Contents) -> frozenset[str]:
    """The kinds of charts that plotly must be able to draw.

    A calendar other than the usual one is a part of plotly too.
    """
    traces = (trace for spec in specs for trace in spec["data"])
    kinds = {str(trace.get("type", "scatter")) for trace in traces}
    for explorer in contents.explorers:
        kinds |= EXPLORER_KINDS[explorer.module]
    if 'calendar"' in json.dumps(specs, default=str):
        kinds.add("calendars")
    return frozenset(kinds)
