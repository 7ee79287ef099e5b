"""The monthly report as a text that an office can edit (DOCX)."""

import io
from typing import Any

from docx import Document
from docx.shared import Pt


def docx(sheet: dict[str, Any]) -> bytes:
    """The sheet of a report, made by ``reporting.sheet``, with headings and tables."""
    document = Document()
    document.styles["Normal"].font.size = Pt(10.5)
    document.core_properties.title = f"{sheet['title']} {sheet['month']}"
    document.core_properties.author = sheet["signers"][0]
    document.add_heading(sheet["title"], level=0)
    document.add_paragraph(f"{sheet['ward']} · {sheet['month']}")
    for name, value in sheet["facts"]:
        document.add_paragraph().add_run(f"{name}: ").bold = True
        document.paragraphs[-1].add_run(str(value))
    for part in sheet["sections"]:
        document.add_heading(part["title"], level=1)
        _fill(document, part, sheet["nothing"])
    _sign(document, sheet["signers"])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(document: Any, part: dict[str, Any], nothing: str) -> None:
    if part["text"]:
        for paragraph in part["text"].splitlines():
            document.add_paragraph(paragraph)
    elif part["rows"]:
        _table(document, part["columns"], part["rows"])
    else:
        document.add_paragraph(nothing)


def _table(document: Any, columns: list[str], rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    if columns:
        for cell, text in zip(table.add_row().cells, columns, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = str(text)


def _sign(document: Any, names: list[str]) -> None:
    document.add_paragraph()
    table = document.add_table(rows=1, cols=len(names))
    for cell, name in zip(table.rows[0].cells, names, strict=True):
        cell.text = f"\n\n\n____________________\n{name}"
