"""Where a decision of a meeting is carried out, by its subject: one table, handed down to meetings (ADR 0032).

A test holds it to every subject that a room asks a meeting for.
"""

from dataclasses import dataclass

from django.urls import reverse

from pendamping.funds.loans import waiting as loans
from pendamping.funds.upk import queries as upk
from pendamping.meetings.rules import Way


@dataclass(frozen=True, slots=True)
class Place:
    """A page from which decisions are carried out: its name, as what it takes the parts of the subject, and what
    its reader must be allowed. ``stays``: what is decided comes from figures typed on that page and waits nowhere
    else, so that nothing says when it was carried out; else the way there ends with it.
    """

    page: str
    parts: tuple[str, ...]
    permission: str
    stays: bool = False


WRITE_OFF = "loans.write_off"  # has a page of its own as long as the loan runs
CLOSE = "close"  # a close of the books is found under its month
PLACES: dict[str, Place] = {
    "loans.approve": Place("loans:loan", ("loan",), "loans.read"),
    "loans.reschedule": Place("loans:loan", ("loan",), "loans.read", stays=True),
    WRITE_OFF: Place("loans:loan", ("loan",), "loans.read", stays=True),
    "loans.take_back": Place("loans:receipt", ("repayment",), "loans.read", stays=True),
    "loans.take_back_sheet": Place("loans:sheet", ("sheet",), "loans.read", stays=True),
    "loans.lift_suspension": Place("loans:stop", (), "loans.read"),
    "upk.confirm_opening": Place("upk:opening", (), "ledger.read"),
    "upk.take_back_opening": Place("upk:opening", (), "ledger.read"),
    "upk.reopen_month": Place("upk:close", (CLOSE,), "ledger.read"),
    "upk.split_profit": Place("upk:year", ("year",), "ledger.read", stays=True),
    "grants.split": Place("grants:home", (), "grants.read"),
    "grants.transfer": Place("grants:transfer", (), "grants.move_between_windows", stays=True),
    "grants.agree": Place("grants:agree", (), "grants.agree_grant", stays=True),
    "grants.social": Place("grants:give", (), "grants.give_social_grant", stays=True),
    "planning.ratify_plan": Place("planning:plan", ("plan",), "planning.read"),
    "targeting.ratify_criteria": Place("targeting:home", (), "targeting.read"),
    "targeting.ratify_list": Place("targeting:list", ("poor_list",), "targeting.read_names"),
    "elections.seat_board": Place("elections:election", ("election",), "elections.read"),
    "institutions.form_group": Place("institutions:list", (), "institutions.read"),
    "institutions.give_role": Place("elections:board", (), "elections.read"),
    "institutions.appoint": Place(
        "institutions:appointment", ("appointment",), "institutions.read"
    ),
    "institutions.release_seat": Place("institutions:bodies", (), "institutions.read", stays=True),
    "institutions.change_officer": Place(
        "institutions:group", ("group",), "institutions.read", stays=True
    ),
    "cycle.adopt_plan": Place("cycle:plan", ("plan",), "cycle.read"),
    "handover": Place("handover:home", (), "handover.read"),
    "handover.check": Place("handover:home", (), "handover.read"),
    "complaints.answer": Place("complaints:complaint", ("complaint",), "complaints.read"),
    "verification.decide": Place("verification:dossier", ("dossier",), "verification.read"),
    "guidelines.deviation": Place("guidelines:decisions", (), "guidelines.read"),
    "guidelines.end_deviation": Place("guidelines:decisions", (), "guidelines.read"),
}


def place(ward: str, subject: str) -> Way | None:
    """The page from which a decision is carried out; ``None`` where there is none."""
    matter, *parts = subject.split(":")
    found = PLACES.get(matter)
    if found is None or len(parts) < len(found.parts):
        return None
    given = dict(zip(found.parts, parts, strict=False))
    if matter == WRITE_OFF and (url := loans.write_off_page(ward, given["loan"])):
        return Way(url, WRITE_OFF, waits=True)
    if CLOSE in given:
        months = {one.id: f"{one.month:%Y-%m}" for one in upk.closes(ward)}
        if given[CLOSE] not in months:
            return None
        given = {"month": months[given[CLOSE]]}
    return Way(reverse(found.page, kwargs={"ward": ward, **given}), found.permission, found.stays)
