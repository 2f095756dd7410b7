"""Tables in SDMX-CSV 2.0 with their structure, as statistical offices exchange them.

One file of observations and one SDMX-JSON file of the structure that they follow:
concepts, code lists, dimensions, attributes. Nothing in either tells when it was
written, so that the same table gives the same bytes.
"""

from collections.abc import Mapping, Sequence
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


def write_sdmx(table: SdmxTable, folder: Path) -> list[Path]:
    """`<name>.sdmx.csv` and `<name>.structure.json`, written whole or not at all."""
    data = folder / f"{table.name}.sdmx.csv"
    structure = folder / f"{table.name}.structure.json"
    definition = _definition(table)
    columns = [*table.dimensions, TIME, VALUE, *table.attributes]
    dataset = PandasDataset(structure=definition.to_schema(), data=table.rows[columns])
    write_text(structure, _structure(table, definition))
    write_text(data, csv_of([dataset]) or "")
    return [data, structure]


def read_sdmx_csv(path: Path) -> pd.DataFrame:
    """The observations of an SDMX-CSV file, every column as text."""
    (dataset,) = read_csv(path.read_text(encoding="utf-8"))
    return dataset.data


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
    return json_of(parts, prettyprint=True, header=header) or ""


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
