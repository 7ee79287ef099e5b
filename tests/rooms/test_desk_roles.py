"""What each role finds on its first page besides its tasks: own group, other hands, wards side by side."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendamping.access import actions as roles
from pendamping.desk import own_groups, side_by_side
from pendamping.funds.upk import actions as upk
from pendamping.households import actions as households
from pendamping.institutions import actions as institutions
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from pendamping.targeting import actions as targeting
from pendamping.targeting import queries as lists
from tests import gatherings, lending
from tests.cast import OTHER
from tests.census_files.small import as_csv, changed
from tests.overtaken import seen, told_and_kept_again
from tests.rooms.test_desk import cells, desk_of, desk_page, kinds

pytestmark = pytest.mark.django_db

TODAY = date(2004, 8, 13)  # the day after the first instalment of the case


@pytest.fixture(autouse=True)
def in_august():
    with clock.at(TODAY):
        yield


def follow(cast, group_id, who="chair", usernames=("officer",)):
    return institutions.set_followers(
        by=getattr(cast, who), ward=cast.ward, group_id=group_id, usernames=usernames
    )


# --- the officer of a group -----------------------------------------------------------------------


def test_an_officer_sees_what_the_own_group_owes_on_which_day_and_each_members_rest(
    client, cast, loan
):
    follow(cast, loan.group_id)
    (own,) = own_groups.of_officer(cast.ward, "officer", TODAY)
    # 2,500,000 over its instalments, each with its service charge; the first was due yesterday
    first = loan.principal // loan.instalments + loan.principal * loan.rate_bp // 10_000
    assert (own.late, own.late_since) == (first, TODAY - timedelta(days=1))
    assert (own.next_no, own.amount) == (2, first)
    assert own.next_due is not None
    assert own.next_due > TODAY
    assert own.saved == 100_000
    assert len(own.members) == 5
    owed = loan.principal + loan.instalments * (loan.principal * loan.rate_bp // 10_000)
    assert own.left == sum(left for _name, _due, left in own.members) == owed
    assert sum(due for _name, due, _left in own.members) == first
    text = desk_page(client, cast, "officer").content.decode()
    for page in ("loans:loan", "loans:card", "loans:contract", "loans:members"):
        assert reverse(page, kwargs={"ward": cast.ward, "loan": loan.id}) in text
    assert own.members[0][0] in text
    at = reverse("loans:loan", kwargs={"ward": cast.ward, "loan": loan.id})
    assert "behind" in [task.kind for task in desk_of(cast, "officer", TODAY).others]
    assert (
        text.count(f'href="{at}"') == 1
    )  # what they are behind with is not said to lie with others


def test_an_officer_sees_no_other_group(client, cast, loan):
    other = lending.form_group(cast)
    follow(cast, other.id)
    (own,) = own_groups.of_officer(cast.ward, "officer", TODAY)
    assert (own.id, own.loan, own.members) == (other.id, "", ())
    text = desk_page(client, cast, "officer").content.decode()
    assert groups.members(loan.group_id, TODAY)[0].name not in text
    assert reverse("loans:loan", kwargs={"ward": cast.ward, "loan": loan.id}) not in text


def test_an_officer_whose_login_nobody_has_ticked_is_told_whom_to_ask(client, cast, loan):
    page = desk_page(client, cast, "officer")
    assert 'class="empty"' in page.content.decode()
    assert own_groups.of_officer(cast.ward, "officer", TODAY) == []


def test_a_login_is_unticked_and_ticked_on_the_groups_page(client, cast, loan):
    client.force_login(cast.facilitator)
    here = {"ward": cast.ward, "group": loan.group_id}
    sent = client.post(reverse("institutions:followers", kwargs=here), {"usernames": ["officer"]})
    assert sent.status_code == 302
    assert groups.followers(loan.group_id) == ["officer"]
    page = client.get(reverse("institutions:group", kwargs=here))
    assert "checked" in page.content.decode()
    client.post(reverse("institutions:followers", kwargs=here), {})
    assert groups.followers(loan.group_id) == []
    told_and_kept_again(  # its page still knows of the one who was ticked
        client,
        reverse("institutions:followers", kwargs=here),
        {"usernames": ["officer"], **seen(page)},
    )
    assert groups.followers(loan.group_id) == ["officer"]


def test_only_who_holds_the_role_of_an_officer_can_look_after_a_group(cast, loan):
    with pytest.raises(Refusal) as refused:
        follow(cast, loan.group_id, usernames=["officer", "treasurer"])
    assert [one.values["name"] for one in refused.value.reasons] == ["treasurer"]
    with pytest.raises(Refusal) as refused:
        follow(cast, loan.group_id, who="treasurer")
    assert refused.value.reasons[0].clause == "access.permission"


# --- in other hands -------------------------------------------------------------------------------


def test_who_cannot_act_sees_what_waits_and_with_whom(client, cast):
    lending.open_fund(cast)
    asked = lending.apply(cast)
    assert [task.kind for task in desk_of(cast, "chair").others] == []
    (task,) = desk_of(cast, "facilitator").others
    assert (task.kind, task.parts) == ("decide_loan", {"loan": asked.id})
    page = desk_page(client, cast, "verifier")
    assert cells(page, "Yang mengerjakan") == ["Anggota BKM"]
    assert (
        reverse("loans:loan", kwargs={"ward": cast.ward, "loan": asked.id}) in page.content.decode()
    )


@pytest.mark.parametrize("who", ["officer", "verifier", "lead", "cadre", "chair", "facilitator"])
def test_every_line_in_other_hands_leads_to_a_page_that_opens(client, cast, loan, who):
    lending.apply(cast)
    meetings.call_meeting(
        by=cast.facilitator, ward=cast.ward, kind="group", held_on=TODAY, place="Balai"
    )
    client.force_login(getattr(cast, who))
    found = desk_of(cast, who, TODAY)
    assert found.others
    for task in found.others:
        assert (
            client.get(reverse(task.page, kwargs={"ward": cast.ward, **task.parts})).status_code
            == 200
        )


def test_nobody_has_the_same_task_as_their_own_and_in_other_hands(cast, loan):
    lending.apply(cast)
    for who in ("facilitator", "cadre", "chair", "treasurer", "officer", "lead"):
        found = desk_of(cast, who, TODAY)
        mine = {(task.kind, *task.parts.values()) for task in found.tasks}
        assert not mine & {(task.kind, *task.parts.values()) for task in found.others}


# --- what comes later, the board's criteria -------------------------------------------------------


def test_a_meeting_after_this_week_stands_under_later_and_not_among_the_tasks(client, cast):
    meetings.call_meeting(
        by=cast.facilitator, ward=cast.ward, kind="group", held_on=TODAY + timedelta(days=20),
        place="Balai",
    )  # fmt: skip
    found = desk_of(cast, "facilitator", TODAY)
    assert "meeting" not in [task.kind for task in found.tasks]
    assert [task.kind for task in found.coming] == ["meeting"]


def test_the_ward_administrator_sees_a_term_that_ends_in_six_weeks(cast):
    ends = TODAY + timedelta(days=42)
    roles.give_role(
        by=cast.ward_admin, ward=cast.ward, username="cadre", role="facilitator", until=ends
    )
    assert ("term", ends) in [
        (one.kind, one.due) for one in desk_of(cast, "ward_admin", TODAY).coming
    ]


def test_the_board_is_asked_to_ratify_criteria_that_are_written_down(cast):
    gatherings.village(cast)
    targeting.set_criteria(
        by=cast.cadre, ward=cast.ward, on=date(2003, 12, 20),
        criteria=[{"kind": "household", "key": "meals", "text": "Makan dua kali sehari"}],
    )  # fmt: skip
    assert "ratify_criteria" in kinds(cast, "chair")
    assert "ratify_criteria" not in kinds(cast, "cadre")


def test_what_has_no_term_waits_and_is_never_late(cast):
    gatherings.village(cast)
    targeting.set_criteria(
        by=cast.cadre, ward=cast.ward, on=date(2003, 12, 20),
        criteria=[{"kind": "household", "key": "meals", "text": "Makan dua kali sehari"}],
    )  # fmt: skip
    draft = targeting.draft_list(by=cast.cadre, ward=cast.ward, on=date(2003, 12, 21))
    assert draft.status == "draft"
    due = {
        task.kind: task.due
        for who in ("chair", "facilitator")
        for task in desk_of(cast, who, TODAY).tasks
    }
    assert due["ratify_criteria"] == due["post_list"] == TODAY


def test_a_refused_census_file_is_silent_once_a_later_one_was_stored(cast):
    def wait():
        return [task.due for task in desk_of(cast, "cadre", TODAY).tasks if task.kind == "upload"]

    with clock.at(TODAY - timedelta(days=3)):
        refused = households.stage_upload(
            by=cast.cadre, ward=cast.ward, filename="a.csv", content=as_csv(changed(0, kelamin="X"))
        )
    assert refused.errors
    assert wait() == [TODAY]
    with clock.at(TODAY - timedelta(days=2)):
        right = households.stage_upload(
            by=cast.cadre, ward=cast.ward, filename="b.csv", content=as_csv()
        )
    assert len(wait()) == 2
    with clock.at(TODAY - timedelta(days=1)):
        households.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=right.id)
    assert wait() == []


# --- wards side by side ---------------------------------------------------------------------------


def test_a_ward_stands_beside_others_by_its_last_health_card(client, cast, loan):
    upk.record_card(by=cast.treasurer, ward=cast.ward, month=date(2004, 7, 1))
    found = side_by_side.standings([cast.ward, OTHER])
    here = found[cast.ward]
    assert (here.groups, here.card, here.arrears) == (1, date(2004, 7, 31), 0)
    assert (here.lar.fraction, here.poor.fraction) == ("0/1", "5/5")
    assert (found[OTHER].stage, found[OTHER].card, found[OTHER].poor.whole) == ("1", None, 0)
    client.force_login(cast.lead)
    page = client.get("/")
    assert "31 Juli 2004" in page.content.decode() or "31 Jul 2004" in page.content.decode()


def test_a_step_of_many_wards_is_the_step_of_each(cast):
    gatherings.village(cast)
    targeting.set_criteria(
        by=cast.cadre, ward=cast.ward, on=date(2003, 12, 20),
        criteria=[{"kind": "household", "key": "meals", "text": "Makan dua kali sehari"}],
    )  # fmt: skip
    assert lists.steps([cast.ward, OTHER]) == {
        ward: lists.step(ward) for ward in (cast.ward, OTHER)
    }


def test_more_wards_ask_the_database_no_more(cast, loan):
    asked = []
    for wards in ([cast.ward], [cast.ward, OTHER], [cast.ward, OTHER, "32.71.01.1002"]):
        with CaptureQueriesContext(connection) as found:
            side_by_side.standings(wards)
        asked.append(len(found))
    assert len(set(asked)) == 1


def test_a_first_page_stays_light_with_everything_on_it(client, cast, loan):
    for _more in range(4):
        lending.lend(cast)
        lending.apply(cast)
    follow(cast, loan.group_id)
    for who in ("facilitator", "treasurer", "chair", "officer", "lead"):
        assert len(desk_page(client, cast, who).content) < 20_000, who
