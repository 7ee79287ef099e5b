"""REFI-QDA without a database: what is read is written again, what is wrong is refused by file, element and reason."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.evidence.rules import qda
from pendamping.kernel.refusal import Refusal
from tests.qda import FILES, FOLDER, PARTS, TEXT, guid, inside, packed, said, valid, whole, xml


def refused(name, content):
    with pytest.raises(Refusal) as caught:
        qda.read(name, content)
    [reason] = caught.value.reasons
    assert reason.where["file"] == name
    return reason


def test_the_hand_made_project_is_one_of_the_standard():
    assert valid(inside(whole()), "Project")


def test_places_are_code_points_and_everything_else_is_kept():
    found = qda.read("a.qdpx", whole())
    first, second = found.sources
    assert [first.text[one.start : one.end] for one in first.selections] == ["🕰", "dua."[:4]]
    assert second.text == "Baris 🏚 satu"
    assert [(one.name, one.parent, one.codable) for one in found.codes] == [
        ("Akar", "", False), ("Anak", guid(10), True)
    ]  # fmt: skip
    assert found.notes[0].about == (f"code:{guid(10)}", f"source:{guid(20)}", f"passage:{guid(21)}")
    assert {one.part for one in found.kept} == {
        "Users", "Variables", "Cases", "Sources", "Links", "Sets", "Graphs"
    }  # fmt: skip
    named = {one.values["element"] for one in found.told}
    assert named == {"Variable", "Case", "PictureSource", "Link", "Set", "Graph"}


def test_what_is_read_is_written_again_valid_and_the_same():
    found = qda.read("a.qdpx", whole())
    out = qda.project(found)
    assert said(inside(out)) == said(inside(whole()))
    assert valid(inside(out), "Project")
    assert valid(qda.codebook(found), "Codebook")
    again = qda.read("b.qdpx", out)
    assert qda.project(again) == out
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert {path: archive.read(path) for path in FILES} == FILES


@pytest.mark.parametrize("name", ["blank-atlas-project.qdpx", "target-atlas-project.qdpx"])
def test_projects_of_atlas_are_read_and_written_again(name):
    if not (FOLDER / name).exists():
        pytest.skip(f"{name} is not at hand")
    content = (FOLDER / name).read_bytes()
    out = qda.project(qda.read(name, content))
    assert said(inside(out)) == said(inside(content))
    assert valid(inside(out), "Project")


@pytest.mark.parametrize(
    ("name", "codes", "sets"),
    [("doorstop-core-tests-files-exported.qdc", 8, 2), ("portableQDA_Atlasti.qdc", 5, 2)],
)
def test_codebooks_of_other_tools_are_read_and_come_out_by_the_standard(name, codes, sets):
    if not (FOLDER / name).exists():
        pytest.skip(f"{name} is not at hand")
    found = qda.read(name, (FOLDER / name).read_bytes())
    assert (len(found.codes), len(found.kept)) == (codes, sets)
    out = qda.codebook(found)
    assert valid(out, "Codebook")
    again = qda.read("again.qdc", out)
    assert (again.codes, again.kept) == (found.codes, found.kept)
    assert qda.codebook(again) == out


def test_a_codebook_as_taguette_writes_it_without_sets_and_descriptions_is_read():
    text = f"""<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.5.2"><Codes>
