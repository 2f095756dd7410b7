import re

import pytest

from qadaya.pages.render.assets import plotly_source
from qadaya.pages.render.plotly_bundle import bundle_with, kinds_of_charts
from qadaya.pages.render.statements import Unbalanced, statements

# As esbuild writes one: helpers, modules of two kinds, the list of what is registered.
BODY = """"use strict";var Plotly=(()=>{var def=Object.defineProperty;
var esm=(e,t)=>()=>(e&&(t=e(e=0)),t),cjs=(e,t)=>()=>{t||e((t={exports:{}}).exports,t)};
var fill=(e,t)=>{for(var r in t)def(e,r,{get:t[r]})};
var core=cjs((e,t)=>{t.exports=lines()});
var lines=cjs((e,t)=>{t.exports={moduleType:"trace",name:"scatter"}});
var bars=cjs((e,t)=>{var n=inner();t.exports={moduleType:"trace",name:"bar",n}});
var inner=cjs((e,t)=>{var a=/[)}"]/.test(`}${"`"+{}}`);t.exports=(scale(),scales)});
var scales={};fill(scales,{linear:()=>linear});
function linear(){return step()}function step(){return[...half]}
var half,scale=esm(()=>{half=[.5]});
var heavy=cjs((e,t)=>{t.exports=maps()});
var maps=cjs((e,t)=>{turn();t.exports={moduleType:"trace",name:"map",globes}});
var globes={};fill(globes,{globe:()=>globe});
function globe(){return half}var turn=esm(()=>{});
var all=cjs((e,t)=>{var c=core();c.register([bars(),heavy()]);t.exports=c});
return all();})();"""
BUNDLE = BODY.replace("\n", "") + "\n/*! said of it */\n"


def declared(source):
    return re.findall(r"(?:var|function) (\w+)|,(scale)=", source)


def names(source):
    return {one or other for one, other in declared(source)}


def test_what_is_not_drawn_is_left_out_with_all_that_only_it_asks_for():
    cut = bundle_with(BUNDLE, frozenset())
    assert ".register([])" in cut
    assert {"core", "lines", "all", "fill"} <= names(cut)
    assert not {"bars", "inner", "heavy", "maps", "globe", "turn"} & names(cut)


def test_what_is_drawn_keeps_all_that_it_asks_for_however_far():
    cut = bundle_with(BUNDLE, frozenset({"bar"}))
    assert ".register([bars()])" in cut
    kept = {"bars", "inner", "scales", "linear", "step", "half", "scale"}
    assert kept <= names(cut)
    assert not {"heavy", "maps"} & names(cut)
    assert "fill(scales,{linear:()=>linear});" in cut
    assert cut.endswith("return all();})();\n/*! said of it */\n")


def test_with_every_kind_nothing_is_left_out():
    assert kinds_of_charts(BUNDLE) == ["bar", "map"]
    assert bundle_with(BUNDLE, frozenset({"map", "bar"})) == BUNDLE


@pytest.mark.parametrize(
    "other",
    [
        "",
        "var Plotly={};",
        BUNDLE.replace(".register([", ".enter(["),
        BUNDLE.replace("return all()", "all()"),
        BUNDLE.replace("var half,", "var half=[(],"),
        BUNDLE.replace("fill(scales,", "fill(other,"),
    ],
    ids=["empty", "no function", "no list", "no end", "open", "filled from afar"],
)
def test_a_file_that_is_built_another_way_is_kept_whole(other):
    assert bundle_with(other, frozenset({"bar"})) == other
    assert kinds_of_charts(other) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("var a=1,b;", [{"a": "1", "b": ""}]),
        ("var a=f({x:1,y:2}),b=(c,d)=>e;", [{"a": "f", "b": ""}]),
        ("function a(b){var c=1;return c}a();", [{"a": ""}, {}]),
        ("class a{b(){}}var c=class{};", [{"a": ""}, {"c": "class"}]),
        ("var a=\";}\",b='{';", [{"a": "", "b": ""}]),
        ("var a=`;${`}`+{b:1}}`,c=1;", [{"a": "", "c": "1"}]),
        ("var a=/[/;}]/g.test(b)/2,c;", [{"a": "", "c": ""}]),
        ("var a=b/c/d;var e;", [{"a": "b/c/d"}, {"e": ""}]),
        ("/* ; */a(/* } */);// ;\nb", [{}, {}]),
    ],
)
def test_a_statement_ends_where_its_brackets_meet(source, found):
    parts = list(statements(source, 0, len(source)))
    assert [part.names for part in parts] == found
    assert "".join(part.text for part in parts) == source


