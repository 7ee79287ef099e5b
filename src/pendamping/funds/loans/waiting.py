"""What of the revolving fund waits for the decision of a meeting."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendamping.funds.loans import changes, collection, new_schedule, queries
from pendamping.funds.loans.models import ACTIVE, APPLIED, Loan
from pendamping.funds.loans.rules.new_schedule import subject
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.meetings import queries as meetings
from pendamping.meetings.rules import Matter


def to_decide(ward: str, on: date) -> Iterator[Matter]:
    """Applications, a stop on lending, loans that are behind (a new schedule as they are owed; another one comes from
    the page of the loan) or lost (writing off), by the guideline of a day; in the reader's language."""
    yield from _applications(ward, on)
    stop = queries.standing_stop(ward)
    if stop is not None:
        yield _matter(ward, on, "lift_suspension", stop.id, _("The stop on new lending is lifted."))
    lost = changes.write_off_from(ward, on)
    for row in queries.book(ward, clock.today()).rows:
        state, of = row.state, _of(row.loan)
        if state.active and state.days_past_due:
            owed = new_schedule.as_owed(row.loan, clock.today())
            said, record = new_schedule.words(row.loan, owed), subject(row.loan.id, owed)
            yield _matter(ward, on, "reschedule", record.partition(":")[2], said)
        if state.active and (state.collectibility or 0) >= lost:
            said = _("Loan %(code)s of %(group)s is written off.") % of
            if not collection.missing(row.loan, clock.today()):
                yield _matter(ward, on, "write_off", row.loan.id, said)


def write_off_page(ward: str, loan_id: str) -> str:
    """The page that writes a loan off as a meeting decided; empty where it does not run, as one written off."""
    runs = Loan.objects.filter(ward=ward, pk=loan_id, status=ACTIVE).exists()
    return reverse("loans:write_off", kwargs={"ward": ward, "loan": loan_id}) if runs else ""


def _applications(ward: str, on: date) -> Iterator[Matter]:
    kinds = tuple(meetings.deciding_kinds(ward, on, "loans"))
    stopped = queries.standing_stop(ward) is not None
    applied = queries.loans(ward, APPLIED)
    board = _on_the_board(ward, on) if applied else set()
    for one in applied:
        yield Matter(
            f"loans.approve:{one.id}",
            approval(one),
            kinds,
            one.applied_on,
            reverse("loans:loan", kwargs={"ward": ward, "loan": one.id}),
            "loans.read",
            bars="; ".join(_bars(one, board, stopped)),
        )


def _on_the_board(ward: str, on: date) -> set[str]:
    """Those who sit in the board on a day, under every entry."""
    seats = institutions.held_seats(ward, on)
    return households.every_id(
        seat.person_id for seat in seats if seat.body.kind == institutions.BOARD
    )


def _bars(loan: Loan, board: set[str], stopped: bool) -> Iterator[str]:
    """What whoever decides should know of an application, in a few words."""
    if stopped:
        yield _("cannot be carried out while new lending is stopped")
    own = sum(each.person_id in board for each in loan.members.all())
    if own:
        yield ngettext(
            "%(num)s of the board borrows in it", "%(num)s of the board borrow in it", own
        ) % {"num": own}


def approval(loan: Loan) -> str:
    """The decision on an application, in words."""
    return _("Loan %(code)s of %(group)s over %(sum)s is approved.") % {
        **_of(loan),
        "sum": format_rupiah(loan.principal),
    }


def _of(loan: Loan) -> dict[str, str]:
    return {"code": loan.code, "group": loan.group_name}


def _matter(ward: str, on: date, step: str, record: str, text: str) -> Matter:
    loan = record.partition(":")[0]
    here = {"ward": ward} if step == "lift_suspension" else {"ward": ward, "loan": loan}
    name = "loans:stop" if step == "lift_suspension" else f"loans:{step}"
    permission = "loans.read" if step == "lift_suspension" else f"loans.{step}"
    kinds = (changes.kind_of_meeting(ward, on, step),)
    return Matter(
        f"loans.{step}:{record}",
        text,
        kinds,
        None,
        reverse(name, kwargs=here),
        permission,
        waits=step == "lift_suspension",
    )
