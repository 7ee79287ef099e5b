"""Lists page by key, searches find every member, and the package has what it promises."""

from datetime import date

import pytest

from pendamping.households import actions, queries
from pendamping.households.queries import Filters
from pendamping.kernel import clock
from tests.census_files.small import as_csv, many
from tests.staging import staged

pytestmark = pytest.mark.django_db
TODAY = date(2004, 1, 10)


@staged(at=TODAY)
def censused(cast):
    upload = actions.stage_upload(
        by=cast.cadre, ward=cast.ward, filename="x.csv", content=many(137)
    )
    actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    return cast.ward


@pytest.fixture
def ward(censused):
    with clock.at(TODAY):
        yield censused


def walk(first, step):
    seen, page = [], first()
    while True:
        seen.append([row["id"] for row in page.rows])
        if page.next is None:
            return seen
        page = step(page.next)


def test_pages_by_key_show_every_household_once_and_go_back_the_same_way(ward):
    pages = walk(
        lambda: queries.households(ward, size=20),
        lambda mark: queries.households(ward, after=mark, size=20),
    )
    everyone = [id_ for page in pages for id_ in page]
    assert len(everyone) == len(set(everyone)) == 137
    second = queries.households(ward, after=queries.households(ward, size=20).next, size=20)
    back = queries.households(ward, before=second.previous, size=20)
    assert [row["id"] for row in back.rows] == pages[0]
    assert back.previous is None


def test_filters_narrow_and_agree_with_the_counts(ward):
    total = queries.counts(ward)
    assert (total.households, total.persons, total.women) == (137, 411, 137)
    poor = walk(
        lambda: queries.households(ward, Filters(poor="yes"), size=50),
        lambda mark: queries.households(ward, Filters(poor="yes"), after=mark, size=50),
    )
    assert sum(map(len, poor)) == total.poor == 137 // 5
    assert len(queries.households(ward, Filters(poor="no"), size=500).rows) == 137 - 137 // 5
    for rw, households, marked in queries.by_rw(ward):
        assert len(queries.households(ward, Filters(rw=rw), size=500).rows) == households
        assert len(queries.households(ward, Filters(rw=rw, poor="yes"), size=500).rows) == marked
    assert sum(households for _, households, _ in queries.by_rw(ward)) == 137


def test_a_household_is_found_by_the_wifes_name(ward):
    (row,) = queries.search(ward, "lasmi " + _second_word(ward)).rows
    assert row["relation"] == "spouse"
    assert row["head_name"].startswith("Darto")


def _second_word(ward):
    return queries.households(ward, size=1).rows[0]["head_name"].split()[1]


def test_a_search_goes_on_page_by_page_and_by_number(ward):
    pages = walk(
        lambda: queries.search(ward, "lasmi", size=50),
        lambda mark: queries.search(ward, "lasmi", after=mark, size=50),
    )
    assert sum(map(len, pages)) == 137
    (row,) = queries.search(ward, "42").rows
    assert row["number"] == "42"


@pytest.mark.parametrize("mark", ["x", "%%%", "W10", "WyJhIl0", "🌱", "bnVsbA", "A" * 5000])
def test_a_mark_that_is_none_begins_at_the_start(ward, mark):
    assert queries.households(ward, after=mark).rows == queries.households(ward).rows


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "\\", "zzz", "  "])
def test_a_search_takes_signs_for_what_they_are(ward, text):
    assert len(queries.search(ward, text, size=500).rows) in {0, 411}


def test_similar_names_come_up_while_a_name_is_typed(ward):
    name = queries.households(ward, size=1).rows[0]["head_name"]
    found = queries.similar_names(ward, f"H. {name}e")
    assert found[0][0].name == name
    assert queries.similar_names(ward, "Da") == []
    assert queries.similar_names(ward, name, born=date(1890, 1, 1)) == []


def test_the_roll_holds_grown_residents_and_the_poor_among_them(ward):
    grown = queries.residents(ward, on=TODAY, least_age=17)
    assert len(grown) == 274
    poor = queries.poor_adults(ward, TODAY)
    assert {each.id for each in poor} <= {each.id for each in grown}
    assert queries.poor_on(ward, [each.id for each in grown], TODAY) == {each.id for each in poor}


def test_the_package_has_the_promised_columns_and_no_numbers(cast):
    with clock.at(TODAY):
        upload = actions.stage_upload(
            by=cast.cadre, ward=cast.ward, filename="x.csv", content=as_csv()
        )
        actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
        dumped = {name: list(rows) for name, rows in queries.dump(cast.ward).items()}
    promised = {"id", "rw", "rt", "head_name", "members", "poor", "source"}
    assert promised <= dumped["households"][0].keys()
    assert {"id", "household", "name", "sex", "born", "relation"} <= dumped["persons"][0].keys()
    assert len(dumped["persons"]) == len(dumped["memberships"]) == 6
    assert "3271011205700001" not in repr(dumped)
    assert not any("nik" in column for column in dumped["persons"][0])
