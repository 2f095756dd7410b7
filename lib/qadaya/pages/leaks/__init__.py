"""The leak scanner: what a page gives away, for any page from anywhere.

`carriers` finds everything that a page carries: `elements` and `layouts` take the page
apart, `payloads` and `forms` its texts, `packed` and `pictures` bytes, `structures`
JSON and tables; `carried` is the form of it all. `scan` judges it: `vectors` and
`slices` are what an edition holds, by itself and by `names`, `labelled`, `derived` and
`sentences` compare, and `telltales` knows paths, names of people and tracebacks.
"""

from qadaya.pages.leaks.scan import Leak, scan

__all__ = ["Leak", "scan"]
