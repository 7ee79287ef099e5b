"""Who may be the same person, measured on published record-linkage sets."""

import csv
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.households.rules import duplicates
from pendamping.households.rules.duplicates import Crowd, Identity, likely_duplicates, weigh
from pendamping.households.rules.names import name_key
from tests.census_files.small import word


def born(text):
    digits = text.strip().replace("-", "")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def febrl(folder):
    with (folder / "record-linkage" / "dataset1.csv").open(newline="") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            name = name_key(f"{row['given_name']} {row['surname']}")
            place = f"{row['address_1']} {row['suburb']}".strip()
            number = row["soc_sec_id"].strip()
            one = Identity(row["rec_id"], name, born(row["date_of_birth"]), nik=number, place=place)
            yield one, row["rec_id"].split("-")[1]


def fake(folder):
    with (folder / "record-linkage" / "fake_1000.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            name = name_key(f"{row['first_name']} {row['surname']}")
            one = Identity(
                row["unique_id"], name, born(row["dob"]), nik=row["email"], place=row["city"]
            )
            yield one, row["cluster"]


def measured(people, at_least=duplicates.LIKELY):
    pairs = list(people)
    likely = likely_duplicates([p for p, _ in pairs], at_least=at_least)
    found = {frozenset((e.first, e.second)) for e in likely}
    truth = {
        frozenset((one.key, two.key))
        for (one, group), (two, other) in combinations(pairs, 2)
        if group == other
    }
    return len(truth & found) / len(truth), len(truth & found) / len(found)


@pytest.mark.parametrize(
    ("source", "keep_number", "recall", "precision"),
    [(febrl, True, 0.98, 0.99), (febrl, False, 0.83, 0.99), (fake, True, 0.66, 0.98)],
)
def test_it_finds_misspelt_doubles_and_few_strangers(
    data_folder, source, keep_number, recall, precision
):
    people = [
        (one if keep_number else replace(one, nik=""), group) for one, group in source(data_folder)
    ]
    reached = measured(people)
    assert reached[0] >= recall
    assert reached[1] >= precision


@pytest.mark.parametrize(
    ("source", "keep_number", "recall"),
    [(febrl, False, 0.93), (fake, True, 0.715), (fake, False, 0.54)],
)
def test_asking_about_possible_doubles_finds_more_and_hardly_a_stranger(
    data_folder, source, keep_number, recall
):
    people = [
        (one if keep_number else replace(one, nik=""), group) for one, group in source(data_folder)
    ]
    reached = measured(people, duplicates.POSSIBLE)
    assert reached[0] >= recall
    assert reached[1] >= 0.99


@pytest.mark.parametrize(
    ("born", "precision"), [(date(1975, 9, 30), "day"), (date(1975, 1, 1), "year")]
)
def test_one_name_in_two_spellings_in_one_rt_and_birth_year_is_asked_about(born, precision):
    """Also where one of the two has an address and the other has none."""
    strangers = [
        Identity(
            f"x{n}",
            f"{word(n * 7919)} {word(n * 31337)}",
            date(1950 + n % 50, n % 12 + 1, n % 27 + 1),
        )
        for n in range(60)
    ]
    there = Identity("a", name_key("Siti Aminah"), date(1975, 4, 2), sex="P", place="gang mawar 3",
                     area="01/02", household="1")  # fmt: skip
    come = Identity("b", name_key("Sitti Aminah"), born, precision, sex="P", place="01/02",
                    area="01/02", household="2")  # fmt: skip

    def pairs(one, two):
        found = likely_duplicates([*strangers, one, two], at_least=duplicates.POSSIBLE)
        return [(each.first, each.second) for each in found]

    assert pairs(there, come) == [("a", "b")]
    assert pairs(there, replace(come, area="05/02", place="05/02", born=date(1961, 9, 30))) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("H. Moch. Djoko Soesilo, S.Pd.", "Muhammad Joko Susilo"),
        ("Hj. Siti Nur'aini", "Siti Nuraini"),
        ("Drs. Ach. Tjahjono", "Ahmad Cahjono"),
        ("M. Yusuf", "Mohammad Yusuf"),
        ("SITI  AMINAH", "St. Aminah"),
    ],
)
def test_names_meet_whatever_title_and_spelling(one, two):
    assert name_key(one) == name_key(two)


def test_twins_and_neighbours_born_on_one_day_are_not_taken_for_one():
    day = date(1990, 5, 1)
    twins = [
        Identity("a", "hasan basri", day, sex="L", nik="3271010105900001", household="1"),
        Identity("b", "husen basri", day, sex="L", nik="3271010105900002", household="1"),
        Identity("c", "dadang permana", day, sex="L", nik="3271010105900003", household="2"),
    ]
    assert likely_duplicates(twins) == []


def test_a_common_name_alone_makes_nobody_a_double():
    people = [Identity(str(n), "siti aminah", None, sex="P", place=str(n)) for n in range(40)]
    people += [Identity(f"x{n}", word(n * 7919), date(1950 + n, 1, 1)) for n in range(40)]
    assert likely_duplicates(people) == []


