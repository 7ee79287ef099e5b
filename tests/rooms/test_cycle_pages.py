"""Pages of the cycle: the picture, a stage with its records, new dates, wards side by side, the sheet."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from pendamping.cycle import queries, wording
from pendamping.cycle.steps import Step
from pendamping.desk import queries as desk
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings
from tests import gatherings
from tests.cycling import BEGAN, MET, orient, residents_decide, session, start

pytestmark = pytest.mark.django_db

TODAY = gatherings.TODAY


@pytest.fixture(autouse=True)
def in_february():
    with clock.at(TODAY):
        yield


@pytest.fixture
def village(cast):
    return gatherings.village(cast)


def address(cast, name, **more):
    return reverse(f"cycle:{name}", kwargs={"ward": cast.ward, **more})


def page(client, cast, name, who="facilitator", **more):
    client.force_login(getattr(cast, who))
    found = client.get(address(cast, name, **more))
    assert found.status_code == 200
    return found.content.decode()


def test_the_picture_says_in_words_what_its_bars_show(client, cast, village):
    orient(cast)
    start(cast, "readiness", MET)
    text = page(client, cast, "home", who="chair")
    assert "2 Des 2003 – 6 Des 2003" in text
    assert "terlambat 13 hari" in text  # readiness: planned to 28 January, today is 10 February
    assert text.count('class="today"') == len(queries.cycle(cast.ward, TODAY).stages) + 1
    assert "<table" in text


def test_what_is_next_is_one_tap_away_for_whoever_may_and_named_for_others(client, cast, village):
    start(cast, "orientation", BEGAN)
    session(cast, "01")
    there = reverse("meetings:call", kwargs={"ward": cast.ward})
    text = page(client, cast, "home")
    assert f'href="{there}?kind=orientation&amp;level=RT&amp;rw=01&amp;rt=02"' in text
    call = client.get(f"{there}?kind=orientation&level=RT&rw=01&rt=02").content.decode()
    assert '<option value="02" selected>' in call
    assert there not in page(client, cast, "home", who="treasurer")
    assert "dikerjakan oleh: Pendamping" in page(client, cast, "home", who="treasurer")


def test_a_tranche_that_is_next_can_be_opened_by_whoever_may_only_read_it(cast):
    found = queries.cycle(cast.ward, TODAY)
    receive = Step(
        "funds", "receive", "", None, 0, "grants:tranche", "grants.receive_tranche",
        {"tranche": "T1"}, values={"number": 1},
    )  # fmt: skip
    for who, mine in (("facilitator", False), ("secretary", True)):
        (row,) = wording.steps(found, [receive], getattr(cast, who))
        assert row["href"] == reverse("grants:tranche", kwargs={"ward": cast.ward, "tranche": "T1"})
        assert (row["mine"], bool(row["action"])) == (mine, True)


def test_a_stage_that_outran_its_length_is_not_expected_to_end_today(client, cast, village):
    orient(cast)
    start(cast, "readiness", MET)
    late = TODAY + timedelta(days=60)
    with clock.at(late):
        found = queries.cycle(cast.ward, late)
        verdicts = found.verdicts(["readiness"])["readiness"]
        assert any(not one.met for one in verdicts)
        assert found.standings["readiness"].expected.ends > late


def test_what_the_page_does_not_call_late_is_not_late_on_the_desk_and_a_day_is_said_to_be_todays(
    client, cast, village
):
    ends = queries.cycle(cast.ward, TODAY).standings["orientation"].planned.ends
    for day, late in ((ends, False), (ends + timedelta(days=1), True)):
        with clock.at(day):
            text = page(client, cast, "home")
            (task,) = [
                one
                for one in desk.desk(cast.ward, day, lambda wanted: True).tasks
                if one.kind == "begin_stage"
            ]
        assert ("terlambat 1 hari" in text, task.due < day) == (late, late)
    assert "yang terisi adalah hari ini" in page(client, cast, "stage", stage="orientation")
    session(cast, "01")
    assert "diambil dari catatan" in page(client, cast, "stage", stage="orientation")


def test_the_meeting_that_is_next_comes_with_its_decision_filled_in(client, cast, village):
    orient(cast)
    start(cast, "readiness", MET)
    (step,) = queries.steps(queries.cycle(cast.ward, TODAY))
    assert step.query == {
        "kind": "readiness",
        "agenda": "Warga menerima program",
        "subject": "programme_acceptance",
        "text": "Warga menerima program",
    }
    client.force_login(cast.facilitator)
    there = reverse("meetings:call", kwargs={"ward": cast.ward})
    client.post(there, {**step.query, "held_on": TODAY, "place": "Aula", "level": "kelurahan"})
    (called,) = meetings.meetings(cast.ward, status=["called"])
    (step,) = queries.steps(queries.cycle(cast.ward, TODAY))
    assert (step.kind, step.parts) == ("called", {"meeting": called.id})


def test_a_stage_shows_the_records_behind_its_gate_and_suggests_its_days(client, cast, village):
    first = session(cast, "01")
    text = page(client, cast, "stage", stage="orientation")
    assert f'value="{MET}"' in text  # the day of the first session
    client.post(address(cast, "start", stage="orientation"), {"on": BEGAN})
    last = session(cast, "02", on=MET + timedelta(days=3))
    text = page(client, cast, "stage", stage="orientation")
    assert f'value="{MET + timedelta(days=3)}"' in text  # the day of the last one
    for one in (first, last):
        assert reverse("meetings:meeting", kwargs={"ward": cast.ward, "meeting": one.id}) in text
    done = client.post(
        address(cast, "finish", stage="orientation"), {"on": MET + timedelta(days=3)}
    )
    assert done.status_code == 302
    assert queries.cycle(cast.ward, TODAY).standings["orientation"].state == "finished"


def test_a_refused_day_says_every_reason_and_keeps_what_was_typed(client, cast, village):
    start(cast, "orientation", BEGAN)
    client.force_login(cast.facilitator)
    found = client.post(address(cast, "finish", stage="orientation"), {"on": "2003-12-01"})
    text = found.content.decode()
    assert found.status_code == 409
    assert "baru dimulai 2 Desember 2003" in text
    assert "Setiap RT/RW punya paling sedikit satu pertemuan tercatat (0 dari 2)" in text
    assert 'value="2003-12-01"' in text
    assert client.post(address(cast, "finish", stage="orientation"), {"on": "x"}).status_code == 422
    assert client.post(address(cast, "start", stage="moon"), {"on": BEGAN}).status_code == 404


def test_a_date_is_taken_back_on_the_page_with_its_reason(client, cast, village):
    start(cast, "orientation", BEGAN)
    client.force_login(cast.chair)
    client.post(address(cast, "take_back", stage="orientation"), {"why": "Salah ketik"})
    text = page(client, cast, "stage", stage="orientation")
    assert "dibatalkan 10 Februari 2004: Salah ketik" in text
    assert queries.cycle(cast.ward, TODAY).standings["orientation"].state == "ready"


def test_new_dates_go_from_the_draft_through_a_meeting_to_the_picture(client, cast, village):
    start(cast, "orientation", BEGAN)
    client.force_login(cast.chair)
    typed = {"why": "Banjir", "orientation_starts": "2003-12-02", "orientation_ends": "2004-02-20"}
    assert (
        client.post(address(cast, "draft"), {**typed, "readiness_ends": "2004-03-01"}).status_code
        == 422
    )
    assert client.post(address(cast, "draft"), {**typed, "why": " "}).status_code == 422
    client.post(address(cast, "draft"), typed)
    (plan,) = queries.plans(cast.ward)
    text = page(client, cast, "plan", plan=plan.id, who="chair")
    assert "2 Des 2003 – 20 Feb 2004" in text
    assert f"subject=cycle.adopt_plan%3A{plan.id}" in text
    meeting = gatherings.board_decides(cast, f"cycle.adopt_plan:{plan.id}", on=TODAY)
    assert client.post(address(cast, "adopt", plan=plan.id), {"meeting_id": "x"}).status_code == 422
    client.post(address(cast, "adopt", plan=plan.id), {"meeting_id": meeting})
    assert queries.cycle(cast.ward, TODAY).plan["orientation"].ends == date(2004, 2, 20)
    assert client.post(address(cast, "drop", plan=plan.id)).status_code == 409


def test_what_the_ward_does_otherwise_stands_with_its_meeting(client, cast, village):
    made = gatherings.deviate(cast, "stages.p2kp2.reflection.skipped", True, since=gatherings.HELD)
    for name, more in (("home", {}), ("stage", {"stage": "reflection"})):
        text = page(client, cast, name, **more)
        assert "dilewati" in text
        assert (
            reverse("meetings:meeting", kwargs={"ward": cast.ward, "meeting": made.meeting}) in text
        )


def test_residents_who_said_no_are_read_first(client, cast, village):
    orient(cast)
    start(cast, "readiness", MET)
    residents_decide(cast, "programme_acceptance", kind="readiness", on=TODAY, outcome="rejected")
    assert "Program berhenti di sini" in page(client, cast, "home")


@pytest.mark.parametrize("size", ["a3", "a4"])
def test_the_sheet_for_the_wall_is_one_page_with_stages_and_what_is_next(
    client, cast, village, size
):
    start(cast, "orientation", BEGAN)
    client.force_login(cast.chair)
    found = client.get(address(cast, "cycle_pdf"), {"paper": size})
    read = PdfReader(BytesIO(found.content))
    assert len(read.pages) == 1
    wide = read.pages[0].mediabox.width
    assert (wide > 1_000) == (size == "a3")
    text = " ".join(read.pages[0].extract_text().split())
    assert "9 · Terminasi" in text
    assert "RT yang belum ada pertemuan: 2" in text
    assert "terlambat 41 hari" in text


def test_wards_stand_side_by_side_the_latest_first(client, cast, village):
    orient(cast)
    client.force_login(cast.lead)
    found = client.get(reverse("cycle:across"))
    names = [row["name"] for row in found.context["rows"]] if found.context else []
    text = found.content.decode()
    assert found.status_code == 200
    assert names in ([], ["Batu Tulis", "Empang"])
    assert text.index("Batu Tulis") < text.index("Empang")  # orientation is 41 days late next door
    assert "Tahap yang terlambat" in text


def test_the_page_of_a_ward_asks_the_database_no_more_for_more_sessions(client, cast, village):
    start(cast, "orientation", BEGAN)
    session(cast, "01")
    page(client, cast, "home")
    asked = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as found:
            page(client, cast, "home")
        asked.append(len(found))
        session(cast, "01")
        session(cast, "01")
    assert asked[0] == asked[1]
