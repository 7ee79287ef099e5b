"""One person under two entries: joined, every room sees one; parted, each has their own again."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from pendamping.funds.grants import queries as grants
from pendamping.funds.loans import facts
from pendamping.funds.loans import queries as loans
from pendamping.funds.savings import actions as savings
from pendamping.households import actions as households
from pendamping.households import queries
from pendamping.households.models import Person
from pendamping.households.rules.life import NewPerson
from pendamping.institutions import actions as institutions
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import queries as meetings
from pendamping.persons import queries as persons
from pendamping.persons.actions import join_persons, part_persons
from pendamping.trail import queries as trail
from tests import lending
from tests.gatherings import meet
from tests.staging import staged

pytestmark = pytest.mark.django_db
TODAY = date(2004, 5, 20)
WHY = "ditanyakan kepada ketua RT"


@pytest.fixture(autouse=True)
def in_may():
    with clock.at(TODAY):
        yield


def settle(cast, kept, removed, **more):
    return join_persons(
        by=cast.cadre, ward=cast.ward, kept_id=kept, removed_id=removed, why=WHY, **more
    )


def part(cast, person):
    return part_persons(
        by=cast.cadre, ward=cast.ward, person_id=person, reason="ternyata saudara kembar"
    )


def clauses(refused):
    return sorted(reason.clause for reason in refused.value.reasons)


@staged(at=TODAY)
def two_groups(cast):
    """A group with a running loan, and another group: Q (of the first) and her double R (of the
    second)."""
    lending.open_fund(cast)
    first, second = lending.form_group(cast), lending.form_group(cast)
    lending.prepare(cast, first)
    loan = lending.apply(cast, first)
    return first, second, loan


def test_the_ladder_and_the_open_loan_see_one_person(cast, two_groups):
    first, second, loan = two_groups
    borrower, double = (groups.member_ids(each.id, TODAY)[-1] for each in (first, second))
    assert loans.open_loans_of_persons([double]) == {}
    settle(cast, double, borrower)
    assert loans.open_loans_of_persons([double])[double].id == loan.id
    assert loans.open_loans_of_persons([borrower, double]).keys() == {borrower, double}
    asked = [{"person": double, "amount": 500_000}]
    (applicant,) = facts.application(cast.ward, second.id, TODAY, asked, 10).members
    assert applicant.busy == loan.code
    assert trail.check(cast.ward) is None


def test_two_who_each_owe_a_loan_are_not_joined_until_one_is_repaid(cast, two_groups, monkeypatch):
    first, second, loan = two_groups
    lending.prepare(cast, second)
    other = lending.apply(cast, second)
    one, two = (groups.member_ids(each.id, TODAY)[-1] for each in (first, second))
    with pytest.raises(Refusal) as refused:
        settle(cast, two, one)
    assert clauses(refused) == ["persons.join.running"]
    assert loan.code in str(refused.value) and other.code in str(refused.value)
    monkeypatch.setattr("pendamping.persons.rules.against_joining", lambda shared: [])
    settle(cast, two, one)  # as it could be done before
    for entry in (one, two):
        owed = loans.every_open_loan_of_persons([entry])[entry]
        assert [each.id for each in owed] == [loan.id, other.id]
        assert persons.papers(cast.ward, [entry], TODAY)[entry].loan == f"{loan.code}, {other.code}"


def test_names_groups_and_the_household_are_read_of_the_entry_that_stays(cast, two_groups):
    first, second, _loan = two_groups
    one, two = (groups.member_ids(each.id, TODAY)[-1] for each in (first, second))
    name = queries.person(cast.ward, two).name
    settle(cast, two, one)
    assert queries.person(cast.ward, one).name == name
    assert queries.persons(cast.ward, [one, two])[one] == queries.persons(cast.ward, [two])[two]
    assert {group.id for group in groups.groups_of(cast.ward, [two], TODAY)[two]} == {
        first.id, second.id,
    }  # fmt: skip
    assert queries.gone_by(cast.ward, [one], TODAY) == {}
    assert groups.gone_members(cast.ward, TODAY) == []
    home = queries.person(cast.ward, two).household_id
    assert queries.households_at(cast.ward, [one], TODAY) == {one: home}
    assert queries.poor_on(cast.ward, [one], TODAY) == {one}
    households.record_death(by=cast.cadre, ward=cast.ward, person_id=two, on=TODAY)
    assert queries.gone_by(cast.ward, [one], TODAY) == {one: "died"}


def test_savings_and_membership_go_on_under_either_id(cast, two_groups):
    first, second, _loan = two_groups
    one, two = (groups.member_ids(each.id, TODAY)[-1] for each in (first, second))
    settle(cast, two, one)
    for person in (one, two):
        savings.record_deposit(
            by=cast.treasurer,
            ward=cast.ward,
            group_id=first.id,
            on=TODAY,
            amount=5_000,
            person=person,
        )
    with pytest.raises(Refusal):
        institutions.admit_member(
            by=cast.facilitator,
            ward=cast.ward,
            group_id=first.id,
            person=two,
            on=TODAY,
            signed_on=TODAY,
        )
    institutions.release_member(
        by=cast.facilitator,
        ward=cast.ward,
        group_id=first.id,
        person=two,
        on=TODAY,
        why="pindah kelompok",
    )
    assert one not in groups.member_ids(first.id, TODAY)


def test_participation_counts_one_person_once(cast):
    one, two = lending.residents_of(cast, 2)
    meet(cast, [one])
    meet(cast, [two])
    assert meetings.participation(cast.ward).persons == 2
    settle(cast, one, two)
    assert meetings.participation(cast.ward).persons == 1
    assert grants.given_before(cast.ward, two, "") == []


def test_whom_a_roll_a_loan_or_a_group_knows_as_two_is_not_made_one(cast, two_groups):
    first, _second, _loan = two_groups
    one, two = groups.member_ids(first.id, TODAY)[-2:]
    with pytest.raises(Refusal) as refused:
        settle(cast, one, two)
    assert clauses(refused) == ["persons.join.group", "persons.join.loan", "persons.join.roll"]


def test_the_entry_of_a_poor_household_is_kept(cast):
    (poor,) = lending.residents_of(cast, 1)
    rich = households.add_household(
        by=cast.cadre, ward=cast.ward, on=date(2003, 12, 1), rw="01", rt="01",
        members=[NewPerson("Warga Contoh Berada", "P", "head", date(1965, 1, 1))], new_place=True,
    )  # fmt: skip
    ((other, _relation),) = queries.members_on(cast.ward, rich.id, TODAY)
    with pytest.raises(Refusal) as refused:
        settle(cast, other, poor)
    assert clauses(refused) == ["households.same.poor"]
    settle(cast, poor, other)
    assert queries.household(cast.ward, rich.id).left_on == TODAY


def test_what_was_joined_by_mistake_is_taken_back_as_it_was(cast):
    one, two = lending.residents_of(cast, 2)
    households.correct_person(by=cast.cadre, ward=cast.ward, person_id=two, nik="3271015001650002")
    home = queries.person(cast.ward, two).household_id
    before = [list(Person.objects.filter(pk=each).values()) for each in (one, two)]
    settle(cast, one, two)
    assert queries.person(cast.ward, one).nik_last4 == "0002"
    assert queries.household(cast.ward, home).left_on == TODAY
    with pytest.raises(Refusal) as refused:
        settle(cast, one, two)
    assert clauses(refused) == ["households.life.no_person"]
    assert part(cast, two) == two
    assert [list(Person.objects.filter(pk=each).values()) for each in (one, two)] == before
    again = queries.household(cast.ward, home)
    assert (again.left_on, again.poor, [each.id for each in again.members]) == (None, True, [two])
    with pytest.raises(Refusal) as refused:
        part(cast, two)
    assert clauses(refused) == ["households.same.not_joined"]
    assert trail.check(cast.ward) is None


def test_they_stay_joined_once_a_loan_was_judged_by_both(cast, two_groups):
    first, second, _loan = two_groups
    one, two = (groups.member_ids(each.id, TODAY)[-1] for each in (first, second))
    settle(cast, two, one, on=lending.APPLIED)
    with pytest.raises(Refusal) as refused:
        part(cast, one)
    assert clauses(refused) == ["persons.part.loan"]


def test_an_entry_with_another_joined_to_it_is_not_taken_back(cast):
    (one,) = lending.residents_of(cast, 1)
    home = queries.person(cast.ward, one).household_id
    born = households.record_birth(
        by=cast.cadre, ward=cast.ward, household_id=home, on=TODAY, name="Contoh Sekar", sex="P"
    )
    other = households.record_birth(
        by=cast.cadre, ward=cast.ward, household_id=home, on=TODAY, name="Contoh Sekar", sex="P"
    )
    settle(cast, born.id, other.id)
    with pytest.raises(Refusal) as refused:
        households.take_back_person(
            by=cast.cadre, ward=cast.ward, person_id=born.id, reason="salah ketik"
        )
    assert clauses(refused) == ["households.mistake.joined"]


def test_the_database_still_keeps_words_and_figures_after_the_column_came(cast):
    """The nullable column is added in place; a table built anew would lose its triggers."""
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'households_person'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'households_person'::regclass"
        " AND NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        assert len(cursor.fetchall()) >= 3
    one, two = lending.residents_of(cast, 2)
    name = queries.person(cast.ward, two).name
    assert [row["person_id"] for row in queries.search(cast.ward, name).rows] == [two]
    people = queries.counts(cast.ward).persons
    settle(cast, one, two)
    assert queries.search(cast.ward, name).rows == []
    assert queries.counts(cast.ward).persons == people - 1
    part(cast, two)
    assert queries.counts(cast.ward).persons == people
    assert [row["person_id"] for row in queries.search(cast.ward, name).rows] == [two]


def test_the_pages_show_who_was_joined_and_take_it_back(cast, client):
    one, two = lending.residents_of(cast, 2)
    client.force_login(cast.cadre)
    at = {"ward": cast.ward}
    joining = reverse("persons:join", kwargs={**at, "first": one, "second": two})
    assert client.get(joining).status_code == 200
    home = queries.person(cast.ward, one).household_id
    was = queries.person(cast.ward, two)
    done = client.post(joining, {"kept": one, "why": WHY}, follow=True)
    assert done.redirect_chain[-1][0] == reverse(
        "households:home", kwargs={**at, "household": home}
    )
    parting = reverse("persons:part", kwargs={**at, "person": two})
    left = client.get(reverse("households:home", kwargs={**at, "household": was.household_id}))
    for shown in (done, left):
        assert parting in shown.content.decode()
        assert was.name in shown.content.decode()
    assert "digabung" in left.content.decode().lower()
    client.post(parting, {"reason": "ternyata saudara kembar"})
    assert queries.joined(cast.ward, two) is None


def test_the_page_says_at_once_what_speaks_against_it(cast, client):
    one, two = lending.residents_of(cast, 2)
    meet(cast, [one, two])
    client.force_login(cast.cadre)
    page = client.get(
        reverse("persons:join", kwargs={"ward": cast.ward, "first": one, "second": two})
    ).content.decode()
    assert "29 Januari 2004" in page
    assert '<form method="post" class="sheet' not in page


def couple(cast, head, wife):
    """A household of two, entered by hand."""
    who = {"by": cast.cadre, "ward": cast.ward, "on": date(2004, 1, 5)}
    born = date(1970, 2, 3)
    first = NewPerson(name=head, sex="L", relation="head", born=born)
    home = households.add_household(**who, rw="01", rt="01", members=[first])
    second = NewPerson(name=wife, sex="P", relation="spouse", born=date(1974, 7, 9))
    came = households.record_move_in(**who, household_id=home.id, person=second)
    (leads,) = (
        one.id for one in queries.household(cast.ward, home.id).members if one.id != came.id
    )
    return home.id, leads, came.id


def test_a_head_is_joined_with_his_double_when_somebody_leads_the_others(cast, client):
    _home, stays, _wife = couple(cast, "Rahmat Contoh", "Siti Misalnya")
    left, goes, widow = couple(cast, "Rachmat Contoh", "Sitti Misalnya")
    client.force_login(cast.cadre)
    at = reverse("persons:join", kwargs={"ward": cast.ward, "first": stays, "second": goes})
    page = client.get(at).content.decode()
    others = {"ward": cast.ward, "first": _wife, "second": widow}
    assert reverse("persons:join", kwargs=others) in page
    refused = client.post(at, {"kept": stays, "why": WHY})
    assert refused.status_code == 422 and "new_head" in refused.content.decode()
    client.post(at, {"kept": stays, "why": WHY, "new_head": widow})
    (leads,) = queries.household(cast.ward, left).members
    assert (leads.id, leads.relation) == (widow, "head")
    assert queries.household(cast.ward, left).head_name == "Sitti Misalnya"
    part(cast, goes)
    known = {one.id: one.relation for one in queries.household(cast.ward, left).members}
    assert known == {widow: "head", goes: "spouse"}
