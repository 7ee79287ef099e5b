"""Taking back what was entered by mistake: nothing is deleted, the trail keeps who, what and why."""

from datetime import date

from django.db.models import F

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import queries
from pendamping.households.actions import homes
from pendamping.households.models import Household, Membership, Person, PoorMark
from pendamping.households.rules import life
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def take_back_person(*, by: User, ward: str, person_id: str, reason: str) -> Household:
    """A person was entered by hand by mistake (never lived here, or was entered twice).

    The entry counts for no day; it stays readable with its reason. Refuses the census's own people
    (they are corrected, or settled as doubles), a head with others, and a missing reason.
    """
    person = homes.lock_person(ward, person_id)
    household = homes.lock_household(ward, person.household_id)
    allow(by, "households.take_back_person", ward)
    members = homes.members_of(household)
    refuse_if(
        life.mistake_problems(
            reason,
            by_hand=queries.entered_by_hand(person),
            leads_others=person.relation == "head" and len(members) > 1,
            joined=len(queries.selves([person.id])[person.id]) > 1,
        )
    )
    since = _never_lived_here(person)
    homes.refresh(household, max(since, household.joined_on))
    homes.happened(household, "mistake", clock.today(), [person], note=reason.strip())
    record(by=by, ward=ward, record=f"person:{person.id}", reason=fitting(reason, 200))
    return household


@action
def take_back_household(*, by: User, ward: str, household_id: str, reason: str) -> Household:
    """A household was entered by hand by mistake, with all its people; it counts for no day."""
    household = homes.lock_household(ward, household_id)
    allow(by, "households.take_back_household", ward)
    by_hand = household.source == "entry"
    refuse_if(life.mistake_problems(reason, by_hand=by_hand, joined=_anybody_joined(household)))
    members = homes.members_of(household)
    for each in members:
        _never_lived_here(each.person)
    homes.refresh(household, household.joined_on)
    PoorMark.objects.filter(household=household).update(until=F("since"))
    homes.happened(household, "mistake", clock.today(), note=reason.strip())
    record(
        by=by, ward=ward, record=f"household:{household.id}", reason=fitting(reason, 200),
        persons=len(members),
    )  # fmt: skip
    return household


def _anybody_joined(household: Household) -> bool:
    return any(
        each.kept_home == household.id for each in queries.joined_at(household.ward, household.id)
    )


def _never_lived_here(person: Person) -> date:
    """Close each stay on the day it began; returns the first of them."""
    stays = list(Membership.objects.filter(person=person).order_by("since", "id"))
    for stay in stays:
        stay.until = stay.since
        stay.save(update_fields=["until"])
    person.status = "mistake"
    person.save(update_fields=["status"])
    return stays[0].since
