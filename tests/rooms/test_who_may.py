"""Who may pass where: every address of the site for every role, and for a resident without account.

``+`` passes, ``-`` is refused (403), ``>`` is sent to the login. ``status``: what those who pass see on
GET; 404 where the record of the address is made up here, 405 where the address only takes forms. An
address that is missing here fails the test, with the row as it is now: read it, then add it.

Nobody here has a password or a second factor yet, so there is nothing with which to confirm who one
is: both ``reauthenticate`` pages refuse.
"""

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access import actions as access
from pendamping.access.rules import ROLES
from tests.architecture.test_addresses import OPEN_IN_WARD, addresses
from tests.rooms.who_may_table import MATRIX
from tests.staging import staged

pytestmark = pytest.mark.django_db

SHARES = 8
COLUMNS = {
    # column: who of the cast (the stranger holds a role next door; nobody has no account)
    "adm": "administrator",
    "wad": "ward_admin",
    "fac": "facilitator",
    "cad": "cadre",
    "boa": "chair",
    "tre": "treasurer",
    "boo": "bookkeeper",
    "sec": "secretary",
    "off": "officer",
    "ver": "verifier",
    "lea": "lead",
    "str": "stranger",
    "nob": None,
}


# what stands in an address besides the ward; without an entry: a record that does not exist
PARTS = {"section": "loans", "key": "tenor", "code": "11010", "kind": "ksm",
         "year": 2004, "month": "2004-08"}  # fmt: skip


@staged
def two_officers(cast):
    """The cast in a ward whose finance unit has a book-keeper beside its treasurer."""
    cast.players["bookkeeper"], _code = access.invite(
        by=cast.system, ward=cast.ward, username="bookkeeper", name="Contoh Pembukuan",
        role="bookkeeper",
    )  # fmt: skip
    return cast


def table(text):
    """The matrix by address: ``{name: row}``, without its head."""
    rows = [line.split() for line in text.strip().splitlines()]
    assert rows[0] == ["address", "status", *COLUMNS]
    return {row[0]: " ".join(row[1:]) for row in rows[1:]}


def address_of(name, route, ward):
    parts = {part.split(":")[-1] for part in route.replace(">", "<").split("<")[1::2]}
    return reverse(name, kwargs={part: PARTS.get(part, "none") for part in parts} | (
        {"ward": ward} if "ward" in parts else {}
    ))  # fmt: skip


def mark(response):
    if response.status_code == 403:
        return "-"
    if response.status_code == 302 and response.url.startswith("/login/?"):
        return ">"
    return "!" if response.status_code == 500 else "+"  # /readyz says 503 where no worker runs


def visitors(cast):
    """One browser for each column, logged in once; a page that breaks is a row with "!"."""
    found = [Client(raise_request_exception=False) for _ in COLUMNS]
    for browser, who in zip(found, COLUMNS.values(), strict=True):
        if who:
            browser.force_login(getattr(cast, who))
    return found


def visit(browsers, ward, name, route):
    """The row of one address, as the site answers now."""
    address = address_of(name, route, ward)
    marks, statuses = [], set()
    for browser in browsers:
        response = browser.get(address)
        marks.append(mark(response))
        if marks[-1] == "+":
            statuses.add(str(response.status_code))
        elif marks[-1] != "!":
            assert mark(browser.post(address)) == marks[-1], f"{address}: a form passes, a page not"
    return " ".join(["/".join(sorted(statuses)) or "none", *marks])


def test_every_role_has_a_column(two_officers):
    there = [
        getattr(two_officers, who) for who in COLUMNS.values() if who not in {"stranger", None}
    ]
    assert sorted(held.role for who in there for held in who.held()) == sorted(ROLES)


@pytest.mark.parametrize("part", range(SHARES))
def test_every_role_meets_every_address(two_officers, part):
    """In parts, for as many workers as there are."""
    expected, browsers = table(MATRIX), visitors(two_officers)
    found = {
        name: visit(browsers, two_officers.ward, name, route)
        for name, route, _view in list(addresses())[part::SHARES]
    }
    wrong = [
        f"{name:<28} {row}" + (f"    (here: {expected[name]})" if name in expected else "")
        for name, row in sorted(found.items())
        if expected.get(name) != row
    ]
    assert wrong == [], "as the site answers now:\n" + "\n".join(wrong)


def test_the_table_has_a_row_for_each_address():
    assert sorted(table(MATRIX)) == sorted(name for name, _route, _view in addresses())


def test_a_resident_without_account_sees_public_pages_alone():
    """What is public is public on purpose: of the addresses of a ward, the promised ones alone."""
    rows = table(MATRIX)
    public = {name for name, row in rows.items() if row.endswith("+")}
    routes = {name: route for name, route, _view in addresses()}
    assert {name for name in public if "ward" in routes[name]} == set(OPEN_IN_WARD)


def test_a_stranger_sees_nothing_of_a_ward_next_door():
    rows = table(MATRIX)
    inside = {name for name, route, _view in addresses() if "<str:ward>" in route} - set(
        OPEN_IN_WARD
    )
    column = 1 + list(COLUMNS).index("str")
    assert inside
    assert [name for name in inside if rows[name].split()[column] != "-"] == []


def test_every_address_lets_somebody_pass():
    """But for the two that ask an account anew for what nobody here has: a password, a second factor."""
    nobody = {name for name, row in table(MATRIX).items() if row.split()[0] == "none"}
    assert nobody == {"account_reauthenticate", "mfa_reauthenticate"}


def test_where_nobody_keeps_the_books_the_treasurer_passes_as_the_book_keeper_does(client, cast):
    treasurer, keeper = (1 + list(COLUMNS).index(one) for one in ("tre", "boo"))
    rows = {name: row.split() for name, row in table(MATRIX).items()}
    theirs = {name for name, row in rows.items() if row[keeper] == "+" != row[treasurer]}
    client.force_login(cast.treasurer)
    routes = {name: route for name, route, _view in addresses()}
    answers = {name: client.get(address_of(name, routes[name], cast.ward)) for name in theirs}
    passed = {name for name, answer in answers.items() if mark(answer) == "+"}
    assert passed == theirs == {"upk:bank_columns", "upk:bank_discard", "upk:depreciate"}
