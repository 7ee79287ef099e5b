"""Life goes on after the census: every change has its day, and the past can still be asked."""

from datetime import date

import pytest

from pendamping.households import actions, queries
from pendamping.households.models import LifeEvent, Membership, Person
from pendamping.households.rules.life import NewPerson
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.persons.actions import join_persons
from pendamping.trail import queries as trail
from tests.staging import staged

pytestmark = pytest.mark.django_db
CAME, LATER, TODAY = date(2004, 1, 5), date(2004, 3, 1), date(2004, 4, 1)

HEAD = NewPerson("Contoh Darman", "L", "head", date(1970, 5, 12), nik="3271011205700001")
WIFE = NewPerson("Contoh Wiwin", "P", "spouse", date(1974, 3, 10))
SON = NewPerson("Contoh Bima", "L", "child", date(1985, 2, 1))


@pytest.fixture(autouse=True)
def in_april():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def home(cast):
    return actions.add_household(
        by=cast.cadre, ward=cast.ward, on=CAME, rw="5", rt="2", members=[HEAD, WIFE, SON], poor=True
    )


def people(home):
    return {each.relation: each for each in queries.household(home.ward, home.id).members}


def clauses(refused):
    return {reason.clause.rsplit(".", 1)[1] for reason in refused.value.reasons}


def consistent(ward):
    """Every resident lives in exactly one household that exists, whose size and head agree."""
    for row in queries.households(ward, size=500).rows:
        members = queries.household(ward, row["id"]).members
        assert len(members) == row["size"]
        assert [each.name for each in members if each.relation == "head"] == [row["head_name"]]
        now = dict(queries.members_on(ward, row["id"], clock.today()))
        assert now == {each.id: each.relation for each in members}
    assert trail.check(ward) is None


def test_a_household_needs_exactly_one_head_and_right_members(cast):
    wrong = [WIFE, NewPerson("", "X", "neighbour", date(2031, 1, 1), nik="123")]
    with pytest.raises(Refusal) as refused:
        actions.add_household(
            by=cast.cadre, ward=cast.ward, on=date(2004, 5, 1), rw="x", rt="1", members=wrong
        )
    assert clauses(refused) >= {
        "one_head", "name", "sex", "relation", "born_future", "number_digits", "rw_rt", "future",
    } - {"name"}  # fmt: skip


def test_a_child_is_born(cast, home):
    actions.record_birth(
        by=cast.cadre, ward=cast.ward, household_id=home.id, on=LATER, name="Contoh Sekar", sex="P"
    )
    assert queries.household(cast.ward, home.id).members[-1].name in {"Contoh Sekar", "Contoh Bima"}
    assert len(queries.members_on(cast.ward, home.id, date(2004, 2, 29))) == 3
    assert len(queries.members_on(cast.ward, home.id, LATER)) == 4
    consistent(cast.ward)


def test_when_the_head_dies_another_becomes_head(cast, home):
    who = people(home)
    with pytest.raises(Refusal) as refused:
        actions.record_death(by=cast.cadre, ward=cast.ward, person_id=who["head"].id, on=LATER)
    assert clauses(refused) == {"new_head"}
    actions.record_death(
        by=cast.cadre, ward=cast.ward, person_id=who["head"].id, on=LATER, new_head=who["spouse"].id
    )
    assert people(home)["head"].name == "Contoh Wiwin"
    assert dict(queries.members_on(cast.ward, home.id, CAME))[who["head"].id] == "head"
    assert queries.person(cast.ward, who["head"].id).status == "died"
    consistent(cast.ward)


def test_a_household_that_moves_away_whole_ends_and_is_no_longer_poor(cast, home):
    assert queries.is_poor(cast.ward, home.id, LATER)
    actions.record_move_out(
        by=cast.cadre, ward=cast.ward, household_id=home.id, on=LATER,
        people=[each.id for each in people(home).values()],
    )  # fmt: skip
    assert queries.households(cast.ward).rows == []
    assert not queries.is_poor(cast.ward, home.id, LATER)
    assert queries.is_poor(cast.ward, home.id, CAME)
    assert queries.counts(cast.ward).persons == 0
    consistent(cast.ward)


