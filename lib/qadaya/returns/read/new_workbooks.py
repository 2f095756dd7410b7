"""Finds the formulas of an .xlsx workbook, which the reader of workbooks does not tell.

An .xlsx file is an archive of XML parts ([ECMA-376] part 1, chapter 18): the workbook
names its sheets, its relationships say in which part each stands.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from lxml import etree

from qadaya.returns.read.grid import place_of

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
# Elements of other names begin alike: formula1 of a list to choose from.
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def may_hold_formulas(sheet: bytes) -> bool:
    """Whether the XML of a sheet has to be parsed to know of its formulas."""
    return bool(_FORMULA.search(sheet))


def formulas_by_name(parts: ZipFile) -> dict[str, set[tuple[int, int]]]:
    """The (row, column) from 0 of every formula, by the name of the sheet.

    Raises: KeyError for a part that is missing, LxmlError for one that is no XML.
    """
    return {
        name: set(_formulas(content)) if may_hold_formulas(content) else set()
        for name, content in _sheets(parts)
    }


def _sheets(parts: ZipFile) -> Iterator[tuple[str, bytes]]:
    """The name and the XML of each sheet, in the order of the workbook."""
    targets = {
        relation.get("Id"): _part(relation.get("Target", ""))
        for relation in parsed(parts.read(_RELATIONS))
    }
    for sheet in parsed(parts.read(_WORKBOOK)).iterfind("{*}sheets/{*}sheet"):
        # Its namespace differs between the two dialects of the standard.
        named = [key for key in sheet.attrib if key.endswith("}id")]
        yield sheet.get("name"), parts.read(targets[sheet.get("".join(named))])


def _part(target: str) -> str:
    """The name of a part in the archive; a target without a slash begins in xl."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _formulas(sheet: bytes) -> Iterator[tuple[int, int]]:
    """The places of cells with a formula; a place that is left out is the next one."""
    row = -1
    for line in parsed(sheet).iterfind("{*}sheetData/{*}row"):
        row = int(line.get("r", row + 2)) - 1
        column = -1
        for cell in line.iterfind("{*}c"):
            named = cell.get("r")
            column = place_of(named)[1] if named else column + 1
            if cell.find("{*}f") is not None:
                yield row, column


def parsed(xml: bytes) -> Any:
    """The root of a part; nothing outside the part is looked up."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(xml, parser)
