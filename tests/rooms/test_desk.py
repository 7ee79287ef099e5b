"""The first page of each role, the wards to choose from, the trail."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendamping.access import actions as roles
from pendamping.access import queries as access
from pendamping.access.rules import PERMISSIONS
from pendamping.desk import labels, queries
from pendamping.funds.savings import queries as savings
from pendamping.funds.upk import actions as upk
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.meetings import actions as meetings
from pendamping.targeting import actions as targeting
from pendamping.targeting.rules import Candidate
from pendamping.territory import queries as territory
from tests import closing, gatherings, lending
from tests.cast import OTHER, PARTS
from tests.staging import staged

pytestmark = pytest.mark.django_db

TODAY = date(2004, 8, 12)
NEW_WARD = "32.71.01.1002"


@pytest.fixture(autouse=True)
def in_august():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def month_done(cast, loan):
    """The reserve of July 2004 is set aside, its books are closed, its card is taken."""
    closing.close_through(cast, date(2004, 7, 31))
    upk.record_card(by=cast.treasurer, ward=cast.ward, month=date(2004, 7, 1))


def desk_of(cast, who, on=TODAY):
    user = getattr(cast, who)
    return queries.desk(cast.ward, on, lambda wanted: access.may(user, wanted, cast.ward))


def kinds(cast, who, on=TODAY):
    return [task.kind for task in desk_of(cast, who, on).tasks]


def cells(page, column):
    """What a page's table holds in a column, by its Indonesian label."""
    text = re.sub(r"<svg.*?</svg>", "", page.content.decode(), flags=re.S)
    found = re.findall(rf'data-label="{re.escape(column)}"[^>]*>(.*?)</t[hd]>', text, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in found]


def desk_page(client, cast, who):
    client.force_login(getattr(cast, who))
    return client.get(reverse("desk:today", kwargs={"ward": cast.ward}))


# --- the tasks --------------------------------------------------------------------------------


def test_the_treasurer_of_a_new_ward_is_asked_to_open_the_books(cast):
    assert kinds(cast, "treasurer") == ["open_books"]


def test_an_instalment_stands_on_the_desk_a_week_before_it_is_due_and_not_earlier(
    cast, loan, month_done
):
    due = TODAY
    assert kinds(cast, "treasurer", due - timedelta(days=8)) == []
    for ahead in (7, 1, 0):
        (task,) = desk_of(cast, "treasurer", due - timedelta(days=ahead)).tasks
        assert (task.kind, task.due, task.parts) == ("instalment", due, {"loan": loan.id})


def test_a_loan_behind_asks_for_what_was_due_by_today(cast, loan, month_done):
    (task,) = desk_of(cast, "treasurer", TODAY + timedelta(days=1)).tasks
    first = loan.principal // loan.instalments + loan.principal * loan.rate_bp // 10_000
    assert task.kind == "behind"
    assert task.weight == first


def test_a_paid_instalment_leaves_the_desk(cast, loan, month_done):
    (task,) = desk_of(cast, "treasurer").tasks
    lending.pay(cast, loan, TODAY, task.weight)
    assert kinds(cast, "treasurer") == []


def test_the_desk_says_as_behind_only_what_is_past_its_day(cast, client):
    lending.open_fund(cast)
    lending.lend(cast)  # 287,500 on 12 August, as much on 12 September
    day = date(2004, 9, 12)
    with clock.at(day):
        (task,) = [one for one in desk_of(cast, "treasurer", day).tasks if one.kind == "behind"]
        said = labels.words(task)
    assert (task.values["sum"], task.values["count"], task.values["today"]) == (287_500, 1, 287_500)
    assert task.weight == 575_000
    assert "Rp 287.500" in said["what"].replace("\xa0", " ")
    assert "Rp 287.500" in said["who"].replace("\xa0", " ")


