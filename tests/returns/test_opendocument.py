from lxml import etree

from qadaya.returns.read.opendocument import NAMES, spans_and_formulas, table_rows

NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
FILLED = "<table:table-cell><text:p>x</text:p></table:table-cell>"


def table(rows):
    return etree.fromstring(
        f'<table:table {NAMESPACES} table:name="s">{rows}</table:table>'
    )


def row(cells, attributes=""):
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def cell(attributes):
    return f"<table:table-cell {attributes}><text:p>x</text:p></table:table-cell>"


def test_spans_and_formulas_stand_below_rows_that_are_passed_over():
    rows = [
        row(FILLED),
        row("<table:table-cell/>", 'table:number-rows-repeated="3"'),
        row(FILLED + cell('table:number-rows-spanned="1"')),
        row(FILLED + cell('table:number-rows-spanned="2"')),
        row(FILLED, 'table:number-rows-repeated="2"'),
        row(cell('table:formula="of:=1" table:number-columns-repeated="2"')),
    ]
    assert spans_and_formulas(table("".join(rows))) == (
        "s",
        [(5, 1, 6)],
        {(8, 0), (8, 1)},
    )


def test_repeated_empty_cells_move_the_cells_after_them():
    empty = '<table:table-cell table:number-columns-repeated="4"/>'
    rows = row(empty + FILLED) + row(empty + cell('table:formula="of:=1"'))
    assert spans_and_formulas(table(rows)) == ("s", [], {(1, 4)})


def test_a_cell_merged_downwards_counts_on_every_row_of_a_document():
    covered = "<table:covered-table-cell/>"
    rows = row(cell('table:number-rows-spanned="2"')) + row(covered + FILLED)
    assert table_rows(table(rows)) == [["x"], ["x", "x"]]
