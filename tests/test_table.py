import pandas as pd

from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.table import Table, quoted


def test_a_table_is_shown_whole_and_without_row_numbers():
    long = Table({"Court": [f"court {n}" for n in range(112)], "n": range(112)})
    shown = long._repr_html_()
    assert shown.count("<tr>") == 113
    assert "<th>court 60</th><td>60</td>" in shown
    assert "..." not in shown


def test_long_words_are_not_cut_and_signs_are_escaped():
    reason = "because " * 40 + "<b>"
    shown = Table({"Reason": [reason]})._repr_html_()
    assert "because " * 40 + "&lt;b&gt;" in shown


def test_whole_numbers_are_whole_and_nothing_is_a_dash():
    shown = Table({"Year": [2024], "n": [44.0], "mean": [1.25], "gap": [None]})
    assert shown._repr_html_().endswith(
        "<tr><th>2024</th><td>44</td><td>1.2</td><td>–</td></tr></tbody></table>"
    )


def test_what_is_worked_out_of_a_table_is_a_frame():
    table = Table({"a": [1, 2]})
    assert type(table[table["a"] > 1]) is pd.DataFrame


def test_no_line_ends_within_a_p_value():
    said = "القيمة الدقيقة \u2066p = 0.13\u2069"
    kept = "القيمة الدقيقة \u2066p\u00a0=\u00a00.13\u2069"
    assert kept in Table({"a": [said]})._repr_html_()
    assert Paragraph(said)._repr_markdown_() == kept
    assert Paragraph(said) == said
    english = Paragraph("(exact p = 0.13)")._repr_markdown_()
    assert english == "(exact p\u00a0=\u00a00.13)"


def test_a_title_keeps_the_numbers_of_its_author():
    table = Table({"source": ["R"], "title": quoted(pd.Series(["Data (CC BY 4.0)"]))})
    assert '<td><span translate="no">Data (CC BY 4.0)</span></td>' in (
        table._repr_html_()
    )
