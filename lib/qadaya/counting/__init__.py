"""Cases to tables: `count` counts cases, `sums` adds every table up from the cells.

`bands` says what of a sentence can be counted, `reporting` who has reported at all.
"""
