"""A REFI-QDA project (``.qdpx``) or codebook (``.qdc``) read from its bytes, or refused with file, element, reason."""

from collections.abc import Iterator
from typing import Any

from pendamping.evidence.rules.qda import packing
from pendamping.evidence.rules.qda.cases import take_cases
from pendamping.evidence.rules.qda.elements import Reader, children, raw, rest_of, text_of
from pendamping.evidence.rules.qda.shape import (
    CODEBOOK_SPACE,
    OF_SOURCE,
    PROJECT_SPACE,
    CodeRow,
    CodingRow,
    Kept,
    Note,
    NoteRow,
    Project,
    Rest,
    SelectionRow,
    SourceRow,
    same,
    variable_guid,
)
from pendamping.kernel.refusal import N_

MADE = ("creatingUser", "creationDateTime")
CHANGED = (*MADE, "modifyingUser", "modifiedDateTime")
OF_PROJECT = ("origin", "creatingUserGUID", "creationDateTime", "modifyingUserGUID", "modifiedDateTime", "basePath")  # fmt: skip
DEEP = 100  # codes below each other
WHOLE = ("Links", "Graphs")  # parts that this room keeps and does not show
INTERNAL = "internal://"


def read(name: str, content: bytes) -> Project:
    """A file by its name; refuses one that is neither, or not whole."""
    if name.lower().endswith(".qdc"):
        return read_codebook(name, content)
    if name.lower().endswith(".qdpx"):
        return read_project(name, packing.unpacked(name, content))
    raise packing.refused(
        N_("{file} is neither a REFI-QDA project (.qdpx) nor a codebook (.qdc)."), name, "kind"
    )


def read_codebook(name: str, content: bytes) -> Project:
    """A codebook alone; its sets are kept as those of a project."""
    reader, found = Reader(name, content), Project()
    _expect(reader, "CodeBook", CODEBOOK_SPACE, found)
    if origin := reader.root.get("origin"):
        found.attributes["origin"] = origin
    found.codes = list(_codes(reader, reader.root, found))
    for one in reader.root.iterfind("Sets/Set"):
        reader.guid(one)
        if (said := one.attrib.pop("description", None)) is not None and one.find("Description") is None:  # fmt: skip
            lifted = one.makeelement("Description")
            lifted.text = str(said)
            one.insert(0, lifted)
        for member in children(one, "MemberCode"):
            member.set("targetGUID", reader.target(member))
            member.attrib.pop("guid", None)
        found.kept.append(Kept("Sets", one.get("guid", ""), raw(one)))
    return found


def read_project(name: str, files: dict[str, bytes]) -> Project:
    """A project from its unpacked files."""
    reader, found = Reader(name, files[packing.PROJECT]), Project()
    _expect(reader, "Project", PROJECT_SPACE, found)
    root = reader.root
    found.name = root.get("name", "")
    rest, strange = rest_of(root, ("name",), OF_PROJECT, _PARTS)
    _strange(found, root, strange)
    found.attributes, found.children = dict(rest.attributes), rest.children
    found.files = {path: body for path, body in files.items() if path != packing.PROJECT}
    if (book := root.find("CodeBook")) is not None:
        found.codes = list(_codes(reader, book, found))
    about: dict[str, list[str]] = {}
    _note_refs(reader, root.iterfind("CodeBook//Code"), "code", about)
    found.sources = list(_sources(reader, root, found, about))
    found.notes = list(_notes(reader, root, found, about))
    take_cases(reader, root, found)
    _keep(reader, root, found)
    _references(reader, root, found)
    return found


_PARTS = ("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs")


def _expect(reader: Reader, element: str, space: str, found: Project) -> None:
    if reader.root.tag != element:
        text = N_("{file} begins with “{element}”, expected: “{wanted}”.")
        raise reader.wrong(reader.root, "root", text, wanted=element)
    if reader.space != space:
        said = N_("{file} is written by another version of the standard ({space}); it was read as version 1.0.")  # fmt: skip
        found.told.append(Note(said, {"file": reader.name, "space": reader.space}))


def _strange(found: Project, one: Any, names: list[str]) -> None:
    if names:
        text = N_("{element} {name}: the standard has no attribute {what}; it was left out.")
        values = {"element": one.tag, "name": one.get("name", ""), "what": ", ".join(names)}
        found.told.append(Note(text, values))


