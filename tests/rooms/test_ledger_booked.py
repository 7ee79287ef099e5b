"""An entry says whose hand booked it, with the office of that day, and who approved the close of its month."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.access import queries as access
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import booked
from pendamping.funds.ledger.models import Entry
from pendamping.funds.loans import actions as loans
from pendamping.kernel import clock
from tests import lending
from tests.closing import close, close_through
from tests.lending import lend, pay
from tests.rooms.test_loans import DUES, EACH

pytestmark = pytest.mark.django_db

DUE, AUGUST = date(2004, 8, 12), date(2004, 8, 31)


@pytest.fixture
def fund(cast):
    lending.open_fund(cast)
    return cast


def entries(fund, *kinds):
    return list(Entry.objects.filter(ward=fund.ward, kind__in=kinds).order_by("id"))


def hand(entry):
    found = booked.by(entry)
    return found.who if found else None


def signed(user, fund, on=DUE):
    return access.signed(user.username, fund.ward, on)


def test_a_name_stands_with_the_office_held_on_that_day(fund):
    assert signed(fund.treasurer, fund) == "Contoh treasurer (Bendahara UPK)"
    assert signed(fund.treasurer, fund, date(1999, 1, 1)) == "Contoh treasurer"
    assert access.signed("nobody-of-ours", fund.ward, DUE) == "nobody-of-ours"
    assert signed(fund.system, fund) == "server, dengan sendirinya"


def test_each_kind_of_entry_is_traced_to_the_deed_behind_it(fund):
    with clock.at(DUE):
        loan = lend(fund)
        one = loan.members.first()
        lines = [{"person": one.person_id, "paid": 50_000, "saved": 5_000}]
        loans.record_sheet(
            by=fund.treasurer, ward=fund.ward, on=DUE, groups=[{"loan": loan.id, "lines": lines}]
        )
    pay(fund, loan, DUES[1], EACH)
    found = entries(fund, "disbursement", "repayment", "deposit")
    assert {one.kind for one in found} == {"disbursement", "repayment", "deposit"}
    assert {hand(one) for one in found} == {signed(fund.treasurer, fund)}


def test_who_takes_a_payment_back_signs_for_the_taking_back_alone(fund):
    paid = pay(fund, lend(fund), DUE, EACH)
    with clock.at(DUE + timedelta(days=3)):
        back = {"ward": fund.ward, "repayment_id": paid.id, "on": DUE + timedelta(days=3)}
        loans.reverse_repayment(by=fund.system, why="salah", **back)
    [first] = entries(fund, "repayment")
    undone = [one for one in Entry.objects.filter(ref=first.ref) if one.id != first.id]
    assert hand(first) == signed(fund.treasurer, fund)
    assert {hand(one) for one in undone} == {signed(fund.system, fund)}


def test_a_voucher_and_its_reversal_name_their_own_hands(fund):
    with clock.at(DUE):
        made = ledger.record_voucher(
            by=fund.treasurer, ward=fund.ward, on=DUE, kind="in", debit="cash",
            credit="other_income", amount=1_000, narration="Uji",
        )  # fmt: skip
    with clock.at(DUE + timedelta(days=1)):
        undone = ledger.reverse(
            by=fund.system,
            ward=fund.ward,
            entry_id=made.id,
            on=DUE + timedelta(days=1),
            why="keliru",
        )
    assert hand(made) == signed(fund.treasurer, fund)
    assert hand(undone) == signed(fund.system, fund)


def test_an_entry_of_which_the_trail_says_nothing_names_nobody(fund):
    entry = entries(fund, "repayment", "voucher-in", "deposit")
    lonely = Entry(
        ward=fund.ward, kind="deposit", ref="savings:none", entered_at=clock.now(), on=DUE
    )
    assert booked.by(lonely) is None
    assert all(hand(one) for one in entry)


def test_page_and_paper_name_who_booked_it_and_who_approved_the_month(fund, client):
    with clock.at(DUE):
        pay(fund, lend(fund), DUE, EACH)
    [entry] = entries(fund, "repayment")
    client.force_login(fund.treasurer)
    where = {"ward": fund.ward, "entry": entry.id}

    def said(name):
        answer = client.get(reverse(name, kwargs=where))
        if name == "ledger:entry":
            return answer.content.decode()
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return " ".join("".join(page.extract_text() for page in pages).split())

    for name in ("ledger:entry", "ledger:voucher_pdf"):
        assert "Dibukukan oleh" in said(name)
        assert "Contoh treasurer (Bendahara UPK), tanggal 12 Agustus 2004" in said(name)
        assert "Tutup buku bulan disetujui oleh" not in said(name)
    close_through(fund, date(2004, 7, 31))
    close(fund, AUGUST, approve=False)
    assert booked.approved(entry) is None
    from pendamping.funds.upk import actions as upk
    from pendamping.funds.upk import queries as books

    with clock.at(date(2004, 9, 4)):
        upk.approve_close(by=fund.chair, ward=fund.ward, close_id=books.closes(fund.ward)[0].id)
    for name in ("ledger:entry", "ledger:voucher_pdf"):
        assert f"{signed(fund.chair, fund)}, tanggal 4 September 2004" in said(name)
