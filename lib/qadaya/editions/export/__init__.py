"""The tables of an edition as CSV, XLSX and Parquet, with a data package.

`files` writes them, `columns` and `datapackage` describe what is in them.
"""