def _codes(reader: Reader, book: Any, found: Project) -> Iterator[CodeRow]:
    """Every code, parents first; a tree that is too deep is refused."""
    top = next(children(book, "Codes"), None)
    waiting = [(one, "", 1) for one in children(top, "Code")] if top is not None else []
    while waiting:
        one, parent, depth = waiting.pop(0)
        guid, name = reader.guid(one), (one.get("name") or "").strip()
        if not name:
            raise reader.wrong(one, "name", N_("{file}, line {number}: {element} {guid} has no name."))  # fmt: skip
        if depth > DEEP:
            raise reader.wrong(one, "deep", N_("{file}, line {number}: {element} {guid} stands too deep in the tree."))  # fmt: skip
        rest, strange = rest_of(one, ("guid", "name", "isCodable", "color", "description"), (), ("Description", "Code", "NoteRef"))  # fmt: skip
        _strange(found, one, strange)
        note = text_of(one, "Description")
        yield CodeRow(
            guid, parent, name, one.get("isCodable", "true").strip() in ("true", "1"), one.get("color", ""),
            note if note is not None else one.get("description", ""), rest,
        )  # fmt: skip
        waiting += [(child, guid, depth + 1) for child in children(one, "Code")]


def _note_refs(reader: Reader, owners: Any, kind: str, about: dict[str, list[str]]) -> None:
    for one in owners:
        for ref in children(one, "NoteRef"):
            about.setdefault(same(reader.target(ref)), []).append(f"{kind}:{one.get('guid')}")


def _sources(
    reader: Reader, root: Any, found: Project, about: dict[str, list[str]]
) -> Iterator[SourceRow]:
    """Texts; other kinds of source are kept whole, with their files."""
    for one in root.iterfind("Sources/*"):
        guid = reader.guid(one)
        _files_there(reader, one, found)
        said = _text(reader, one, found) if one.tag == "TextSource" else None
        if said is None:
            found.kept.append(Kept("Sources", guid, raw(one)))
            text = N_("{element} {name}: kept and given out again, not shown here.")
            found.told.append(Note(text, {"element": one.tag, "name": one.get("name", "")}))
            continue
        _note_refs(reader, [one], "source", about)
        _note_refs(reader, children(one, "PlainTextSelection"), "passage", about)
        yield _source(reader, one, guid, said, found)


def _source(reader: Reader, one: Any, guid: str, said: tuple[str, str], found: Project) -> SourceRow:  # fmt: skip
    text, path = said
    values, others = _values(one)
    selections, empty = [], []
    for each in children(one, "PlainTextSelection"):
        row = _selection(reader, each, len(text), found)
        if row is None:
            empty.append(raw(each))
        else:
            selections.append(row)
    rest, strange = rest_of(
        one, ("guid", "name", "plainTextPath"), ("richTextPath", *CHANGED),
        ("PlainTextContent", "PlainTextSelection", "NoteRef", "VariableValue"),
    )  # fmt: skip
    _strange(found, one, strange)
    rest = Rest(rest.attributes, (*rest.children, *empty, *others))
    return SourceRow(guid, one.get("name", ""), text, path, tuple(selections), values, "", rest)


def _values(one: Any) -> tuple[dict[str, str], list[str]]:
    """Values of our own variables, and the others as they stand."""
    ours = {variable_guid(key): key for key in OF_SOURCE}
    said, others = {}, []
    for each in children(one, "VariableValue"):
        ref = next(children(each, "VariableRef"), None)
        key = ours.get(same(ref.get("targetGUID", ""))) if ref is not None else None
        value = "".join(each.itertext()).strip()
        if key:
            said[key] = value
        else:
            others.append(raw(each))
    return said, others


def _text(reader: Reader, one: Any, found: Project) -> tuple[str, str] | None:
    """A text and the path of its file; ``None`` where the source has no plain text at all."""
    inside, path = text_of(one, "PlainTextContent"), one.get("plainTextPath", "")
    if inside is not None:
        return inside, ""
    if not path:
        return None
    if not path.startswith(INTERNAL):
        raise reader.wrong(one, "outside", N_("{file}, line {number}: the text of {element} {guid} lies outside of the file: {path}"), path=path)  # fmt: skip
    try:
        return found.files[_inside(path)].decode("utf-8-sig"), path
    except UnicodeDecodeError:
        raise reader.wrong(one, "coding", N_("{file}, line {number}: the text of {element} {guid} is not in UTF-8: {path}"), path=path) from None  # fmt: skip


