"""The report of a study as a text that an office can edit (DOCX)."""

import io
from typing import Any

from docx import Document
from docx.shared import Pt


def docx(sheet: dict[str, Any]) -> bytes:
    """The sheet of a report, made by ``reporting.sheet``."""
    document = Document()
    document.styles["Normal"].font.size = Pt(10.5)
    document.core_properties.title = f"{sheet['title']} {sheet['ward']}"
    document.core_properties.author = ""
    document.add_heading(sheet["title"], level=0)
    document.add_paragraph(sheet["ward"])
    for name, value in sheet["facts"]:
        document.add_paragraph().add_run(f"{name}: ").bold = True
        document.paragraphs[-1].add_run(value)
    for part in sheet["sections"]:
        document.add_heading(part["title"], level=part["level"])
        for text in ([part["line"]] if part["line"] else []) + part["paragraphs"]:
            document.add_paragraph(text)
        for group in part["groups"]:
            document.add_paragraph().add_run(group["title"]).bold = True
            for text, by in group["quotes"]:
                document.add_paragraph(f"“{text}” ({by})", style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
