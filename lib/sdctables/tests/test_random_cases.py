import os

from random_cases import KINDS, tally

# More of them by `make brute`.
CASES = int(os.environ.get("SDCTABLES_CASES", "24"))


def test_the_audit_agrees_with_brute_force_on_cases_drawn_at_random():
    counted, faults = tally(range(CASES))

    print(*(f"{kind}: {number}" for kind, number in counted.items()), sep="\n")
    assert faults == {}
    assert set(counted) == set(KINDS)