def test_what_is_due_names_the_service_charge_only_where_there_is_any(cast, client):
    lending.open_fund(cast)
    loan = lending.lend(cast)
    client.force_login(cast.treasurer)
    page = reverse("desk:today", kwargs={"ward": cast.ward})
    assert "pokok Rp 250.000, jasa Rp 37.500" in client.get(page).content.decode().replace(
        "\xa0", " "
    )
    lending.pay(cast, loan, TODAY, 200_000)
    assert "semuanya pokok" in client.get(page).content.decode()


def test_an_application_goes_from_the_board_to_the_treasurer(cast):
    lending.open_fund(cast)
    loan = lending.apply(cast)
    assert kinds(cast, "chair") == ["decide_loan"]
    assert kinds(cast, "treasurer") == []
    lending.approve(cast, loan)
    assert kinds(cast, "chair") == []
    assert kinds(cast, "treasurer") == ["sign_loan"]
    lending.sign(cast, loan)
    assert kinds(cast, "treasurer") == ["pay_out"]


def test_a_meeting_asks_for_its_roll_and_then_for_its_minutes(cast):
    people = gatherings.village(cast).everybody
    one = meetings.call_meeting(
        by=cast.facilitator, ward=cast.ward, kind="group", held_on=TODAY, place="Balai"
    )
    assert "meeting" in kinds(cast, "facilitator", TODAY - timedelta(days=2))
    assert "roll" in kinds(cast, "facilitator")
    meetings.take_roll(
        by=cast.facilitator,
        ward=cast.ward,
        meeting_id=one.id,
        present=[{"person": person} for person in people],
    )
    asks = one.__class__.objects.get(pk=one.id).quorum_rule["minutes_required"]
    assert ("minutes" in kinds(cast, "facilitator")) is asks
    assert "roll" not in kinds(cast, "facilitator")


def test_a_group_that_is_only_formed_lacks_trainings_and_savings(cast):
    lending.open_fund(cast)
    group = lending.form_group(cast)
    assert "prepare" in kinds(cast, "facilitator")
    assert "saving" in kinds(cast, "treasurer")
    lending.prepare(cast, group)
    assert "prepare" not in kinds(cast, "facilitator")
    assert "saving" not in kinds(cast, "treasurer")


def test_an_empty_ward_asks_the_cadre_for_the_census(cast):
    assert kinds(cast, "cadre") == ["census"]
    gatherings.village(cast)
    assert "census" not in kinds(cast, "cadre")


def test_the_first_steps_of_targeting_follow_each_other(cast):
    gatherings.village(cast)
    assert kinds(cast, "facilitator") == ["begin_stage", "designate"]
    assert kinds(cast, "lead") == ["designate"]
    targeting.designate_ward(
        by=cast.facilitator,
        ward=cast.ward,
        letter_no="01/CONTOH/2003",
        decided_on=date(2003, 11, 20),
        candidates=[Candidate(cast.ward, "Empang", 3448, 625, urban=True, had_programme=False)],
        chosen=[cast.ward],
    )
    assert kinds(cast, "facilitator") == ["begin_stage", "criteria"]
    assert kinds(cast, "cadre") == ["criteria"]
    assert kinds(cast, "lead") == []


def test_a_poor_list_leads_from_its_draft_to_its_page(client, cast):
    village = gatherings.village(cast)
    targeting.set_criteria(
        by=cast.cadre,
        ward=cast.ward,
        criteria=[{"kind": "household", "key": "meals", "text": "Makan dua kali sehari"}],
        on=date(2003, 12, 20),
    )
    targeting.draft_list(
        by=cast.cadre,
        ward=cast.ward,
        on=date(2004, 1, 10),
        ticks={home: ["meals"] for home, _head in village.poor},
    )
    assert "draft_list" not in kinds(cast, "cadre")
    assert "post_list" in kinds(cast, "cadre")
    page = desk_page(client, cast, "cadre")
    found = re.search(r'href="(/w/[^"]*/targeting/list/[^"]*)"', page.content.decode())
    assert client.get(found[1]).status_code == 200


