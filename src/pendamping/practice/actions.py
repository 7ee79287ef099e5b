"""The only writers of practice wards."""

from pendamping.access import queries as access
from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse
from pendamping.practice import filling
from pendamping.territory import actions as territory
from pendamping.territory import queries as wards
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def open_practice_ward(*, by: User, ward: str) -> str:
    """Open the practice ward of a ward, in good order and with a login for each role; returns its code.

    Whoever holds a role in the ward holds it there too. Refuses a second one, and a practice ward of a
    practice ward.
    """
    allow(by, "practice.open_practice_ward", ward)
    territory.take_turn(ward, "practice")
    real = wards.ward(ward)
    if real is None or real.practice_of:
        raise refuse("practice.of", "A practice ward is opened beside a ward of real life.")
    if (there := wards.practice_ward(ward)) is not None:
        raise refuse("practice.open", "{name} is open already.", name=there.name)
    return _open(by, ward)


@action
def begin_anew(*, by: User, ward: str, there: str = "") -> str:
    """Put the practice ward of a ward away, and open a fresh one; returns the new code.

    Nothing is deleted, for trail and books allow none: the old one is closed to everybody. ``there``: the
    code of the one that the form showed; the same form sent again does not put the fresh one away.
    """
    allow(by, "practice.begin_anew", ward)
    territory.take_turn(ward, "practice")
    found = wards.practice_ward(ward)
    if found is None:
        raise refuse("practice.none", "There is no practice ward to begin anew.")
    if there and there != found.code:
        raise refuse(
            "practice.begun", "It began anew already: {name} is the fresh one.", name=found.name
        )
    territory.put_practice_away(by=by, code=found.code, on=clock.life_today())
    return _open(by, ward)


def _open(by: User, ward: str) -> str:
    today = clock.life_today()
    made = territory.open_practice(
        by=by, of=ward, today=today, programme_start=filling.begins(today)
    )
    filling.fill(access.system(), made.code, today)
    record(by=by, ward=ward, record=f"ward:{ward}", practice=made.code)
    return str(made.code)
