"""The report of the made-up study: whoever reads it finds every finding of the case (handbook 0.1)."""

import io
from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from pendamping.demo import studying
from pendamping.demo.study_texts import INFORMANTS, SOURCES
from pendamping.evidence import actions, queries, reporting
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.territory import queries as territory
from tests.cast import WARD
from tests.staging import staged

pytestmark = pytest.mark.django_db
DAY = date(2005, 5, 12)
FINDINGS = (
    "3.448", "625", "belum pernah mendapat P2KP", "delapan belas bulan", "minggu kedua Mei 2005",
    "angsuran kesepuluh", "partisipatif melalui pendekatan kelompok", "pedoman umum dan pedoman teknis",
    "lingkungan fisik", "sosial yang tidak dikembalikan", "ekonomi produktif", "dana bergulir", "sepuluh bulan",
    "tenggang dua bulan", "SPP anak", "keperluan sehari-hari", "fasilitatif", "edukatif",
    "BKM dan UP yang menggantikan pendamping terhadap KSM", "pemerintah pusat dan daerah",
    "dikerjakan kelompok sasaran sendiri", "Lembaga tumbuh lewat pembentukan kelompok",
    "mengembangkan usaha, dan mengubah pandangan serta nilai", "I-01", "I-06",
)  # fmt: skip


@staged(at=DAY)
def told(cast):
    """The study of the case, as the programme lead of the cast did it."""
    studying.study(SimpleNamespace(ward=cast.ward, actor=lambda _name: cast.lead))
    return cast


@pytest.fixture(autouse=True)
def today():
    with clock.at(DAY):
        yield


def test_every_finding_of_the_case_stands_on_the_page_in_the_pdf_and_in_the_docx(told, client):
    client.force_login(told.chair)

    def read(name):
        return client.get(reverse(f"evidence:{name}", kwargs={"ward": WARD}))

    office = Document(io.BytesIO(read("report_docx").content))
    pages = PdfReader(io.BytesIO(read("report_pdf").content)).pages
    texts = {
        "page": read("report").text,
        "docx": "\n".join(one.text for one in office.paragraphs),
        "pdf": " ".join(" ".join(page.extract_text() for page in pages).split()),
    }
    said = guidelines.section("factors", WARD, DAY)
    factors = [one["name"]["id"] for one in said.values() if one.get("of_the_case")]
    assert len(factors) == 10
    for where, text in texts.items():
        assert [one for one in (*FINDINGS, *factors) if one not in text] == [], where


def test_each_obstacle_is_shown_by_several_kinds_and_tells_how_it_was_overcome(told):
    found = queries.quoted(WARD)
    triangles = queries.triangles(found)
    said = guidelines.section("factors", WARD, DAY)
    for key in (key for key, one in said.items() if one.get("of_the_case")):
        cells = [cell for cell in triangles[key].cells if cell.speaks_for]
        assert len(cells) >= 2, key
        if said[key]["kind"] == "inhibiting":
            assert any(one.factor == key and one.sense == "overcome" for one in found), key


def test_the_passages_of_the_case_say_what_its_texts_mark(told):
    for one, (_kind, title, _on, _place, _who, text) in zip(
        sorted(queries.sources(WARD), key=lambda one: one.id), SOURCES, strict=True
    ):
        assert (one.title, "[" in one.text) == (title, False)
        for places in studying.marked(text).values():
            assert all(one.text[a:b].strip() == one.text[a:b] for a, b in places)
    assert len(queries.informants(WARD)) == len(INFORMANTS)


def test_the_paragraphs_of_who_analyses_stay_and_the_latest_counts(told, client):
    client.force_login(told.lead)
    address = reverse("evidence:write", kwargs={"ward": WARD, "part": "planning-too-long"})
    for words in ("Satu", "Rapat digabung sejak Maret."):
        assert client.post(address, {"text": words}).status_code == 302
    shown = client.get(reverse("evidence:report", kwargs={"ward": WARD})).text
    assert "Rapat digabung sejak Maret." in shown
    assert "Lima hambatan itu saling menarik" in shown
    with pytest.raises(Refusal) as refused:
        actions.write_paragraph(by=told.lead, ward=WARD, part="none", text="x")
    assert refused.value.reasons[0].clause == "evidence.unknown"
    with pytest.raises(Refusal) as refused:
        actions.write_paragraph(by=told.chair, ward=WARD, part="process", text="x")
    assert refused.value.reasons[0].clause == "access.permission"


def test_a_text_without_consent_is_not_in_the_report(told):
    source = next(one for one in queries.sources(WARD) if one.title == "Wawancara tentang usaha")
    actions.note_consent(by=told.lead, ward=WARD, source_id=source.id, consent=False)
    sheet = reporting.sheet(territory.ward(WARD))
    quotes = [text for part in sheet["sections"] for group in part["groups"] for text, _by in group["quotes"]]  # fmt: skip
    assert quotes
    assert not any("SPP anak" in text for text in quotes)


def test_the_guide_asks_about_every_factor(told, client):
    client.force_login(told.lead)
    answer = client.get(reverse("evidence:guide", kwargs={"ward": WARD}))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    said = guidelines.section("factors", WARD, DAY)
    names = [one["name"]["id"] for one in said.values() if one.get("of_the_case")]
    assert [name for name in names if name not in " ".join(text.split())] == []


def test_the_page_of_a_factor_shows_what_people_say_beside_the_record(told, client):
    client.force_login(told.chair)
    address = reverse("insight:factor", kwargs={"ward": WARD, "factor": "groups-able"})
    shown = client.get(address).text
    assert "2 kutipan mendukung, 1 membantah" in shown
    assert "Ada dua kelompok yang bukunya masih saya yang isi." in shown
    assert "I-03" in shown
    quiet = reverse("insight:factor", kwargs={"ward": WARD, "factor": "elite-capture"})
    assert "kutipan mendukung" not in client.get(quiet).text
