"""The desk: what the command and the panel in JupyterLab both do, and that panel.

`answering` and `deciding` act; the rooms of the panel show, ask and call them.
"""
