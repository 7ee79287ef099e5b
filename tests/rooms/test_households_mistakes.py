"""Slips at the keyboard: sent twice, entered by mistake, a place that does not exist, a baby as head."""

from datetime import date

import pytest

from pendamping.households import actions, queries
from pendamping.households.models import Household, LifeEvent, Person
from pendamping.households.rules.life import NewPerson
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from tests.rooms.test_households_life import HEAD, SON, WIFE, clauses, consistent, people
from tests.staging import staged

pytestmark = pytest.mark.django_db
CAME, LATER, TODAY = date(2004, 1, 5), date(2004, 3, 1), date(2004, 4, 1)


@pytest.fixture(autouse=True)
def in_april():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def home(cast):
    return actions.add_household(
        by=cast.cadre, ward=cast.ward, on=CAME, rw="5", rt="2", members=[HEAD, WIFE, SON], poor=True
    )


def birth(cast, home, **changes):
    told = {"name": "Contoh Sekar", "sex": "P", "on": LATER, **changes}
    return actions.record_birth(by=cast.cadre, ward=cast.ward, household_id=home.id, **told)


def test_a_birth_sent_twice_is_one_birth(cast, home):
    first, second = (birth(cast, home, request_id="form-1") for _ in range(2))
    assert first.id == second.id
    assert Person.objects.filter(name="Contoh Sekar").count() == 1
    assert birth(cast, home, request_id="form-2").id != first.id


def test_moves_splits_and_new_households_sent_twice_happen_once(cast, home):
    son, spouse = (people(home)[which].id for which in ("child", "spouse"))
    for _ in range(2):
        actions.record_move_in(
            by=cast.cadre, ward=cast.ward, household_id=home.id, on=LATER, request_id="in",
            person=NewPerson("Tamu Asih", "P", "relative"),
        )  # fmt: skip
        new = actions.add_household(
            by=cast.cadre, ward=cast.ward, on=LATER, rw="5", rt="2", request_id="new",
            members=[NewPerson("Contoh Baru", "L", "head", date(1980, 1, 1))],
        )  # fmt: skip
        founded = actions.split_household(
            by=cast.cadre, ward=cast.ward, household_id=home.id, people=[son], head=son,
            on=LATER, rw="5", rt="2", request_id="split",
        )  # fmt: skip
        actions.record_death(
            by=cast.cadre, ward=cast.ward, person_id=spouse, on=LATER, request_id="death",
        )  # fmt: skip
    assert {row["id"] for row in queries.households(cast.ward).rows} == {
        home.id, new.id, founded.id,
    }  # fmt: skip
    assert LifeEvent.objects.filter(kind="death").count() == 1
    consistent(cast.ward)


@pytest.mark.parametrize("relation", ["head", "spouse", "parent", "helper", "child_in_law"])
def test_a_newborn_is_no_wife_parent_or_servant(cast, home, relation):
    with pytest.raises(Refusal) as refused:
        birth(cast, home, relation=relation)
    assert "newborn" in clauses(refused)
    assert len(people(home)) == 3


@pytest.mark.parametrize("name", ["Bayi 123 <b>", "Bayi 1", "<b>Bayi", "Bayi;", ""])
def test_a_name_is_written_in_letters(cast, home, name):
    with pytest.raises(Refusal):
        birth(cast, home, name=name)
    assert len(people(home)) == 3


@pytest.mark.parametrize(
    "name", ["Siti Nur'aini", "Drs. Moh. Ali, S.Pd.", "Anak Agung-Putri", "Ñusa É"]
)
def test_names_as_people_have_them_are_taken(cast, home, name):
    assert birth(cast, home, name=name).name == name


