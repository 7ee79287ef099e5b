"""Since when a group is behind: an example by hand, and the same as walking through every day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.loans.rules.allocation import Payment
from pendamping.funds.loans.rules.arrears import since
from pendamping.funds.loans.rules.book import Loan, state_at
from pendamping.funds.loans.rules.plan import Closure, Segment, segment_rows
from tests.rules.test_loan_allocation import any_payments, small_loans
from tests.rules.test_loan_plan import PAID_OUT, schedule

AUG, SEP, OCT = (date(2004, month, 12) for month in (8, 9, 10))
EACH, SERVICE = 287_500, 37_500  # of ten monthly instalments, the first on 12 August 2004


def lent(*payments: tuple[date, int], **more: object) -> Loan:
    known = [Payment(str(place), on, amount) for place, (on, amount) in enumerate(payments)]
    return Loan("1", "32", "a", PAID_OUT, schedule(), known, **more)  # type: ignore[arg-type]


def test_arrears_begin_when_the_group_fell_behind_and_end_when_it_is_current() -> None:
    day = timedelta(days=1)
    assert since(lent(), AUG - day) is None
    assert since(lent(), AUG) == AUG  # due this very day
    assert since(lent(), date(2004, 10, 11)) == AUG
    # all service that is due comes first: 325,000 fills August's, September's is past its day all the same
    late = (date(2004, 10, 11), EACH + SERVICE)
    assert since(lent(late), date(2004, 10, 20)) == AUG
    both = (date(2004, 10, 11), 2 * EACH)
    assert since(lent(both), OCT - day) is None
    assert since(lent(both), OCT + day) == OCT
    on_the_day = (OCT, 2 * EACH + SERVICE)  # October's falls due that day and is not past it
    assert since(lent(on_the_day), OCT + day) == OCT
    after = (OCT + day, 2 * EACH)
    assert since(lent(after), OCT + day) == AUG


def test_a_payment_taken_back_ended_nothing_and_a_new_schedule_does() -> None:
    back = Payment("1", date(2004, 9, 1), EACH, reversed_on=date(2004, 10, 1))
    loan = Loan("1", "32", "a", PAID_OUT, schedule(), [back])
    assert since(loan, date(2004, 9, 30)) == SEP
    assert since(loan, date(2004, 10, 1)) == AUG
    rows = segment_rows(
        principal=2_500_000, service=375_000, instalments=5, first_due=date(2005, 1, 20),
        every=(1, "months"),
    )  # fmt: skip
    anew = lent(segments=[Segment(date(2004, 12, 20), rows)])
    assert since(anew, date(2004, 12, 19)) == AUG
    assert since(anew, date(2005, 1, 19)) is None
    assert since(anew, date(2005, 2, 1)) == date(2005, 1, 20)


def test_nothing_is_behind_of_a_loan_out_of_the_book_nor_before_the_old_book_was_taken_over() -> (
    None
):
    gone = Closure(date(2005, 6, 1), "written-off", 2_500_000, 375_000)
    assert since(lent(closures=[gone]), date(2005, 6, 1)) is None
    assert since(lent(closures=[gone]), date(2005, 5, 31)) == AUG
    old = lent((SEP, EACH + SERVICE))
    assert since(old, date(2004, 9, 20), first=SEP) == SEP


@given(small_loans(), any_payments(), st.integers(0, 400))
def test_it_is_what_walking_through_every_day_finds(
    rows: list, payments: list[Payment], days: int
) -> None:
    known = [one for one in payments if one.on >= PAID_OUT and one.reversed_on is None]
    loan, end = Loan("1", "32", "a", PAID_OUT, rows, known), PAID_OUT + timedelta(days=days)
    began: date | None = None
    for number in range(days + 1):
        day = PAID_OUT + timedelta(days=number)
        state = state_at(loan, day)
        oldest = state.oldest_unpaid_due if state else None
        began = None if oldest is None or oldest >= day else (began or oldest)
    found = since(loan, end)
    assert (found if found != end else None) == began