def test_a_son_founds_his_own_household_and_later_comes_back(cast, home):
    son = people(home)["child"].id
    founded = actions.split_household(
        by=cast.cadre, ward=cast.ward, household_id=home.id, people=[son], head=son, on=LATER,
        rw="5", rt="3", new_place=True,
    )  # fmt: skip
    assert queries.is_poor(cast.ward, founded.id, LATER)
    assert queries.households_at(cast.ward, [son], CAME) == {son: home.id}
    assert queries.households_at(cast.ward, [son], LATER) == {son: founded.id}
    consistent(cast.ward)
    actions.join_households(
        by=cast.cadre, ward=cast.ward, household_id=founded.id, into=home.id, on=TODAY
    )
    assert [row["id"] for row in queries.households(cast.ward).rows] == [home.id]
    assert len(people(home)) == 3
    consistent(cast.ward)


def test_a_split_refuses_with_all_reasons_at_once(cast, home):
    everyone = [each.id for each in people(home).values()]
    with pytest.raises(Refusal) as refused:
        actions.split_household(
            by=cast.cadre, ward=cast.ward, household_id=home.id, people=everyone, head="nobody",
            on=date(2004, 1, 1), rw="", rt="1",
        )  # fmt: skip
    assert clauses(refused) == {"all_go", "founder", "too_early", "rw_rt"}
    assert Membership.objects.filter(until__isnull=True).count() == 3


def test_somebody_moves_in_but_not_with_a_nik_that_is_taken(cast, home):
    guest = NewPerson("Tamu Asih", "P", "relative", date(1980, 1, 1), nik=HEAD.nik)
    with pytest.raises(Refusal) as refused:
        actions.record_move_in(
            by=cast.cadre, ward=cast.ward, household_id=home.id, on=LATER, person=guest
        )
    assert clauses(refused) == {"nik_known"}
    came = actions.record_move_in(
        by=cast.cadre, ward=cast.ward, household_id=home.id, on=LATER, origin="Cianjur",
        person=NewPerson("Tamu Asih", "P", "relative"),
    )  # fmt: skip
    assert LifeEvent.objects.get(person=came).note == "Cianjur"
    consistent(cast.ward)


def test_a_wrong_name_is_put_right_and_found_again(cast, home):
    wife = people(home)["spouse"].id
    actions.correct_person(
        by=cast.cadre,
        ward=cast.ward,
        person_id=wife,
        name="Hj. Wiwin Contoh",
        nik="3271015003740002",
    )
    assert queries.person(cast.ward, wife).nik_last4 == "0002"
    assert [row["name"] for row in queries.search(cast.ward, "wiwin").rows] == ["Hj. Wiwin Contoh"]
    event = trail.last("households.correct_person", cast.ward)
    assert "Wiwin" not in event.data and "3271" not in event.data
    with pytest.raises(Refusal):
        actions.correct_person(by=cast.cadre, ward=cast.ward, person_id=wife, relation="head")


def test_likely_doubles_are_settled_once(cast, home):
    twin = actions.add_household(
        by=cast.cadre, ward=cast.ward, on=LATER, rw="5", rt="2",
        members=[NewPerson("Moh. Contoh Darman", "L", "head", date(1970, 5, 12))],
    )  # fmt: skip
    other = actions.add_household(
        by=cast.cadre, ward=cast.ward, on=LATER, rw="5", rt="2",
        members=[NewPerson("Contoh Darman", "L", "head", date(1970, 5, 12))],
    )  # fmt: skip
    first = people(home)["head"].id
    second, third = people(twin)["head"].id, people(other)["head"].id
    shown = {frozenset((a.id, b.id)) for a, b, _ in queries.likely_doubles(cast.ward)}
    assert frozenset((first, third)) in shown
    actions.settle_duplicate(by=cast.cadre, ward=cast.ward, first_id=first, second_id=second)
    join_persons(by=cast.cadre, ward=cast.ward, kept_id=first, removed_id=third)
    shown = {frozenset((a.id, b.id)) for a, b, _ in queries.likely_doubles(cast.ward)}
    assert frozenset((first, second)) not in shown
    assert Person.objects.get(pk=third).status == "double"
    assert queries.household(cast.ward, other.id).left_on is not None
    consistent(cast.ward)


def test_two_who_do_not_look_alike_are_one_only_for_a_reason(cast, home):
    settle = {"by": cast.cadre, "ward": cast.ward}
    settle |= {"kept_id": people(home)["spouse"].id, "removed_id": people(home)["child"].id}
    with pytest.raises(Refusal) as refused:
        join_persons(**settle)
    assert clauses(refused) == {"not_alike"}
    join_persons(**settle, why="ganti nama sejak menikah")
    assert "ganti nama" in trail.last("persons.join_persons", cast.ward).data
    assert Person.objects.get(pk=settle["removed_id"]).status == "double"
    consistent(cast.ward)


