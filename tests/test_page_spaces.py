import pytest

from qadaya.pages.render.spaces import spaces_kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p>Pourquoi ? Voici :</p>", "<p>Pourquoi\xa0? Voici\xa0:</p>"),
        ("<p>à 95 % ; puis</p>", "<p>à 95\xa0%\xa0; puis</p>"),
        ("<b>Source</b> : la <i>loi</i> ;", "<b>Source</b>\xa0: la <i>loi</i>\xa0;"),
        ("« ainsi »", "«\xa0ainsi\xa0»"),
        ("<b>Une\naffaire</b>\n: une ligne", "<b>Une\naffaire</b>\xa0: une ligne"),
    ],
)
def test_french_signs_hold_on_to_the_word_before(written, kept):
    assert spaces_kept(written, "fr") == kept


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
    assert spaces_kept(written, "fr") == written


def test_a_page_of_another_language_keeps_its_spaces():
    assert spaces_kept("<p>What ? This :</p>", "en") == "<p>What ? This :</p>"
