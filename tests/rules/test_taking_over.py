"""A loan of an old book: judged as it can have been, and paid off from there without a rest."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.closing.rules import FiledLoan, state
from pendamping.funds.loans.rules.allocation import Paid, Payment, allocate
from pendamping.funds.loans.rules.book import Loan, state_at
from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.plain import PlainTerms, split
from pendamping.funds.loans.rules.plan import Plan, standing
from pendamping.funds.loans.rules.taking_over import (
    OldLoan,
    problems,
    service_problems,
    settled,
)
from pendamping.funds.upk.rules.opening import adding_up, cells, sheets

DAY = date(2004, 12, 31)


def schedule(old):
    return book_schedule(
        principal=old.principal,
        rate_bp=old.rate_bp,
        instalments=old.instalments,
        grace_months=old.grace,
        disbursed=old.disbursed,
    )


@st.composite
def old_loans(draw):
    """Any loan that can have been: nothing paid, ahead, behind, one part before the other, too much."""
    principal = draw(st.integers(1, 50_000_000))
    bare = OldLoan(
        principal,
        draw(st.integers(0, 500)),
        draw(st.integers(1, 24)),
        draw(st.integers(0, 6)),
        DAY - timedelta(days=draw(st.integers(0, 1500))),
    )
    service = sum(row.service for row in schedule(bare))
    return OldLoan(
        bare.principal, bare.rate_bp, bare.instalments, bare.grace, bare.disbursed,
        draw(st.integers(0, principal)), draw(st.integers(0, service)), draw(st.integers(0, 100_000)),
    )  # fmt: skip


def taken(old):
    """What was paid by then, as one payment with the split of the old book."""
    amount = old.paid_principal + old.paid_service + old.overpaid
    return Payment("!taken-over", DAY, amount, (old.paid_principal, old.paid_service))


@given(old_loans(), st.integers(1, 900), st.integers(0, 3))
def test_a_loan_of_an_old_book_whose_rest_is_paid_closes_with_nothing_left(old, days, parts):
    rows = schedule(old)
    assert problems(old, DAY) == [] and service_problems(old, rows) == []
    owed = standing(Plan(rows), [taken(old)], DAY).owed
    assert owed == sum(row.total for row in rows) - old.paid_principal - old.paid_service
    on = DAY + timedelta(days=days)
    sums = [owed // (parts + 1)] * parts
    sums.append(owed - sum(sums))
    paid = [Payment(f"p{at}", on + timedelta(days=at), sum_) for at, sum_ in enumerate(sums)]
    now = standing(Plan(rows), [taken(old), *paid], date.max)
    assert (now.owed, now.active) == (0, False)
    assert now.paid == Paid(old.principal, sum(row.service for row in rows), old.overpaid)


@given(old_loans(), st.integers(0, 900), st.integers(0, 10_000_000))
def test_the_quick_way_splits_the_next_payment_as_the_rules_do(old, days, amount):
    on = DAY + timedelta(days=days)
    before = Paid(old.paid_principal, old.paid_service, old.overpaid)
    plain = PlainTerms(old.principal, old.rate_bp, old.instalments, old.grace, old.disbursed)
    found = split(plain, amount, on, before)
    wanted = allocate(schedule(old), amount, on, before)
    assert found == Paid(wanted.principal, wanted.service, wanted.overpaid)


@given(old_loans(), st.integers(0, 900))
def test_the_loan_book_from_files_says_the_same_as_the_room(old, days):
    on = DAY + timedelta(days=days)
    ward = "32.71.01.1003"
    filed = FiledLoan(
        "1", ward, "a", old.principal, old.rate_bp, old.instalments, old.grace, old.disbursed,
        [taken(old)],
    )  # fmt: skip
    room = Loan("1", ward, "a", old.disbursed, schedule(old), [taken(old)])
    assert state(filed, on) == state_at(room, on)
    assert state_at(room, on).outstanding_principal == old.outstanding


def test_four_instalments_of_five_are_one_behind_and_class_two():
    old = OldLoan(2_500_000, 150, 10, 2, date(2004, 5, 12), 1_000_000, 150_000)
    found = state_at(Loan("1", "w", "a", old.disbursed, schedule(old), [taken(old)]), DAY)
    assert (found.instalments_behind, found.collectibility) == (1, 2)
    assert (found.arrears_principal, found.arrears_service) == (250_000, 37_500)


def test_a_loan_with_nothing_left_on_either_side_stays_in_the_old_book():
    paid = OldLoan(500_000, 150, 10, 2, date(2003, 12, 1), 500_000, 75_000)
    assert settled(paid, schedule(paid))
    over = OldLoan(500_000, 150, 10, 2, date(2003, 12, 1), 500_000, 75_000, 1_000)
    assert not settled(over, schedule(over))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Rp 1.000.000,-", 1_000_000), ("1.000.000,00", 1_000_000), ("1,000,000.00", 1_000_000),
        ("Rp. 500", 500), (" 2 500 000 ", 2_500_000), (12_000.0, 12_000), ("-5.000", -5_000),
        ("(5.000)", -5_000), ("1.000.000.-", 1_000_000), ("IDR 75.000", None), ("2,5 juta", None),
        ("500rb", None), ("1.50", None), (True, None), (date(2004, 1, 1), None), (1.5, None),
    ],
)  # fmt: skip
def test_sums_are_read_as_lists_have_them_and_never_guessed(cell, said):
    if said is None:
        with pytest.raises(cells.Wrong):
            cells.read_rupiah(cell)
    else:
        assert cells.read_rupiah(cell) == said


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("12/05/2004", date(2004, 5, 12)), ("12-5-04", date(2004, 5, 12)),
        ("12 Mei 2004", date(2004, 5, 12)), (38119, date(2004, 5, 12)), ("2004-05-12", date(2004, 5, 12)),
        ("31/02/2004", None), ("Mei 2004", None), ("2004", None), (2004, None), ("besok", None),
    ],
)  # fmt: skip
def test_days_are_read_day_first_and_a_year_alone_is_none(cell, day):
    if day is None:
        with pytest.raises(cells.Wrong):
            cells.read_when(cell)
    else:
        assert cells.read_when(cell) == day


@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), st.text(max_size=12), st.integers(), st.floats(allow_nan=True))
        ),
        max_size=6,
    )
)
def test_no_rows_below_any_headings_break_the_reading(rows):
    for kind in sheets.KINDS:
        head = [one.heading for one in kind.fields]
        sheets.read([sheets.Sheet("x", [head, *rows])])


CHART = [
    adding_up.Account("cash", "11010", "Kas", "asset"),
    adding_up.Account("loan_reserve", "12010", "Cadangan", "asset", contra=True),
    adding_up.Account("savings", "21020", "Tabungan", "liability"),
    adding_up.Account("initial_fund", "31010", "Modal", "equity"),
    adding_up.Account("prior_profit", "32010", "Laba", "equity"),
    adding_up.Account("service_income", "41010", "Jasa", "income"),
]


@given(st.dictionaries(st.sampled_from([one.key for one in CHART]), st.integers(-(10**9), 10**9)))
def test_the_entry_of_any_balances_comes_to_zero(balances):
    found = adding_up.legs(CHART, balances)
    assert sum(amount for _, amount in found) == 0
    assert adding_up.difference(CHART, balances) == -dict(found).get("opening_difference", 0)


def test_the_last_day_of_a_year_takes_no_income_and_another_day_does():
    balances = {"cash": 500, "service_income": 500}
    lists = adding_up.Lists()
    said = [one.clause for one in adding_up.problems(CHART, balances, lists, DAY)]
    assert said == ["upk.opening.year"]
    assert adding_up.problems(CHART, balances, lists, date(2004, 6, 30)) == []


def test_a_name_that_is_too_long_for_the_record_is_named_and_not_cut():
    head = [
        "Nama barang",
        "Tanggal beli",
        "Harga",
        "Nilai sisa",
        "Umur (bulan)",
        "Sudah disusutkan",
    ]
    found = sheets.read([sheets.Sheet("x", [head, ["Meja " * 30, "2004-01-05", 1, 0, 12, 0]])])
    assert [(one.where["row"], one.where["column"]) for one in found.faults] == [(2, "Nama barang")]
