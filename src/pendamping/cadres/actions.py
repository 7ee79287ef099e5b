"""The only writers of the room."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.cadres import rules
from pendamping.cadres.models import Cadre, Charge, Deed
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "cadres"


@action
def join(
    *, by: User, ward: str, person: str, joined_on: date, stage: str, meeting_id: str = ""
) -> Cadre:
    """A resident becomes a cadre, willing and uncoerced. ``stage``: where the cycle stood on that day.

    ``meeting_id``: the meeting that found them, where one did. Whether they come from the target group is
    kept as the ratified poor list said on that day; before there is one, as the census did.
    """
    territory.take_turn(ward, DESK)
    allow(by, "cadres.join", ward)
    who = households.person(ward, person)
    if who is None:
        raise refuse("cadres.joining.person", "Choose a resident.", where={"field": "person"})
    same = households.every_id([person])
    earlier = Cadre.objects.filter(ward=ward, person__in=same).order_by("-joined_on", "-id")
    last = earlier.first()
    today = clock.today()
    asked = rules.Joining(
        name=who.name,
        resident=bool(households.households_at(ward, [who.id], min(joined_on, today))),
        age=who.age(joined_on),
        already=last is not None and last.left_on is None,
        on=joined_on,
        stage=stage,
    )
    stages = guidelines.section("stages", ward, today)
    refuse_if(rules.joining_problems(asked, stages, today, last.left_on if last else None))
    made = Cadre.objects.create(
        ward=ward, person_id=who.id, name=who.name, sex=who.sex,
        poor=_from_target_group(ward, who.id, joined_on),
        joined_on=joined_on, stage=stage, meeting=meeting_id, entered_on=today,
        entered_at=clock.now(),
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"cadre:{made.id}", on=joined_on, person=who.id, stage=stage,
        poor=made.poor,
    )  # fmt: skip
    return made


def _from_target_group(ward: str, person: str, on: date) -> bool:
    ratified = households.list_ratified(ward, on)
    return bool((households.named_on if ratified else households.poor_on)(ward, [person], on))


@action
def leave(*, by: User, ward: str, cadre_id: str, on: date, why: str) -> Cadre:
    """A cadre stops, and why. ``on``: the first day without them; the tasks end with it."""
    territory.take_turn(ward, DESK)
    allow(by, "cadres.leave", ward)
    cadre = _there(ward, cadre_id)
    refuse_if(rules.leaving_problems(on, cadre.joined_on, clock.today(), why))
    cadre.left_on, cadre.left_why = on, fitting(why, 200)
    cadre.save(update_fields=["left_on", "left_why"])
    for held in cadre.charges.filter(until__isnull=True):
        held.until = max(on, held.since)
        held.save(update_fields=["until"])
    record(by=by, ward=ward, record=f"cadre:{cadre.id}", on=on, why=cadre.left_why)
    return cadre


@action
def give_task(*, by: User, ward: str, cadre_id: str, task: str, since: date) -> Charge:
    """A cadre takes over a task of the guideline's ``cadre_tasks``, to do without the facilitator."""
    territory.take_turn(ward, DESK)
    allow(by, "cadres.give_task", ward)
    cadre = _there(ward, cadre_id)
    today = clock.today()
    held = cadre.charges.filter(until__isnull=True).values_list("task", flat=True)
    known = guidelines.section("cadre_tasks", ward, today)
    refuse_if(rules.charge_problems(task, known, list(held), since, cadre.joined_on, today))
    made = Charge.objects.create(cadre=cadre, task=task, since=since, entered_at=clock.now())
    record(by=by, ward=ward, record=f"cadre:{cadre.id}", on=since, task=task)
    return made


@action
def end_task(*, by: User, ward: str, charge_id: str) -> Charge:
    """A task goes back today; that it was held is kept."""
    territory.take_turn(ward, DESK)
    allow(by, "cadres.end_task", ward)
    found = (
        Charge.objects.select_for_update()
        .filter(pk=charge_id, cadre__ward=ward, until__isnull=True)
        .first()
    )
    if found is None:
        raise refuse("cadres.charge.unknown", "This task is held no longer.")
    found.until = clock.today()
    found.save(update_fields=["until"])
    record(
        by=by, ward=ward, record=f"cadre:{found.cadre_id}", on=found.until, task=found.task,
        since=found.since,
    )  # fmt: skip
    return found


@action
def note_deed(
    *, by: User, ward: str, cadre_id: str, on: date, what: str, request_id: str = ""
) -> Deed:
    """Note what a cadre did on a day that stands on no roll. The same form sent twice writes once;
    with other content it is refused."""
    territory.take_turn(ward, DESK)
    allow(by, "cadres.note_deed", ward)
    cadre = _there(ward, cadre_id)
    refuse_if(rules.deed_problems(on, cadre.joined_on, clock.today(), what))
    made = Deed.objects.create(
        cadre=cadre, on=on, what=fitting(" ".join(what.split()), 200), entered_on=clock.today(),
        entered_at=clock.now(), request=request_id or new_id(),
    )  # fmt: skip
    record(by=by, ward=ward, record=f"cadre:{cadre.id}", on=on, what=made.what)
    return made


def _there(ward: str, cadre_id: str) -> Cadre:
    found = Cadre.objects.select_for_update().filter(pk=cadre_id, ward=ward).first()
    if found is None or found.left_on is not None:
        raise refuse("cadres.unknown", "There is no such cadre in this ward now.")
    return found
