"""ES modules joined into one text: for a page that cannot import a second file.

A page from `file://` may not import, and anywidget takes one text. So the modules that
an entry imports are put into one, each as a function of its own that runs once and
gives back what the module exports: no two names can meet. The files stay modules that
node, a browser and a type checker read as they are. They keep to these forms, each at
the start of a line, and anything else is refused:

    import { one, two as other } from "./folder/file.js";
    import text from "./sheet.css";         the file as a string, or what `made` gives
    export function one() {}     export const two = 1;     export class Three {}
    export default VALUE                                     in the entry alone

What is exported is a constant, so that nothing must be kept up to date.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qadaya.errors import QadayaError

_NAME = r"[A-Za-z_$][\w$]*"
_NAMED = re.compile(r'^import \{([^{}]*)\} from "(\.[^"\n]*\.js)";$', re.MULTILINE)
_TEXT = re.compile(rf'^import ({_NAME}) from "(\.[^"\n]*\.css)";$', re.MULTILINE)
_EXPORT = re.compile(
    rf"^export (?=(?:async function|function|const|class)\*? ({_NAME}))", re.MULTILINE
)
_DEFAULT = re.compile(r"^export default\b", re.MULTILINE)
_OTHER = re.compile(r"^\s*(?:import|export)\b.*|\bimport\s*[(.].*", re.MULTILINE)
_ONE = re.compile(rf"({_NAME})(?:\s+as\s+({_NAME}))?")
# Comments that begin a line, and casts: for people and for the type checker.
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/)[\s\S])*\*/[ \t]*$|//.*$)", re.MULTILINE)
_CAST = re.compile(r"/\*\* @type [^*\n]*\*/ ?")
_BLANK = re.compile(r"^[ \t]*\n|^[ \t]+", re.MULTILINE)


@dataclass(frozen=True)
class _Module:
    path: Path
    # By module: the names it is asked for, as they are there and as they are here.
    imports: dict[Path, tuple[tuple[str, str], ...]]
    texts: dict[str, Path]
    exports: tuple[str, ...]
    has_default: bool
    body: str


def joined(entry: Path, *, made: Mapping[str, str] | None = None) -> str:
    """The module `entry` with all that it imports, as the text of one module.

    It exports by default what `entry` does, if that does. A module `folder/file.js` is
    in it as `$folder_file`. Comments and indentation are left out. `made`: texts that
    stand in no file, by the path at which they are imported, from `entry`'s folder.
    Raises: QadayaError for a missing file, another form of import or export, a name
    that is imported and not exported, or that comes twice, and for a circle.
    """
    entry = entry.resolve()
    modules: dict[Path, _Module] = {}
    _read_in_order(entry, (), modules)
    for module in modules.values():
        _require_exports(module, modules)
        if module.has_default and module.path != entry:
            raise QadayaError(
                f"{module.path.name}: has a default export; expected named ones, since "
                f"{entry.name} imports it; name what it exports"
            )
    names = _identifiers(modules, entry)
    texts = {entry.parent / place: text for place, text in (made or {}).items()}
    parts = [_scope(module, names, texts) for module in modules.values()]
    if modules[entry].has_default:
        parts.append(f"export default {names[entry]}.default;\n")
    return "".join(parts)


def _read_in_order(
    path: Path, above: tuple[Path, ...], modules: dict[Path, _Module]
) -> None:
    """Reads a module after those that it imports; `above` are those that led to it."""
    if path in above:
        circle = " -> ".join(
            module.name for module in (*above[above.index(path) :], path)
        )
        raise QadayaError(
            f"{circle}: these modules import each other in a circle; expected one way; "
            "put what they share into a module of its own"
        )
    if path in modules:
        return
    module = _read(path, above[-1] if above else path)
    for other in module.imports:
        _read_in_order(other, (*above, path), modules)
    modules[path] = module


def _read(path: Path, importer: Path) -> _Module:
    text = _CAST.sub("", _COMMENT.sub(_as_many_lines, _text(path, importer)))
    imports: dict[Path, tuple[tuple[str, str], ...]] = {}
    for names, target in _NAMED.findall(text):
        other = _beside(path, target)
        imports[other] = imports.get(other, ()) + _pairs(names, path)
    texts = {name: _beside(path, target) for name, target in _TEXT.findall(text)}
    body = _TEXT.sub("", _NAMED.sub(_as_many_lines, text))
    exports = tuple(_EXPORT.findall(body))
    body, defaults = _DEFAULT.subn("const $default =", _EXPORT.sub("", body))
    _require_forms(body, path)
    here = [name for pairs in imports.values() for _, name in pairs]
    _require_once([*here, *texts, *exports, *["default"] * defaults], path)
    return _Module(path, imports, texts, exports, defaults == 1, body)


def _text(path: Path, importer: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as fault:
        raise QadayaError(
            f"{importer.name}: {path.name} cannot be read ({fault.strerror}); expected "
            "the path of a file, from the module that imports it"
        ) from fault


def _as_many_lines(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _beside(path: Path, target: str) -> Path:
    return (path.parent / target).resolve()


def _pairs(names: str, path: Path) -> tuple[tuple[str, str], ...]:
    pairs = []
    for name in filter(None, (part.strip() for part in names.split(","))):
        match = _ONE.fullmatch(name)
        if match is None:
            raise QadayaError(
                f"{path.name}: imports {name!r}; expected a name, or `name as other`"
            )
        pairs.append((match[1], match[2] or match[1]))
    return tuple(pairs)


def _require_forms(body: str, path: Path) -> None:
    for number, line in enumerate(body.split("\n"), start=1):
        if _OTHER.search(line):
            raise QadayaError(
                f"{path.name}, line {number}: {line.strip()!r}; expected an import or "
                "export in one of the forms that join.py names, at the start of a line"
            )
        # Its lines would lose their indentation, and may look like anything.
        if line.count("`") % 2:
            raise QadayaError(
                f"{path.name}, line {number}: a template that goes on in the next "
                "line; expected its end in the same line"
            )


def _require_once(names: Iterable[str], path: Path) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise QadayaError(
                f"{path.name}: {name} comes {times} times among what is imported and "
                "exported; expected it once; import one of them `as` another name"
            )


def _require_exports(module: _Module, modules: dict[Path, _Module]) -> None:
    for path, pairs in module.imports.items():
        for name, _ in pairs:
            if name not in modules[path].exports:
                raise QadayaError(
                    f"{module.path.name}: imports {name} from {path.name}, which does "
                    f"not export it; expected one of {', '.join(modules[path].exports)}"
                )


def _identifiers(modules: Iterable[Path], entry: Path) -> dict[Path, str]:
    """The name of each module's exports in the joined text."""
    names: dict[Path, str] = {}
    for path in modules:
        place = os.path.relpath(path.with_suffix(""), entry.parent)
        name = "$" + re.sub(r"\W+", "_", place).strip("_")
        if name in names.values():
            raise QadayaError(
                f"{path.name}: its path gives {name}, as another module's does; "
                "expected another name; rename the file"
            )
        names[path] = name
    return names


def _scope(
    module: _Module, names: Mapping[Path, str], texts: Mapping[Path, str]
) -> str:
    """The module as a function that runs once and gives back its exports."""
    lines = []
    for path, pairs in module.imports.items():
        taken = [
            there if there == here else f"{there}: {here}" for there, here in pairs
        ]
        lines.append(f"const {{ {', '.join(taken)} }} = {names[path]};")
    for name, path in module.texts.items():
        text = texts[path] if path in texts else _text(path, module.path)
        lines.append(f"const {name} = {json.dumps(text)};")
    given = [*module.exports, *(["default: $default"] if module.has_default else [])]
    body = _BLANK.sub("", module.body)
    return "\n".join(
        [
            f"const {names[module.path]} = (() => {{",
            *lines,
            f"{body.rstrip()}",
            f"return {{ {', '.join(given)} }};",
            "})();\n",
        ]
    )
