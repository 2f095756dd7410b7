"""Writes a folder of invented returns and says what is true of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from qadaya.atomic import folder_beside
from qadaya.errors import ReturnError
from qadaya.synthetic.draft import Draft
from qadaya.synthetic.drafting import drafts_of_year
from qadaya.synthetic.files import file_bytes
from qadaya.synthetic.layout import lay_out
from qadaya.synthetic.names import file_name
from qadaya.synthetic.planting import with_faults
from qadaya.synthetic.truth import SentReturn, Truth, sent_return
from qadaya.synthetic.world import COMPLETE_YEAR, senders

TRUTH_FILE = "truth.json"
SMALL_COURTS = (
    "ca-al-hoceima",
    "ca-nador",
    "tpi-al-hoceima",
    "tpi-targuist",
    "tpi-nador",
    "tpi-driouch",
)


def write_synthetic_returns(
    folder: str | Path,
    *,
    seed: int = 2023,
    years: Sequence[int] = (2021, 2022, 2023, 2024),
) -> Truth:
    """The truth about the returns of all courts, after writing them as files.

    About 430 files for the four years, and `truth.json` beside them. The same seed
    gives the same files. The accepted cases of 2024 are 84, of which 13 prosecuted.
    Raises: ReturnError when the folder cannot be written or already holds files.
    """
    return _write(Path(folder), seed, years)


def small_returns(folder: str | Path, *, seed: int = 2023) -> Truth:
    """The truth about twelve returns: two circuits, 2023 and 2024, a few faults."""
    return _write(
        Path(folder), seed, (2023, 2024), courts=SMALL_COURTS, n_cases=15, share=0.125
    )


def _write(
    folder: Path,
    seed: int,
    years: Sequence[int],
    *,
    courts: Sequence[str] | None = None,
    n_cases: int | None = None,
    share: float = 1.0,
) -> Truth:
    rng = Random(seed)
    sending = {year: senders(rng, year, courts) for year in sorted(years)}
    drafts = [
        draft
        for year, court_ids in sending.items()
        for draft in drafts_of_year(
            rng, court_ids, year, age=max(years) - year, n_cases=n_cases
        )
    ]
    everyone = senders(rng, COMPLETE_YEAR, courts)
    missing = [
        (court_id, year)
        for year, court_ids in sending.items()
        for court_id in everyone
        if court_id not in court_ids
    ]
    with _new_folder(folder) as beside:
        sent = _send_all(rng, beside, with_faults(rng, drafts, share))
        truth = Truth(seed, sorted(years), sent, missing)
        truth.write(beside / TRUTH_FILE)
    return truth


def _send_all(rng: Random, folder: Path, drafts: list[Draft]) -> list[SentReturn]:
    taken: set[str] = set()
    return [
        _send(folder / file_name(rng, draft, taken), draft, number)
        for number, draft in enumerate(drafts)
    ]


def _send(path: Path, draft: Draft, number: int) -> SentReturn:
    laid_out = lay_out(draft)
    path.write_bytes(file_bytes(draft, laid_out, csv_writer=number))
    return sent_return(path.name, draft, laid_out)


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """A folder to fill, which takes its name only when it is complete."""
    if folder.exists() and any(folder.iterdir()):
        raise ReturnError(
            f"{folder}: is not empty; expected a new folder for invented returns, "
            "which must never mix with real ones; choose another or empty it"
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with folder_beside(folder) as beside:
            yield beside
    except OSError as error:
        raise ReturnError(
            f"{folder}: cannot be written ({error.strerror}); expected a folder that "
            "may be written to; choose another place"
        ) from error
