"""The register of the reserve says what its account holds, in whatever order it was set aside and written off."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.loans.rules.reserve import Gone, Mark, register_at

LOANS = {"A": 1_000, "B": 700, "C": 300}  # what each owes; the reserve needs a tenth
ENDS = (date(2005, 1, 31), date(2005, 2, 28), date(2005, 3, 31))
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("set aside"), st.sampled_from(ENDS)),
        st.tuples(
            st.just("write off"), st.dates(date(2005, 1, 1), ENDS[-1]), st.sampled_from("ABC")
        ),
        st.tuples(st.just("take back"), st.sampled_from("ABC")),
    ),
    max_size=12,
)


class Fund:
    """A model of account and register: what is posted on which day, what is remembered of each month."""

    def __init__(self):
        self.posted, self.marks, self.gone = [], {}, []

    def held(self, day):
        return sum(amount for on, amount in self.posted if on <= day)

    def bring(self, end):
        away = {one.loan for one in self.gone if one.stands and one.on <= end}
        there = frozenset(set(LOANS) - away)
        needed = sum(LOANS[loan] // 10 for loan in there)
        self.posted.append((end, needed - self.held(end)))
        self.marks[end] = Mark(end, needed, there)

    def do(self, what, *about):
        if what == "set aside":
            for end in [about[0], *sorted(day for day in self.marks if day > about[0])]:
                self.bring(end)
        standing = {one.loan: one for one in self.gone if one.stands}
        if what == "write off" and about[1] not in standing:
            self.gone.append(Gone(about[1], about[0], LOANS[about[1]]))
            self.posted.append((about[0], -LOANS[about[1]]))
        if what == "take back" and about[0] in standing:
            one = standing[about[0]]
            self.gone[self.gone.index(one)] = Gone(one.loan, one.on, one.principal, stands=False)
            self.posted.append((one.on, one.principal))


@given(deeds)
def test_register_and_account_agree_at_each_month_and_after_the_last(found):
    fund = Fund()
    for deed in found:
        fund.do(*deed)
    for end, mark in fund.marks.items():
        assert register_at(mark, end, fund.gone) == fund.held(end)
    last = fund.marks[max(fund.marks)] if fund.marks else Mark(date(2004, 12, 31), 0)
    today = ENDS[-1] + timedelta(days=9)
    assert register_at(last, today, fund.gone) == fund.held(today)


def test_the_case_that_a_treasurer_checks_by_hand():
    # January needs 100 + 70 + 30; B is written off in February against it, found out in March
    january = Mark(ENDS[0], 200, frozenset("ABC"))
    gone = [Gone("B", date(2005, 2, 10), 150)]
    assert register_at(january, ENDS[0], gone) == 200
    assert register_at(january, ENDS[1], gone) == 50
    # February is set aside once B is gone: 100 + 30, and nothing more leaves it
    february = Mark(ENDS[1], 130, frozenset("AC"))
    assert register_at(february, ENDS[2], gone) == 130