def test_the_ward_administrator_hears_of_terms_and_slips_in_time(client, cast):
    roles.give_role(
        by=cast.ward_admin,
        ward=cast.ward,
        username="cadre",
        role="facilitator",
        until=TODAY + timedelta(days=3),
    )
    assert "term" in kinds(cast, "ward_admin")
    assert "term" not in kinds(cast, "facilitator")
    slip = access.waiting_slips(cast.ward)[0]
    with clock.at(slip.expires_at - timedelta(days=2)):
        assert "slip" in kinds(cast, "ward_admin", clock.today())
    with clock.at(slip.expires_at - timedelta(days=9)):
        assert "slip" not in kinds(cast, "ward_admin", clock.today())


# --- the page ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [who for who in PARTS if who != "stranger"])
@pytest.mark.parametrize("lent", [False, True])
def test_every_role_has_a_first_page(client, cast, who, lent):
    if lent:
        lending.open_fund(cast)
        lending.lend(cast)
    page = desk_page(client, cast, who)
    assert page.status_code == 200
    assert page.content.count(b"<h1>") == 1
    tasks = desk_of(cast, who).tasks
    assert page.content.count(b'class="task ') == len(tasks)
    assert bool(tasks) != (b'class="empty"' in page.content)


def test_a_stranger_sees_no_desk(client, cast):
    assert desk_page(client, cast, "stranger").status_code == 403


def test_figures_stand_only_where_their_room_may_be_read(cast, loan):
    treasurer, lead, officer = (desk_of(cast, who) for who in ("treasurer", "lead", "officer"))
    saved = sum(savings.balances(cast.ward, TODAY).values())
    assert treasurer.cash == lead.cash == lending.CAPITAL + saved - loan.principal
    assert officer.cash is None
    assert treasurer.receipts == []
    assert officer.book.figures.outstanding == loan.principal


def test_the_ageing_chart_says_why_a_loan_due_today_stands_in_class_2(client, cast, loan):
    said = "dihitung sebagai satu angsuran menunggak"
    assert said in desk_page(client, cast, "treasurer").content.decode()
    with clock.at(TODAY - timedelta(days=1)):
        assert said not in desk_page(client, cast, "treasurer").content.decode()


def test_the_poor_share_is_that_of_the_households(cast):
    gatherings.village(cast, poor=6, rich=4)
    assert desk_of(cast, "facilitator").poor.fraction == "6/10"


@pytest.mark.parametrize("who", ["treasurer", "facilitator", "chair"])
def test_more_loans_and_groups_ask_the_database_no_more(client, cast, who):
    lending.open_fund(cast)
    lending.lend(cast)
    lending.form_group(cast)
    desk_page(client, cast, who)
    asked = []
    for _more in range(2):
        with CaptureQueriesContext(
            connection,
        ) as found:
            desk_page(client, cast, who)
        asked.append(len(found))
        lending.lend(cast)
        lending.form_group(cast)
    assert asked[0] == asked[1]


# --- the wards --------------------------------------------------------------------------------


def test_whoever_has_one_ward_goes_straight_to_its_desk(client, cast):
    client.force_login(cast.treasurer)
    assert client.get(reverse("home")).url == reverse("desk:today", kwargs={"ward": cast.ward})


def test_whoever_has_more_chooses_and_may_search(client, cast):
    client.force_login(cast.lead)
    assert set(cells(client.get("/"), "Kode")) == {cast.ward, OTHER}
    found = client.get("/", {"q": territory.ward(OTHER).name.lower()})
    assert cells(found, "Kode") == [OTHER]
    assert territory.path(OTHER)[0].name in found.content.decode()
    assert client.get("/", {"q": "zzz"}).status_code == 200


# --- the trail --------------------------------------------------------------------------------


