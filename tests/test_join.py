import pytest

from qadaya.errors import QadayaError
from qadaya.views.explorer.join import joined
from qadaya.views.explorer.module import assets_script, script


@pytest.fixture
def modules(tmp_path):
    """Writes modules by path, and gives the path of the first."""

    def write(**files):
        paths = []
        for name, text in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.js"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        return paths[0]

    return write


def test_a_module_becomes_a_function_that_gives_back_its_exports(modules):
    entry = modules(
        main='import { two as own } from "./parts/numbers.js";\nexport default own;\n',
        parts__numbers="const one = 1;\nexport const two = one + one;\n",
    )
    assert joined(entry) == (
        "const $parts_numbers = (() => {\n"
        "const one = 1;\n"
        "const two = one + one;\n"
        "return { two };\n"
        "})();\n"
        "const $main = (() => {\n"
        "const { two: own } = $parts_numbers;\n"
        "const $default = own;\n"
        "return { default: $default };\n"
        "})();\n"
        "export default $main.default;\n"
    )


def test_a_module_runs_once_and_after_what_it_imports(modules):
    entry = modules(
        main='import { a } from "./a.js";\nimport { b } from "./b.js";\na(b);\n',
        a='import { c } from "./c.js";\nexport function a() { c(); }\n',
        b='import { c } from "./c.js";\nexport const b = c;\n',
        c="export function c() {}\n",
    )
    order = [line.split()[1] for line in joined(entry).split("\n") if "(() =>" in line]
    assert order == ["$c", "$a", "$b", "$main"]


def test_the_same_name_in_two_modules_stays_two(modules):
    entry = modules(
        main='import { two } from "./a.js";\nconst one = 3;\nexport default one;\n',
        a="const one = 1;\nexport const two = one;\n",
    )
    assert "const one = 3;" in joined(entry) and "const one = 1;" in joined(entry)


def test_comments_and_indentation_are_left_out(modules):
    entry = modules(
        main="// of the file\n\n/** @param {number} n */\nexport default (n) => {\n"
        "  // why\n  const m = /** @type {any} */ (n);\n"
        '  return m + " // and /* no */ comment"; // stays\n};\n'
        "/** @type {1} */ (1) /** two\n * lines */\n"
    )
    assert joined(entry).split("\n")[1:5] == [
        "const $default = (n) => {",
        "const m = (n);",
        'return m + " // and /* no */ comment"; // stays',
        "};",
    ]


def test_a_style_sheet_is_joined_in_as_a_text(modules, tmp_path):
    (tmp_path / "look.css").write_text('a::after{content:"\\201C"}')
    entry = modules(
        main='import LOOK from "./look.css";\nimport MADE from "./made.css";\n'
        "export default LOOK + MADE;\n"
    )
    text = joined(entry, made={"made.css": "b{}"})
    assert 'const LOOK = "a::after{content:\\"\\\\201C\\"}";' in text
    assert 'const MADE = "b{}";' in text


def test_an_entry_without_a_default_export_exports_nothing(modules):
    assert "export" not in joined(modules(main="document.title = 1;\n"))


ONE = "export const one = 1;\n"
IMPORT = "import { one } from"
REFUSED = {
    "a circle": (
        {
            "a": 'import { b } from "./b.js";\nexport const a = b;\n',
            "b": 'import { a } from "./a.js";\nexport const b = a;\n',
        },
        "a.js -> b.js -> a.js: these modules import each other in a circle",
    ),
    "itself": (
        {"a": 'import { a as b } from "./a.js";\nexport const a = 1;\n'},
        "a.js -> a.js: these modules",
    ),
    "a name that is not exported": (
        {"a": 'import { two } from "./b.js";\n', "b": ONE},
        "a.js: imports two from b.js, which does not export it; expected one of one",
    ),
    "a file that is not there": (
        {"a": 'import { two } from "./b.js";\n'},
        "a.js: b.js cannot be read (No such file or directory)",
    ),
    "a name imported twice": (
        {
            "a": 'import { one } from "./b.js";\nimport { one } from "./c.js";\n',
            "b": ONE,
            "c": ONE,
        },
        "a.js: one comes 2 times among what is imported and exported",
    ),
    "a name imported and exported": (
        {"a": f'import {{ one }} from "./b.js";\n{ONE}', "b": ONE},
        "a.js: one comes 2 times",
    ),
    "two default exports": (
        {"a": "export default 1;\nexport default 2;\n"},
        "a.js: default comes 2 times",
    ),
    "a default export of what is imported": (
        {"a": 'import { one } from "./b.js";\n', "b": f"{ONE}export default 1;\n"},
        "b.js: has a default export; expected named ones, since a.js imports it",
    ),
    "two modules of one name": (
        {
            "a": f'{IMPORT} "./b/c.js";\nimport {{ one as two }} from "./b_c.js";\n',
            "b__c": ONE,
            "b_c": ONE,
        },
        "b_c.js: its path gives $b_c, as another module's does",
    ),
    "an import of everything": (
        {"a": 'import * as b from "./b.js";\n', "b": ONE},
        "a.js, line 1: 'import * as b from \"./b.js\";'; expected an import or export",
    ),
    "an import of a package": (
        {"a": 'import { one } from "plotly";\n'},
        "a.js, line 1: 'import { one } from \"plotly\";'; expected",
    ),
    "an import while it runs": (
        {"a": '\nconst b = await import("./b.js");\n'},
        "a.js, line 2: 'const b = await import(\"./b.js\");'; expected",
    ),
    "exports in a list": (
        {"a": "const one = 1;\nexport { one };\n"},
        "a.js, line 2: 'export { one };'; expected",
    ),
    "an export that changes": (
        {"a": "export let one = 1;\n"},
        "a.js, line 1: 'export let one = 1;'; expected",
    ),
    "an export inside a block": (
        {"a": "{\n  export const one = 1;\n}\n"},
        "a.js, line 2: 'export const one = 1;'; expected",
    ),
    "a template over two lines": (
        {"a": "export const one = `\nimport`;\n"},
        "a.js, line 1: a template that goes on in the next line",
    ),
    "no name": (
        {"a": 'import { 1 } from "./b.js";\n', "b": ONE},
        "a.js: imports '1'; expected a name",
    ),
}


@pytest.mark.parametrize(("files", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_joined_is_refused_in_one_line(modules, files, message):
    with pytest.raises(QadayaError) as refusal:
        joined(modules(**files))
    assert str(refusal.value).startswith(message)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "text", [script(), assets_script()], ids=["explorer", "assets"]
)
def test_the_joined_front_end_has_one_default_export_and_asks_for_nothing(text):
    exports = [line for line in text.split("\n") if line.startswith("export")]
    assert exports in (
        ["export default $explore.default;"],
        ["export default $assets.default;"],
    )
    assert text.endswith(f"{exports[0]}\n")
    assert "\nimport " not in text and "import(" not in text
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in text
    assert "innerHTML" not in text and "eval(" not in text
