"""The book depends on what happened when, never on the order of entry (handbook 11 no. 14)."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.models import Entry
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.kernel import memory
from pendamping.trail import queries as trail
from tests.lending import pay
from tests.rooms.test_loans import DUES, EACH, fresh, refused

pytestmark = pytest.mark.django_db

DAYS = [date(2004, 6, 1) + timedelta(days=15 * step) for step in range(26)]
ACCOUNTS = ("cash", "loans", "service_income", "debt")


def picture(ward):
    """All that anybody could ask of the loan book and of the books, on many days."""
    with memory.remembering(look=True):  # nothing changes while it is looked at
        return [_on(ward, day) for day in DAYS]


def _on(ward, day):
    book = loan_book.book(ward, day)
    rows = [
        (row.state.outstanding_principal, row.state.instalments_behind, row.state.overpaid)
        for row in book.rows
    ]
    held = {row.account.key: row.debit - row.credit for row in books.trial_balance(ward, day)}
    return day, rows, book.figures, [held[each] for each in ACCOUNTS]


class Undone(Exception):
    pass


def afterwards(ward, do):
    """The picture after something was done, which is then undone."""
    try:
        with transaction.atomic():
            do()
            assert breaks(ward) == []
            raise Undone
    except Undone:
        pass


PAYMENTS = [
    (date(2004, 7, 1), 100_000),
    (date(2004, 8, 12), 287_500),
    (date(2004, 10, 13), 400_000),
    (date(2004, 12, 1), 50_000),
    (date(2005, 2, 1), 1_900_000),
    (date(2005, 2, 20), 300_000),
]


def test_any_order_of_entry_gives_the_same_book_on_every_day(fund, loan):
    seen = []
    for seed in range(6):
        order = list(PAYMENTS)
        random.Random(seed).shuffle(order)

        def enter(order=order):
            for on, amount in order:
                pay(fund, loan, on, amount)
            seen.append(picture(fund.ward))

        afterwards(fund.ward, enter)
    assert len(seen) == 6
    assert all(one == seen[0] for one in seen)


def test_a_payment_entered_late_splits_what_came_after_anew_and_the_trail_says_so(fund, loan):
    later = pay(fund, loan, DUES[1], 300_000)
    assert (later.service, later.principal) == (75_000, 225_000)
    pay(fund, loan, DUES[0], EACH)
    later.refresh_from_db()
    assert (later.service, later.principal) == (50_000, 250_000)
    event = trail.last("loans.record_repayment", fund.ward, f"loan:{loan.id}")
    assert trail.data(event)["split_anew"] == [later.id]
    assert [one.on for one in posted(later)] == [DUES[1], DUES[1]]
    assert [books.legs(one) for one in posted(later)] == [
        {"cash": 300_000, "loans": -225_000, "service_income": -75_000},
        {"loans": -25_000, "service_income": 25_000},
    ]
    assert breaks(fund.ward) == []


def posted(payment):
    """The entries of a payment in the order in which they came into the books."""
    return list(Entry.objects.filter(ref=f"repayment:{payment.id}").order_by("id"))


def test_a_payment_that_is_only_split_anew_stands_once_in_the_cash_book(fund, loan):
    later = pay(fund, loan, DUES[1], 300_000)
    late = pay(fund, loan, DUES[0], EACH)
    _came, anew = posted(later)
    number = books.voucher_numbers(fund.ward, [anew.id])[anew.id]
    assert (number[0], anew.kind, anew.reversal_of_id) == ("C", "resplit", None)
    assert anew.narration == (
        f"{loan.code} {loan.group_name}: pembagian {later.receipt} diubah karena {late.receipt} tanggal "
        "12 Agustus 2004 baru dicatat kemudian; tidak ada uang yang berpindah"
    )
    month = DUES[0], DUES[1]
    assert books.moved_in(fund.ward, ["cash"], *month) == (300_000 + EACH, 0)
    lines = books.book_lines(fund.ward, ["cash"], *month)
    assert [(one.voucher[0], one.amount) for one in lines] == [("A", EACH), ("A", 300_000)]


def test_split_back_again_the_entries_of_a_payment_come_to_its_split_and_no_cash_moves(fund, loan):
    later = pay(fund, loan, DUES[1], 300_000)
    late = pay(fund, loan, DUES[0], EACH)
    loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=late.id, on=DUES[0], why="salah ketik"
    )
    assert [one.kind for one in posted(later)] == ["repayment", "resplit", "resplit"]
    assert sum(books.legs(one).get("service_income", 0) for one in posted(later)) == -75_000
    came, undone = posted(late)
    number = books.voucher_numbers(fund.ward, [came.id])[came.id]
    assert undone.narration == (
        f"Pembatalan {number}: {loan.code} {loan.group_name} {late.receipt}; salah ketik"
    )
    assert breaks(fund.ward) == []


def test_what_was_posted_by_an_older_house_is_taken_as_it_stands(fund, loan):
    """Books in which a payment was reversed and posted anew hold; the next change posts the difference."""
    from pendamping.funds.ledger import actions as ledger
    from pendamping.trail.actions import record
    from pendamping.trail.writing import action

    later = pay(fund, loan, DUES[1], 300_000)

    @action
    def as_before(*, by, ward):
        record(by=by, ward=ward, record="x")
        ledger.undo(by=by, ward=ward, entry_id=posted(later)[0].id, why="lama")
        lines = [("cash", 300_000), ("loans", -225_000), ("service_income", -75_000)]
        ledger.post(
            by=by, ward=ward, on=DUES[1], kind="repayment", ref=f"repayment:{later.id}", lines=lines
        )

    as_before(by=fund.treasurer, ward=fund.ward)
    pay(fund, loan, DUES[0], EACH)
    assert [one.kind for one in posted(later)] == ["repayment", "reversal", "repayment", "resplit"]
    assert breaks(fund.ward) == []


def test_a_card_lists_what_the_books_hold_on_every_day(fund, loan):
    first = pay(fund, loan, DUES[0], EACH)
    second = pay(fund, loan, DUES[1], 200_000)
    day = DUES[1] + timedelta(days=6)
    loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=first.id, on=day, why="uang palsu"
    )
    lines = loan_book.card(fund.ward, loan.id, day).lines
    assert [(one.on, one.name, one.amount, one.principal, one.service) for one in lines] == [
        (DUES[0], first.receipt, EACH, 250_000, 37_500),
        (DUES[1], second.receipt, 200_000, 162_500, 37_500),
        (day, f"Pembatalan {first.receipt}", -EACH, -250_000, -37_500),
        (day, f"{second.receipt} dibagi ulang", 0, -37_500, 37_500),
    ]
    for one in [DUES[0], DUES[1], day - timedelta(days=1), day]:
        left = loan_book.card(fund.ward, loan.id, one).lines[-1].left
        assert left == books.balance(fund.ward, "loans", one)
    gone, anew = (posted(each)[-1] for each in (first, second))
    assert gone.narration == (
        f"Pembatalan angsuran {first.receipt}, {loan.code} {loan.group_name}: uang palsu"
    )
    assert f"{first.receipt} tanggal 12 Agustus 2004 dibatalkan" in anew.narration


def test_the_lines_of_a_card_follow_the_account_on_every_day_of_a_tangled_loan(fund, loan):
    found = [pay(fund, loan, on, amount) for on, amount in PAYMENTS[:4]]
    take_back = {"by": fund.treasurer, "ward": fund.ward, "why": "salah kelompok"}
    loans.reverse_repayment(repayment_id=found[1].id, on=date(2004, 11, 1), **take_back)
    pay(fund, loan, date(2004, 9, 1), 333_333)
    loans.reverse_repayment(repayment_id=found[0].id, on=date(2004, 12, 24), **take_back)
    for on in DAYS:
        card = loan_book.card(fund.ward, loan.id, on)
        lines, paid = card.lines, card.paid
        left = lines[-1].left if lines else loan.principal
        assert left == books.balance(fund.ward, "loans", on)
        assert sum(one.amount for one in lines) == paid.principal + paid.service + paid.overpaid
        assert sum(one.service for one in lines) == paid.service


def test_a_payment_from_before_the_end_is_taken_although_the_loan_is_paid_off(fund, loan):
    pay(fund, loan, DUES[0], 2_875_000)
    late = pay(fund, loan, date(2004, 7, 1), 100_000)
    assert (late.overpaid, late.principal) == (0, 62_500)
    assert fresh(loan).overpaid == 100_000
    assert books.balance(fund.ward, "debt") == -100_000
    assert refused(pay, cast=fund, loan=loan, on=DUES[1], amount=5) == ["loans.state"]
    assert breaks(fund.ward) == []


def test_a_reversal_restores_every_figure(fund, loan):
    pay(fund, loan, DUES[0], EACH)
    before = picture(fund.ward)
    kept = [fresh(loan).paid_principal, fresh(loan).paid_service, fresh(loan).overpaid]
    wrong = pay(fund, loan, DUES[0], 1_000_000)
    loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=wrong.id, on=DUES[0], why="salah ketik"
    )
    assert picture(fund.ward) == before
    assert [fresh(loan).paid_principal, fresh(loan).paid_service, fresh(loan).overpaid] == kept
    assert breaks(fund.ward) == []


def test_a_reversal_on_a_later_day_changes_nothing_before_it(fund, loan):
    first = pay(fund, loan, DUES[0], EACH)
    pay(fund, loan, DUES[1], EACH)
    pay(fund, loan, DUES[2], EACH)
    day = DUES[2] + timedelta(days=3)
    before = [one for one in picture(fund.ward) if one[0] < day]
    loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=first.id, on=day, why="uang palsu"
    )
    assert [one for one in picture(fund.ward) if one[0] < day] == before
    assert loan_book.card(fund.ward, loan.id, day).due_now == EACH
    assert breaks(fund.ward) == []


def test_reversals_and_late_payments_together_still_tie(fund, loan):
    found = [pay(fund, loan, on, amount) for on, amount in PAYMENTS[:4]]
    loans.reverse_repayment(
        by=fund.treasurer,
        ward=fund.ward,
        repayment_id=found[1].id,
        on=date(2004, 11, 1),
        why="salah kelompok",
    )
    pay(fund, loan, date(2004, 9, 1), 333_333)
    loans.reverse_repayment(
        by=fund.treasurer,
        ward=fund.ward,
        repayment_id=found[0].id,
        on=date(2004, 12, 24),
        why="salah kelompok",
    )
    pay(fund, loan, date(2004, 6, 2), 10_001)
    assert breaks(fund.ward) == []
    assert books.balance(fund.ward, "loans") == fresh(loan).outstanding


def test_a_reversal_opens_a_loan_that_was_paid_off(fund, loan):
    paid = pay(fund, loan, DUES[0], 2_875_000)
    loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=paid.id, on=DUES[1], why="cek kosong"
    )
    assert (fresh(loan).status, fresh(loan).closed_on) == ("active", None)
    again = {"by": fund.treasurer, "ward": fund.ward, "repayment_id": paid.id, "why": ""}
    assert refused(loans.reverse_repayment, on=DUES[0] - timedelta(days=1), **again) == [
        "loans.repayment.reversed",
        "loans.repayment.date",
        "loans.repayment.why",
    ]


def test_the_check_names_cards_that_part_from_the_books(fund, loan):
    from pendamping.funds.ledger import actions as ledger
    from pendamping.trail.actions import record
    from pendamping.trail.writing import action

    @action
    def slip(*, by, ward):
        record(by=by, ward=ward, record="x")
        lines = [("cash", 5), ("loans", -5)]
        ledger.post(by=by, ward=ward, on=DUES[0], kind="x", ref="", lines=lines)

    slip(by=fund.treasurer, ward=fund.ward)
    found = breaks(fund.ward)
    assert (found[0].clause, found[0].where["on"]) == ("loans.tie", DUES[0].isoformat())
    # and each of the unit's books that shows the loans says so
    assert [(one.clause, one.where["book"]) for one in found[1:]] == [
        ("upk.books", book) for book in ("u6", "lu-04", "collectibility")
    ]
