"""What an entry must be, and how beancount is told of it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.ledger.rules import beancount
from pendamping.funds.ledger.rules.entries import MOST, HandAccount, problems, voucher_problems

OPENED = date(2004, 2, 1)
TODAY = date(2005, 5, 12)
ACCOUNTS = {"11010": OPENED, "41010": OPENED, "31020": date(2004, 5, 1)}

amounts = st.integers(min_value=-MOST, max_value=MOST).filter(bool)


def clauses(legs, on=TODAY, accounts=None):
    known = ACCOUNTS if accounts is None else accounts
    return [one.clause for one in problems(legs, on=on, today=TODAY, accounts=known)]


@given(amounts)
def test_two_legs_that_cancel_out_are_an_entry(amount):
    assert clauses([("11010", amount), ("41010", -amount)]) == []


@given(
    st.one_of(st.integers(-3, 3), st.integers(MOST - 3, MOST + 3), st.integers(-2 * MOST, 2 * MOST))
)
def test_a_line_holds_the_highest_amount_itself_and_nothing_beyond_it(amount):
    found = problems(
        [("11010", amount), ("41010", -amount)], on=TODAY, today=TODAY, accounts=ACCOUNTS
    )
    assert (found == []) == (amount != 0 and abs(amount) <= MOST)
    assert {one.say() for one in found} <= {
        f"Line {line} must have an amount above zero, and Rp 1.000.000.000.000.000 at most."
        for line in (1, 2)
    }


@given(st.lists(amounts, min_size=2, max_size=6))
def test_legs_are_an_entry_exactly_when_they_sum_to_nothing(found):
    legs = [("11010", amount) for amount in found]
    assert ("ledger.balance" in clauses(legs)) == (sum(found) != 0)


def test_an_account_takes_nothing_from_before_its_own_first_day():
    legs = [("11010", 5), ("31020", -5)]
    assert clauses(legs, on=date(2004, 4, 30)) == ["ledger.date"]
    assert clauses(legs, on=date(2004, 5, 1)) == []


def test_nothing_is_said_about_lines_before_the_books_are_open():
    assert clauses([("11010", 5)], accounts={}) == ["ledger.open"]


CASH = HandAccount("cash", "Kas", ("in", "out", "transfer"))
BANK = HandAccount("bank", "Bank", ("in", "out", "transfer"))
TRANSPORT = HandAccount("transport", "Transpor", ("out",))


def said(kind, debit, credit):
    return [one.clause for one in voucher_problems(kind, debit=debit, credit=credit)]


def test_a_transfer_stays_between_cash_and_bank():
    assert said("transfer", BANK, CASH) == []
    assert said("transfer", BANK, TRANSPORT) == ["ledger.by_hand", "ledger.voucher"]
    assert said("transfer", CASH, CASH) == ["ledger.same_account"]


@given(
    st.sampled_from(["in", "out", "transfer"]),
    st.lists(st.sampled_from(["in", "out", "transfer"]), unique=True),
    st.sampled_from(["", "loans", "savings", "grants", "assets", "closing", "profit"]),
)
def test_a_voucher_by_hand_touches_what_the_chart_opens_to_its_kind_and_nothing_else(
    kind, by_hand, kept
):
    other = HandAccount("other", "Perkiraan lain", tuple(by_hand), kept)
    debit, credit = (CASH, other) if kind == "in" else (other, CASH)
    wanted = kind in by_hand and kind != "transfer"
    assert (said(kind, debit, credit) == []) == wanted


@given(st.text(max_size=60))
def test_any_narration_becomes_one_quoted_line_of_beancount(narration):
    account = beancount.AccountLine("11010", "asset", "Cash", OPENED)
    entry = beancount.EntryText("E1", TODAY, "test", "", narration, [("11010", 5)])
    lines = beancount.text("T", [account], [entry], {"11010": 5}).split("\n")
    head = next(line for line in lines if line.startswith("2005-05-12 *"))
    quoted = head.removeprefix("2005-05-12 * ")
    assert quoted[0] == quoted[-1] == '"'
    assert quoted[1:-1].replace("\\\\", "").replace('\\"', "").count('"') == 0
