"""The pages of a study: from a text to a coded passage to its factor."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from pendamping.evidence import actions, queries
from pendamping.kernel import clock
from tests.cast import WARD
from tests.studying import FACTOR, TEXT, begun, code, coded, taken_in

pytestmark = pytest.mark.django_db
DAY = date(2004, 6, 1)


@pytest.fixture(autouse=True)
def today():
    with clock.at(DAY):
        yield


def page(name, **parts):
    return reverse(f"evidence:{name}", kwargs={"ward": WARD, **parts})


def test_a_study_is_begun_a_source_typed_and_two_sentences_coded(cast, client):
    client.force_login(cast.facilitator)
    assert "Mulai kajian" in client.get(page("home")).text
    client.post(page("start"))
    typed = {"who": "kader", "criterion": "Ikut sejak awal", "knows": ["results"]}
    client.post(page("add_informant"), typed)
    [informant] = queries.informants(WARD)
    told = {"kind": "interview", "title": "Wawancara", "text": TEXT.replace("\n", "\r\n"), "on": "2004-05-01",
            "informant_id": informant.id, "consent": "on"}  # fmt: skip
    answer = client.post(page("add_source"), told)
    [source] = queries.sources(WARD)
    assert answer["Location"] == page("source", source=source.id)
    assert source.text == TEXT
    shown = client.get(page("source", source=source.id)).text
    assert 'value="0-23"' in shown
    chosen = client.get(page("code", source=source.id), {"s": ["0-23", "24-52"]}).text
    assert 'name="x" value="0-52"' in chosen
    answer = client.post(page("code", source=source.id), {"x": "0-52", "codes": [code(WARD)], "memo": "Lihat jadwal"})  # fmt: skip
    assert answer["Location"] == page("source", source=source.id) + "#s0"
    [one] = queries.quoted(WARD)
    assert one.text == TEXT[:52]
    assert [memo.text for memo in queries.memos(WARD, f"passage:{one.passage}")] == ["Lihat jadwal"]
    assert "<mark>" in client.get(page("source", source=source.id)).text
    assert "I-01" in client.get(page("factor", factor=FACTOR)).text


def test_an_empty_choice_and_wrong_places_come_back_with_the_reason(cast, client):
    source = taken_in(cast, begun(cast))
    client.force_login(cast.facilitator)
    address = page("code", source=source.id)
    assert client.get(address, {"s": "x", "x": "9-"}).status_code == 200
    assert client.post(address, {"codes": [code(WARD)]}).status_code == 409
    assert client.post(address, {"x": "0-99999", "codes": [code(WARD)]}).status_code == 409
    assert client.post(address, {"x": "0-5", "codes": ["none"]}).status_code == 422
    assert queries.quoted(WARD) == []


def test_a_passage_gets_a_thought_and_a_record_and_loses_its_code(cast, client):
    passage = coded(cast, taken_in(cast, begun(cast)), "Enam bulan")
    client.force_login(cast.lead)
    here = page("passage", passage=passage.id)
    assert "stage:readiness" in client.get(here, {"kind": "stage"}).text
    client.post(page("join", passage=passage.id) + "?kind=stage", {"record_key": "stage:readiness"})
    client.post(page("memo", passage=passage.id), {"text": "Bandingkan dengan jadwal"})
    shown = client.get(here).text
    assert reverse("cycle:stage", kwargs={"ward": WARD, "stage": "readiness"}) in shown
    assert "Bandingkan dengan jadwal" in shown
    [tie], [one] = queries.ties(passage), queries.codings(passage)
    client.post(page("part", passage=passage.id), {"tie": tie.id})
    client.post(page("uncode", passage=passage.id), {"coding": one.id})
    assert (queries.ties(passage), queries.codings(passage)) == ([], [])
    assert client.post(page("uncode", passage=passage.id), {"coding": one.id}).status_code == 409


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(*lines):
    document, out = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def test_a_docx_or_a_text_file_is_read(cast, client):
    begun(cast)
    client.force_login(cast.facilitator)
    told = {"kind": "document", "title": "Notulen", "text": ""}
    for name, content in (("a.docx", docx("Baris satu", "Baris dua")), ("b.txt", "Baris satu\r\nBaris dua".encode("utf-16"))):  # fmt: skip
        file = SimpleUploadedFile(name, content)
        assert client.post(page("add_source"), {**told, "file": file}).status_code == 302
    assert [one.text for one in queries.sources(WARD)] == ["Baris satu\nBaris dua"] * 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"PK cut"), ("a.docx", packed(a="b")), ("a.docx", docx("utuh")[:2000]),
        ("a.txt", b"\xff\xfa\x00"), ("a.exe", b"MZ"), ("a.txt", b"a" * 8_000_001),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_by_its_name(cast, client, name, content):
    begun(cast)
    client.force_login(cast.facilitator)
    told = {"kind": "document", "title": "Notulen", "text": "", "file": SimpleUploadedFile(name, content)}  # fmt: skip
    answer = client.post(page("add_source"), told)
    assert answer.status_code == 409
    assert name in answer.text
    assert queries.sources(WARD) == []


def test_a_text_is_corrected_and_its_consent_taken_back_on_pages(cast, client):
    source = taken_in(cast, begun(cast))
    coded(cast, source, "Orang jadi mau")
    client.force_login(cast.facilitator)
    told = {"text": TEXT.replace("Orang", "Warga"), "why": "salah dengar"}
    answer = client.post(page("correct", source=source.id), told, follow=True)
    assert "1 kutipan berkode ikut berubah" in answer.text
    assert "Buka teks penggantinya" in client.get(page("source", source=source.id)).text
    [new] = queries.sources(WARD)
    client.post(page("consent", source=new.id), {"consent": "no"})
    assert queries.sources(WARD)[0].consent is False


def test_a_long_text_is_read_in_parts(cast, client):
    begun(cast)
    source = taken_in(cast, kind="document", title="Laporan", text="Kalimat ini. " * 90)
    client.force_login(cast.facilitator)
    first = client.get(page("source", source=source.id)).text
    last = client.get(page("source", source=source.id), {"part": "9"}).text
    assert first.count('type="checkbox"') == 40
    assert last.count('type="checkbox"') == 10
    actions.code_passage(
        by=cast.facilitator, ward=WARD, source_id=source.id, spans=[(13 * 50, 13 * 50 + 7)], codes=[code(WARD)]
    )  # fmt: skip
    assert len(queries.quoted(WARD)) == 1
