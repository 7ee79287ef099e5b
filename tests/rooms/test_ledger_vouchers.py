"""Every entry has a voucher: numbered without a gap by model and year, and never numbered anew."""

import io
from datetime import date
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import chart
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.models import Entry, Voucher
from pendamping.funds.ledger.rules.entries import MOST
from pendamping.funds.loans import actions as loans
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from tests import lending
from tests.lending import lend, pay
from tests.rooms.test_ledger import OPENED, PAID_IN, capital, opened
from tests.rooms.test_ledger_attacks import attack, unbalance
from tests.rooms.test_loans import DUES, EACH

pytestmark = pytest.mark.django_db
__all__ = ["capital", "opened"]


def voucher(cast, on, kind="in", debit="cash", credit="other_income", amount=1_000):
    return ledger.record_voucher(
        by=cast.treasurer,
        ward=cast.ward,
        on=on,
        kind=kind,
        debit=debit,
        credit=credit,
        amount=amount,
        narration="Uji bukti",
    )


def number(entry):
    return books.voucher_numbers(entry.ward, [entry.id])[entry.id]


def test_numbers_run_by_model_and_year_and_a_late_entry_renumbers_nothing(opened):
    first = voucher(opened, PAID_IN, amount=5_000)
    second = voucher(opened, date(2005, 1, 3))
    out = voucher(opened, PAID_IN, "out", "transport", "cash")
    moved = voucher(opened, PAID_IN, "transfer", "bank", "cash", 500)
    late = voucher(opened, OPENED)
    found = [number(one) for one in (first, second, out, moved, late)]
    assert found == ["A-2004-0001", "A-2005-0001", "B-2004-0001", "C-2004-0001", "A-2004-0002"]
    assert breaks(opened.ward) == []


def test_a_voucher_holds_the_highest_amount_itself_and_nothing_beyond_it(opened):
    voucher(opened, PAID_IN, amount=MOST)
    with pytest.raises(Refusal) as refusal:
        voucher(opened, PAID_IN, amount=MOST + 1)
    assert {one.clause for one in refusal.value.reasons} == {"ledger.amount"}
    assert books.balance(opened.ward, "cash") == MOST
    assert breaks(opened.ward) == []


def test_an_account_that_the_guideline_has_named_since_is_opened_by_its_first_voucher(
    cast, monkeypatch
):
    whole = chart.accounts
    with monkeypatch.context() as before:
        before.setattr(
            chart, "accounts", lambda *on: [one for one in whole(*on) if one.key != "other_cost"]
        )
        ledger.open_books(by=cast.treasurer, ward=cast.ward, on=OPENED)
    voucher(cast, PAID_IN, amount=5_000)
    assert books.account(cast.ward, "other_cost") is None
    voucher(cast, PAID_IN, "out", "other_cost", "cash", 700)
    ((cost, moved),) = books.moved(cast.ward, OPENED, PAID_IN, types=["expense"])
    assert (cost.code, cost.name_id, cost.opened_on, moved) == ("51060", "Biaya lain", OPENED, 700)


def test_what_loans_and_savings_post_has_vouchers_too_and_splitting_anew_leaves_no_gap(cast):
    lending.open_fund(cast)
    loan = lend(cast)
    late = pay(cast, loan, DUES[2], EACH)
    kept = {one.pk: str(one) for one in Voucher.objects.all()}
    pay(cast, loan, DUES[0], EACH)  # entered late: the later one is split anew
    loans.reverse_repayment(
        by=cast.treasurer, ward=cast.ward, repayment_id=late.id, on=DUES[3], why="salah ketik"
    )
    now = {one.pk: str(one) for one in Voucher.objects.all()}
    assert Entry.objects.count() == len(now) > len(kept)
    assert {key: now[key] for key in kept} == kept
    assert breaks(cast.ward) == []