def test_the_trail_pages_through_every_event_once(client, cast, loan):
    lending.lend(cast)
    client.force_login(cast.chair)
    address = reverse("desk:trail", kwargs={"ward": cast.ward})
    seen, mark = [], ""
    while mark is not None:
        page = client.get(address, {"before": mark})
        seen += [int(number) for number in cells(page, "Nomor")]
        more = re.search(r'href="[^"]*before=(\d+)"[^>]*rel="next"', page.content.decode())
        mark = more[1] if more else None
    assert seen == list(range(len(seen), 0, -1))
    assert len(seen) > 50


def test_the_trail_calls_groups_and_loans_by_name_for_who_may_see_them(client, cast, loan):
    client.force_login(cast.facilitator)
    address = reverse("desk:trail", kwargs={"ward": cast.ward})
    page = client.get(address).content.decode()
    assert loan.group_name in page
    assert loan.code in page
    assert f"Kelompok …{loan.group_id[-5:]}" not in page
    only = client.get(address, {"record": f"loan:{loan.id}"}).content.decode()
    assert loan.code in only


def test_the_trail_marks_what_was_entered_late(client, cast, loan):
    client.force_login(cast.chair)
    for day in (TODAY - timedelta(days=30), TODAY):
        lending.pay(cast, loan, day, loan.principal // 10)
    page = client.get(reverse("desk:trail", kwargs={"ward": cast.ward}))
    entered = cells(page, "Dicatat tanggal")
    assert "kemudian" not in entered[0]
    assert entered[1].endswith("30 hari kemudian")


def test_the_trail_says_when_its_seal_is_broken(client, cast, monkeypatch):
    client.force_login(cast.chair)
    address = reverse("desk:trail", kwargs={"ward": cast.ward})
    assert "Segel utuh" in client.get(address, {"check": "1"}).content.decode()
    broken = Reason("trail.edited", "Event {seq} was changed after it was sealed", {"seq": 2})
    monkeypatch.setattr("pendamping.trail.queries.check", lambda ward: broken)
    assert "Segel rusak" in client.get(address, {"check": "1"}).content.decode()


def test_the_trail_of_one_record_leads_to_its_page(client, cast, loan):
    other = lending.lend(cast)
    client.force_login(cast.chair)
    address = reverse("desk:trail", kwargs={"ward": cast.ward})
    page = client.get(address, {"record": f"loan:{loan.id}"})
    text = page.content.decode()
    assert cells(page, "Apa") == [
        "Mencairkan pinjaman",
        "Menyetujui pinjaman",
        "Mencatat tanda tangan pinjaman",
        "Mencatat pengajuan pinjaman",
    ]
    assert reverse("loans:loan", kwargs={"ward": cast.ward, "loan": loan.id}) in text
    assert other.id not in text


@pytest.mark.parametrize("record", ["loan:a/b", "x", ":", "user:treasurer", "loan:none", "\1"])
def test_a_wrong_record_in_the_address_is_no_fault(client, cast, record):
    client.force_login(cast.chair)
    address = reverse("desk:trail", kwargs={"ward": cast.ward})
    assert client.get(address, {"record": record}).status_code == 200


def test_the_trail_of_another_ward_is_not_shown_by_its_record(client, cast):
    client.force_login(cast.chair)
    page = client.get(
        reverse("desk:trail", kwargs={"ward": cast.ward}), {"record": f"ward:{OTHER}"}
    )
    assert cells(page, "Apa") == []


@pytest.mark.parametrize("mark", ["-1", "x", "²", "9" * 40, "0"])
def test_a_wrong_mark_in_the_address_is_no_fault(client, cast, mark):
    client.force_login(cast.chair)
    address = reverse("desk:trail", kwargs={"ward": cast.ward})
    assert client.get(address, {"before": mark}).status_code == 200


def test_only_those_who_may_read_the_trail_do(client, cast):
    client.force_login(cast.treasurer)
    address = reverse("desk:trail", kwargs={"ward": cast.ward})
    assert client.get(address).status_code == 403


def test_every_permitted_action_has_a_sentence():
    acts = {name for name in PERMISSIONS if not name.split(".")[1].startswith("read")}
    assert acts - labels.VERBS.keys() == set()