def test_a_baby_does_not_lead_a_household_in_which_somebody_grown_lives(cast, home):
    baby = birth(cast, home)
    head = people(home)["head"].id
    with pytest.raises(Refusal) as refused:
        actions.record_death(
            by=cast.cadre, ward=cast.ward, person_id=head, on=LATER, new_head=baby.id
        )
    assert [reason.clause for reason in refused.value.reasons] == ["households.p2kp2.head_min_age"]
    with pytest.raises(Refusal) as refused:
        actions.split_household(
            by=cast.cadre, ward=cast.ward, household_id=home.id, people=[baby.id], head=baby.id,
            on=LATER, rw="5", rt="2",
        )  # fmt: skip
    assert clauses(refused) == {"head_min_age"}
    consistent(cast.ward)


def test_orphans_go_on_with_the_eldest_of_them(cast):
    home = actions.add_household(
        by=cast.cadre, ward=cast.ward, on=CAME, rw="5", rt="2",
        members=[HEAD, NewPerson("Contoh Adik", "P", "child", date(1995, 1, 1))],
    )  # fmt: skip
    who = people(home)
    actions.record_death(
        by=cast.cadre, ward=cast.ward, person_id=who["head"].id, on=LATER,
        new_head=who["child"].id,
    )  # fmt: skip
    assert people(home)["head"].name == "Contoh Adik"


def test_the_others_are_seen_from_the_new_head(cast, home):
    child, who = birth(cast, home), people(home)
    son = next(
        each for each in queries.household(cast.ward, home.id).members if each.name == SON.name
    )
    actions.record_death(
        by=cast.cadre, ward=cast.ward, person_id=who["head"].id, on=LATER, new_head=son.id,
        relations={child.id: "child"},
    )  # fmt: skip
    now = {each.name: each.relation for each in queries.household(cast.ward, home.id).members}
    assert now == {SON.name: "head", WIFE.name: "parent", "Contoh Sekar": "child"}
    consistent(cast.ward)


def test_the_deceased_does_not_stay_head_and_the_refusal_is_kind(cast, home):
    head = people(home)["head"].id
    for new_head in ("", head):
        with pytest.raises(Refusal) as refused:
            actions.record_death(
                by=cast.cadre, ward=cast.ward, person_id=head, on=LATER, new_head=new_head
            )
        assert clauses(refused) == {"new_head"}
        assert "leaves" not in refused.value.reasons[0].text


def test_a_place_where_nobody_lives_needs_a_second_word(cast, home):
    arguments = {
        "by": cast.cadre, "ward": cast.ward, "on": LATER, "rw": "99", "rt": "1",
        "members": [NewPerson("Contoh Baru", "L", "head", date(1980, 1, 1))],
    }  # fmt: skip
    with pytest.raises(Refusal) as refused:
        actions.add_household(**arguments)
    assert clauses(refused) == {"new_place"}
    made = actions.add_household(**arguments, new_place=True)
    assert queries.neighbourhoods(cast.ward) == [("05", "02"), ("99", "01")]
    actions.take_back_household(
        by=cast.cadre, ward=cast.ward, household_id=made.id, reason="salah RW"
    )
    assert queries.neighbourhoods(cast.ward) == [("05", "02")]
    assert queries.neighbourhoods(cast.ward, LATER) == [("05", "02")]


def test_an_entry_by_mistake_counts_for_no_day_and_stays_readable(cast, home):
    child = birth(cast, home)
    actions.take_back_person(
        by=cast.cadre, ward=cast.ward, person_id=child.id, reason="tercatat dua kali"
    )
    assert len(queries.members_on(cast.ward, home.id, LATER)) == 3
    assert len(queries.members_on(cast.ward, home.id, TODAY)) == 3
    assert queries.counts(cast.ward).persons == 3
    assert queries.person(cast.ward, child.id).status == "mistake"
    event = queries.household(cast.ward, home.id).events[-1]
    assert (event.kind, event.person, event.note) == ("mistake", child.name, "tercatat dua kali")
    assert "tercatat dua kali" in trail.last("households.take_back_person", cast.ward).data
    consistent(cast.ward)


