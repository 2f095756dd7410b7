"""What a page says about itself: edition, audience, date, completeness, manifest.

A notebook ends with `colophon(edition, year=year, language=language)`. In JupyterLab
that shows one sentence. A page takes from it the mark of invented data, the stamp, the
head and the foot, so that they describe the edition that was really read.
"""

import html
from typing import Any

from qadaya.editions.edition import Edition, completeness, file_digest
from qadaya.editions.manifest import MANIFEST
from qadaya.language import translator
from qadaya.views.frames.counts import cases_table

MIME = "application/vnd.qadaya.page+json"


class Colophon:
    """The facts of one page; `.facts` is a dict that JSON can hold.

    Keys: edition, audience, synthetic, as_of (ISO date), years, year (None where the
    notebook is about all years), language, bounds (margin -> largest and mean error),
    manifest_sha256, courts ({"reported", "expected"} of the year, else None), counts
    (pairs of a year and its cases, where they are known).
    """

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts

    def __str__(self) -> str:
        _ = translator(self.facts["language"], "views.colophon").gettext
        sentence = _("Edition {edition}, register as of {as_of}.").format(**self.facts)
        if self.facts["synthetic"]:
            sentence = f"{_('Synthetic data.')} {sentence}"
        return sentence

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {
            MIME: self.facts,
            "text/html": f"<p>{html.escape(str(self))}</p>",
            "text/plain": str(self),
        }


def colophon(
    edition: Edition, *, year: int | None = None, language: str = "en"
) -> Colophon:
    """The colophon of a page about one year of an edition, or about all its years."""
    return Colophon(
        {
            "edition": edition.number,
            "audience": edition.audience,
            "synthetic": edition.synthetic,
            "as_of": edition.as_of,
            "years": [int(known) for known in edition.years],
            "year": None if year is None else int(year),
            "language": language,
            "bounds": edition.bounds,
            "manifest_sha256": file_digest(edition.path / MANIFEST),
            "courts": _courts(edition, year),
            "counts": _counts(edition),
        }
    )


def _counts(edition: Edition) -> list[list[int]]:
    counts = cases_table(edition, by=["year"]).dropna(subset="n")
    return counts[["year", "n"]].astype("int64").to_numpy().tolist()


def _courts(edition: Edition, year: int | None) -> dict[str, int] | None:
    if year is None:
        return None
    reported, expected = completeness(edition, year)
    return {"reported": int(reported), "expected": int(expected)}
