"""A sentence that a notebook shows as prose, not as a quoted string."""

from qadaya.views.prose.words import kept_together


class Paragraph(str):
    """Text that Jupyter and our pages show as a paragraph; otherwise a plain string."""

    def _repr_markdown_(self) -> str:
        # Counts and names are not markdown: what marks it up is shown as typed.
        return "".join(
            f"\\{letter}" if letter in "\\`*_<>[]#|" else letter
            for letter in kept_together(self)
        )
