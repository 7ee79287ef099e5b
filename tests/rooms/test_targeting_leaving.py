"""A new poor list that leaves out borrowers or members of groups says so before it is posted and ratified."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.desk import queries as desk
from pendamping.households import queries as homes
from pendamping.kernel import clock
from pendamping.targeting import actions, queries
from tests import lending
from tests.cast import WARD

pytestmark = pytest.mark.django_db

TODAY = date(2004, 6, 1)


@pytest.fixture(autouse=True)
def in_june():
    with clock.at(TODAY):
        yield


def new_list(cast, without):
    """A draft of every poor household but these, each with its criterion."""
    criteria = [{"kind": "household", "key": "meals", "text": "Makan dua kali sehari"}]
    actions.set_criteria(by=cast.cadre, ward=WARD, criteria=criteria, on=TODAY)
    ticks = {home: ["meals"] for home in homes.poor_households(WARD)}
    found = actions.draft_list(by=cast.cadre, ward=WARD, on=TODAY, ticks=ticks)
    actions.change_list(by=cast.cadre, ward=WARD, list_id=found.id, remove=without)
    return found


def lives(person):
    return homes.households_at(WARD, [person], TODAY)[person]


def page(client, name, **more):
    return client.get(reverse(name, kwargs={"ward": WARD, **more})).content.decode()


def test_a_borrower_whom_a_new_list_leaves_out_is_named_with_her_loan(fund, loan, client):
    people = [one.person_id for one in loan.members.order_by("id")]
    found = new_list(fund, [lives(people[1])])
    (tie,) = queries.leaving(found)
    assert (tie.person, loan.code in tie.record) == (people[1], True)
    client.force_login(fund.facilitator)
    here = {"poor_list": found.id}
    for name in ("targeting:list", "targeting:edit", "targeting:post"):
        shown = page(client, name, **here)
        assert tie.name in shown
        assert reverse("loans:loan", kwargs={"ward": WARD, "loan": loan.id}) in shown
        assert "Pinjamannya berjalan terus" in shown
    assert "keluarga 1 peminjam" in page(client, "loans:loan", loan=loan.id)
    tasks = desk.desk(WARD, TODAY, lambda _permission: True).tasks
    assert [one.weight for one in tasks if one.kind == "borrowers_leave"] == [1]


def test_nobody_is_warned_of_where_every_borrower_stays(fund, loan, client):
    found = new_list(fund, [])
    assert queries.leaving(found) == []
    client.force_login(fund.facilitator)
    assert "akan keluar dari daftar" not in page(client, "targeting:list", poor_list=found.id)
    assert "keluarga 1 peminjam" not in page(client, "loans:loan", loan=loan.id)


def test_a_member_without_a_loan_is_warned_of_too_and_once(fund, client):
    group = lending.form_group(fund)
    member = homes.poor_households(WARD)
    found = new_list(fund, sorted(member))
    ties = queries.leaving(found)
    assert len(ties) == len({one.person for one in ties}) == 5
    assert {one.record for one in ties} == {group.name}


def test_who_reads_names_but_not_debts_sees_how_many_only(fund, loan, client):
    found = new_list(fund, [lives(loan.members.first().person_id)])
    (tie,) = queries.leaving(found)
    client.force_login(fund.ward_admin)
    shown = page(client, "targeting:list", poor_list=found.id)
    assert "1 peminjam atau anggota KSM akan keluar" in shown
    assert tie.record not in shown
