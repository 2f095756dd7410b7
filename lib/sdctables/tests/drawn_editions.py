"""What random cases share: editions drawn, audited, and what is beyond the truth."""

import numpy as np

from sdctables import DisclosureError, audit

NOT_TRIED = object()
SOME_MARGINS = {
    1: [[("a",)], [("a",), ()]],
    2: [
        [("a", "b")],
        [("a",), ("b",)],
        [("a",), ("b",), ()],
        [("a", "b"), ("a",), ("b",), ()],
    ],
}


def drawn_editions(draw, number, shape, high):
    """True counts of editions in a row: cases come in late, now and then one goes."""
    counts = [draw.integers(0, high, shape)]
    for _ in range(number - 1):
        late = draw.integers(0, 2, shape) * draw.integers(0, 3, shape)
        gone = draw.integers(0, 2, shape) * (draw.random() < 0.2)
        counts.append(np.maximum(counts[-1] + late - gone, 0))
    return counts


def audited(tables, rules, changes, reader):
    pairs = list(zip(tables, rules, strict=True))
    try:
        found = audit(
            tables[-1],
            rule=rules[-1],
            reader=reader,
            earlier=pairs[:-1],
            changes=changes,
        ).head(len(tables[-1]))
    except DisclosureError:
        return None
    return found["low"].tolist(), found["high"].tolist()


def beyond(found, wanted, most):
    """Whether the audit allows more only where brute force did not try so far."""
    if found is None or wanted is None:
        return False
    same_low = found[0] == wanted[0]
    return same_low and all(
        ours == theirs or (ours > most and theirs >= most)
        for ours, theirs in zip(found[1], wanted[1], strict=True)
    )
