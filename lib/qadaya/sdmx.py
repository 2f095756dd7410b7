"""Tables in SDMX-CSV 2.0 with their structure, as statistical offices exchange them.

One file of observations and one SDMX-JSON file of the structure that they follow:
concepts, code lists, dimensions, attributes. Nothing in either tells when it was
written, so that the same table gives the same bytes.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from pysdmx.io.csv.sdmx20.reader import read as read_csv
from pysdmx.io.csv.sdmx20.writer import write as csv_of
from pysdmx.io.json.sdmxjson2.writer.v2_0.structure import write as json_of
from pysdmx.io.pd import PandasDataset
from pysdmx.model import (
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    Dataflow,
    DataStructureDefinition,
    DataType,
    Role,
)
from pysdmx.model.message import Header

from qadaya.atomic import write_text

AGENCY, VERSION = "QADAYA", "1.0"
TIME, VALUE = "TIME_PERIOD", "OBS_VALUE"
# Of the cross-domain code lists of SDMX: what of them is used here.
OBS_STATUS = {
    "A": "Normal value",
    "B": "Time series break",
    "M": "Missing value; data cannot exist",
    "N": "Not significant: not a real zero",
    "O": "Missing value",
    "P": "Provisional value",
    "Q": "Missing value; suppressed",
    "U": "Low reliability",
}
CONF_STATUS = {
    "F": "Free",
    "C": "Confidential statistical information",
    "N": "Not for publication, restricted for internal use only",
}


@dataclass(frozen=True)
class SdmxTable:
    """Observations and what they are.

    `rows`: one per observation, with the dimensions, TIME_PERIOD, OBS_VALUE and the
    attributes as columns; a missing OBS_VALUE has its reason in OBS_STATUS. `concepts`:
    the words for each column; `codes`: those of the columns with a code list.
    """

    name: str
    title: str
    rows: pd.DataFrame
    dimensions: Sequence[str]
    attributes: Sequence[str]
    concepts: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def sdmx_texts(table: SdmxTable) -> list[tuple[str, Callable[[], str]]]:
    """`<name>.sdmx.csv` and `<name>.structure.json`: what makes the text of each."""
    definition = _definition(table)
    return [
        (f"{table.name}.sdmx.csv", lambda: _observations(table, definition)),
        (f"{table.name}.structure.json", lambda: _structure(table, definition)),
    ]


def write_sdmx(table: SdmxTable, folder: Path) -> list[Path]:
    """The two files of `sdmx_texts`, written whole or not at all."""
    texts = [(folder / name, text()) for name, text in sdmx_texts(table)]
    for path, text in texts:
        write_text(path, text)
    return [path for path, _ in texts]


def read_sdmx_csv(path: Path) -> pd.DataFrame:
    """The observations of an SDMX-CSV file, every column as text."""
    (dataset,) = read_csv(path.read_text(encoding="utf-8"))
    return dataset.data


def _observations(table: SdmxTable, definition: DataStructureDefinition) -> str:
    columns = [*table.dimensions, TIME, VALUE, *table.attributes]
    dataset = PandasDataset(structure=definition.to_schema(), data=table.rows[columns])
    return csv_of([dataset]) or ""


def _definition(table: SdmxTable) -> DataStructureDefinition:
    components = [_component(table, name, Role.DIMENSION) for name in table.dimensions]
    components += [_component(table, TIME, Role.DIMENSION, DataType.YEAR)]
    components += [_component(table, VALUE, Role.MEASURE, DataType.DOUBLE)]
    components += [_component(table, name, Role.ATTRIBUTE) for name in table.attributes]
    return DataStructureDefinition(
        id=f"DSD_{_id(table)}",
        agency=AGENCY,
        version=VERSION,
        name=table.title,
        components=Components(components),
    )


def _component(
    table: SdmxTable, name: str, role: Role, kind: DataType = DataType.STRING
) -> Component:
    scheme = f"{AGENCY}:{_scheme(table)}({VERSION})"
    concept = Concept(
        id=name,
        urn=f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={scheme}.{name}",
        name=table.concepts.get(name, name),
    )
    return Component(
        id=name,
        required=role == Role.DIMENSION,
        role=role,
        concept=concept,
        local_dtype=kind,
        local_codes=_codelist(name, table.codes[name]) if name in table.codes else None,
        attachment_level="O" if role == Role.ATTRIBUTE else None,
    )


def _structure(table: SdmxTable, definition: DataStructureDefinition) -> str:
    names = [*table.dimensions, TIME, VALUE, *table.attributes]
    scheme = ConceptScheme(
        id=_scheme(table),
        agency=AGENCY,
        version=VERSION,
        name=table.title,
        items=[Concept(id=name, name=table.concepts.get(name, name)) for name in names],
    )
    flow = Dataflow(
        id=_id(table),
        agency=AGENCY,
        version=VERSION,
        name=table.title,
        structure=definition,
    )
    lists = [_codelist(name, codes) for name, codes in table.codes.items()]
    # A fixed head: the file says what the table is, not when it was written.
    header = Header(
        id=_id(table), prepared=datetime(2000, 1, 1, tzinfo=UTC), test=False
    )
    parts = [scheme, *lists, definition, flow]
    message = json.loads(json_of(parts, header=header) or "{}")
    # The writer leaves an empty list of groups, which the standard's schema refuses.
    for each in message["data"]["dataStructures"]:
        if not each["dataStructureComponents"].get("groups", True):
            del each["dataStructureComponents"]["groups"]
    return json.dumps(message, ensure_ascii=False, indent=2) + "\n"


def _codelist(name: str, codes: Mapping[str, str]) -> Codelist:
    return Codelist(
        id=f"CL_{name}",
        agency=AGENCY,
        version=VERSION,
        name=name,
        items=[Code(id=code, name=words) for code, words in codes.items()],
    )


def _id(table: SdmxTable) -> str:
    return table.name.upper().replace("-", "_")


def _scheme(table: SdmxTable) -> str:
    return f"CS_{_id(table)}"