def test_a_reversal_has_a_voucher_of_its_own_that_names_what_it_reverses(opened, capital, client):
    undone = ledger.reverse(
        by=opened.treasurer, ward=opened.ward, entry_id=capital.id, on=PAID_IN, why="salah"
    )
    assert (number(capital), number(undone)) == ("A-2004-0001", "B-2004-0001")
    client.force_login(opened.treasurer)
    for entry, says in [(undone, "A-2004-0001"), (capital, "B-2004-0001")]:
        page = client.get(reverse("ledger:entry", args=[opened.ward, entry.id])).content.decode()
        assert says in page


def test_what_is_refused_leaves_no_gap(opened):
    voucher(opened, PAID_IN)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        voucher(opened, PAID_IN)
        raise ZeroDivisionError
    assert number(voucher(opened, PAID_IN)) == "A-2004-0002"


def test_the_voucher_prints_with_its_lines_the_sum_in_words_and_boxes_to_sign(
    opened, capital, client
):
    client.force_login(opened.treasurer)
    answer = client.get(reverse("ledger:voucher_pdf", args=[opened.ward, capital.id]))
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    for part in (
        "Bukti Kas Masuk (Model A)",
        "A-2004-0001",
        "10 Mei 2004",
        "11010",
        "31020",
        "seratus juta rupiah",
        "Modal dana bergulir",
    ):
        assert part in text
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1


@pytest.mark.parametrize("typed", ["A-2004-0001", " a 2004/1 "])
def test_a_voucher_is_found_by_its_number(opened, capital, client, typed):
    client.force_login(opened.treasurer)
    with clock.at(date(2005, 5, 1)):
        answer = client.get(reverse("ledger:journal", args=[opened.ward]), {"voucher": typed})
    assert answer.status_code == 302
    assert answer.url == reverse("ledger:entry", args=[opened.ward, capital.id])


def test_a_number_that_no_voucher_has_is_said(opened, capital, client):
    client.force_login(opened.treasurer)
    answer = client.get(reverse("ledger:journal", args=[opened.ward]), {"voucher": "A-2004-0002"})
    assert "A-2004-0002" in answer.content.decode()


# --- what the database refuses, and what the check finds -----------------------------------------------


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE ledger_voucher SET number = 7", "append-only"),
        ("DELETE FROM ledger_voucher", "append-only"),
        (
            "INSERT INTO ledger_voucher (entry_id, ward, year, model, number)"
            " SELECT entry_id, ward, year, model, number + 2 FROM ledger_voucher",
            "without a gap|key is taken",
        ),
    ],
)
def test_the_database_refuses_to_change_a_number_and_to_leave_one_out(
    opened, capital, sql, message
):
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        attack(by=opened.system, sql=[sql])
    assert number(capital) == "A-2004-0001"


def test_the_check_names_an_entry_without_a_voucher_and_one_on_the_wrong_model(opened, capital):
    unbalance(by=opened.treasurer, ward=opened.ward, amounts=[5, -5])
    bare = Entry.objects.get(kind="attack")
    assert [one.clause for one in books.check(opened.ward)] == ["ledger.voucher_number"]
    attack(
        by=opened.system,
        sql=[
            "INSERT INTO ledger_voucher (entry_id, ward, year, model, number)"
            f" VALUES ('{bare.id}', '{opened.ward}', 2004, 'B', 1)"
        ],
    )
    assert [one.clause for one in books.check(opened.ward)] == ["ledger.voucher_model"]


def test_books_of_before_get_numbers_in_the_order_in_which_they_were_entered(opened, capital):
    numbers = import_module("pendamping.funds.ledger.migrations.0004_vouchers").NUMBERS
    for day in (date(2004, 7, 1), date(2004, 6, 1)):
        voucher(opened, day)
    voucher(opened, date(2005, 6, 1), "out", "transport", "cash")
    voucher(opened, date(2005, 6, 2), "transfer", "bank", "cash")
    year = {
        "sqlite": 'CAST(SUBSTR(entry."on", 1, 4) AS INTEGER)',
        "postgresql": 'EXTRACT(YEAR FROM entry."on")::int',
    }[connection.vendor]
    select = numbers.format(year=year).split("\n", 1)[1]
    with connection.cursor() as cursor:
        cursor.execute(select)
        assert set(cursor.fetchall()) == set(
            Voucher.objects.values_list("entry", "ward", "year", "model", "number")
        )
