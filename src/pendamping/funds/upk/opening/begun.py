"""Whether, and with what, a fund that ran on paper began here."""

from datetime import date, timedelta

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.upk.opening.models import CONFIRMED, DISCARDED, PROPOSED, Opening
from pendamping.kernel.refusal import N_, Reason


def opening(ward: str) -> Opening | None:
    """What the ward's fund began with, or is to begin with."""
    found = Opening.objects.filter(ward=ward).exclude(state=DISCARDED)
    return found.select_related("entered_by", "proposed_by", "confirmed_by", "entry").first()


def begun_on(ward: str) -> date | None:
    """The last day of the old books of a fund that began here with balances."""
    found = Opening.objects.filter(ward=ward, state=CONFIRMED).values_list("on", flat=True)
    return found.first()


def first_day(ward: str) -> date | None:
    """The first day of the books here: after those of an old book, or when they were opened."""
    last = begun_on(ward)
    return last + timedelta(days=1) if last else books.opened_on(ward)


def waits(ward: str) -> Opening | None:
    """Balances that the board has not decided on."""
    return Opening.objects.filter(ward=ward, state=PROPOSED).first()


def may_begin(ward: str) -> list[Reason]:
    """Why balances of an old book cannot come into the ward's books any more."""
    if not books.has_entries(ward):
        return []
    return [
        Reason(
            "upk.opening.entries",
            "Something stands in the books already; balances of an old book come before everything else.",
        )
    ]


def may_go_back(found: Opening) -> list[Reason]:
    """Why the balances with which a fund began cannot be taken out of its books any more."""
    closed = books.closed_until(found.ward)
    where = {"opening": found.id}
    reasons = []
    if not books.only_opening(found.ward):
        text = N_(
            "Something was posted since; what is wrong is put right by a voucher, or on the loan."
        )
        reasons.append(Reason("upk.opening.posted", text, {}, where))
    if closed and closed > found.on:
        text = N_("A month was closed since, up to {closed}; it is reopened first.")
        reasons.append(Reason("upk.opening.month", text, {"closed": closed.isoformat()}, where))
    return [*reasons, *loans.against_undoing_take_over(found.ward, found.on)]


def why(text: str) -> list[Reason]:
    """That a reason is given."""
    if text.strip():
        return []
    return [Reason("upk.opening.why", "Say what is to be put right.", {}, {"field": "why"})]
