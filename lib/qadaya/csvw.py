"""CSV files described for the Web (CSVW, W3C), from the data package that names them.

Two descriptions of the same files: a data package for those who work with Frictionless
Data, this one for statistical and linked data. The second is made of the first, so that
they cannot differ.
"""

from collections.abc import Mapping
from typing import Any

METADATA = "csv-metadata.json"  # where a reader of CSVW looks by itself
_CONTEXT = "http://www.w3.org/ns/csvw"
_DATATYPES = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": {"base": "boolean", "format": "True|False"},
}


def csvw_of(package: Mapping[str, Any], language: str = "en") -> dict[str, Any]:
    """The description of the CSV files of a data package, as a group of tables.

    `package`: a descriptor of Frictionless Data; only its resources with a schema are
    described. `language`: that of its titles and descriptions.
    """
    return {
        "@context": [_CONTEXT, {"@language": language}],
        "dc:title": package["title"],
        "dc:description": package["description"],
        "tables": [
            _table(resource)
            for resource in package["resources"]
            if "schema" in resource
        ],
    }


def _table(resource: Mapping[str, Any]) -> dict[str, Any]:
    schema = resource["schema"]
    table = {
        "url": resource["path"],
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {"columns": [_column(field) for field in schema["fields"]]},
    }
    return table | ({"dc:title": resource["title"]} if "title" in resource else {})


def _column(field: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": field["name"],
        "titles": field["name"],
        "dc:title": field.get("title", field["name"]),
        "dc:description": field["description"],
        "datatype": _DATATYPES[field["type"]],
    }
