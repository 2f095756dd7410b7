"""An .xlsx workbook with its first sheet a second time, as Excel copies a sheet."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

_FIRST, _AGAIN = "xl/worksheets/sheet1.xml", "xl/worksheets/again.xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def with_sheet_again(content: bytes, *, hidden: bool) -> bytes:
    """The workbook with a copy of its first sheet as the last one, maybe hidden."""
    name, state = ("old", "hidden") if hidden else ("2 (2)", "visible")
    more = {
        "xl/workbook.xml": (
            "</sheets>",
            f'<sheet xmlns:r="{_RELATION}" name="{name}" sheetId="99" state="{state}" '
            'r:id="again"/>',
        ),
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="again" Type="{_RELATION}/worksheet" '
            f'Target="/{_AGAIN}"/>',
        ),
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/{_AGAIN}" ContentType="{_TYPE}"/>',
        ),
    }
    target = io.BytesIO()
    with (
        ZipFile(io.BytesIO(content)) as old,
        ZipFile(target, "w", ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            text = old.read(part).decode()
            end, added = more.get(part, ("", ""))
            if end:
                text = text.replace(end, f"{added}{end}")
            new.writestr(part, text)
        new.writestr(_AGAIN, old.read(_FIRST))
    return target.getvalue()