def test_what_was_not_entered_by_hand_is_not_taken_back(cast):
    home = actions.add_household(
        by=cast.cadre, ward=cast.ward, on=CAME, rw="5", rt="2", members=[HEAD, WIFE],
        source="census",
    )  # fmt: skip
    who = people(home)
    with pytest.raises(Refusal) as refused:
        actions.take_back_person(
            by=cast.cadre, ward=cast.ward, person_id=who["head"].id, reason="x"
        )
    assert clauses(refused) == {"census", "head", "why"}
    with pytest.raises(Refusal) as refused:
        actions.take_back_household(
            by=cast.cadre, ward=cast.ward, household_id=home.id, reason="entah kenapa"
        )
    assert clauses(refused) == {"census"}
    assert Household.objects.get(pk=home.id).left_on is None


def test_a_household_by_mistake_goes_with_its_people_and_its_mark(cast, home):
    actions.take_back_household(
        by=cast.cadre, ward=cast.ward, household_id=home.id, reason="tercatat dua kali"
    )
    assert queries.counts(cast.ward).persons == 0
    assert queries.poor_households(cast.ward, CAME) == set()
    assert queries.household(cast.ward, home.id).marks == []
    consistent(cast.ward)


@pytest.mark.parametrize("who", ["treasurer", "verifier", "lead", "stranger", "chair"])
def test_who_does_not_keep_the_census_takes_nothing_back(cast, home, who):
    by = getattr(cast, who)
    for attempt in (
        lambda: actions.take_back_person(
            by=by, ward=cast.ward, person_id=people(home)["child"].id, reason="keliru"
        ),
        lambda: actions.take_back_household(
            by=by, ward=cast.ward, household_id=home.id, reason="keliru"
        ),
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert [reason.clause for reason in refused.value.reasons] == ["access.permission"]


def test_a_household_that_split_off_says_where_its_mark_comes_from(cast, home):
    actions.mark_poor(
        by=cast.facilitator, ward=cast.ward, households=[home.id], on=LATER, meeting="m1"
    )
    son = people(home)["child"].id
    founded = actions.split_household(
        by=cast.cadre, ward=cast.ward, household_id=home.id, people=[son], head=son, on=TODAY,
        rw="5", rt="2",
    )  # fmt: skip
    assert [mark.source for mark in queries.household(cast.ward, founded.id).marks] == ["split"]
    actions.record_move_out(
        by=cast.cadre, ward=cast.ward, household_id=founded.id, people=[son], on=TODAY
    )
    assert queries.household(cast.ward, founded.id).marks == []  # poor on no day


def test_likely_doubles_are_kept_and_brought_up_to_date(cast, home, django_assert_max_num_queries):
    assert queries.likely_doubles(cast.ward) == []
    assert not queries.compare_again(cast.ward)
    twin = actions.record_move_in(
        by=cast.cadre, ward=cast.ward, household_id=home.id, on=LATER,
        person=NewPerson("Contoh Sekar", "P", "child", date(2004, 2, 1)),
    )  # fmt: skip
    again = actions.add_household(
        by=cast.cadre, ward=cast.ward, on=LATER, rw="5", rt="2",
        members=[NewPerson("Contoh Darman", "L", "head", date(1970, 5, 12))],
    )  # fmt: skip
    assert queries.compare_again(cast.ward)
    first, second = people(home)["head"].id, people(again)["head"].id
    with django_assert_max_num_queries(8):
        ((one, two, _),) = queries.likely_doubles(cast.ward)
    assert {one.id, two.id} == {first, second}
    actions.correct_person(
        by=cast.cadre, ward=cast.ward, person_id=second, name="Umpama Lain", born=date(1931, 1, 1),
        born_precision="day",
    )  # fmt: skip
    assert queries.likely_doubles(cast.ward) == []
    assert twin.id not in {first, second}
