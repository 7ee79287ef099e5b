"""The monthly report: drafted from the log, handed in once, the same as page, PDF and DOCX."""

import io
from datetime import date

import docx
import pypdf
import pytest
from django.urls import reverse

from pendamping.desk import accompanying
from pendamping.facilitation import actions, queries
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db

JUNE = date(2004, 6, 1)
ANALYSIS = (
    "Warga kini memimpin rapat sendiri; pembukuan KSM masih perlu saya dampingi setiap minggu."
)


@pytest.fixture
def month(cast):
    """Two entries in June: 90 and 60 minutes; one decided by all, one by the facilitator."""
    told = {"stage": "groups", "roles": ["technical", "facilitative"], "minutes": 90,
            "decided_by": "joint", "women": 7, "men": 3, "obstacle": "Balai RW dipakai hajatan"}  # fmt: skip
    other = {
        **told,
        "minutes": 60,
        "roles": ["educational"],
        "decided_by": "facilitator",
        "obstacle": "",
    }
    with clock.at(date(2004, 6, 12)):
        return actions.log_days(
            by=cast.facilitator, ward=cast.ward,
            entries=[{**told, "on": date(2004, 6, 7)}, {**other, "on": date(2004, 6, 8)}],
        )  # fmt: skip


def hand_in(cast, **changes):
    told = {"by": cast.facilitator, "ward": cast.ward, "month": JUNE, "analysis": ANALYSIS}
    return actions.hand_in_report(**{**told, **changes})


def test_a_report_goes_out_when_the_month_is_over_and_analysed(cast, month):
    with clock.at(date(2004, 6, 29)), pytest.raises(Refusal) as refused:
        hand_in(cast, analysis="baik")
    assert [one.clause for one in refused.value.reasons] == [
        "facilitation.report.early", "reporting.p2kp2.checked_for",
    ]  # fmt: skip
    with clock.at(date(2004, 7, 2)):
        tasks = [
            task.kind for task in accompanying.tasks(cast.ward, clock.today(), cast.facilitator)
        ]
        assert tasks == ["report_month"]
        told = hand_in(cast).told
        assert list(accompanying.tasks(cast.ward, clock.today(), cast.facilitator)) == []
    assert told["minutes"] == {
        "facilitative": 45, "educational": 60, "representational": 0, "technical": 45,
    }  # fmt: skip
    assert told["decided"] == {"community": 0, "joint": 1, "facilitator": 1}


def test_what_was_handed_in_stays_whatever_is_corrected_later(cast, month):
    with clock.at(date(2004, 7, 2)):
        hand_in(cast)
        actions.take_back_log(
            by=cast.facilitator, ward=cast.ward, entry_id=month[0].id, why="Salah bulan"
        )
        assert len(queries.report(cast.ward, cast.facilitator, JUNE).told["log"]) == 2
        for act in (hand_in, lambda cast: actions.save_report(
            by=cast.facilitator, ward=cast.ward, month=JUNE, analysis="lain",
        )):  # fmt: skip
            with pytest.raises(Refusal) as refused:
                act(cast)
            assert [one.clause for one in refused.value.reasons] == ["facilitation.report.final"]


def test_page_paper_and_document_say_the_same(client, cast, month):
    client.force_login(cast.facilitator)
    where = {"ward": cast.ward, "month": "2004-06", "who": "facilitator"}
    page = reverse("facilitation:report", kwargs=where)
    with clock.at(date(2004, 7, 2)):
        refused = client.post(page, {"analysis": "baik", "hand_in": "1"})
        assert refused.status_code == 409
        assert ">\nbaik</textarea>" in refused.text
        assert client.post(page, {"analysis": ANALYSIS}).status_code == 302
        shown = client.get(page).text
        pdf = client.get(reverse("facilitation:report_pdf", kwargs=where)).content
        document = client.get(reverse("facilitation:report_docx", kwargs=where)).content
    printed = " ".join(
        " ".join(one.extract_text().split()) for one in pypdf.PdfReader(io.BytesIO(pdf)).pages
    )
    read = docx.Document(io.BytesIO(document))
    written = " ".join(one.text for one in read.paragraphs)
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    for said in ("Analisis capaian", "pembukuan KSM masih perlu saya dampingi"):
        assert said in shown and said in written
    for said in ("Balai RW dipakai hajatan", "2 jam 30 menit"):
        assert said in shown and said in printed and said in cells
    client.force_login(cast.chair)  # reads, does not write
    assert "<textarea" not in client.get(page).text
