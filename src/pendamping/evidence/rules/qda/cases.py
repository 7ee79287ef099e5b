"""Cases and variables: ours are informants and records of the programme, the others are kept as they stand."""

from dataclasses import replace
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from pendamping.evidence.rules.codebook import guid_of
from pendamping.evidence.rules.qda.elements import Reader, children, raw, text_of
from pendamping.evidence.rules.qda.shape import (
    OF_INFORMANT,
    VARIABLES,
    InformantRow,
    Kept,
    Note,
    Project,
    same,
    variable_guid,
)
from pendamping.kernel.refusal import N_

OURS = {variable_guid(key): key for key in VARIABLES}
VALUES = {"Text": "TextValue", "Date": "DateValue", "Boolean": "BooleanValue"}


def record_guid(record: str) -> str:
    """The GUID of the case that stands for a record of the programme."""
    return guid_of(f"record/{record}")


def take_cases(reader: Reader, root: Any, found: Project) -> None:
    """Informants, with the sources they speak in, and ties to records; every other case and variable is kept."""
    for one in root.iterfind("Variables/Variable"):
        if same(reader.guid(one)) not in OURS:
            _keep(found, "Variables", one)
    speaks: dict[str, str] = {}
    for one in root.iterfind("Cases/Case"):
        guid, said = reader.guid(one), _said(one)
        if "knows" in said:
            row = InformantRow(guid, one.get("name", ""), text_of(one, "Description") or "", said)
            found.informants.append(row)
            speaks |= {same(reader.target(ref)): guid for ref in children(one, "SourceRef")}
        elif "record" in said:
            targets = tuple(reader.target(ref) for ref in children(one, "SelectionRef"))
            found.ties[said["record"]] = targets
        else:
            _keep(found, "Cases", one)
    found.sources = [replace(one, informant=speaks.get(same(one.guid), "")) for one in found.sources]  # fmt: skip


def _keep(found: Project, part: str, one: Any) -> None:
    found.kept.append(Kept(part, one.get("guid", ""), raw(one)))
    text = N_("{element} {name}: kept and given out again, not shown here.")
    found.told.append(Note(text, {"element": one.tag, "name": one.get("name", "")}))


def _said(one: Any) -> dict[str, str]:
    """Values of our own variables."""
    found = {}
    for each in children(one, "VariableValue"):
        ref = next(children(each, "VariableRef"), None)
        key = OURS.get(same(ref.get("targetGUID", ""))) if ref is not None else None
        if key:
            found[key] = "".join(each.itertext()).strip()
    return found


def value(key: str, said: str) -> etree._Element:
    """A value of one of our variables, without namespace."""
    one = etree.Element("VariableValue")
    etree.SubElement(one, "VariableRef", targetGUID=variable_guid(key))
    etree.SubElement(one, VALUES[VARIABLES[key]]).text = said
    return one


def variables(used: set[str]) -> list[etree._Element]:
    """The definitions of those of our variables that a project uses."""
    return [
        etree.Element("Variable", guid=variable_guid(key), name=f"pendamping.{key}", typeOfVariable=kind)
        for key, kind in VARIABLES.items()
        if key in used
    ]  # fmt: skip


def informant(row: InformantRow, sources: list[str]) -> etree._Element:
    """An informant as a case."""
    one = etree.Element("Case", guid=row.guid, name=row.code)
    if row.criterion:
        etree.SubElement(one, "Description").text = row.criterion
    one.extend(value(key, row.said[key]) for key in OF_INFORMANT if row.said.get(key))
    for guid in sources:
        etree.SubElement(one, "SourceRef", targetGUID=guid)
    return one


def tie(record: str, selections: tuple[str, ...]) -> etree._Element:
    """A record of the programme as a case that holds selections."""
    one = etree.Element("Case", guid=record_guid(record), name=record)
    one.append(value("record", record))
    for guid in selections:
        etree.SubElement(one, "SelectionRef", targetGUID=guid)
    return one
