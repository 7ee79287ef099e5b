"""The index of names and the figures of each RT say what a look at every row would say."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.households import actions, queries
from pendamping.households.models import Figure, NameWord, Person
from pendamping.households.queries import Filters, search
from pendamping.households.queries.counts import counted
from pendamping.households.rules.life import NewPerson
from pendamping.households.rules.names import name_key
from pendamping.kernel import clock
from tests.census_files.small import many
from tests.staging import staged

pytestmark = pytest.mark.django_db
TODAY = date(2004, 1, 10)
NAMES = "Siti Ali Alimah Contoh Moch Abd Sitorus Ani".split()  # noqa: SIM905 -- reads better


@staged(at=TODAY)
def censused(cast):
    upload = actions.stage_upload(by=cast.cadre, ward=cast.ward, filename="x.csv", content=many(40))
    actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    return cast.ward


@pytest.fixture
def ward(censused):
    with clock.at(TODAY):
        yield censused


def enter(cast, heads, rt="02", poor=False):
    """One household whose members have these names, the first as its head."""
    people = [
        NewPerson(name=name, sex="P", relation="relative" if at else "head", born=date(1970, 1, 1))
        for at, name in enumerate(heads)
    ]
    return actions.add_household(
        by=cast.cadre,
        ward=cast.ward,
        on=TODAY,
        rw="05",
        rt=rt,
        members=people,
        poor=poor,
        new_place=True,
    )


def everybody(ward):
    """Whoever lives in the ward, and which households are marked poor."""
    there = Person.objects.filter(ward=ward, status="resident").select_related("household")
    return list(there), queries.poor_households(ward)


def by_looking_at(known, text, rt="", poor=""):
    """Ids of the persons found among these, in the order that the search promises."""
    words = list(dict.fromkeys(name_key(text).split()))
    hits = []
    people, marked = known
    for each in people:
        parts = each.name_key.split()
        met = [[part for part in parts if part.startswith(word)] for word in words]
        there = not rt or each.household.rt == rt
        marked_so = not poor or (each.household_id in marked) == (poor == "yes")
        if all(met) and there and marked_so:
            hits.append((min(met[0]), each.name_key, each.id))
    return [id_ for _word, _name, id_ in sorted(hits)]


def walked(ward, text, filters, size):
    """Every page forwards, then back again from the last one: both as ids of persons."""
    pages = [page := queries.search(ward, text, filters, size=size)]
    while page.next:
        pages.append(page := queries.search(ward, text, filters, after=page.next, size=size))
    back = [page]
    while page.previous:
        back.append(page := queries.search(ward, text, filters, before=page.previous, size=size))
    return [[row["person_id"] for one in some for row in one.rows] for some in (pages, back[::-1])]


@pytest.mark.parametrize("few", [1000, 0])
def test_the_index_finds_whom_a_look_at_everybody_finds(cast, ward, monkeypatch, few):
    """By both ways: through few names, and along the words."""
    monkeypatch.setattr(search_module(), "FEW", few)
    monkeypatch.setattr(search_module(), "FEW_PEOPLE", few)
    monkeypatch.setattr(search_module(), "MANY", 20)
    monkeypatch.setattr(search_module(), "STEPS", (3, 5, 7))
    chance = random.Random(5)
    for at in range(30):
        names = [" ".join(chance.choices(NAMES, k=chance.randint(1, 3))) for _ in range(3)]
        enter(cast, names, rt=f"0{at % 3 + 1}", poor=at % 2 == 0)
    known = everybody(ward)

    @given(
        st.lists(st.sampled_from([*NAMES, "s", "sit", "al", "a", "zz"]), min_size=1, max_size=3),
        st.sampled_from(["", "01", "02"]),
        st.sampled_from(["", "yes", "no"]),
        st.integers(1, 9),
    )
    def holds(words, rt, poor, size):
        text = " ".join(words)
        expected = by_looking_at(known, text, rt, poor)
        found = walked(ward, text, Filters(rt=rt, poor=poor), size)
        assert found == [expected, expected]
        assert queries.hits(ward, text, Filters(rt=rt, poor=poor)) == min(len(expected), 21)

    holds()


def search_module():
    import sys

    return sys.modules[search.__module__]


def test_who_is_named_exactly_so_comes_before_who_begins_so(cast, ward):
    enter(cast, ["Alimah", "Budi Ali"])
    found = queries.search(ward, "ali").rows
    assert [row["name"] for row in found] == ["Budi Ali", "Alimah"]


def words_by_hand(ward):
    rows = Person.objects.filter(ward=ward, status="resident").values_list("name_key", "id")
    return {(word, name, id_) for name, id_ in rows for word in name.split()}


def holds_by_a_recount(ward):
    kept = set(NameWord.objects.filter(ward=ward).values_list("word", "name_key", "person_id"))
    assert kept == words_by_hand(ward)
    figures = queries.counts(ward)
    rows = counted(ward, TODAY)
    assert queries.by_rw(ward) == [(rw, homes, poor) for rw, homes, _p, _w, poor in rows]
    sums = [sum(row[at] for row in rows) for at in (1, 4, 2, 3)]
    assert [figures.households, figures.poor, figures.persons, figures.women] == sums


def test_words_and_figures_follow_every_event(cast, ward):
    holds_by_a_recount(ward)
    with clock.at(TODAY):
        home = enter(cast, ["Siti Contoh", "Ali Contoh", "Ani Contoh"], poor=True)
        holds_by_a_recount(ward)
        other = enter(cast, ["Sitorus Contoh"], rt="01")
        by = {"by": cast.cadre, "ward": ward, "on": TODAY}
        people = Person.objects.filter(household=home)
        head, ali, ani = (people.get(name__startswith=name) for name in ("Siti", "Ali", "Ani"))
        actions.record_birth(**by, household_id=home.id, name="Bayi Contoh", sex="P")
        holds_by_a_recount(ward)
        actions.correct_person(by=cast.cadre, ward=ward, person_id=ani.id, name="Moch Ani", sex="L")
        holds_by_a_recount(ward)
        assert queries.search(ward, "muhammad ani").rows
        actions.record_death(**by, person_id=head.id, new_head=ali.id)
        holds_by_a_recount(ward)
        assert not queries.search(ward, "siti contoh").rows
        founded = actions.split_household(
            **by,
            household_id=home.id,
            people=[ani.id],
            head=ani.id,
            rw="05",
            rt="07",
            new_place=True,
        )
        holds_by_a_recount(ward)
        actions.join_households(**by, household_id=founded.id, into=other.id)
        holds_by_a_recount(ward)
        everyone = [each.person_id for each in actions_members(home)]
        actions.record_move_out(**by, household_id=home.id, people=everyone)
        holds_by_a_recount(ward)


def actions_members(home):
    from pendamping.households.actions import homes

    return homes.members_of(home)


def test_figures_follow_the_marks_of_a_ratified_list(cast, ward):
    with clock.at(TODAY):
        ids = sorted(each["id"] for each in queries.households(ward).rows)[:7]
        actions.mark_poor(by=cast.facilitator, ward=ward, households=ids, on=TODAY, meeting="m")
        holds_by_a_recount(ward)
        assert sum(Figure.objects.values_list("poor_by_list", flat=True)) == 7
        actions.unmark_poor(by=cast.facilitator, ward=ward, households=ids[:3], on=TODAY)
        holds_by_a_recount(ward)
        assert sum(Figure.objects.values_list("poor_by_list", flat=True)) == 4


def test_a_name_with_one_slip_is_offered_while_it_is_typed(cast, ward):
    enter(cast, ["Siti Aminah", "Siti Aminah Contoh", "Sitorus", "Rahmat Hidayat"])
    for typed, stored in (
        ("Siti Aminah", "Siti Aminah"),
        ("Sity Aminah", "Siti Aminah"),
        ("Siti Amina", "Siti Aminah"),
        ("Hj. Siti Aminnah", "Siti Aminah"),
        ("Rahmad Hidayat", "Rahmat Hidayat"),
        ("Rahmat Hidajat", "Rahmat Hidayat"),
    ):
        assert queries.similar_names(ward, typed)[0][0].name == stored


def test_namesakes_born_in_other_years_are_not_offered(cast, ward):
    enter(cast, ["Siti Aminah"])
    assert queries.similar_names(ward, "Siti Aminah", date(1972, 5, 1))
    assert not queries.similar_names(ward, "Siti Aminah", date(1973, 5, 1))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Muliadi", "Mulyadi"),
        ("Rohmat", "Rohmah"),
        ("Suparmn", "Suparman"),
        ("Sparman", "Suparman"),
        ("Lilies Suriani", "Lilis Suryani"),
        ("Sumartna", "Sumartana"),
        ("Zaenab", "Jainab"),
    ],
)
def test_a_misspelt_name_is_offered_as_the_ward_spells_it(ward, cast, typed, meant):
    enter(cast, ["Mulyadi", "Rohmah", "Suparman", "Lilis Suryani", "Sumartana", "Jainab"])
    assert queries.hits(ward, typed) == 0
    assert meant in queries.perhaps_meant(ward, typed)
    if typed != "Zaenab":  # two letters other: too far to warn of a double
        assert meant in [each.name for each, _score in queries.similar_names(ward, typed)]


def test_what_is_offered_is_somebody_s_name_there_and_not_what_was_found(ward, cast):
    enter(cast, ["Mulyadi", "Suryani"])
    enter(cast, ["Lilis"], rt="03")
    assert queries.perhaps_meant(ward, "Mulyadi") == []
    assert queries.perhaps_meant(ward, "Mulya") == []
    assert queries.perhaps_meant(ward, "Lilies Suriani") == []  # nobody has both words
    assert queries.perhaps_meant(ward, "Muliadi", Filters("05", "03")) == []
    assert queries.perhaps_meant(ward, "Muliadi", Filters("05", "02")) == ["Mulyadi"]
    assert queries.perhaps_meant(ward, "12") == []
    assert queries.perhaps_meant(ward, "Ali Xyzzyk") == []


def test_what_was_perhaps_meant_costs_the_same_however_many_live_there(
    ward, cast, django_assert_max_num_queries
):
    enter(cast, ["Lilis Suryani"])
    with django_assert_max_num_queries(8):
        assert queries.perhaps_meant(ward, "Lilies Suriani") == ["Lilis Suryani"]
