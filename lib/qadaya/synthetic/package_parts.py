"""The parts of the smallest .xlsx, .ods and .docx documents that programs open."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MIME = "application/vnd.openxmlformats-officedocument"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def _content_types(overrides: dict[str, str]) -> str:
    named = "".join(
        f'<Override PartName="{part}" ContentType="{_MIME}.{kind}+xml"/>'
        for part, kind in overrides.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    )


def _relations(targets: dict[str, str]) -> str:
    named = "".join(
        f'<Relationship Id="rId{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for i, (target, kind) in enumerate(targets.items(), start=1)
    )
    opening = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    return f"{_HEAD}{opening}{named}</Relationships>"


XLSX_WORKBOOK = (
    f'{_HEAD}<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
XLSX_SHEET = (
    f'{_HEAD}<worksheet xmlns="{_SHEETS}"><sheetPr><pageSetUpPr fitToPage="1"/>'
    "</sheetPr><sheetViews>"
    '<sheetView rightToLeft="{right_to_left}" workbookViewId="0"/></sheetViews>'
    '<cols><col min="1" max="{n_columns}" width="24" customWidth="1"/></cols>'
    "<sheetData>{rows}</sheetData>{merges}"
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
)
XLSX_PARTS = {
    "[Content_Types].xml": _content_types(
        {
            "/xl/workbook.xml": "spreadsheetml.sheet.main",
            "/xl/worksheets/sheet1.xml": "spreadsheetml.worksheet",
            "/xl/styles.xml": "spreadsheetml.styles",
        }
    ),
    "_rels/.rels": _relations({"xl/workbook.xml": "officeDocument"}),
    "xl/_rels/workbook.xml.rels": _relations(
        {"worksheets/sheet1.xml": "worksheet", "styles.xml": "styles"}
    ),
    "xl/styles.xml": (
        f'{_HEAD}<styleSheet xmlns="{_SHEETS}">'
        '<fonts count="1"><font><sz val="11"/><name val="Arial"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="2"><border/><border><left style="thin"/>'
        '<right style="thin"/><top style="thin"/><bottom style="thin"/></border>'
        "</borders>"
        '<cellStyleXfs count="1"><xf fontId="0"/></cellStyleXfs><cellXfs count="2">'
        '<xf fontId="0"/>'
        '<xf fontId="0" borderId="1" applyBorder="1" applyAlignment="1">'
        '<alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" '
        'builtinId="0"/></cellStyles></styleSheet>'
    ),
}

_ODS_NAMES = " ".join(
    f'xmlns:{short}="{_ODF}:{name}"'
    for short, name in {
        "office": "office:1.0",
        "table": "table:1.0",
        "text": "text:1.0",
        "style": "style:1.0",
        "fo": "xsl-fo-compatible:1.0",
        "of": "of:1.2",
    }.items()
)
ODS_CONTENT = (
    f'{_HEAD}<office:document-content {_ODS_NAMES} office:version="1.2">'
    '<office:automatic-styles><style:style style:name="ta" style:family="table">'
    '<style:table-properties style:writing-mode="{mode}"/></style:style>'
    '<style:style style:name="co" style:family="table-column">'
    '<style:table-column-properties style:column-width="4.5cm"/></style:style>'
    '<style:style style:name="ce" style:family="table-cell"><style:'
    'table-cell-properties fo:border="0.5pt solid #333333" fo:wrap-option="wrap"/>'
    "</style:style></office:automatic-styles><office:body><office:spreadsheet>"
    '<table:table table:name="{name}" table:style-name="ta">'
    '<table:table-column table:style-name="co" '
    'table:number-columns-repeated="{n_columns}"/>{rows}'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)
_ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
ODS_PARTS = {
    "mimetype": _ODS_MIME,
    "META-INF/manifest.xml": (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0" '
        'manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{_ODS_MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    ),
}

DOCX_PARAGRAPH = "<w:p><w:pPr>{bidi}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
DOCX_CELL = (
    '<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{about}</w:tcPr>'
    "<w:p><w:pPr>{bidi}</w:pPr>"
    '<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
)
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
DOCX_DOCUMENT = (
    f'{_HEAD}<w:document xmlns:w="{_WORDS}"><w:body>{{paragraphs}}'
    '<w:tbl><w:tblPr>{visual}<w:tblW w:w="14000" w:type="dxa"/>'
    f"<w:tblBorders>{_EDGES}</w:tblBorders></w:tblPr><w:tblGrid>{{grid}}</w:tblGrid>"
    "{rows}</w:tbl>{note}<w:sectPr>"
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="900" w:right="1400" w:bottom="900" w:left="1400" '
    'w:header="400" w:footer="400" w:gutter="0"/></w:sectPr>'
    "</w:body></w:document>"
)
DOCX_PARTS = {
    "[Content_Types].xml": _content_types(
        {"/word/document.xml": "wordprocessingml.document.main"}
    ),
    "_rels/.rels": _relations({"word/document.xml": "officeDocument"}),
}
