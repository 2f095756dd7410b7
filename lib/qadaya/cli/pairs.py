"""The command `pairs`: what seems to be one case, both places side by side."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qadaya.cli.arguments import AnswerFormat, AnswerLanguage, RegisterFolder, year_of
from qadaya.cli.command import Format, Language, app

if TYPE_CHECKING:
    from qadaya.returns.register.pairs import Pair, Side

RULES = {
    "counted_twice": "counted twice",
    "second_degree_case": "of second degree",
    "referred_elsewhere": "referred",
}
DECISIONS = {
    None: "not decided",
    "recode": "recoded",
    "exclude": "one is excluded",
    "count_here": "counts in one place",
    "same_case_as": "counts in one place",
    "different_cases": "two cases",
}


@app.command()
def pairs(
    year: Annotated[
        str | None, typer.Option("--year", metavar="YEAR", help="Of one year only.")
    ] = None,
    register: RegisterFolder = None,
    format_: AnswerFormat = Format.text,
    language: AnswerLanguage = Language.en,
) -> None:
    """Show rows that seem to be one case, with a score and what was decided."""
    from qadaya.returns.register import Register
    from qadaya.spreadsheet import csv_text

    listed = Register(register).pairs()
    if year is not None:
        of = year_of(year)
        listed = [one for one in listed if of in (one.one.year, one.other.year)]
    if format_ is Format.json:
        typer.echo(json.dumps(list(map(_record, listed)), ensure_ascii=False, indent=1))
    elif format_ is Format.csv:
        typer.echo(csv_text(*_lines(listed)), nl=False)
    else:
        _print(listed, language.value)


def _record(pair: "Pair") -> dict[str, Any]:
    sides = {"one": pair.one._asdict(), "other": pair.other._asdict()}
    return pair._asdict() | sides


def _lines(found: "list[Pair]") -> tuple[list[str], list[list[Any]]]:
    from qadaya.returns.register.pairs import Side

    header = ["score", "rule", "decision"]
    header += [f"{side}_{name}" for side in ("one", "other") for name in Side._fields]
    rows = [[p.score, p.rule, p.decision, *p.one, *p.other] for p in found]
    return header, rows


def _print(found: "list[Pair]", language: str) -> None:
    from rich.console import Console
    from rich.table import Table

    from qadaya.language import translator

    say = translator(language, "cli.cli").gettext
    heads = ("Score", "Seems to be", "Here", "There", "Decision")
    table = Table(*map(say, heads), show_lines=True)
    for pair in found:
        table.add_row(
            str(pair.score),
            say(RULES[pair.rule]),
            _side(pair.one, language),
            _side(pair.other, language),
            say(DECISIONS[pair.decision]),
        )
    Console(highlight=False).print(table)


def _side(side: "Side", language: str) -> str:
    from qadaya.cli.return_answers import shown
    from qadaya.language import translator
    from qadaya.reference import court_name

    say = translator(language, "cli.cli").gettext
    kind = "supplement {n}" if side.supplement else "version {n}"
    row = say("row {n}").format(n=side.row)
    lines = [
        f"{court_name(side.court_id, language)}, {side.year}",
        f"{say(kind).format(n=side.version)}, {row}",
        shown(side.words),
        say("counted") if side.counts else say("not counted"),
    ]
    return "\n".join(lines)
