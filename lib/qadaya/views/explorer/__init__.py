"""The parts of the explorer; `qadaya.views.explorer.explore` is its public face.

`selection.py` says what can be chosen, `counts.py` counts what was chosen, `facts.py`
and `words.py` make what the front end is given, `assets.py` brings it plotly. The
JavaScript files beside them are joined into one module by `module.py`.
"""
