"""The parts of an output as nbformat keeps them: pieces of text, pictures, numbers."""

import base64
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from nbformat import NotebookNode


def embedded(kind: str, content: Any, alt: str) -> str:
    """A picture that the page carries in itself; "" where it is damaged."""
    text = "".join(joined(content).split())
    try:
        base64.b64decode(text, validate=True)
    except ValueError:
        return ""
    return f'<img src="data:{kind};base64,{text}" alt="{escape(str(alt))}">'


def merged(outputs: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The outputs with what was printed in pieces as one."""
    last: dict[str, Any] | None = None
    for output in outputs:
        alike = last and output["output_type"] == last["output_type"] == "stream"
        if alike and last is not None and output["name"] == last["name"]:
            text = joined(last["text"]) + joined(output["text"])
            last = {**last, "text": text}
            continue
        if last is not None:
            yield last
        last = output
    if last is not None:
        yield last


def joined(text: Any) -> str:
    """A text that nbformat keeps whole or in lines."""
    return "".join(text) if isinstance(text, list) else str(text)


def execution_of(cell: NotebookNode) -> int | None:
    """The number in brackets, None for a cell that did not run."""
    count: int | None = cell.get("execution_count")
    return count
