"""A project or codebook as REFI-QDA 1.0: the same records are the same bytes."""

from collections.abc import Iterable
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from pendamping.evidence.rules.qda import cases, packing
from pendamping.evidence.rules.qda.shape import (
    CODEBOOK_SPACE,
    PROJECT_SPACE,
    CodeRow,
    NoteRow,
    Project,
    Rest,
    SelectionRow,
    SourceRow,
    same,
)

# the order of children that the schema asks for
ORDER = {
    "Code": ("Description", "NoteRef", "Code"),
    "TextSource": ("Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"),
    "Note": ("Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"),
    "PlainTextSelection": ("Description", "Coding", "NoteRef"),
    "Coding": ("CodeRef", "NoteRef"),
    "Project": ("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs",
                "Description", "NoteRef"),
}  # fmt: skip
_Refs = dict[tuple[str, str], list[str]]


def project(found: Project) -> bytes:
    """The ``.qdpx`` of a project."""
    return packing.packed({packing.PROJECT: project_xml(found), **found.files})


def project_xml(found: Project) -> bytes:
    """``project.qde``."""
    root = _made("Project", {"name": found.name}, Rest(found.attributes, found.children))
    refs = _refs(found.notes)
    if found.codes:
        etree.SubElement(etree.SubElement(root, "CodeBook"), "Codes").extend(_tree(found.codes, refs))  # fmt: skip
    _part(root, "Variables", cases.variables(_used(found)), found)
    _part(root, "Cases", _cases(found), found)
    _part(root, "Sources", [_source(one, refs) for one in found.sources], found)
    _part(root, "Notes", [_note(one) for one in found.notes], found)
    for part in ("Users", "Links", "Sets", "Graphs"):
        _part(root, part, [], found)
    return _written(root, PROJECT_SPACE)


def codebook(found: Project) -> bytes:
    """The ``.qdc`` of a project's codes and of the sets that hold codes."""
    root = etree.Element("CodeBook")
    if origin := found.attributes.get("origin"):
        root.set("origin", origin)
    codes = etree.SubElement(root, "Codes")
    codes.extend(_tree(found.codes, {}, bare=True))
    sets = [one for one in (_set(kept.xml) for kept in found.kept if kept.part == "Sets") if one is not None]  # fmt: skip
    if sets:
        etree.SubElement(root, "Sets").extend(sets)
    return _written(root, CODEBOOK_SPACE)


def _set(xml: str) -> Any:
    """A set of codes as a codebook writes it; ``None`` where it holds something else too."""
    one = etree.fromstring(xml)
    if {child.tag for child in one} - {"Description", "MemberCode"}:
        return None
    for member in one.iterfind("MemberCode"):
        member.set("guid", member.attrib.pop("targetGUID"))
    return one


def _written(root: Any, space: str) -> bytes:
    """The XML in its namespace."""
    out = etree.Element(f"{{{space}}}{root.tag}", attrib=dict(root.attrib), nsmap={None: space})
    out.extend(_ordered(root))
    for one in out.iter():
        if isinstance(one.tag, str) and not one.tag.startswith("{"):
            one.tag = f"{{{space}}}{one.tag}"
    etree.cleanup_namespaces(out)
    return bytes(etree.tostring(out, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _ordered(one: Any) -> list[Any]:
    """Children in the order of the schema; those of a kind as they stand."""
    order = ORDER.get(one.tag, ())
    return sorted(one, key=lambda child: order.index(child.tag) if child.tag in order else -1)


def _made(tag: str, attributes: dict[str, str], rest: Rest) -> Any:
    one = etree.Element(tag, {**attributes, **rest.attributes})
    one.extend(etree.fromstring(xml) for xml in rest.children)
    return one


def _closed(one: Any) -> Any:
    one[:] = _ordered(one)
    return one


def _part(root: Any, name: str, ours: list[Any], found: Project) -> None:
    """A part of the project: what is ours, then what was kept."""
    others = [etree.fromstring(kept.xml) for kept in found.kept if kept.part == name]
    if ours or others:
        etree.SubElement(root, name).extend([*ours, *others])


def _refs(notes: Iterable[NoteRow]) -> _Refs:
    """Which notes are about what: (kind, GUID) → GUIDs of notes."""
    found: _Refs = {}
    for one in notes:
        for about in one.about:
            kind, _colon, guid = about.partition(":")
            found.setdefault((kind, same(guid)), []).append(one.guid)
    return found


def _with_notes(one: Any, kind: str, guid: str, refs: _Refs) -> Any:
    for note in refs.get((kind, same(guid)), ()):
        etree.SubElement(one, "NoteRef", targetGUID=note)
    return _closed(one)


def _tree(codes: list[CodeRow], refs: _Refs, *, bare: bool = False) -> list[Any]:
    """Codes below each other. ``bare``: as a codebook has them, which knows no notes."""
    made: dict[str, Any] = {}
    top = []
    for row in codes:
        attributes = {"guid": row.guid, "name": row.name, "isCodable": "true" if row.codable else "false"}  # fmt: skip
        if row.colour:
            attributes["color"] = row.colour
        one = _made("Code", attributes, Rest() if bare else row.rest)
        if row.note:
            etree.SubElement(one, "Description").text = row.note
        made[same(row.guid)] = one
        if row.parent:
            made[same(row.parent)].append(one)
        else:
            top.append(one)
    for row in codes:
        _with_notes(made[same(row.guid)], "code", row.guid, refs)
    return top


def _source(row: SourceRow, refs: _Refs) -> Any:
    one = _texted("TextSource", row.guid, row.name, row.path, row.text, row.rest)
    one.extend(_selection(each, refs) for each in row.selections)
    one.extend(cases.value(key, said) for key, said in row.said.items())
    return _with_notes(one, "source", row.guid, refs)


def _note(row: NoteRow) -> Any:
    return _closed(_texted("Note", row.guid, row.name, row.path, row.text, row.rest))


def _texted(tag: str, guid: str, name: str, path: str, text: str, rest: Rest) -> Any:
    attributes = {"guid": guid, **({"name": name} if name else {})}
    one = _made(tag, {**attributes, **({"plainTextPath": path} if path else {})}, rest)
    if not path:
        etree.SubElement(one, "PlainTextContent").text = text
    return one


def _selection(row: SelectionRow, refs: _Refs) -> Any:
    places = {"startPosition": str(row.start), "endPosition": str(row.end)}
    one = _made("PlainTextSelection", {"guid": row.guid, **places}, row.rest)
    for each in row.codings:
        coding = _made("Coding", {"guid": each.guid}, each.rest)
        etree.SubElement(coding, "CodeRef", targetGUID=each.code)
        one.append(_closed(coding))
    return _with_notes(one, "passage", row.guid, refs)


def _cases(found: Project) -> list[Any]:
    speaks: dict[str, list[str]] = {}
    for one in found.sources:
        if one.informant:
            speaks.setdefault(same(one.informant), []).append(one.guid)
    return [
        *(cases.informant(row, speaks.get(same(row.guid), [])) for row in found.informants),
        *(cases.tie(record, targets) for record, targets in found.ties.items()),
    ]


def _used(found: Project) -> set[str]:
    """Those of our variables that have a value."""
    return {
        *(key for one in found.sources for key in one.said),
        *(key for one in found.informants for key, said in one.said.items() if said),
        *(("record",) if found.ties else ()),
    }
