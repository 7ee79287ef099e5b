"""REFI-QDA files for tests, written by hand, and the schemas that they are held against."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from lxml import etree

DATA = Path(os.environ.get("PENDAMPING_TEST_DATA", Path(__file__).parents[2] / "shared/data"))
FOLDER = DATA / "refi-qda-projects"
TEXT = "Satu 🕰 dua. Tiga."


def guid(number):
    return f"{number:08X}-1111-4222-8333-444444444444"


SOURCES = f"""
<Sources>
  <TextSource guid="{guid(20)}" name="Wawancara" creatingUser="{guid(1)}" richTextPath="internal://{guid(20)}.docx">
    <Description>di balai</Description>
    <PlainTextContent>{TEXT}</PlainTextContent>
    <PlainTextSelection guid="{guid(21)}" name="jam" startPosition="5" endPosition="6" creationDateTime="2023-08-16T15:14:29Z">
      <Description>tanda jam</Description>
      <Coding guid="{guid(22)}" creatingUser="{guid(1)}"><CodeRef targetGUID="{guid(11)}"/><NoteRef targetGUID="{guid(41)}"/></Coding>
      <NoteRef targetGUID="{guid(40)}"/>
    </PlainTextSelection>
    <PlainTextSelection guid="{guid(23)}" startPosition="7" endPosition="11"/>
    <Coding guid="{guid(24)}"><CodeRef targetGUID="{guid(10)}"/></Coding>
    <NoteRef targetGUID="{guid(40)}"/>
    <VariableValue><VariableRef targetGUID="{guid(50)}"/><IntegerValue>3</IntegerValue></VariableValue>
  </TextSource>
  <TextSource guid="{{{guid(25)}}}" name="Catatan" plainTextPath="internal://catatan.txt"/>
  <PictureSource guid="{guid(26)}" name="Foto" path="internal://foto.jpg"/>
</Sources>"""
PARTS = {
    "Users": f'<Users><User guid="{guid(1)}" name="Contoh Peneliti"/></Users>',
    "CodeBook": f"""<CodeBook><Codes><Code guid="{guid(10)}" name="Akar" isCodable="false" color="#FF0000">
        <Description>di atas</Description><NoteRef targetGUID="{guid(40)}"/>
        <Code guid="{guid(11).lower()}" name="Anak" isCodable="true"/></Code></Codes></CodeBook>""",
    "Variables": f'<Variables><Variable guid="{guid(50)}" name="umur" typeOfVariable="Integer"/></Variables>',
    "Cases": f'<Cases><Case guid="{guid(60)}" name="Kasus"><SourceRef targetGUID="{guid(20)}"/></Case></Cases>',
    "Sources": SOURCES,
    "Notes": f"""<Notes><Note guid="{guid(40)}" name="Memo"><PlainTextContent>Lihat lagi</PlainTextContent></Note>
        <Note guid="{guid(41)}"><PlainTextContent>Ragu</PlainTextContent></Note></Notes>""",
    "Links": f'<Links><Link guid="{guid(70)}" direction="OneWay" originGUID="{guid(10)}" targetGUID="{guid(11)}"/></Links>',
    "Sets": f'<Sets><Set guid="{guid(80)}" name="Kelompok"><MemberCode targetGUID="{guid(11)}"/></Set></Sets>',
    "Graphs": f'<Graphs><Graph guid="{guid(90)}" name="Peta"/></Graphs>',
    "Description": "<Description>Kajian contoh</Description>",
    "NoteRef": f'<NoteRef targetGUID="{guid(41)}"/>',
}
FILES = {
    "sources/catatan.txt": "Baris 🏚 satu".encode(),
    f"sources/{guid(20)}.docx": b"docx",
    "sources/foto.jpg": b"jpg",
}


def xml(parts=None, **attributes):
    """``project.qde`` of these parts."""
    said = "".join(f' {key}="{value}"' for key, value in {"name": "Contoh", **attributes}.items())
    body = "\n".join((PARTS if parts is None else parts).values())
    return f'<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0"{said}>{body}</Project>'.encode()


def packed(project=None, files=None):
    """The zip of a project."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", xml() if project is None else project)
        for path, content in (FILES if files is None else files).items():
            archive.writestr(path, content)
    return out.getvalue()


def whole():
    """A project with a bit of everything."""
    return packed()


def inside(content):
    """``project.qde`` of a packed project."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("project.qde")


def valid(content, schema):
    """Hold XML against a schema of the standard; skipped where it is not at hand."""
    path = FOLDER / f"{schema}.xsd"
    if not path.exists():
        pytest.skip(f"{path.name} of the standard is not at hand")
    etree.XMLSchema(etree.parse(path)).assertValid(etree.fromstring(content))
    return True


def said(content):
    """Every element of a project by GUID: name, attributes, text, references; in no order."""
    root = etree.fromstring(content)
    found = {}
    for one in root.iter():
        if one.get("guid"):
            key = one.get("guid").strip("{}").upper()
            inner = sorted((etree.QName(each).localname, each.get("targetGUID", "").upper(), (each.text or "").strip())
                           for each in one if not each.get("guid"))  # fmt: skip
            found[key] = (etree.QName(one).localname, sorted(one.attrib.items()), inner)
    return found
