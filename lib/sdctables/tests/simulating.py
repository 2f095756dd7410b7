"""Whether the programme itself can print a table, of some other true table.

Chance is forced to fall as it must: every draw that is made here has a probability
above 0, so what comes out can come out. Nothing else of the programme is touched.
"""

from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import pytest

from sdctables import DisclosureError, published_cells, round_counts, suppress
from sdctables.rounding import programme
from sdctables.rounding import round as rounding
from sdctables.rounding.thresholds import Thresholds, thresholds_of
from sdctables.suppression import suppress as suppression


@dataclass(frozen=True)
class Forced(Thresholds):
    """Thresholds of which chance can pick one only; `real` says what is settled."""

    real: Thresholds

    def settled(self, counts):
        return self.real.settled(counts)

    def at(self, places):
        return Forced(
            self.least[places], self.most[places], self.base, self.real.at(places)
        )


def rounding_comes_of(cells, wanted, margins, rule, earlier=()):
    """Whether `wanted` can be the rounded inner counts of these true `cells`."""
    wanted, base = np.asarray(wanted), rule.base

    def forced(inner, attributes, given_base, before):
        real = thresholds_of(inner, attributes, given_base, before)
        true = inner["n"].to_numpy()
        becomes = (
            inner[attributes]
            .merge(cells[attributes].assign(_wanted=wanted), on=attributes, how="left")[
                "_wanted"
            ]
            .to_numpy()
        )
        small = (true > 0) & (true < base)
        least = np.where(small & (becomes == 0), np.maximum(real.least, true + 1), 0)
        pick = np.where(least > 0, least, real.least)
        return Forced(pick, pick, base, real)

    def drawn(model, thresholds, *, chance, seed):
        draws = programme_drawn(model, thresholds, chance=1.0, seed=seed)
        return replace(draws, room=room)

    programme_drawn = programme.drawn
    frame = cells.assign(error=wanted - cells["n"].to_numpy())
    errors = [abs(frame["error"].sum())] if () in margins else [0]
    errors += [
        int(frame.groupby(list(each))["error"].sum().abs().max())
        for each in margins
        if each
    ]
    room = max(base - 1, *errors)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounding, "thresholds_of", forced)
        patch.setattr(programme, "drawn", drawn)
        try:
            answer, _ = round_counts(
                cells, margins, rule=rule, earlier=earlier, seed=1, gap=0
            )
        except DisclosureError:
            return False
    return answer["published"].tolist() == wanted.tolist()


@contextmanager
def hiding(hidden):
    def lots(table, chance):
        return hidden[table.order]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suppression._Table, "lots", lots)
        yield


def hiding_comes_of(cells, printed, margins, rule, reader):
    """Whether `printed` can be what readers get of these true `cells`."""
    table = published_cells(cells, margins)
    with hiding(printed.status != "shown"):
        try:
            made = suppress(table, rule=rule, reader=reader, seed=1).as_printed()
        except DisclosureError:
            return False
    return (
        made.status.tolist() == printed.status.tolist()
        and made["n"].fillna(-1).tolist() == printed["n"].fillna(-1).tolist()
    )
