"""The loan book of Empang's package says what the site says, figure by figure, on either engine."""

import json
import zipfile
from datetime import date

import pytest

from pendamping.funds.closing import queries as closing
from tests.journeys.site import Site, database

pytestmark = pytest.mark.prove
DAYS = ("2004-08-31", "2004-12-20", "2005-01-31", "2005-05-12")
"""Before, on and after the day from which a group has a new schedule; the end of the case."""


@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_the_package_of_the_case_closes_as_the_site_does(tmp_path, name):
    if said := closing.missing(name):
        pytest.skip(said)
    package = tmp_path / "empang.zip"
    with database(tmp_path, "empang") as environment:
        site = Site("", environment)
        told = json.loads(site.module("tests.journeys.case", "book", str(package), *DAYS))
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / "open")
    data = tmp_path / "open" / "data"
    found = {}
    for day in DAYS:
        with closing.engine(name) as engine:
            wards = closing.close(data, as_of=date.fromisoformat(day), engine=engine)
        found[day] = closing.book(wards.values()).as_json()
    assert found == told
    assert found[DAYS[-1]]["lar"]["fraction"] == "2/13"
