"""A study goes out as a REFI-QDA project and comes back the same; a file that contradicts what is here is refused."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pendamping.evidence import actions, queries
from pendamping.evidence.models import Code, Coding, Passage, Source, Study
from pendamping.evidence.rules import qda
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from tests.cast import OTHER, WARD
from tests.qda import PARTS, TEXT, guid, inside, packed, said, valid, whole, xml
from tests.studying import FACTOR, begun, coded, taken_in

pytestmark = pytest.mark.django_db
DAY = date(2004, 6, 1)


@pytest.fixture(autouse=True)
def today():
    with clock.at(DAY):
        yield


def take(cast, content=None, ward=WARD, file="a.qdpx"):
    return actions.take_in(
        by=cast.facilitator if ward == WARD else cast.system, ward=ward, file=file,
        content=whole() if content is None else content,
    )  # fmt: skip


def given(ward=WARD):
    return qda.project(queries.project(ward))


def test_a_project_that_comes_in_goes_out_the_same_and_in_again(cast):
    made = take(cast)
    assert made.counts == {
        "codes": 2, "sources": 2, "passages": 2, "codings": 1, "memos": 2, "kept": 7, "files": 3
    }  # fmt: skip
    out = given()
    assert said(inside(out)) == said(inside(whole()))
    assert valid(inside(out), "Project")
    assert take(cast, out).counts == {}  # nothing new
    take(cast, out, ward="")  # the study of the server itself
    assert given("") == out


def test_our_own_study_keeps_everything_on_its_way_through_another_server(cast):
    source = taken_in(cast, begun(cast), place="Balai RW 02", interviewer="Contoh Peneliti")
    passage = coded(cast, source, "lama sekali 🕰")
    actions.tie_record(by=cast.facilitator, ward=WARD, passage_id=passage.id, record_key="stage:readiness")  # fmt: skip
    actions.add_memo(by=cast.facilitator, ward=WARD, about=f"passage:{passage.id}", text="Cek jadwal")  # fmt: skip
    out = given()
    assert valid(inside(out), "Project")
    assert b"Contoh Informan" not in inside(out)
    take(cast, out, ward=OTHER)
    there, here = Source.objects.get(ward=OTHER), source
    for name in ("kind", "title", "text", "on", "place", "interviewer", "consent", "guid"):
        assert getattr(there, name) == getattr(here, name), name
    assert there.informant.code == "I-01"
    [one] = queries.quoted(OTHER)
    assert (one.factor, one.sense, one.text, one.records) == (
        FACTOR, "for", "lama sekali 🕰", ("stage:readiness",)
    )  # fmt: skip
    assert [memo.text for memo in queries.memos(OTHER, f"passage:{one.passage}")] == ["Cek jadwal"]
    assert given(OTHER) == out


def test_codes_that_were_given_elsewhere_come_back_beside_ours(cast):
    take(cast)
    more = PARTS["Sources"].replace(
        f'<PlainTextSelection guid="{guid(23)}" startPosition="7" endPosition="11"/>',
        f'<PlainTextSelection guid="{guid(23)}" startPosition="7" endPosition="11"><Coding guid="{guid(27)}">'
        f'<CodeRef targetGUID="{guid(10)}"/></Coding></PlainTextSelection>',
    )  # fmt: skip
    renamed = PARTS["CodeBook"].replace("Anak", "Cucu")
    made = take(cast, packed(xml({**PARTS, "Sources": more, "CodeBook": renamed})))
    assert made.counts == {"codings": 1}
    assert any(values.get("name") == "Cucu" for _text, values in made.told)
    assert set(Coding.objects.values_list("guid", flat=True)) == {guid(22), guid(27)}


@pytest.mark.parametrize(
    ("old", "new"),
    [(TEXT, TEXT + " Empat."), ('startPosition="5"', 'startPosition="4"')],
    ids=["another text", "another place"],
)
def test_what_contradicts_what_is_here_is_refused_and_nothing_is_kept(cast, old, new):
    take(cast)
    before = given()
    with pytest.raises(Refusal) as refused:
        take(cast, packed(xml({**PARTS, "Sources": PARTS["Sources"].replace(old, new)})))
    assert {one.clause for one in refused.value.reasons} == {"evidence.qda.other"}
    assert given() == before


def test_a_damaged_file_leaves_nothing_behind(cast):
    with pytest.raises(Refusal):
        take(cast, whole()[:-30])
    assert not Study.objects.exists()
    assert not Code.objects.exists()
    assert not Passage.objects.exists()


def test_a_file_is_taken_in_and_given_out_on_a_page(cast, client):
    client.force_login(cast.lead)
    here = reverse("evidence:files", kwargs={"ward": WARD})
    answer = client.post(here, {"file": SimpleUploadedFile("a.qdpx", whole())}, follow=True)
    assert "PictureSource Foto: disimpan" in answer.text
    out = client.get(reverse("evidence:project", kwargs={"ward": WARD}))
    assert out.content == given()
    assert valid(client.get(reverse("evidence:qdc", kwargs={"ward": WARD})).content, "Codebook")
    answer = client.post(here, {"file": SimpleUploadedFile("b.qdpx", whole()[:-9])})
    assert answer.status_code == 409
    assert "b.qdpx" in answer.text
