"""What a package gives to read is what its records say: a changed figure is refused also where its seals were written
anew."""

import pytest

from pendamping.exchange.comparing import differing
from pendamping.exchange.reading import Package, read
from pendamping.kernel import clock
from tests.rooms.test_package_export import LATER, lived, packed

pytestmark = pytest.mark.django_db
__all__ = ["lived", "packed"]


@pytest.fixture
def package(packed):
    return read(packed)


def found(fund, package):
    with clock.at(LATER):
        return [
            (one.clause, one.where["file"], one.where["row"], one.where["column"])
            for one in differing(fund.ward, package)
        ]


def test_the_rows_of_a_package_are_those_of_its_records(fund, package):
    assert found(fund, package) == []
    with clock.at(LATER.replace(year=LATER.year + 20)):
        assert differing(fund.ward, package) == []


@pytest.mark.parametrize(
    ("resource", "column", "value"),
    [
        ("repayments", "amount", 1),
        ("loans", "principal", 1),
        ("lines", "amount", 1),
        ("entries", "narration", "lain"),
        ("persons", "name", "Orang Lain"),
        ("meetings", "attended", 999),
    ],
)
def test_a_figure_that_the_records_do_not_say_is_named_by_file_row_and_column(
    fund, package, resource, column, value
):
    package.rows[resource][1 if len(package.rows[resource]) > 1 else 0][column] = value
    row = 3 if len(package.rows[resource]) > 1 else 2
    assert found(fund, package) == [("package.differs", f"data/{resource}.csv", row, column)]


def test_a_row_that_is_missing_or_too_many_is_named(fund, package):
    rows = package.rows["repayments"]
    gone = rows.pop()
    assert [one[0] for one in found(fund, package)] == ["package.differs"]
    rows += [gone, {**gone, "id": "lain"}]
    assert found(fund, package) == [("package.differs", "data/repayments.csv", len(rows) + 1, "id")]


def test_of_a_package_with_some_resources_those_are_compared(fund, package):
    some = Package(rows={name: package.rows[name] for name in ("ward", "loans")})
    for row in some.rows["loans"]:
        del row["cycle"]
    assert found(fund, some) == []
