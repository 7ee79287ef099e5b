"""Every month is shown by a statement, or says why not; what comes after the close is booked where it can be."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.funds.ledger import queries as books
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk.bank import reading
from pendamping.funds.upk.models import MonthClose
from pendamping.kernel import clock
from tests.banked import MAY, PLAIN, banked, move, open_lines, state, take, unit
from tests.closing import close, close_through, prepare, refused

__all__ = ["banked", "unit"]  # the stage

pytestmark = pytest.mark.django_db


def test_money_at_the_bank_is_shown_by_a_statement_of_every_month(unit):
    take(unit, PLAIN)
    june = date(2004, 6, 30)
    assert state(unit, june).statement is None  # 8 million lie there, nothing says so
    [bank] = reading.banks(unit.ward, june)
    assert [one.clause for one in bank.against] == ["upk.bank.missing"]


def test_an_account_that_its_last_statement_left_empty_needs_no_other(unit):
    with clock.at(date(2004, 6, 3)):
        move(unit, date(2004, 5, 31), "cash", "bank", 8_000_000)
        take(unit, "\n".join(PLAIN.splitlines()[2:5]) + "\n31/05/2004;Tarik;8.000.000,00;;0,00\n")
    with clock.at(date(2004, 7, 2)):
        assert state(unit, date(2004, 6, 30)).statement == 0
        move(unit, date(2004, 6, 20), "bank", "cash", 100_000)
        assert state(unit, date(2004, 6, 30)).statement is None


JUNE = date(2004, 6, 30)


@pytest.mark.parametrize(
    "rows",
    [
        "Tanggal;Uraian;Debet;Kredit;Saldo\n01/06/2004;Saldo awal;;;8.007.000,00\n30/06/2004;Saldo akhir;;;8.007.000,00\n",
        "Tanggal;Uraian;Mutasi;Saldo\n30/06/2004;Saldo;;8.007.000,00\n",
    ],
)
def test_a_statement_of_a_month_in_which_nothing_moved_shows_that_month(unit, rows):
    through_may(unit)
    with clock.at(date(2004, 7, 2)):
        taken = take(unit, rows)
        assert (taken.until, taken.opening, taken.closing) == (JUNE, 8_007_000, 8_007_000)
        assert taken.lines.count() == 0
        assert state(unit, JUNE).statement == 8_007_000
        [bank] = reading.banks(unit.ward, JUNE)
        assert bank.against == ()


def test_a_statement_that_says_nothing_of_any_day_is_not_taken(unit):
    with refused("upk.bank.lines"):
        take(unit, "Tanggal;Uraian;Debet;Kredit;Saldo\n;Saldo;;;\n")


def through_may(unit):
    """May is closed with its statement."""
    close_through(unit, date(2004, 4, 30))
    take(unit, PLAIN)
    for text, line in open_lines(unit).items():
        item = "interest" if text.startswith("Bunga") else "tax"
        upk.post_bank_line(by=unit.treasurer, ward=unit.ward, line_id=line, item=item)
    close(unit, MAY)


def test_a_month_without_statement_is_closed_with_a_reason_that_stands_on_it(unit, client):
    through_may(unit)
    page = reverse("upk:close", kwargs={"ward": unit.ward, "month": "2004-06"})
    client.force_login(unit.treasurer)
    with clock.at(date(2004, 7, 2)):
        prepare(unit, JUNE)
        ask = {"by": unit.treasurer, "ward": unit.ward, "month": JUNE}
        for said in ({}, {"bank": " "}):
            with refused("upk.bank.missing"):
                upk.close_month(**ask, without_statement=said)
        assert 'name="why_bank"' in client.get(page).content.decode()
        assert client.post(page, {"step": "close", "why_bank": ""}).status_code == 422
        why = "Buku tabungan masih di bank"
        assert client.post(page, {"step": "close", "why_bank": why}).status_code == 302
        shown = client.get(page).content.decode()
    assert why in shown
    made = MonthClose.objects.get(ward=unit.ward, month=JUNE)
    [kept] = [one for one in made.checks if one["key"] == "bank"]
    assert [one["clause"] for one in kept["against"]] == ["upk.bank.explained"]


def test_where_the_guideline_takes_no_reason_the_month_waits_for_its_statement(unit, monkeypatch):
    through_may(unit)
    monkeypatch.setattr("pendamping.funds.upk.closes.reading.takes_reason", lambda *_: False)
    with clock.at(date(2004, 7, 2)):
        prepare(unit, JUNE)
        with refused("upk.bank.missing"):
            upk.close_month(by=unit.treasurer, ward=unit.ward, month=JUNE,
                            without_statement={"bank": "Hilang"})  # fmt: skip


def test_a_statement_that_comes_after_the_close_is_booked_in_the_first_open_month(unit, client):
    through_may(unit)
    with clock.at(date(2004, 7, 2)):
        prepare(unit, JUNE)
        made = upk.close_month(by=unit.treasurer, ward=unit.ward, month=JUNE,
                               without_statement={"bank": "Belum dicetak bank"})  # fmt: skip
    with clock.at(date(2004, 7, 5)):
        upk.approve_close(by=unit.chair, ward=unit.ward, close_id=made.id)
        heads = PLAIN.splitlines()[2]
        take(unit, f"{heads}\n10/06/2004;Biaya ADM;5.000,00;;8.002.000,00\n")
        client.force_login(unit.treasurer)
        page = reverse("upk:close", kwargs={"ward": unit.ward, "month": "2004-06"})
        assert "Sejak ditutup" in client.get(page).content.decode()
        page = reverse(
            "upk:bank_month", kwargs={"ward": unit.ward, "account": "bank", "month": "2004-06"}
        )
        shown = client.get(page).content.decode()
        assert "1 Juli 2004" in shown  # where it is booked
        line = open_lines(unit)["Biaya ADM"]
        assert (
            client.post(page, {"step": "post", "line_id": line, "item": "charge"}).status_code
            == 302
        )
    assert [one.entry.on for one in books.account_lines(
        unit.ward, books.account(unit.ward, "bank_cost"), date(2004, 6, 1), None)[1] for one in [one.line]
    ] == [date(2004, 7, 1)]  # fmt: skip
    july = state(unit, date(2004, 7, 31))
    assert (july.open_bank, july.open_book) == ((), ())