<Code guid="{guid(1).lower()}" name="interesting" isCodable="true"/></Codes></CodeBook>"""
    found = qda.read("tags.qdc", text.encode())
    assert [(one.guid, one.name) for one in found.codes] == [(guid(1).lower(), "interesting")]
    assert valid(qda.codebook(found), "Codebook")


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8).filter(str.strip)  # fmt: skip


@given(NAMES, st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=2, max_size=30), st.data())  # fmt: skip
def test_any_text_with_any_place_comes_back_as_it_was(name, text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    coding = qda.CodingRow(guid(4), guid(1))
    source = qda.SourceRow(guid(2), name.strip(), text, selections=(qda.SelectionRow(guid(3), start, end, (coding,)),))  # fmt: skip
    made = qda.Project(name="x", codes=[qda.CodeRow(guid(1), "", name.strip(), True)], sources=[source])  # fmt: skip
    found = qda.read("x.qdpx", qda.project(made))
    assert found.sources == [source]
    assert found.codes == made.codes


# --- what is wrong ----------------------------------------------------------------------------


def changed(part, old, new):
    assert old in PARTS[part]
    return packed(xml({**PARTS, part: PARTS[part].replace(old, new, 1)}))


def without_project():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("other.xml", "")
    return out.getvalue()


BOMB = b'<?xml version="1.0"?><!-- x --><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
WRONG = {
    "a zip that was cut": (lambda: whole()[:-40], "zip", ""),
    "no zip at all": (lambda: b"hello", "zip", ""),
    "no project in it": (without_project, "project", ""),
    "a path that leads outside": (lambda: packed(files={**FILES, "../x": b"x"}), "path", ""),
    "a path from the root": (lambda: packed(files={**FILES, "/etc/x": b"x"}), "path", ""),
    "a zip bomb": (lambda: packed(files={f"sources/{n}": b"" for n in range(5001)}), "bomb", ""),
    "entities": (lambda: packed(BOMB), "entities", ""),
    "entities in UTF-16": (lambda: packed(BOMB.decode().replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")), "entities", ""),
    "XML that ends early": (lambda: packed(xml()[:-9]), "xml", ""),
    "another kind of XML": (lambda: packed(b"<html/>"), "root", "html"),
    "a codebook for a project": (lambda: packed(b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>'), "root", "CodeBook"),
    "a source without its file": (lambda: packed(files={"sources/foto.jpg": b""}), "missing", "TextSource"),
    "a text outside of the file": (lambda: changed("Sources", "internal://catatan", "absolute:///home/catatan"), "outside", "TextSource"),
    "a text in another coding": (lambda: packed(files={**FILES, "sources/catatan.txt": b"\xff\xfea"}), "coding", "TextSource"),
    "a place beyond the text": (lambda: changed("Sources", 'endPosition="6"', f'endPosition="{len(TEXT) + 1}"'), "place", "PlainTextSelection"),
    "a place that is turned round": (lambda: changed("Sources", 'startPosition="5"', 'startPosition="9"'), "place", "PlainTextSelection"),
    "a place that is no number": (lambda: changed("Sources", 'startPosition="5"', 'startPosition="x"'), "place", "PlainTextSelection"),
    "a broken GUID": (lambda: changed("CodeBook", guid(10), "12-34"), "guid", "Code"),
    "no GUID": (lambda: changed("Notes", f'guid="{guid(41)}"', ""), "guid", "Note"),
    "a GUID that stands twice": (lambda: changed("Sources", guid(23), guid(21)), "twice", "PlainTextSelection"),
    "a code that is not there": (lambda: changed("Sources", f'"{guid(11)}"', f'"{guid(99)}"'), "code", "CodeRef"),
    "a note that is not there": (lambda: changed("Sources", f'"{guid(40)}"', f'"{guid(99)}"'), "note", "NoteRef"),
    "a code without a name": (lambda: changed("CodeBook", 'name="Anak"', 'name=" "'), "name", "Code"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_it_is_refused_with_file_element_and_reason(what):
    make, clause, element = WRONG[what]
    reason = refused("a.qdpx", make())
    assert reason.clause == f"evidence.qda.{clause}"
    assert reason.where.get("element", "") == element
    assert "a.qdpx" in reason.say()


def test_a_file_of_another_kind_is_refused():
    assert refused("a.pdf", b"%PDF").clause == "evidence.qda.kind"
    assert refused("a.qdc", b"").clause == "evidence.qda.xml"


def test_a_file_that_is_longer_than_its_zip_says_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr("pendamping.evidence.rules.qda.packing.MOST_BYTES", 3000)
    assert refused("a.qdpx", packed(files={"sources/x": b"0" * 4000})).clause == "evidence.qda.bomb"
