"""Who may borrow: a guideline's product read, and every unmet condition said at once."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.loans.rules.eligibility import (
    Applicant,
    Application,
    FundHealth,
    reasons_against,
)
from pendamping.funds.loans.rules.product import LoanProduct
from pendamping.funds.loans.rules.schedule import schedule
from pendamping.funds.savings.rules import months_in_a_row, row_began

SECTION: dict[str, Any] = {
    "grace_months": 2,
    "grace_in_tenor": False,
    "grace_service": "waived",
    "rate_bp": 150,
    "min_instalments": 3,
    "max_instalments": 12,
    "instalments": 10,
    "method": "flat",
    "first_loan_max": 500_000,
    "ladder": [500_000, 1_000_000, 1_500_000, 2_000_000],
    "max_loans": 4,
    "min_saving_months": 3,
    "required_trainings": ["loan", "enterprise", "household-economy"],
    "books_required": True,
    "allocation": "service-first",
    "every": "1month",
}
ON = date(2004, 5, 3)
FIT = Application(
    group_id="G1",
    on=ON,
    members=tuple(Applicant(f"P{n}", f"Anggota {n}", 500_000) for n in range(1, 11)),
    instalments=10,
    saved_on=(date(2004, 2, 5), date(2004, 3, 4), date(2004, 4, 8)),
    trained_on=dict.fromkeys(SECTION["required_trainings"], date(2004, 3, 20)),
    books_kept=True,
    pledged_on=date(2004, 1, 15),
    fund=FundHealth(cash=5_000_000),
)


def product(**changes: Any) -> LoanProduct:
    found, reasons = LoanProduct.from_section({**SECTION, **changes}, "p2kp2")
    assert found is not None, reasons
    return found


def keys(facts: Application, offered: LoanProduct | None = None) -> list[str]:
    reasons = reasons_against(facts, offered or product(), "p2kp2")
    assert all(reason.say() and reason.where["group"] == "G1" for reason in reasons)
    assert all(reason.clause.startswith("loans.p2kp2.") for reason in reasons)
    return [reason.clause.removeprefix("loans.p2kp2.") for reason in reasons]


def test_a_group_that_meets_every_condition_may_borrow() -> None:
    assert keys(FIT) == []


def test_who_borrows_was_named_in_a_ratified_poor_list() -> None:
    def said(facts: Application, asked: bool = True) -> list[tuple[str, str]]:
        reasons = reasons_against(facts, product(poor_list_ratified=asked), "p2kp2")
        return [(reason.clause, reason.where.get("person", "")) for reason in reasons]

    first, *others = FIT.members
    one_unlisted = replace(FIT, members=(replace(first, listed=False), *others))
    assert said(one_unlisted) == [("groups.p2kp2.members_on_poor_list", "P1")]
    assert said(replace(one_unlisted, list_ratified=False)) == [
        ("groups.p2kp2.poor_list_ratified", "")
    ]
    assert said(one_unlisted, asked=False) == []
    assert said(FIT) == []


def test_the_product_gives_the_terms_of_the_case() -> None:
    terms = product().terms(FIT.amount, 10, date(2004, 5, 12))
    rows = schedule(terms)
    assert terms.rate == Fraction(15, 1000)
    assert [rows[0].due, rows[-1].due] == [date(2004, 8, 12), date(2005, 5, 12)]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"members": ()}, "members"),
        ({"members": FIT.members[:1] * 2}, "members"),
        ({"members": (Applicant("P1", "Anggota 1", 0),)}, "amount"),
        ({"members": (Applicant("P1", "Anggota 1", 500_001),)}, "first_loan_max"),
        ({"members": (Applicant("P1", "Anggota 1", 1_000_001),), "cycle": 2}, "ladder"),
        ({"members": (Applicant("P1", "Anggota 1", 600_000, cycle=1),), "cycle": 3}, "first_loan_max"),
        ({"cycle": 5}, "max_loans"),
        ({"active_loan": "L-7"}, "active_loan"),
        ({"instalments": 13}, "max_instalments"),
        ({"instalments": 2}, "min_instalments"),
        ({"saved_on": FIT.saved_on[:2]}, "min_saving_months"),
        ({"saved_on": FIT.saved_on[1:]}, "min_saving_months"),
        ({"trained_on": {"loan": ON, "enterprise": ON}}, "required_trainings"),
        ({"trained_on": {**FIT.trained_on, "loan": date(2004, 5, 4)}}, "required_trainings"),
        ({"books_kept": False}, "books_required"),
        ({"pledged_on": None}, "pledge_required"),
        ({"pledged_on": date(2004, 5, 4)}, "pledge_required"),
        ({"fund": FundHealth(suspended=True)}, "lending_suspended"),
        ({"fund": FundHealth(cash=4_999_999)}, "fund_cash"),
    ],
)  # fmt: skip
def test_it_refuses_each_unmet_condition_with_its_clause(changes: Any, key: str) -> None:
    assert keys(replace(FIT, **changes)) == [key]


def test_it_gives_every_reason_at_once() -> None:
    unfit = Application("G1", ON, (Applicant("P1", "Anggota 1", 700_000),), 24)
    assert keys(unfit) == [
        "first_loan_max",
        "max_instalments",
        "min_saving_months",
        "required_trainings",
        "required_trainings",
        "required_trainings",
        "books_required",
        "pledge_required",
    ]


def test_a_reason_names_the_member_and_writes_rupiah() -> None:
    greedy = replace(FIT, members=(Applicant("P1", "Anggota 1", 700_000),))
    [reason] = reasons_against(greedy, product(), "p2kp2")
    assert reason.clause == "loans.p2kp2.first_loan_max"
    assert "Anggota 1" in reason.say()
    assert "Rp 700.000" in reason.say()
    assert "Rp 500.000" in reason.say()
    assert reason.where == {"group": "G1", "person": "P1"}


def test_a_training_is_named_in_the_words_of_the_screen() -> None:
    untrained = replace(FIT, trained_on={"enterprise": ON, "household-economy": ON})
    [reason] = reasons_against(untrained, product(), "p2kp2", {"loan": "Pinjaman Bergulir"})
    assert "Pinjaman Bergulir" in reason.say()


def test_another_guideline_may_ask_for_less() -> None:
    lenient = product(
        min_saving_months=0, required_trainings=[], books_required=False, pledge_required=False
    )
    bare = replace(FIT, saved_on=(), trained_on={}, books_kept=False, pledged_on=None)
    assert keys(bare, lenient) == []


@pytest.mark.parametrize(
    ("saved", "count"),
    [
        ([], 0),
        ([date(2004, 5, 3)], 1),
        ([date(2004, 5, 4)], 0),
        ([date(2004, 4, 30)], 1),
        ([date(2004, 3, 31)], 0),
        ([date(2004, 1, 1), date(2004, 3, 1), date(2004, 4, 1)], 2),
        ([date(2003, 11, 9), date(2003, 12, 9), date(2004, 1, 9), date(2004, 2, 9),
          date(2004, 3, 9), date(2004, 4, 9), date(2004, 4, 19)], 6),
    ],
)  # fmt: skip
def test_saving_counts_by_months_in_a_row(saved: list[date], count: int) -> None:
    assert months_in_a_row(saved, ON) == count


@given(st.integers(1, 12))
def test_the_ladder_never_goes_down_and_ends_at_its_last_step(cycle: int) -> None:
    offered = product()
    assert offered.largest_loan(cycle) <= offered.largest_loan(cycle + 1) <= 2_000_000
    assert offered.largest_loan(1) == SECTION["ladder"][0]


# Reading a guideline


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"grace_months": -1}, "grace_months"),
        ({"grace_months": "two"}, "grace_months"),
        ({"rate_bp": 1.5}, "rate_bp"),
        ({"rate_bp": True}, "rate_bp"),
        ({"max_loans": None}, "max_loans"),
        ({"grace_in_tenor": "no"}, "grace_in_tenor"),
        ({"grace_service": "free"}, "grace_service"),
        ({"allocation": "fifo"}, "allocation"),
        ({"allocation": []}, "allocation"),
        ({"every": "sometimes"}, "every"),
        ({"every": "0months"}, "every"),
        ({"ladder": []}, "ladder"),
        ({"ladder": [2, 1]}, "ladder"),
        ({"ladder": [0.5]}, "ladder"),
        ({"required_trainings": "loan"}, "required_trainings"),
        ({"instalments": 13}, "instalments"),
        ({"method": "compound"}, "method"),
        ({"every": "2weeks"}, "grace_months"),
        ({"every": "3months"}, "grace_months"),
        ({"first_loan_max": 0}, "first_loan_max"),
        ({"grace_in_tenor": True, "grace_months": 3}, "grace_months"),
    ],
)
def test_it_names_the_key_that_does_not_fit(changes: dict[str, Any], key: str) -> None:
    found, reasons = LoanProduct.from_section({**SECTION, **changes}, "p2kp2")
    assert found is None
    assert [reason.clause for reason in reasons] == [f"loans.p2kp2.{key}"]
    assert reasons[0].where == {"key": key}
    assert key in reasons[0].say() or key in {"instalments", "grace_months"}


def test_a_text_without_a_first_loan_takes_the_first_step_of_its_ladder() -> None:
    section = {key: value for key, value in SECTION.items() if key != "first_loan_max"}
    assert LoanProduct.from_section(section, "p2kp2") == (product(), [])


def test_grace_in_months_becomes_periods() -> None:
    quarterly = product(every="3months", grace_months=6, instalments=4)
    rows = schedule(quarterly.terms(1_000_000, 4, date(2004, 1, 31)))
    assert rows[0].due == date(2004, 10, 31)
    weekly = product(every="1week", grace_months=0)
    assert schedule(weekly.terms(1_000_000, 4, date(2004, 1, 31)))[0].due == date(2004, 2, 7)


def test_an_empty_section_names_everything_that_is_missing() -> None:
    found, reasons = LoanProduct.from_section({}, "p2kp2")
    assert found is None
    missing = {reason.where["key"] for reason in reasons}
    assert {"rate_bp", "ladder", "max_loans", "min_instalments", "required_trainings"} <= missing


def test_values_may_carry_their_source() -> None:
    sourced = {key: {"value": value, "source": "S45"} for key, value in SECTION.items()}
    found, reasons = LoanProduct.from_section(sourced, "p2kp2")
    assert (found, reasons) == (product(), [])


@pytest.mark.parametrize(
    ("saved_on", "on", "said"),
    [
        ([], date(2004, 5, 3), "By 2004-05-03 the group has not saved yet"),
        ([date(2003, 11, 2), date(2004, 3, 2), date(2004, 4, 9)], date(2004, 5, 3),
         "Counted on 2004-05-03, the group has saved 2 months in a row since 2004-03-02; it needs 3."),
        ([date(2004, 2, 2), date(2004, 3, 2)], date(2004, 5, 3), "saved last on 2004-03-02"),
    ],
)  # fmt: skip
def test_who_saved_too_short_hears_on_which_day_it_was_counted_and_from_when(
    saved_on: list[date], on: date, said: str
) -> None:
    found = reasons_against(replace(FIT, saved_on=tuple(saved_on), on=on), product(), "p2kp2")
    assert any(said in one.say() for one in found), [one.say() for one in found]


@given(st.lists(st.dates(date(2003, 1, 1), date(2004, 12, 31)), max_size=12))
def test_the_row_of_months_begins_with_a_deposit_and_has_no_gap(days: list[date]) -> None:
    on = date(2004, 6, 15)
    count, began = months_in_a_row(days, on), row_began(days, on)
    assert (began is None) == (count == 0)
    if began:
        assert began in days
        assert months_in_a_row([day for day in days if day >= began], on) == count
        assert months_in_a_row([day for day in days if day > began], on) <= count
        assert not any(
            day < began and (day.year, day.month) == (began.year, began.month) for day in days
        )