def _inside(path: str) -> str:
    """Where a file of the project lies in its zip."""
    return f"sources/{path.removeprefix(INTERNAL)}"


def _files_there(reader: Reader, one: Any, found: Project) -> None:
    """Every file that a source names lies in the project."""
    for each in one.iter():
        for key in ("plainTextPath", "richTextPath", "path"):
            path = each.get(key, "") if isinstance(each.tag, str) else ""
            if path.startswith(INTERNAL) and _inside(path) not in found.files:
                raise reader.wrong(each, "missing", N_("{file}, line {number}: {element} {guid} names {path}, which is not in the file."), path=path)  # fmt: skip


def _selection(reader: Reader, one: Any, length: int, found: Project) -> SelectionRow | None:
    """A place; ``None`` for one that holds nothing, which is kept as it stands."""
    guid = reader.guid(one)
    try:
        start, end = int(one.get("startPosition", "")), int(one.get("endPosition", ""))
    except ValueError:
        start, end = 1, 0
    if not 0 <= start <= end <= length:
        raise reader.wrong(
            one, "place", N_("{file}, line {number}: {element} {guid} goes from {start} to {end}; its text has {length} signs."),
            start=one.get("startPosition", ""), end=one.get("endPosition", ""), length=length,
        )  # fmt: skip
    if start == end:
        text = N_("{element} {name}: kept and given out again, not shown here.")
        found.told.append(Note(text, {"element": one.tag, "name": guid}))
        return None
    rest, strange = rest_of(one, ("guid", "startPosition", "endPosition"), ("name", *CHANGED), ("Coding", "NoteRef"))  # fmt: skip
    _strange(found, one, strange)
    codings = tuple(_coding(reader, each, found) for each in children(one, "Coding"))
    return SelectionRow(guid, start, end, codings, rest)


def _coding(reader: Reader, one: Any, found: Project) -> CodingRow:
    guid, ref = reader.guid(one), next(children(one, "CodeRef"), None)
    if ref is None:
        raise reader.wrong(one, "code", N_("{file}, line {number}: {element} {guid} names no code."))  # fmt: skip
    rest, strange = rest_of(one, ("guid",), MADE, ("CodeRef",))
    _strange(found, one, strange)
    return CodingRow(guid, reader.target(ref), rest)


def _notes(
    reader: Reader, root: Any, found: Project, about: dict[str, list[str]]
) -> Iterator[NoteRow]:
    for one in root.iterfind("Notes/Note"):
        guid = reader.guid(one)
        _files_there(reader, one, found)
        said = _text(reader, one, found)
        if said is None:
            found.kept.append(Kept("Notes", guid, raw(one)))
            continue
        rest, strange = rest_of(one, ("guid", "name", "plainTextPath"), ("richTextPath", *CHANGED), ("PlainTextContent",))  # fmt: skip
        _strange(found, one, strange)
        yield NoteRow(guid, one.get("name", ""), *said, tuple(about.get(same(guid), ())), rest)


def _keep(reader: Reader, root: Any, found: Project) -> None:
    """Users, sets, links, graphs and variables of others, as they stand."""
    for part in ("Users", "Sets", *WHOLE):
        for one in root.iterfind(f"{part}/*"):
            found.kept.append(Kept(part, reader.guid(one, once=False), raw(one)))
            if part in WHOLE or part == "Sets":
                text = N_("{element} {name}: kept and given out again, not shown here.")
                found.told.append(Note(text, {"element": one.tag, "name": one.get("name", "")}))


def _references(reader: Reader, root: Any, found: Project) -> None:
    """Codes and notes that are referred to are there."""
    codes = {same(one.guid) for one in found.codes}
    notes = {same(one.guid) for one in found.notes} | {
        same(one.guid) for one in found.kept if one.part == "Notes"
    }
    for ref in root.iter("CodeRef", "NoteRef"):
        there, what = (codes, "code") if ref.tag == "CodeRef" else (notes, "note")
        target = reader.target(ref)
        if same(target) not in there:
            text = N_("{file}, line {number}: {element} names {target}, which is not in the file.")
            raise reader.wrong(ref, what, text, target=target)
