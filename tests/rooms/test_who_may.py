"""Who may pass where: every address of the site for every role, and for a resident without account.

``+`` passes, ``-`` is refused (403), ``>`` is sent to the login. ``status``: what those who pass see on
GET; 404 where the record of the address is made up here, 405 where the address only takes forms. An
address that is missing here fails the test, with the row as it is now: read it, then add it.
"""

import pytest
from django.urls import reverse

from tests.architecture.test_addresses import addresses

pytestmark = pytest.mark.django_db

COLUMNS = {
    # column: who of the cast (the stranger holds a role next door; nobody has no account)
    "adm": "administrator",
    "wad": "ward_admin",
    "fac": "facilitator",
    "cad": "cadre",
    "boa": "chair",
    "tre": "treasurer",
    "off": "officer",
    "ver": "verifier",
    "lea": "lead",
    "str": "stranger",
    "nob": None,
}

MATRIX = """
address                      status adm wad fac cad boa tre off ver lea str nob
"""

# what stands in an address besides the ward; without an entry: a record that does not exist
PARTS = {"section": "loans", "key": "tenor", "code": "11010", "kind": "ksm"}


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
    return "+" if response.status_code < 500 else "!"


def visit(client, cast, name, route):
    """The row of one address, as the site answers now."""
    address = address_of(name, route, cast.ward)
    marks, statuses = [], set()
    for who in COLUMNS.values():
        client.logout()
        if who:
            client.force_login(getattr(cast, who))
        response = client.get(address)
        marks.append(mark(response))
        if marks[-1] == "+":
            statuses.add(str(response.status_code))
        else:
            assert mark(client.post(address)) == marks[-1], f"{address}: a form passes, a page not"
    return " ".join(["/".join(sorted(statuses)) or "none", *marks])


def test_every_role_meets_every_address(client, cast):
    expected = table(MATRIX)
    found = {name: visit(client, cast, name, route) for name, route, _view in addresses()}
    wrong = [
        f"{name:<28} {row}" + (f"    (here: {expected[name]})" if name in expected else "")
        for name, row in sorted(found.items())
        if expected.get(name) != row
    ]
    left_over = sorted(set(expected) - set(found))
    assert wrong == [], "as the site answers now:\n" + "\n".join(wrong)
    assert left_over == [], "no such address any more"


def test_a_resident_without_account_sees_public_pages_alone():
    """What is public is public on purpose: no address of a ward is."""
    rows = table(MATRIX)
    public = {name for name, row in rows.items() if row.endswith("+")}
    routes = {name: route for name, route, _view in addresses()}
    assert [name for name in public if "ward" in routes[name]] == []


def test_a_stranger_sees_nothing_of_a_ward_next_door():
    rows = table(MATRIX)
    inside = {name for name, route, _view in addresses() if "<str:ward>" in route}
    column = 1 + list(COLUMNS).index("str")
    assert inside
    assert [name for name in inside if rows[name].split()[column] != "-"] == []
