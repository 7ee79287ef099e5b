"""The only writers of who is whom."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import actions as households
from pendamping.households import queries as households_read
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse
from pendamping.kernel.texts import fitting
from pendamping.persons import queries, rules
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def join_persons(
    *,
    by: User,
    ward: str,
    kept_id: str,
    removed_id: str,
    on: date | None = None,
    why: str = "",
    new_head: str = "",
) -> str:
    """Two entries are one person: the second goes into the first, and counts no more from ``on``
    (default today).

    Papers keep the entry under which they were signed; every room reads them as of one person.
    Refused with every reason where a roll, a loan or a group knows both. ``why``: how it is known that
    two who do not look alike are one. ``new_head``: who of the others leads the household from then on, where
    the entry that goes is its head. Returns the id that stays.
    """
    households.lock_both(ward, kept_id, removed_id)
    allow(by, "persons.join_persons", ward)
    together = queries.shared(ward, kept_id, removed_id, clock.today())
    kept = households.join_entries(
        ward=ward,
        kept_id=kept_id,
        removed_id=removed_id,
        against=rules.against_joining(together),
        on=on,
        why=why,
        new_head=new_head,
    )
    told = {"why": fitting(why, 200)} if why.strip() else {}
    record(by=by, ward=ward, record=f"person:{kept.id}", other=removed_id, **told)
    return kept.id


@action
def part_persons(*, by: User, ward: str, person_id: str, reason: str) -> str:
    """Two entries were joined by mistake: the one that went lives on by itself again.

    Refused where a loan was asked for since, which was judged by both, and where the household or the
    NIK can no longer be as it was. Returns the id of the entry that lives again.
    """
    allow(by, "persons.part_persons", ward)
    known = households_read.joined(ward, person_id)
    if known is None:
        raise refuse("households.same.not_joined", "This entry was not joined with another one.")
    since = queries.asked_since(person_id, known.on)
    parted = households.part_entries(
        ward=ward,
        person_id=person_id,
        against=rules.against_parting(since, known.on),
        reason=reason,
    )
    record(
        by=by, ward=ward, record=f"person:{parted.id}", other=known.kept,
        reason=fitting(reason, 200),
    )  # fmt: skip
    return parted.id
