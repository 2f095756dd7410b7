"""From a run notebook to one HTML file with no address in it.

`exporter` is the nbconvert exporter; `contents`, `prose`, `outputs`, `figures` and
`clean` make its parts, `facts` what the page says of itself, `template`, `words` and
`assets` its frame.
"""
