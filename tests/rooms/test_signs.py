"""Signs that no text of the house holds: in addresses, fields and cookies, and in uploaded files."""

import pytest

from tests.cast import WARD

ADDRESSES = [
    "/login/?next=%00",
    "/%00",
    "/w/%00/today/",
    f"/w/{WARD}/loans/?q=a%00b",
    f"/w/{WARD}/loans/?group=%00",
    f"/w/{WARD}/loans/%00/",
    f"/w/{WARD}/households/?q=%00",
    f"/w/{WARD}/verification/?tier=%00&after=%00",
    f"/w/{WARD}/books/?voucher=%00",
    f"/w/{WARD}/households/?%00=1",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_with_a_nul_is_answered_with_a_page(client, cast, address):
    client.force_login(cast.treasurer)
    found = client.get(address)
    assert found.status_code == 400
    assert "tanda yang tidak dikenal" in found.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/login/", {"login": "a\x00b", "password": "x"}),
        ("/language", {"language": "id", "next": "/\x00"}),
        (f"/w/{WARD}/loans/apply/", {"group": "\x00"}),
        (f"/w/{WARD}/loans/apply/", {"gr\x00up": "a"}),
    ],
)
def test_a_field_with_a_nul_is_answered_with_a_page(client, cast, address, form):
    client.force_login(cast.treasurer)
    assert client.post(address, form).status_code == 400
    body = "&".join(f"{name}={said}" for name, said in form.items()).replace("\x00", "%00")
    kind = "application/x-www-form-urlencoded"
    assert client.post(address, body, content_type=kind).status_code == 400


@pytest.mark.django_db
def test_a_cookie_with_a_nul_counts_as_none(client):
    client.cookies["sessionid"] = "abcdefgh\x00"
    assert client.get("/").status_code == 302
    assert client.get("/login/").status_code == 200


@pytest.mark.django_db
def test_a_page_with_usual_blanks_in_a_field_opens(client, cast):
    client.force_login(cast.treasurer)
    assert client.get(f"/w/{WARD}/loans/", {"q": "Ibu\tSiti\r\n"}).status_code == 200
