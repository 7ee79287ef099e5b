"""The plan over its pages: begun, shaped, put to a meeting, ratified, printed, revised."""

import io
import re
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from pendamping.kernel import clock
from pendamping.planning import queries, reading
from tests import planned
from tests.cast import WARD
from tests.gatherings import meet, sign

pytestmark = pytest.mark.django_db

TODAY = date(2004, 3, 1)
NARROW = "\u00a0"


@pytest.fixture(autouse=True)
def after_the_vote():
    with clock.at(TODAY):
        yield


def at(name, **record):
    return reverse(f"planning:{name}", kwargs={"ward": WARD, **record})


def told(response):
    return response.content.decode().replace(NARROW, " ")


def test_a_plan_runs_over_its_pages_from_the_draft_to_the_meeting_and_its_papers(voted, client):
    client.force_login(voted.facilitator)
    assert "Belum ada PJM" in told(client.get(at("plans")))
    assert client.post(at("begin"), {"first_year": "1990"}).status_code == 409
    assert client.post(at("begin"), {"first_year": "2004"}).status_code == 302
    plan = reading.draft(WARD)
    page = told(client.get(at("plan", plan=plan.id)))
    assert "suara tidak mendanainya" in page
    assert "2 baris terencana belum menyebut volume" in page
    alley = at("shape", line=planned.line_of(plan, "Jalan gang").id)
    assert client.post(alley, {"year": "1", "from_blm": "50.000.000"}).status_code == 409
    kept = {"year": "2", "from_blm": "30.000.000", "from_swadaya": "15.000.000", "volume": "120 m"}
    assert client.post(alley, kept).status_code == 302
    page = told(client.get(at("plan", plan=plan.id)))
    assert ("kurang Rp 5.000.000" in page, "120 m" in page) == (True, True)
    assert "2 baris terencana belum menyebut volume" in page  # those of the first year, as before
    assert client.post(alley, {**kept, "from_government": "5.000.000"}).status_code == 302
    _meet_and_decide(voted, client, plan)
    page = told(client.get(at("plan", plan=plan.id)))
    meeting = re.search(r'<option value="([^"]+)"', page)[1]
    assert client.post(at("ratify", plan=plan.id), {"meeting_id": meeting}).status_code == 302
    assert queries.plan_in_force(WARD, TODAY).id == plan.id
    for name, more in (("plan_pdf", {}), ("annual_pdf", {"year": 2})):
        assert client.get(at(name, plan=plan.id, **more)).content.startswith(b"%PDF")
    book = load_workbook(io.BytesIO(client.get(at("plan_xlsx", plan=plan.id)).content))
    money = [list(row) for row in book["Dana"].iter_rows(values_only=True)]
    assert money[1:3] == [["2004", 80_000_000, 0, 0, 0, 80_000_000],
                          ["2005", 30_000_000, 15_000_000, 5_000_000, 0, 50_000_000]]  # fmt: skip
    assert "Jalan gang" in told(client.get(at("annual", plan=plan.id, year=2)))
    assert client.get(at("annual", plan=plan.id, year=4)).status_code == 404


def _meet_and_decide(cast, client, plan):
    """The page of decisions offers the draft; it is chosen there, no subject is typed."""
    count = {"total": 20, "women": 12, "poor": 10, "rts": queries.places(WARD)}
    meeting = meet(cast, [], kind="plan", on=TODAY, head_count=count, eligible=20)
    here = reverse("meetings:decide", kwargs={"ward": WARD, "meeting": meeting.id})
    subject = reading.plan_subject(plan)
    page = told(client.get(here))
    assert f'value="{subject}"' in page
    assert 'value="plan"' not in page
    client.post(here, {"subject": subject, "outcome": "accepted", "way": "consensus"})
    sign(cast, meeting)


def test_a_revision_says_what_it_changes_and_what_waits(ratified, client):
    cast, _first = ratified
    client.force_login(cast.chair)
    with clock.at(date(2005, 1, 10)):
        planned.ask(cast, "Lampu jalan", "", 9)
        client.post(at("begin"), {"first_year": "2005"})
        draft = reading.draft(WARD)
        page = told(client.get(at("changes", plan=draft.id)))
        assert re.findall(r"baru|dibawa ke depan", page)
        planned.ask(cast, "Gapura", "", 3)
        assert client.post(at("take_up", plan=draft.id)).status_code == 302
        assert draft.lines.filter(title="Gapura").exists()
        assert client.post(at("drop_plan", plan=draft.id), {"why": ""}).status_code == 422
        assert client.post(at("drop_plan", plan=draft.id), {"why": "Menunggu"}).status_code == 302
        assert client.post(at("ratify", plan=draft.id), {}).status_code in (409, 422)


def test_a_ratified_plan_closes_the_gate_of_its_stage(ratified):
    from pendamping.cycle import facts
    from pendamping.guidelines import queries as guidelines

    text = guidelines.in_force(WARD, TODAY)
    found = facts.gather(WARD, TODAY, text, ("decisions",)).decisions
    assert [(one.matter, one.accepted, one.on) for one in found] == [
        ("plan", True, planned.RATIFIED)
    ]


def test_everybody_of_the_ward_reads_the_plan_and_who_may_not_write_it_finds_no_form(
    ratified, client
):
    cast, plan = ratified
    client.force_login(cast.officer)
    page = told(client.get(at("plan", plan=plan.id)))
    assert ("Selokan" in page, '<form method="post" action="/w/' in page) == (True, False)
    assert client.get(at("begin")).status_code == 403
