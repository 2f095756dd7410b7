import pytest

from qadaya.pages.render.spaces import lines_kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p>Pourquoi ? Voici :</p>", "<p>Pourquoi\xa0? Voici\xa0:</p>"),
        ("<p>à 95 % ; puis</p>", "<p>à 95\xa0%\xa0; puis</p>"),
        ("<b>Source</b> : la <i>loi</i> ;", "<b>Source</b>\xa0: la <i>loi</i>\xa0;"),
        ("« ainsi »", "«\xa0ainsi\xa0»"),
        ("<td>Cour d'appel</td>", "<td>Cour d’appel</td>"),
        ("<td>L&#39;Oriental</td>", "<td>L’Oriental</td>"),
        ("l'<a href='#x'>édition</a>", "l’<a href='#x'>édition</a>"),
        ("les 'mots' de 5'", "les 'mots' de 5'"),
        ("Où place-t-il Béni-Mellal ?", "Où place-\u2060t-\u2060il Béni-Mellal\xa0?"),
        ("qu'ont-ils dit là-bas", "qu’ont-\u2060ils dit là-bas"),
        ("<b>Une\naffaire</b>\n: une ligne", "<b>Une\naffaire</b>\xa0: une ligne"),
    ],
)
def test_french_signs_hold_on_to_the_word_before(written, kept):
    assert lines_kept(written, "fr") == kept


@pytest.mark.parametrize(
    "written",
    [
        '<a title="Quoi ?" style="color : red">x</a>',
        "<script>a ? b : c</script>",
        "<style>a { color : red }</style>",
        "<pre>if x : y</pre><code>a ? b : c</code>",
        "<!-- a : b -->",
        "a :not-a-sign et ainsi:",
    ],
)
def test_what_is_no_french_text_is_left_as_it_is(written):
    assert lines_kept(written, "fr") == written


@pytest.mark.parametrize("written", ["the court's return", "the court&#39;s return"])
def test_english_has_one_apostrophe_too(written):
    assert lines_kept(f"<p>{written}</p>", "en") == "<p>the court’s return</p>"


def test_a_page_of_another_language_keeps_its_spaces():
    assert lines_kept("<p>What ? This :</p>", "en") == "<p>What ? This :</p>"


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<td>65–106</td>", "<td>65–\u2060106</td>"),
        ("<p>(p = 0.38)</p>", "<p>(p\xa0=\xa00.38)</p>"),
        ("\u206626 + 18 = 44\u2069", "\u206626\xa0+\xa018\xa0=\xa044\u2069"),
        (
            "\u2066207 + 204 + 46 + 43 + 20 = 520\u2069",
            "\u2066207\xa0+\xa0204\xa0+\xa046\xa0+\xa043\xa0+\xa020\xa0=\xa0520\u2069",
        ),
        ("\u2066503-2\u2069", "\u2066503-\u20602\u2069"),
    ],
)
def test_no_line_ends_within_a_range_a_p_value_or_an_isolated_figure(
    language, written, kept
):
    assert lines_kept(written, language) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p>مجال 95%: من 3</p>", "<p>مجال \u206695%\u2069: من 3</p>"),
        ("<p>بين -3.5% و40%</p>", "<p>بين \u2066-3.5%\u2069 و\u206640%\u2069</p>"),
        ("<p>نسبة 70–100%</p>", "<p>نسبة \u206670–\u2060100%\u2069</p>"),
        ("<p>نسبة \u206640%\u2069</p>", "<p>نسبة \u206640%\u2069</p>"),
        ("<td>40%</td>", "<td>40%</td>"),
        ("<p>الفصل 503-2.</p>", "<p>الفصل \u2066503-\u20602\u2069.</p>"),
        ("<p>حتى 2026-11-26،</p>", "<p>حتى \u20662026-\u206011-\u206026\u2069،</p>"),
        ("<p>نص a-2-3 وx/2-3</p>", "<p>نص a-2-3 وx/2-3</p>"),
    ],
)
def test_a_sign_among_figures_does_not_turn_them_round_in_arabic(written, kept):
    assert lines_kept(written, "ar") == kept


@pytest.mark.parametrize(
    "written", ["<a href='65–106'>x</a>", "\u2066qadaya report\u2069", "a – b", "A–B"]
)
def test_what_is_no_figure_may_end_a_line(written):
    assert lines_kept(written, "en") == written
