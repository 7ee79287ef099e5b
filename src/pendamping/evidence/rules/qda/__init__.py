"""REFI-QDA 1.0: projects and codebooks of qualitative tools, read and written; no database."""

from pendamping.evidence.rules.qda.packing import packed, refused, unpacked
from pendamping.evidence.rules.qda.reading import read
from pendamping.evidence.rules.qda.shape import (
    OF_INFORMANT,
    OF_SOURCE,
    CodeRow,
    CodingRow,
    InformantRow,
    Kept,
    Note,
    NoteRow,
    Project,
    Rest,
    SelectionRow,
    SourceRow,
    same,
)
from pendamping.evidence.rules.qda.writing import codebook, project, project_xml

__all__ = [
    "OF_INFORMANT", "OF_SOURCE", "CodeRow", "CodingRow", "InformantRow", "Kept", "Note", "NoteRow", "Project",
    "Rest", "SelectionRow", "SourceRow", "codebook", "packed", "project", "project_xml", "read", "refused",
    "same", "unpacked",
]  # fmt: skip
