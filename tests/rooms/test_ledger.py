"""The books: balanced, whole and unchangeable, by the database itself, whoever asks."""

from datetime import date

import pytest

from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from pendamping.trail.actions import record
from pendamping.trail.writing import WriteOutsideAction, action
from tests.staging import staged

pytestmark = pytest.mark.django_db

OPENED = date(2004, 2, 1)
PAID_IN = date(2004, 5, 10)


@action
def post(*, by, ward, **entry):
    """Stands for an action of a room above that posts."""
    record(by=by, ward=ward, record="test")
    return ledger.post(by=by, ward=ward, **entry)


@action
def undo(*, by, ward, **entry):
    record(by=by, ward=ward, record="test")
    return ledger.undo(by=by, ward=ward, **entry)


@staged
def opened(cast):
    ledger.open_books(by=cast.treasurer, ward=cast.ward, on=OPENED)
    return cast


@staged
def capital(opened):
    return ledger.record_voucher(
        by=opened.treasurer,
        ward=opened.ward,
        on=PAID_IN,
        kind="in",
        debit="11010",
        credit="31020",
        amount=100_000_000,
        narration="Modal dana bergulir",
    )


def refused(call, **arguments):
    with pytest.raises(Refusal) as refusal:
        call(**arguments)
    return [reason.clause for reason in refusal.value.reasons]


# --- what the room does ---------------------------------------------------------------------


def test_opening_the_books_takes_the_accounts_of_the_guideline_and_leaves_a_trail(opened):
    codes = {account.code: account.key for account in books.accounts(opened.ward)}
    assert codes["11010"] == "cash"
    assert codes["11030"] == "loans"
    assert codes["21020"] == "savings"
    assert trail.happened("ledger.open_books", opened.ward)


def test_it_refuses_to_open_books_twice_and_in_the_future(opened):
    again = {"by": opened.treasurer, "ward": opened.ward}
    assert refused(ledger.open_books, on=OPENED, **again) == ["ledger.opened"]
    assert refused(ledger.open_books, on=date(2999, 1, 1), **again) == ["ledger.date"]


def test_a_voucher_moves_both_accounts_and_the_trial_balance_adds_up(opened, capital):
    assert books.balance(opened.ward, "11010") == 100_000_000
    assert books.balance(opened.ward, "programme_capital") == -100_000_000
    assert books.balance(opened.ward, "cash", on=date(2004, 5, 9)) == 0
    rows = books.trial_balance(opened.ward, PAID_IN)
    assert sum(row.debit for row in rows) == sum(row.credit for row in rows) == 100_000_000
    assert books.check(opened.ward) == []


@pytest.mark.parametrize(
    ("kind", "debit", "credit", "clause"),
    [
        ("in", "cash", "loans", "ledger.control"),
        ("out", "savings", "cash", "ledger.control"),
        ("in", "cash", "loan_reserve", "ledger.closing"),
        ("out", "reserve_cost", "cash", "ledger.closing"),
        ("out", "year_profit", "cash", "ledger.closing"),
        ("in", "cash", "bonus_fund", "ledger.profit"),
        ("out", "social_fund", "cash", "ledger.profit"),
        ("in", "cash", "prior_profit", "ledger.profit"),
        ("out", "fixed_assets", "cash", "ledger.control"),
        ("in", "cash", "service_income", "ledger.by_hand"),
        ("in", "cash", "opening_difference", "ledger.by_hand"),
        ("out", "programme_capital", "cash", "ledger.by_hand"),
        ("in", "cash", "transport", "ledger.by_hand"),
        ("transfer", "cash", "cash", "ledger.same_account"),
        ("in", "transport", "cash", "ledger.voucher"),
        ("out", "cash", "programme_capital", "ledger.voucher"),
        ("gift", "cash", "programme_capital", "ledger.voucher"),
    ],
)
def test_it_refuses_a_voucher_whose_accounts_do_not_fit(opened, kind, debit, credit, clause):
    clauses = refused(
        ledger.record_voucher,
        by=opened.treasurer,
        ward=opened.ward,
        on=PAID_IN,
        kind=kind,
        debit=debit,
        credit=credit,
        amount=1000,
        narration="percobaan",
    )
    assert clause in clauses
    assert books.journal(opened.ward) == []