@staged(at=TODAY)
def listed(cast, home):
    """The household is on a list that was ratified in March; its census mark is of January."""
    actions.mark_poor(
        by=cast.facilitator, ward=cast.ward, households=[home.id], on=LATER, meeting="m1"
    )
    return home


def marks(ward, home_id):
    return [(m.source, m.since, m.until) for m in queries.household(ward, home_id).marks]


FEBRUARY = date(2004, 2, 10)


def test_a_move_before_the_list_that_is_entered_late_drops_the_mark_of_the_list(cast, listed):
    everyone = [each.id for each in people(listed).values()]
    actions.record_move_out(
        by=cast.cadre, ward=cast.ward, household_id=listed.id, people=everyone, on=FEBRUARY
    )
    assert marks(cast.ward, listed.id) == [("census", CAME, FEBRUARY)]
    assert queries.poor_households(cast.ward, TODAY) == set()


def test_a_join_before_the_list_that_is_entered_late_drops_the_mark_of_the_list(cast, listed):
    other = actions.add_household(
        by=cast.cadre, ward=cast.ward, on=CAME, rw="5", rt="2",
        members=[NewPerson("Contoh Ratna", "P", "head", date(1960, 1, 1))],
    )  # fmt: skip
    actions.join_households(
        by=cast.cadre, ward=cast.ward, household_id=listed.id, into=other.id, on=FEBRUARY
    )
    assert marks(cast.ward, listed.id) == [("census", CAME, FEBRUARY)]
    assert marks(cast.ward, other.id) == []
    consistent(cast.ward)


def test_a_split_before_the_list_carries_no_mark_older_than_its_ratification(cast, listed):
    founded = actions.split_household(
        by=cast.cadre, ward=cast.ward, household_id=listed.id, on=FEBRUARY, rw="5", rt="2",
        people=[people(listed)["child"].id], head=people(listed)["child"].id,
    )  # fmt: skip
    assert marks(cast.ward, founded.id) == [("split", FEBRUARY, LATER), ("list", LATER, None)]
    assert marks(cast.ward, listed.id) == [("census", CAME, LATER), ("list", LATER, None)]


def test_a_ratified_list_takes_the_place_of_the_census_mark(cast, home):
    assert (
        actions.mark_poor(
            by=cast.facilitator, ward=cast.ward, households=[home.id], on=LATER, meeting="m1"
        )
        == 1
    )
    assert (
        actions.mark_poor(
            by=cast.facilitator, ward=cast.ward, households=[home.id], on=TODAY, meeting="m2"
        )
        == 0
    )
    marks = queries.household(cast.ward, home.id).marks
    assert [(m.source, m.since, m.until) for m in marks] == [
        ("census", CAME, LATER), ("list", LATER, None),
    ]  # fmt: skip
    assert (
        actions.unmark_poor(by=cast.facilitator, ward=cast.ward, households=[home.id], on=TODAY)
        == 1
    )
    assert queries.poor_households(cast.ward) == set()
    assert queries.poor_on(cast.ward, [people(home)["spouse"].id], LATER)
    with pytest.raises(Refusal) as refused:
        actions.mark_poor(by=cast.facilitator, ward=cast.ward, households=["nobody"], on=TODAY)
    assert clauses(refused) == {"unknown"}


@pytest.mark.parametrize("who", ["treasurer", "verifier", "lead", "stranger"])
def test_who_does_not_keep_the_census_changes_nobody(cast, home, who):
    by, ward = getattr(cast, who), cast.ward
    somebody = people(home)["spouse"].id
    attempts = [
        lambda: actions.add_household(by=by, ward=ward, on=CAME, rw="1", rt="1", members=[HEAD]),
        lambda: actions.record_birth(
            by=by, ward=ward, household_id=home.id, on=LATER, name="X", sex="P"
        ),
        lambda: actions.record_death(by=by, ward=ward, person_id=somebody, on=LATER),
        lambda: actions.record_move_out(
            by=by, ward=ward, household_id=home.id, people=[somebody], on=LATER
        ),
        lambda: actions.correct_person(by=by, ward=ward, person_id=somebody, name="X"),
        lambda: actions.mark_poor(by=by, ward=ward, households=[home.id], on=LATER),
        lambda: actions.reveal_nik(by=by, ward=ward, person_id=somebody, reason="because"),
    ]
    for attempt in attempts:
        with pytest.raises(Refusal) as refused:
            attempt()
        assert [reason.clause for reason in refused.value.reasons] == ["access.permission"]
