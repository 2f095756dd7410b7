import re

import pytest

from qadaya.packaged import packaged_file
from qadaya.pages.render.assets import host_script, style
from qadaya.pages.render.facts import Facts
from qadaya.pages.render.stock import dressed
from qadaya.views.charts import style as charts
from qadaya.views.explorer.module import FRONT, colours
from qadaya.views.palette import (
    DARK,
    DESK,
    LIGHT,
    custom_properties,
    names_by_colour,
)

COLOUR = re.compile(r"#[0-9a-f]{6}\b", re.IGNORECASE)


def style_sheet():
    return colours() + (FRONT / "explore.css").read_text(encoding="utf-8")


def test_the_dark_has_a_colour_for_each_of_the_light():
    assert DARK.keys() == LIGHT.keys()


def test_a_style_sheet_names_only_colours_of_the_palette():
    names = set(re.findall(r"var\(--([a-z0-9-]+)", style()))
    faces = {"serif", "sans", "mono", "prose", "lead", "title", "ui", "small"}
    assert names - faces - {"lh", "lh-head", "h2-size", "answer"} <= set(LIGHT)
    names = set(re.findall(r"var\(--qx-([a-z0-9-]+)", style_sheet()))
    assert names - {"serif", "sans", "size"} <= set(LIGHT)


@pytest.mark.parametrize("sheet", [style, style_sheet], ids=["page", "explorer"])
def test_a_sheet_writes_no_colour_beside_the_palette(sheet):
    written = set(COLOUR.findall(str(sheet())))
    assert written <= {*LIGHT.values(), *DARK.values()}


def test_the_desk_writes_no_colour_beside_the_palette():
    sheet = packaged_file("desk/desk.css").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-f]{3,8}\b", sheet, re.IGNORECASE)
    assert set(re.findall(r"var\(--qd-([a-z0-9-]+)", sheet)) == set(DESK)


def test_a_stock_page_marks_invented_data_in_colours_of_the_palette():
    facts = Facts(synthetic=True)
    page = dressed("<html><head></head><body></body></html>", facts)
    written = set(COLOUR.findall(page))
    assert written == {LIGHT["synth"], LIGHT["synth-ink"], LIGHT["synth-line"]}


def test_the_script_of_a_page_writes_no_colour_of_its_own():
    assert not COLOUR.findall(str(host_script()))


def test_a_chart_draws_with_light_colours_only():
    drawn = {value for value in vars(charts).values() if COLOUR.fullmatch(str(value))}
    assert drawn <= set(LIGHT.values())


def test_custom_properties_are_the_declarations_of_a_rule():
    written = custom_properties({"ink": "#1a1e23", "h1": "#d3e6e2"}, "qx-")
    assert written == "--qx-ink:#1a1e23;--qx-h1:#d3e6e2"


def test_white_is_the_sheet_wherever_else_it_is_used():
    names = names_by_colour()
    assert names["#ffffff"] == "--sheet"
    assert names["#1a1e23"] == "--ink"
    assert set(names) == set(LIGHT.values())
