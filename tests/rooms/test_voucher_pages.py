"""The page on which vouchers are written: each kind says its two sides, and an address may fill it in."""

import re
from datetime import date

import pytest
from django.urls import reverse

from pendamping.funds.ledger import queries as books
from pendamping.kernel import clock
from tests import lending

pytestmark = pytest.mark.django_db


@pytest.fixture
def treasurer(client, cast):
    lending.open_fund(cast)
    client.force_login(cast.treasurer)
    with clock.at(date(2004, 6, 1)):
        yield client


@pytest.fixture
def address(cast):
    return reverse("ledger:voucher", kwargs={"ward": cast.ward})


def read(answer):
    return answer.content.decode().replace("\u00a0", " ")


def offered(html, name):
    """The accounts of one side, and the one that is chosen."""
    inside = re.search(rf'<select name="{name}".*?</select>', html, re.DOTALL)[0]
    options = re.findall(r'<option value="([^"]*)"( selected)?', inside)
    chosen = [key for key, mark in options if mark] or [options[0][0]]
    return [key for key, _mark in options], chosen[0]


MONEY = ["cash", "bank", "joint_liability_bank"]


@pytest.mark.parametrize(
    ("kind", "labels", "others"),
    [
        ("in", ("Masuk ke", "Asalnya (lawannya)"),
         ["", "debt", "initial_fund", "programme_capital", "other_income"]),
        ("out", ("Dibayar dari", "Untuk apa (lawannya)"),
         ["", "debt", "incentive", "stationery", "transport", "bank_cost", "other_cost"]),
        ("transfer", ("Dari akun", "Ke akun"), MONEY),
    ],
)  # fmt: skip
def test_each_kind_names_its_sides_and_offers_what_the_chart_opens_to_it(
    treasurer, address, kind, labels, others
):
    html = read(treasurer.get(f"{address}?kind={kind}"))
    assert all(f">{label}" in html for label in labels)
    assert offered(html, "money") == (MONEY, "cash")
    # money in and out asks what it was for; a transfer goes from cash to the bank
    assert offered(html, "other") == (others, "bank" if kind == "transfer" else "")


@pytest.mark.parametrize(
    ("query", "money", "other", "amount"),
    [
        ("from=cash&to=bank&amount=2500000", "cash", "bank", "2.500.000"),
        ("from=11021&to=11010&amount=2.500.000", "bank", "cash", "2.500.000"),
        ("to=cash", "bank", "cash", ""),
        ("from=bank&to=nowhere&amount=-3", "bank", "cash", ""),
    ],
)
def test_an_address_fills_in_a_transfer(treasurer, address, query, money, other, amount):
    html = read(treasurer.get(f"{address}?{query}"))
    assert "Dari akun" in html
    assert (offered(html, "money")[1], offered(html, "other")[1]) == (money, other)
    assert (f'value="{amount}"' in html) or not amount


def test_what_was_filled_in_is_posted_as_a_transfer(treasurer, cast, address):
    form = {"kind": "transfer", "money": "cash", "other": "bank", "amount": "2.500.000"}
    form |= {"on": "2004-06-01", "narration": "Setor ke bank"}
    assert treasurer.post(address, form).status_code == 302
    assert books.balance(cast.ward, "bank") == 2_500_000


def test_an_account_that_is_not_offered_is_refused_in_words_and_stays_chosen(
    treasurer, cast, address
):
    form = {"kind": "out", "money": "cash", "other": "bonus_fund", "amount": "5.000"}
    form |= {"on": "2004-06-01", "narration": "Bonus"}
    answer = treasurer.post(address, form)
    assert answer.status_code == 409
    assert "21050 Bonus UPK dari laba digerakkan oleh pembagian laba" in read(answer)
    assert offered(read(answer), "other")[1] == "bonus_fund"
    assert books.balance(cast.ward, "bonus_fund") == 0
