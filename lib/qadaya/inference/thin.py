"""How few cases are too few: two limits, since two questions are asked.

A count that was seen is judged by what it tells of itself; a unit that is compared, by
what could be seen of it at all. One case where eight were expected is few and tells
much; a court with one case and one expected tells nothing.
"""

# Cases seen. From here on the exact 95 % interval of the count ends less than four
# times above its start: under it, the choice is widened rather than read.
MINIMUM_SEEN = 10
# Cases expected. Under 3.69 not even zero cases would be unusually few (P(0) > 2.5 %):
# no result could make the unit stand out, so none is compared.
MINIMUM_EXPECTED = 4
