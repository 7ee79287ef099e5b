"""Early warnings on the live record: the same rules as of a package, by the ward's own limits."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.exchange.filling import rows_of
from pendamping.insight import queries
from pendamping.insight.rules import FACTORS, warnings
from pendamping.kernel import clock
from tests.cast import WARD
from tests.staging import staged

pytestmark = pytest.mark.django_db
LATE = date(2004, 10, 20)


@staged(at=LATE)
def owing(cast, loan):
    """One group with a loan of 12 May 2004 whose first instalment fell due on 12 August and was never paid."""
    return cast


@pytest.fixture
def late():
    with clock.at(LATE):
        yield LATE


def test_the_live_record_says_what_the_package_of_the_ward_says(owing, late):
    look = queries.look(WARD, late)
    assert [one.factor for one in look.warned] == list(FACTORS)
    assert list(look.warned) == warnings(rows_of(WARD), late, look.limits)
    found = look.of("arrears-spreading")
    # unpaid for more than 30 days from 12 September on; the only group, so 1 of 1, and none before
    assert (found.severity, found.since) == ("act", date(2004, 9, 12))
    assert look.of("report-late").severity == "unknown"


def test_the_pages_name_the_factor_its_rule_and_the_records_behind_it(owing, late, client):
    client.force_login(owing.facilitator)
    page = client.get(reverse("insight:home", kwargs={"ward": WARD})).content.decode()
    address = reverse("insight:factor", kwargs={"ward": WARD, "factor": "arrears-spreading"})
    assert f'href="{address}"' in page
    [loan] = queries.look(WARD, late).of("arrears-spreading").evidence
    page = client.get(address).content.decode()
    assert reverse("loans:loan", kwargs={"ward": WARD, "loan": loan.removeprefix("loans:")}) in page
    assert "lebih dari 30 hari" in page  # the limit, from the guideline
    for factor in FACTORS:
        address = reverse("insight:factor", kwargs={"ward": WARD, "factor": factor})
        assert client.get(address).status_code == 200, factor
    assert client.get(address.replace(FACTORS[-1], "no-such-factor")).status_code == 404
