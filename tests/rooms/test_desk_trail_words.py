"""The trail speaks the words of its readers: every kind of record has a name, and a page where there is one."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

import pendamping
from pendamping.access.permissions import PERMISSIONS
from pendamping.desk.records import RECORDS, record_name
from pendamping.kernel import clock
from tests import lending
from tests.closing import close_through
from tests.lending import lend, pay

pytestmark = pytest.mark.django_db

SOURCE = Path(pendamping.__file__).parent
NAMED = re.compile(r"""(?:record=|Deed\()f?["']([a-z_]+)[:"']""")
ALIKE = {"poster"}  # the same word in both languages
KEY = "01ABCDEFGHJKMNPQRSTVWXYZ00"


def kinds():
    """Every kind of record that an action names to the trail, read from the source."""
    files = [one for one in SOURCE.rglob("*.py") if "migrations" not in one.parts]
    return {found for one in files for found in NAMED.findall(one.read_text(encoding="utf-8"))}


def test_every_kind_of_record_that_an_action_names_has_words():
    found = kinds()
    assert {"loan", "entry", "close", "cash_count", "reserve", "split", "year"} <= found
    assert sorted(found - set(RECORDS)) == []


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_a_kind_has_its_own_words_in_both_languages_and_its_page_opens(kind):
    _name, page, part, permission = RECORDS[kind]
    said = {}
    for language in ("id", "en"):
        with translation.override(language):
            said[language] = record_name(f"{kind}:{KEY}")
            assert said[language].endswith(" …XYZ00")
    assert said["en"] != f"{kind} …XYZ00"
    assert said["id"] != said["en"] or kind in ALIKE
    if page:
        assert permission in PERMISSIONS
        parts = {"ward": "32.71.01.1003", **({part: KEY} if part else {})}
        assert reverse(page, kwargs=parts)


def test_the_trail_page_names_months_vouchers_and_sums_and_opens_the_record(cast, client):
    lending.open_fund(cast)
    paid = pay(cast, lend(cast), date(2004, 8, 12), 287_500)
    made = close_through(cast, date(2004, 8, 31))
    client.force_login(cast.chair)
    with clock.at(date(2004, 9, 10)):
        shown = client.get(reverse("desk:trail", kwargs={"ward": cast.ward})).content.decode()
    shown = shown.replace("\u00a0", " ")
    assert "Penutupan bulan Agustus 2004" in shown
    assert "Cadangan risiko pinjaman Agustus 2004" in shown
    assert "Rp 287.500" in shown
    loan = reverse("loans:loan", kwargs={"ward": cast.ward, "loan": paid.loan_id})
    assert f'href="{loan}"' in shown
    assert f'href="{reverse("upk:closes", kwargs={"ward": cast.ward})}"' in shown
    assert f"close:{made.id}" in shown.replace("%3A", ":")  # the way to all that was done to it
    assert ">close " not in shown
