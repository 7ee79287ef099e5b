"""Who sits in an office, stands in, or is away."""

from datetime import date

from pendamping.access import queries as access
from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory.actions import take_turn
from pendamping.trail.actions import record
from pendamping.trail.writing import action
from pendamping.verification import guideline, offices
from pendamping.verification.models import Absence, Office
from pendamping.verification.rules.chain import LEVELS


@action
def appoint(
    *,
    by: User,
    area: str,
    tier: str,
    user: str,
    since: date,
    until: date | None = None,
    substitute: bool = False,
    person: str = "",
    letter: str = "",
) -> Office:
    """Put somebody into a tier's office in an area for a term, ends included.

    ``substitute``: stands in where the office is empty. ``person``: id of the resident that the
    user is, so that nobody decides on what concerns themselves. ``letter``: number of the decree.
    """
    take_turn(area, "offices")
    allow(by, "verification.appoint", area)
    refuse_if([*_oneself(by, user), *_appointing_problems(area, tier, user, since, until)])
    found = Office.objects.create(
        tier=tier, area=area, user=user.strip().lower(), since=since, until=until,
        substitute=substitute, person=person, letter=fitting(letter, 80),
    )  # fmt: skip
    record(
        by=by, ward=area, record=f"office:{found.id}", on=since, tier=tier, user=found.user,
        substitute=substitute,
    )  # fmt: skip
    return found


def _oneself(by: User, user: str) -> list[Reason]:
    if user.strip().lower() != by.username:
        return []
    text = N_("Nobody appoints themselves; ask another administrator")
    return [Reason("verification.oneself", text, {}, {"field": "user"})]


def _appointing_problems(
    area: str, tier: str, user: str, since: date, until: date | None
) -> list[Reason]:
    """Why somebody cannot be put into an office, every reason at once."""
    known = guideline.rule(area, max(since, clock.today())).tiers.get(tier)
    one = access.user(user)
    found = []
    if known is None:
        text = N_("The guideline has no such tier")
        found.append(Reason("verification.tier", text, {}, {"field": "tier"}))
    elif area and len(area.split(".")) > LEVELS[known.level]:
        text = N_("This office serves a larger area; choose the area of the office")
        found.append(Reason("verification.level", text, {}, {"field": "area"}))
    if one is None:
        text = N_("Nobody logs in by that name")
        found.append(Reason("verification.user", text, {}, {"field": "user"}))
    elif not access.may(one, "verification.decide", area):
        text = N_("{name} does not hold a role that may examine dossiers here")
        found.append(Reason("verification.role", text, {"name": one.name}, {"field": "user"}))
    if until is not None and until < since:
        text = N_("The term ends before it begins")
        found.append(Reason("verification.term", text, {}, {"field": "until"}))
    running = Office.objects.filter(offices.in_term(since), tier=tier, area=area)
    if one is not None and running.filter(user=one.username).exists():
        text = N_("{name} sits in this office already")
        found.append(Reason("verification.twice", text, {"name": one.name}, {"field": "user"}))
    return found


@action
def end_office(*, by: User, office_id: str, until: date) -> Office:
    """End somebody's time in an office; ``until`` is the last day."""
    found = Office.objects.select_for_update().filter(pk=office_id).first()
    allow(by, "verification.end_office", found.area if found else "")
    if found is None:
        raise refuse("verification.no_office", "There is no such office.")
    if until < found.since:
        raise refuse(
            "verification.term", "The term ends before it begins", where={"field": "until"}
        )
    found.until = until
    found.save(update_fields=["until"])
    record(
        by=by, ward=found.area, record=f"office:{found.id}", on=until, tier=found.tier,
        user=found.user,
    )  # fmt: skip
    return found


@action
def note_absence(*, by: User, area: str, user: str, since: date, until: date, why: str) -> Absence:
    """Note that somebody of an office is away, ends included; a substitute steps in meanwhile."""
    allow(by, "verification.note_absence", area)
    reasons = []
    if access.user(user) is None:
        text = N_("Nobody logs in by that name")
        reasons.append(Reason("verification.user", text, {}, {"field": "user"}))
    if until < since:
        text = N_("The time ends before it begins")
        reasons.append(Reason("verification.absence_span", text, {}, {"field": "until"}))
    if not why.strip():
        reasons.append(Reason("verification.absence_why", "Write why.", {}, {"field": "why"}))
    refuse_if(reasons)
    found = Absence.objects.create(
        user=user.strip().lower(), area=area, since=since, until=until, why=fitting(why, 200)
    )
    record(
        by=by, ward=area, record=f"absence:{found.id}", on=since, until=until.isoformat(),
        user=found.user,
    )  # fmt: skip
    return found
