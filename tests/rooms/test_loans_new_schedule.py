"""A new schedule is bound to what its meeting decided: how many instalments, which charge, what is forgiven.

The loan has ten instalments of 250,000 and 37,500. One is paid: service of 337,500 is unpaid.
"""

import re
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.loans import waiting
from pendamping.funds.loans.rules import new_schedule as rules
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from tests.closing import refused
from tests.gatherings import decide, meet
from tests.lending import lend, pay
from tests.rooms.test_loans import DUES, EACH, fresh
from tests.rooms.test_loans_changes import people_of
from tests.staging import staged

pytestmark = pytest.mark.django_db

TODAY = date(2005, 2, 17)
DECIDED = rules.Figures(10, 300_000, 37_500)
some = st.integers(min_value=0, max_value=10**9)


@staged(at=TODAY)
def loan(fund):
    found = lend(fund)
    pay(fund, found, DUES[0], EACH)
    return found


@pytest.fixture(autouse=True)
def today():
    with clock.at(TODAY):
        yield


def minuted(fund, loan, *subjects):
    held = meet(fund, people_of(loan), kind="board", on=date(2005, 2, 16), eligible=9)
    for one in subjects[:-1]:
        loans_decision(fund, held, one)
    return decide(fund, held, subjects[-1]).id


def loans_decision(fund, held, subject):
    meetings.record_decision(
        by=fund.facilitator, ward=fund.ward, meeting_id=held.id, subject=subject, text="Disepakati"
    )


def carry_out(fund, loan, meeting, **changes):
    asked = {"instalments": 10, "service": 300_000, "first_due": date(2005, 3, 17), **changes}
    return loans.reschedule(
        by=fund.chair,
        ward=fund.ward,
        loan_id=loan.id,
        on=TODAY,
        meeting_id=meeting,
        why="panen gagal",
        **asked,
    )


@given(some, some, some)
def test_the_subject_gives_its_figures_back(instalments, service, forgiven):
    figures = rules.Figures(instalments, service, forgiven)
    assert rules.figures_of(rules.subject("01A", figures)) == figures
    assert rules.otherwise(figures, figures) == []


@given(some, some, some, some)
def test_never_more_is_forgiven_than_was_decided(service, unpaid, decided, count):
    asked = rules.figures(count, service, unpaid)
    assert asked.service + asked.forgiven == max(unpaid, service)
    against = rules.otherwise(rules.Figures(count, service, decided), asked)
    assert bool(against) == (unpaid - service > decided)


def test_what_was_decided_is_carried_out(fund, loan):
    meeting = minuted(fund, loan, rules.subject(loan.id, DECIDED))
    made = carry_out(fund, loan, meeting)
    assert (made.instalments, made.service) == (10, 300_000)
    with refused("loans.date", "meetings.decided.used"):
        carry_out(fund, loan, meeting)


@pytest.mark.parametrize(
    "changes", [{"instalments": 9}, {"service": 0}, {"service": 337_500}, {"service": None}]
)
def test_other_figures_are_refused_with_what_was_decided(fund, loan, changes):
    meeting = minuted(fund, loan, rules.subject(loan.id, DECIDED))
    with pytest.raises(Refusal) as told:
        carry_out(fund, loan, meeting, **changes)
    [reason] = told.value.reasons
    assert reason.clause == "loans.rescheduling.decided"
    assert [reason.values[name] for name in ("count", "service", "forgiven")] == [
        10,
        format_rupiah(300_000),
        format_rupiah(37_500),
    ]
    assert not fresh(loan).reschedulings.exists()


def test_a_payment_since_leaves_less_to_forgive_and_does_not_bar_it(fund, loan):
    meeting = minuted(fund, loan, rules.subject(loan.id, DECIDED))
    pay(fund, loan, date(2005, 2, 16), 37_500)
    assert carry_out(fund, loan, meeting).service == 300_000


def test_the_last_decision_of_the_meeting_counts(fund, loan):
    first = rules.subject(loan.id, rules.Figures(5, 337_500, 0))
    meeting = minuted(fund, loan, first, rules.subject(loan.id, DECIDED))
    with refused("loans.rescheduling.decided"):
        carry_out(fund, loan, meeting, instalments=5, service=337_500)
    assert carry_out(fund, loan, meeting).instalments == 10


def test_an_older_decision_without_figures_goes_on_to_hold(fund, loan):
    meeting = minuted(fund, loan, f"loans.reschedule:{loan.id}")
    assert carry_out(fund, loan, meeting, instalments=4, service=0).instalments == 4


def test_the_decision_on_another_loan_decides_nothing_here(fund, loan):
    meeting = minuted(fund, loan, rules.subject(f"{loan.id}X", DECIDED))
    with refused("meetings.decided.subject"):
        carry_out(fund, loan, meeting)


def test_a_meeting_is_offered_the_schedule_as_it_is_owed(fund, loan):
    [offered] = [one for one in waiting.to_decide(fund.ward, TODAY) if "reschedule" in one.subject]
    assert offered.subject == f"loans.reschedule:{loan.id}:9:337500:0"
    assert "9 angsuran baru, jasa Rp 337.500, dibebaskan Rp 0" in offered.text.replace(
        "\u00a0", " "
    )
    assert offered.url == reverse("loans:reschedule", kwargs={"ward": fund.ward, "loan": loan.id})


def test_the_page_begins_with_what_was_decided_and_says_it_where_something_else_is_typed(
    client, fund, loan
):
    meeting = minuted(fund, loan, rules.subject(loan.id, DECIDED))
    client.force_login(fund.chair)
    address = reverse("loans:reschedule", kwargs={"ward": fund.ward, "loan": loan.id})
    shown = client.get(address).content.decode().replace("\u00a0", " ")
    assert re.search(rf'value="{meeting}"\s+selected', shown)
    assert re.search(r'name="instalments"[^>]*value="10"|value="10"[^>]*name="instalments"', shown)
    assert "300.000" in shown
    typed = {
        "meeting_id": meeting,
        "on": "2005-02-17",
        "instalments": "3",
        "first_due": "2005-03-17",
        "service": "0",
        "why": "kios terbakar",
    }
    shown = client.post(address, typed)
    said = shown.content.decode().replace("\u00a0", " ")
    assert shown.status_code == 409
    assert "Rapat memutuskan lain: 10 angsuran baru, jasa Rp 300.000, dibebaskan Rp 37.500." in said
    assert f"loans.reschedule%3A{loan.id}%3A3%3A0%3A337500" in said  # to put it to a meeting anew
    assert loan_book.card(fund.ward, loan.id, TODAY).rows[0].row.due == DUES[0]