def test_stored_persons_are_compared_with_new_ones_only():
    stored = [
        Identity("s1", "contoh darman", date(1970, 5, 12)),
        Identity("s2", "contoh darman", date(1970, 5, 12)),
    ]
    found = likely_duplicates([Identity("n", "contoh darman", date(1970, 5, 12))], stored)
    assert {(each.first, each.second) for each in found} == {("n", "s1"), ("n", "s2")}


@given(st.lists(st.tuples(st.text(max_size=8), st.dates()), max_size=25))
def test_no_person_is_a_double_of_itself_and_each_pair_comes_once(people):
    identities = [Identity(str(n), name_key(name), day) for n, (name, day) in enumerate(people)]
    found = [frozenset((each.first, each.second)) for each in likely_duplicates(identities)]
    assert all(len(pair) == 2 for pair in found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("crowd", [9.0, 17.0, 19.0], ids=["a ward", "a city", "a million"])
def test_doubles_with_a_slip_are_found_however_large_the_crowd(monkeypatch, crowd):
    """The larger the crowd, the fewer pairs are gathered; those with much in common always are."""
    monkeypatch.setattr(duplicates, "LEAST_PRIOR", crowd)
    strangers = [
        Identity(f"x{n}", f"warga {word(n * 7919)}", date(1950 + n % 50, n % 12 + 1, n % 27 + 1), place=f"gang {n}")
        for n in range(300)
    ]  # fmt: skip
    once = Identity(
        "a", "cecep ratnaka", date(1970, 5, 12), nik="3271011205700001", place="gang 5 no 3"
    )
    slips = {
        "name": replace(once, key="b", name="cecep rahnaka", nik=""),
        "number": replace(once, key="b", nik="3271011305700001", born=date(1970, 5, 13)),
        "district": replace(once, key="b", nik="3217011205700001", name="ratnaka cecep"),
        "place": replace(once, key="b", place="gang 7"),
    }
    for what, twice in slips.items():
        found = {(each.first, each.second) for each in likely_duplicates([*strangers, once, twice])}
        asked = what != "name" or crowd < 18  # a name with a slip says too little in a million
        assert not asked or ("a", "b") in found, what
        assert found <= {("a", "b")}


def test_no_pair_that_reaches_the_score_is_passed_over_by_the_quick_look():
    people = [
        Identity(str(n), f"{first} {last}", date(1970, month, day), sex=sex, nik=nik, place=place)
        for n, (first, last, month, day, sex, nik, place) in enumerate(
            product(
                ("siti", "sitti"), ("aminah", "amina"), (5, 12), (5, 12), "LP",
                ("", "3271015205700001", "3271015205700007"), ("", "gang 1", "gang 01"),
            )
        )
    ]  # fmt: skip
    crowd = duplicates.Crowd.of(people)
    for one, two in combinations(people, 2):
        if duplicates.weigh(one, two, crowd).score >= 50:
            assert duplicates._may_reach(one, two, crowd.prior + log2(49.5 / 50.5))


@pytest.mark.parametrize(
    ("one", "two", "sign"),
    [
        (date(1940, 12, 10), date(1971, 10, 12), ""),  # 10 Dec and 12 Oct of other years
        (date(1980, 1, 1), date(2001, 1, 1), ""),
        (date(1949, 3, 12), date(1999, 3, 2), ""),
        (date(1971, 12, 10), date(1971, 10, 12), "swapped_birth_date"),
        (date(1971, 12, 10), date(1971, 12, 16), "similar_birth_date"),
        (date(1971, 12, 10), date(1977, 12, 10), "similar_birth_date"),
        (date(1971, 12, 10), date(1971, 12, 10), "same_birth_date"),
    ],
)
def test_birth_dates_are_called_alike_only_where_a_slip_explains_the_difference(one, two, sign):
    pair = [
        Identity(key, "umpama surya", born, "day", place="gang mawar 1")
        for key, born in (("a", one), ("b", two))
    ]
    found = weigh(*pair, Crowd.of(pair))
    dates = [kind for kind in found.kinds if kind.endswith("birth_date")]
    assert dates == ([sign] if sign else [])


def test_a_person_compared_with_a_part_of_the_ward_gets_the_score_of_the_whole():
    people = [
        Identity(f"p{number}", name, date(1970, 1, 1 + number % 28), "day", "L")
        for number, name in enumerate(["umpama surya", "contoh bulan", "misal bintang"] * 9)
    ]
    new = Identity("new", "umpama surya", date(1970, 1, 1), "day", "L")
    whole = {each.second: each.score for each in likely_duplicates([new], people)}
    part = [each for each in people if each.name == new.name]
    crowd = Crowd.of_names([new.name, *(each.name for each in people)])
    again = {each.second: each.score for each in likely_duplicates([new], part, crowd=crowd)}
    assert again and again == {key: whole[key] for key in again}
