"""Menu and crumbs of the pages that show money name the same place: the crumbs' first, the menu's entry."""

import re
from datetime import date
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve, reverse

from pendamping.kernel import clock
from tests import granting, lending
from tests.journeys.menu import CRUMBS, menu_faults
from tests.lending import form_group, lend, pay
from tests.rooms.test_loans import DUES, EACH

# every page as every role is looked at by tests/journeys/test_every_page.py; here is a fund in other states
pytestmark = [pytest.mark.django_db, pytest.mark.prove]

ROOMS = ("upk", "loans", "savings", "ledger", "grants")
LINK = re.compile(r'\bhref="(/w/[^"#]*)')
PAPER = re.compile(r"_(pdf|xlsx)$|^loans:(card|contract|letter|blank)$|^upk:(binder|workbook)$")


@pytest.fixture
def busy(cast):
    """A fund that lends and a ward with a grant: a page of each kind is there."""
    lending.open_fund(cast)
    loan = lend(cast)
    for due in DUES[:2]:
        pay(cast, loan, due, EACH)
    granting.first_tranche(cast)
    granting.agree(cast, form_group(cast))
    with clock.at(date(2004, 10, 5)):
        yield cast


def crawl(client, cast, who):
    """One page of each name that links of the money rooms lead to: (name, address, html)."""
    client.force_login(getattr(cast, who))
    waiting, met = [reverse("loans:list", kwargs={"ward": cast.ward})], set()
    while waiting:
        address = waiting.pop(0)
        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        if name in met or name.partition(":")[0] not in ROOMS or PAPER.search(name):
            continue
        met.add(name)
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            html = answer.content.decode()
            waiting += [unescape(link) for link in LINK.findall(html)]
            yield name, address, html


def test_the_menu_marks_the_entry_that_the_crumbs_begin_with(client, busy):
    seen, wrong = set(), []
    for who in ("treasurer", "chair", "secretary", "facilitator", "officer"):
        for name, address, html in crawl(client, busy, who):
            wrong += [f"{who} {address}: {fault}" for fault in menu_faults(html)]
            if CRUMBS.search(html):
                seen.add(name)
    assert wrong == []
    assert {"upk:close", "upk:count", "upk:book", "loans:reserve", "savings:card"} <= seen
    assert {"ledger:voucher", "grants:grant", "grants:window", "upk:card"} <= seen
    assert len(seen) > 40, sorted(seen)
