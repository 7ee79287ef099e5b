"""Where a dossier's papers are found: a scan, a folder, or nothing at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.practice.actions import open_practice_ward
from pendamping.verification import actions, queries
from pendamping.verification.models import Step
from tests.dossiers import DAY, PAPERS, hand_in

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"rekaan"


@pytest.fixture
def stage(offices):
    with clock.at(DAY):
        yield offices


def attach(stage, dossier, by=None, **said):
    return actions.attach_scan(
        by=by or stage.secretary, ward=dossier.ward, dossier_id=dossier.id,
        **{"paper": PAPERS[0], "kept_at": "Map termin 1", **said},
    )  # fmt: skip


def test_scans_stand_beside_each_other_by_paper(stage):
    dossier = hand_in(stage)
    attach(stage, dossier)
    attach(stage, dossier, kept_at="", content=PNG)
    attach(stage, dossier, paper=PAPERS[1], content=b"%PDF-1.7")
    found = queries.scans(dossier.id)
    assert [(one.kept_at, one.kind) for one in found[PAPERS[0]]] == [
        ("Map termin 1", ""),
        ("", "png"),
    ]
    assert found[PAPERS[1]][0].kind == "pdf"


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        ({"paper": "surat-lain"}, "paper"),
        ({"kept_at": " "}, "nothing"),
        ({"content": b"GIF89a"}, "file"),
        ({"content": PNG + bytes(1_000_000)}, "file"),
    ],
)
def test_what_is_no_scan_is_refused(stage, said, clause):
    dossier = hand_in(stage)
    with pytest.raises(Refusal) as refused:
        attach(stage, dossier, **said)
    assert [each.clause for each in refused.value.reasons] == [f"verification.scan.{clause}"]
    with pytest.raises(Refusal):
        attach(stage, dossier, by=stage.lead)


def test_the_scan_is_attached_on_its_page_and_seen_where_papers_are_ticked(client, stage):
    dossier = hand_in(stage)
    at = {"ward": dossier.ward, "dossier": dossier.id}
    client.force_login(stage.secretary)
    form = {"paper": PAPERS[0], "kept_at": "Lemari sekretariat"}
    sent = {**form, "content": SimpleUploadedFile("surat.png", PNG)}
    assert client.post(reverse("verification:attach", kwargs=at), sent).status_code == 302
    assert (
        client.post(reverse("verification:attach", kwargs=at), {**form, "kept_at": ""}).status_code
        == 409
    )
    scan = queries.scans(dossier.id)[PAPERS[0]][0]
    picture = reverse("verification:scan", kwargs={"ward": dossier.ward, "scan": scan.id})
    client.force_login(stage.facilitator)
    for name in ("dossier", "decide"):
        page = client.get(reverse(f"verification:{name}", kwargs=at)).content.decode()
        assert "Disimpan di: Lemari sekretariat" in page
        assert picture in page
    seen = client.get(picture)
    assert (seen.content, seen["Content-Type"]) == (PNG, "image/png")
    client.force_login(stage.lead)
    assert picture not in client.get(reverse("verification:dossier", kwargs=at)).content.decode()
    assert client.get(picture).status_code == 403


def test_a_practice_dossier_lies_in_no_office_and_in_no_figure(stage):
    code = open_practice_ward(by=stage.ward_admin, ward=stage.ward)
    dossier = hand_in(stage, ward=code)
    (step,) = Step.objects.filter(dossier=dossier)
    assert (step.seat, step.city) == (code, None)
