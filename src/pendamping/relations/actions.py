"""The only writers of the room."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.relations import rules
from pendamping.relations.models import Kin
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "relations"


@action
def declare(
    *, by: User, ward: str, one: str, other: str, kind: str, said: str, on: date | None = None
) -> Kin:
    """Two residents are related: ``one`` is the ``kind`` of ``other``. ``said``: who declared it, where.

    Households need no declaration: who lives together counts as kin by the census.
    """
    territory.take_turn(ward, DESK)
    allow(by, "relations.declare", ward)
    people = households.persons(ward, [one, other])
    entries = households.selves([one, other])
    same = entries[one] == entries[other]
    known = Kin.objects.filter(ward=ward, withdrawn_on__isnull=True, one__in=entries[one],
                               other__in=entries[other]) | Kin.objects.filter(
        ward=ward, withdrawn_on__isnull=True, one__in=entries[other], other__in=entries[one]
    )  # fmt: skip
    there = [key if key in people else "" for key in (one, other)]
    refuse_if(rules.declaring_problems(*there, kind, same, known.exists(), said))
    made = Kin.objects.create(
        ward=ward, one_id=one, other_id=other, kind=kind, said=fitting(" ".join(said.split()), 200),
        declared_on=on or clock.today(), entered_at=clock.now(),
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"kin:{made.id}", on=made.declared_on, one=one, other=other,
        kind=kind,
    )  # fmt: skip
    return made


@action
def withdraw(*, by: User, ward: str, kin_id: str, why: str) -> Kin:
    """A declaration was wrong: it no longer counts, and stays readable with the reason."""
    territory.take_turn(ward, DESK)
    allow(by, "relations.withdraw", ward)
    found = Kin.objects.select_for_update().filter(pk=kin_id, ward=ward).first()
    if found is None or found.withdrawn_on is not None:
        raise refuse("relations.unknown", "There is no such declaration now.")
    if not why.strip():
        raise refuse("relations.why", "Say why it was wrong.", where={"field": "why"})
    found.withdrawn_on, found.withdrawn_why = clock.today(), fitting(why, 200)
    found.save(update_fields=["withdrawn_on", "withdrawn_why"])
    record(by=by, ward=ward, record=f"kin:{found.id}", on=found.withdrawn_on, why=fitting(why, 200))
    return found
