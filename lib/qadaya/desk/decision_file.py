"""The text of `params/corrections.yml`, changed where nobody else wrote in it."""

import re
from datetime import date

import yaml

from qadaya.returns.corrections import Correction

_HEAD = "corrections:\n"
_NONE_YET = re.compile(r"^corrections:[ \t]*(?:\[[ \t]*\])?[ \t]*$", re.MULTILINE)
_ENTRY = re.compile(r"^([ \t]*)- ", re.MULTILINE)


def with_entry(text: str, decision: Correction) -> str:
    """The text of the file with one entry more at its end."""
    entries = [line[1] for line in _ENTRY.finditer(_without_comments(text))]
    entry = _entry(decision, entries[-1] if entries else "  ")
    if entries:
        return f"{text.rstrip()}\n{entry}"
    begun, found = _NONE_YET.subn(_HEAD.rstrip(), text, count=1)
    return f"{begun.rstrip()}\n{entry}" if found else f"{text}{_HEAD}{entry}"


def _without_comments(text: str) -> str:
    return "\n".join(x for x in text.splitlines() if not x.lstrip().startswith("#"))


def _entry(decision: Correction, indent: str) -> str:
    # As Python has it, so that the day stays a day.
    fields = decision.model_dump(exclude_defaults=True)
    lines = yaml.safe_dump([fields], allow_unicode=True, sort_keys=False, width=80)
    return "".join(f"{indent}{line}\n" for line in lines.splitlines())


def with_withdrawal(text: str, number: int, day: date) -> str:
    """The text of the file, one of its entries (the first is 0) withdrawn on a day."""
    entry = _entries(text)[number]
    key, value = entry.value[-1]
    if entry.flow_style:
        place = value.end_mark.index
        return f"{text[:place]}, withdrawn_on: {day}{text[place:]}"
    lines = text.splitlines(keepends=True)
    # A mapping in a block ends where the next thing begins, behind lines of comment.
    while isinstance(value, yaml.MappingNode) and not value.flow_style:
        value = value.value[-1][1]
    last = value.end_mark.line if value.end_mark.column else value.end_mark.line - 1
    line = f"{' ' * key.start_mark.column}withdrawn_on: {day}\n"
    before = lines[: last + 1]
    before[-1] = f"{before[-1].rstrip()}\n"
    return "".join([*before, line, *lines[last + 1 :]])


def _entries(text: str) -> list[yaml.MappingNode]:
    file = yaml.compose(text, Loader=yaml.SafeLoader)
    assert file is not None  # it was read strictly before
    entries: list[yaml.MappingNode] = file.value[0][1].value
    return entries
