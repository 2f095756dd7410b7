"""The leak scanner: what a page gives away, for any page from anywhere.

`scan` judges what `carriers` finds in the elements of a page: `payloads` decodes texts
and bytes, `structures` walks JSON and tables, `pictures` reads metadata, and `carried`
is the form of it all. `vectors` and `labelled` compare numbers with what an edition
holds, by themselves and name by name; `telltales` knows paths, names and tracebacks.
"""

from qadaya.pages.leaks.scan import Leak, scan

__all__ = ["Leak", "scan"]
