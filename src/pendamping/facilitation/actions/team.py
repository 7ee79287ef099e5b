"""Who belongs to the team of a ward, and what they bring along."""

from datetime import date

from pendamping.access import queries as access
from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.facilitation.models import Background, Posting
from pendamping.facilitation.rules import EDUCATION, POSITIONS, Term, term_problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "team"


@action
def assign_facilitator(
    *,
    by: User,
    ward: str,
    username: str,
    team: str,
    position: str,
    since: date,
    until: date | None = None,
    letter_no: str = "",
) -> Posting:
    """Put a facilitator into the team of the ward for a term; they hold the role here already.

    ``position``: of ``rules.POSITIONS``. ``letter_no``: the letter of assignment.
    """
    territory.take_turn(ward, DESK)
    allow(by, "facilitation.assign_facilitator", ward)
    user = access.user(username)
    reasons = []
    if user is None or "facilitator" not in access.roles(user, ward):
        text = N_("Only who holds the role of facilitator in this ward can be in its team.")
        reasons.append(Reason("facilitation.team.role", text, {}, {"field": "username"}))
    if position not in POSITIONS:
        text = N_("Say which position it is.")
        reasons.append(Reason("facilitation.team.position", text, {}, {"field": "position"}))
    others = Posting.objects.filter(ward=ward, user=user)
    terms = [Term(one.since, one.until) for one in others]
    refuse_if(reasons + term_problems(Term(since, until), terms))
    posting = Posting.objects.create(
        ward=ward, user=user, team=fitting(" ".join(team.split()), 40), position=position,
        letter_no=fitting(letter_no, 60), since=since, until=until, entered_at=clock.now(),
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"posting:{posting.id}", on=since, position=position, until=until
    )
    return posting


@action
def end_posting(*, by: User, ward: str, posting_id: str, until: date) -> Posting:
    """A facilitator leaves the team of the ward: the last day of the term is set."""
    found = Posting.objects.select_for_update().filter(pk=posting_id, ward=ward).first()
    allow(by, "facilitation.end_posting", ward)
    if found is None:
        raise refuse("facilitation.team.unknown", "There is no such term in this ward's team.")
    if until < found.since:
        raise refuse(
            "facilitation.team.term",
            "The last day lies before the first.",
            where={"field": "until"},
        )
    found.until = until
    found.save(update_fields=["until"])
    record(by=by, ward=ward, record=f"posting:{found.id}", on=until)
    return found


@action
def describe_background(
    *, by: User, ward: str, education: str, field: str, years: int, experience: str = ""
) -> Background:
    """A facilitator says what they learned and did before; earlier descriptions are kept."""
    allow(by, "facilitation.describe_background", ward)
    if education not in EDUCATION:
        raise refuse(
            "facilitation.team.education", "Choose the education.", where={"field": "education"}
        )
    made = Background.objects.create(
        user=by, education=education, field=fitting(field, 80), years=years,
        experience=fitting(experience, 300), entered_at=clock.now(),
    )  # fmt: skip
    record(by=by, ward=ward, record=f"background:{made.id}", education=education, years=years)
    return made
