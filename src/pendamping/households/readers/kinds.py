"""Files of other kinds, known by how they begin: named as what they are, whatever their name ends with."""

from collections.abc import Iterable

from pendamping.kernel.refusal import N_, Refusal, refuse

KINDS = {
    "pdf": N_(
        "This file is a PDF; a list cannot be read from it. Upload the list itself as .xlsx or .csv."
    ),
    "picture": N_(
        "This file is a picture; a list cannot be read from it. Type the list into the template and "
        "upload that."
    ),
    "word": N_(
        "This file is a Word document or a presentation. Copy its table into the template and upload that."
    ),
    "page": N_(
        "This file is a web page, as some programs save it under the name .xls. Open it in a spreadsheet "
        "program, save it as .xlsx and upload that file."
    ),
    "archive": N_("This file is a zip archive. Unpack it and upload the list that is inside."),
    "spreadsheet": N_(
        "This file is a spreadsheet of another kind (.ods or .xlsb). Open it, save it as .xlsx and upload "
        "that file."
    ),
}
_BEGINNINGS = {
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "picture",
    b"\x89PNG": "picture",
    b"GIF8": "picture",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
}
_PAGE = (b"<html", b"<!doctype html", b"<table", b"<style", b"<meta")


def of_other_kind(data: bytes) -> Refusal | None:
    """The refusal of a file that is none of ours, by its first bytes."""
    for beginning, kind in _BEGINNINGS.items():
        if data.startswith(beginning):
            return refused(kind)
    begins = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return refused("page") if begins.startswith(_PAGE) else None


def of_other_archive(names: Iterable[str]) -> Refusal | None:
    """The refusal of a zip that is no ``.xlsx``, by the names of what is inside."""
    inside = {name.lower() for name in names}
    folders = {name.partition("/")[0] for name in inside}
    if "xl/workbook.bin" in inside or "content.xml" in inside:
        return refused("spreadsheet")
    if "xl" in folders:
        return None
    return refused("word" if folders & {"word", "ppt"} else "archive")


def refused(kind: str) -> Refusal:
    """The reason for one kind."""
    return refuse("households.file.kind", KINDS[kind], where={"kind": kind})