@pytest.mark.parametrize("source", ["a(]", "a)", "(", "var a=`${", "{(})"])
def test_brackets_that_do_not_meet_are_seen(source):
    with pytest.raises(Unbalanced):
        list(statements(source, 0, len(source)))


# ---- the file in the installed package ----


def test_the_installed_file_can_be_cut():
    source = plotly_source()
    kinds = kinds_of_charts(source)
    assert {"bar", "heatmap", "sankey", "scattermap", "calendars"} <= set(kinds)
    assert bundle_with(source, frozenset(kinds)) == source
    assert len(bundle_with(source, frozenset({"bar", "sankey"}))) < len(source) / 3


# One figure of each kind that needs no other pixels than those of a drawing.
VALUES = {
    "bar": {"y": [1, 2]},
    "barpolar": {"r": [1, 2], "theta": [10, 50]},
    "box": {"y": [1, 2, 5]},
    "candlestick": {"open": [1], "high": [4], "low": [0], "close": [2]},
    "contour": {"z": [[1, 2], [3, 4]]},
    "funnel": {"x": [4, 2]},
    "funnelarea": {"values": [4, 2]},
    "heatmap": {"z": [[1, 2], [3, 4]]},
    "histogram": {"x": [1, 1, 2]},
    "histogram2d": {"x": [1, 1, 2], "y": [1, 2, 2]},
    "histogram2dcontour": {"x": [1, 1, 2], "y": [1, 2, 2]},
    "icicle": {"labels": ["a", "b"], "parents": ["", "a"]},
    "indicator": {"mode": "gauge+number", "value": 3},
    "ohlc": {"open": [1], "high": [4], "low": [0], "close": [2]},
    "parcats": {"dimensions": [{"values": [1, 2]}, {"values": [2, 1]}]},
    "pie": {"values": [4, 2]},
    "sankey": {
        "node": {"label": ["a", "b"]},
        "link": {"source": [0], "target": [1], "value": [3]},
    },
    "scatter": {"y": [1, 2], "error_y": {"type": "data", "array": [1, 1]}},
    "scatterpolar": {"r": [1, 2], "theta": [10, 50]},
    "scattersmith": {"real": [1, 2], "imag": [0, 1]},
    "scatterternary": {"a": [1, 2], "b": [2, 1], "c": [1, 1]},
    "sunburst": {"labels": ["a", "b"], "parents": ["", "a"]},
    "table": {"header": {"values": ["a"]}, "cells": {"values": [[1, 2]]}},
    "treemap": {"labels": ["a", "b"], "parents": ["", "a"]},
    "violin": {"y": [1, 2, 5]},
    "waterfall": {"y": [1, 2]},
}
DRAW = """async ({ code, kind, trace }) => {
  const script = document.createElement("script");
  script.textContent = code;
  document.head.append(script);
  const place = document.body.appendChild(document.createElement("div"));
  await Plotly.newPlot(place, [{ type: kind, ...trace }], { width: 400, height: 300 });
  return place._fullData.map((each) => each.type);
}"""


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_a_bundle_of_one_kind_draws_it_and_complains_of_nothing(browser, kind):
    page = browser.new_page()
    complaints = []
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("console", lambda message: complaints.append(message.text))
    code = bundle_with(plotly_source(), frozenset({kind}))
    trace = {"code": code, "kind": kind, "trace": VALUES[kind]}
    assert page.evaluate(DRAW, trace) == [kind]
    assert page.locator(".main-svg").count() > 0
    assert complaints == []
    page.close()


def test_every_other_kind_is_registered_by_a_bundle_that_names_it(browser):
    source = plotly_source()
    others = set(kinds_of_charts(source)) - set(VALUES) - {"calendars"}
    assert len(others) > 15
    known = "(code) => { (0, eval)(code); return Plotly.PlotSchema.get().traces; }"
    every = sorted(others)
    for kinds in (every[::3], every[1::3], every[2::3]):
        page = browser.new_page()
        registered = page.evaluate(known, bundle_with(source, frozenset(kinds)))
        assert registered.keys() & others == set(kinds)
        page.close()