def test_no_more_leaves_the_cash_than_is_there_on_the_day_and_after_it(opened, capital):
    out = {"kind": "out", "debit": "transport", "credit": "cash", "narration": "bensin"}

    def spend(on, amount):
        return ledger.record_voucher(
            by=opened.treasurer, ward=opened.ward, on=on, amount=amount, **out
        )

    assert refused(spend, on=date(2004, 5, 9), amount=1) == ["ledger.below_zero"]  # not there yet
    spend(date(2004, 5, 20), 99_999_000)
    assert refused(spend, on=date(2004, 5, 12), amount=1_001) == ["ledger.below_zero"]
    spend(date(2004, 5, 12), 1_000)
    assert books.lowest(opened.ward, "cash", date(2004, 5, 1)) == 0
    assert refused(
        ledger.reverse,
        by=opened.treasurer,
        ward=opened.ward,
        entry_id=capital.id,
        on=date(2004, 5, 21),
        why="keliru",
    ) == ["ledger.below_zero"]


def test_it_lists_everything_that_is_wrong_with_an_entry_at_once(opened):
    clauses = refused(
        post,
        by=opened.treasurer,
        ward=opened.ward,
        on=date(2999, 1, 1),
        kind="test",
        ref="",
        lines=[("11010", 5), ("99999", 0), ("41010", -4)],
    )
    assert set(clauses) == {
        "ledger.date",
        "ledger.account",
        "ledger.amount",
        "ledger.balance",
    }


def test_it_refuses_to_post_where_the_books_are_not_open(cast):
    lines = [("11010", 5), ("41010", -5)]
    clauses = refused(
        post, by=cast.treasurer, ward=cast.ward, on=PAID_IN, kind="t", ref="", lines=lines
    )
    assert clauses == ["ledger.open"]


def test_posting_outside_an_action_is_refused(opened):
    with pytest.raises(WriteOutsideAction):
        ledger.post(
            by=opened.treasurer,
            ward=opened.ward,
            on=PAID_IN,
            kind="t",
            ref="",
            lines=[("11010", 5), ("41010", -5)],
        )


def test_a_correction_is_a_reversal_and_only_one(opened, capital):
    undone = {"by": opened.treasurer, "ward": opened.ward, "entry_id": capital.id}
    reversal = ledger.reverse(on=date(2004, 5, 11), why="salah ketik", **undone)
    assert reversal.reversal_of_id == capital.id
    assert books.balance(opened.ward, "cash", on=PAID_IN) == 100_000_000
    assert books.balance(opened.ward, "cash") == 0
    again = refused(ledger.reverse, on=date(2004, 5, 11), why="lagi", **undone)
    assert again == ["ledger.reversed"]
    undone["entry_id"] = reversal.id
    assert "ledger.reverse_there" in refused(ledger.reverse, on=PAID_IN, why="balik", **undone)
    assert books.check(opened.ward) == []


def test_what_another_room_posted_is_not_reversed_by_hand(opened):
    entry = post(
        by=opened.treasurer,
        ward=opened.ward,
        on=PAID_IN,
        kind="repayment",
        ref="repayment:1",
        lines=[("cash", 575_000), ("service_income", -575_000)],
    )
    clauses = refused(
        ledger.reverse,
        by=opened.treasurer,
        ward=opened.ward,
        entry_id=entry.id,
        on=PAID_IN,
        why="",
    )
    assert clauses == ["ledger.reverse_there", "ledger.why"]


def test_a_reversal_lies_between_its_entry_and_today(opened, capital):
    arguments = {"by": opened.treasurer, "ward": opened.ward, "entry_id": capital.id, "why": "x"}
    for day in (date(2004, 5, 9), date(2999, 1, 1)):
        assert refused(ledger.reverse, on=day, **arguments) == ["ledger.date"]


OTHERS = [
    "administrator", "ward_admin", "facilitator", "cadre", "chair", "officer", "verifier", "lead",
    "stranger",
]  # fmt: skip


@pytest.mark.parametrize("who", OTHERS)
def test_it_refuses_every_role_but_the_treasurer_of_the_ward(opened, capital, who):
    player = {"by": getattr(opened, who), "ward": opened.ward, "on": PAID_IN}
    voucher = {"kind": "in", "debit": "cash", "credit": "31020", "amount": 1, "narration": "x"}
    assert refused(ledger.open_books, **player) == ["access.permission"]
    assert refused(ledger.record_voucher, **player, **voucher) == ["access.permission"]
    reversal = {"entry_id": capital.id, "why": "x"}
    assert refused(ledger.reverse, **player, **reversal) == ["access.permission"]
