"""The only writers of the room: a warning is acknowledged, a remedy recorded, its outcome told."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.insight import queries, rules
from pendamping.insight.models import Acknowledgement, Outcome, Remedy
from pendamping.insight.rules import Warned
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "insight"


def _factor(ward: str, factor: str) -> Warned:
    found = queries.look(ward, clock.today()).of(factor)
    if found is None or factor not in rules.INHIBITING:
        raise refuse("insight.unknown", "There is no such warning.")
    return found


@action
def acknowledge(*, by: User, ward: str, factor: str) -> Acknowledgement:
    """Somebody answerable has seen a warning as it stands today."""
    territory.take_turn(ward, DESK)
    allow(by, "insight.acknowledge", ward)
    one, today = _factor(ward, factor), clock.today()
    refuse_if(rules.acknowledging_problems(one, queries.seen(ward, [one]).get(factor) is not None))
    made = Acknowledgement.objects.create(
        ward=ward, factor=factor, severity=one.severity, since=one.since, figures=dict(one.said),
        on=today, user=by, entered_at=clock.now(),
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"warning:{made.id}", on=today, factor=factor,
        severity=one.severity, since=str(one.since),
    )  # fmt: skip
    return made


@action
def plan_remedy(
    *, by: User, ward: str, factor: str, what: str, role: str, until: date, request_id: str, who: str = ""
) -> Remedy:  # fmt: skip
    """What is done about a warning. ``what`` and ``role`` are offered to other wards; ``who`` stays here.

    The same form sent twice writes once; with other content it is refused.
    """
    territory.take_turn(ward, DESK)
    allow(by, "insight.plan_remedy", ward)
    one, today = _factor(ward, factor), clock.today()
    refuse_if(rules.remedy_problems(one, what, role, until, today))
    made = Remedy.objects.create(
        ward=ward, factor=factor, what=fitting(what, 300), role=role, who=fitting(who, 120), on=today,
        until=until, severity=one.severity, since=one.since, figures=dict(one.said), user=by,
        entered_at=clock.now(), request=request_id or new_id(),
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"remedy:{made.id}", on=today, factor=factor, what=made.what,
        role=role, until=str(until),
    )  # fmt: skip
    return made


@action
def tell_outcome(
    *, by: User, ward: str, remedy_id: str, word: str, request_id: str, note: str = ""
) -> Outcome:
    """How a remedy worked, with how the factor stands today."""
    territory.take_turn(ward, DESK)
    allow(by, "insight.tell_outcome", ward)
    remedy = Remedy.objects.filter(pk=remedy_id, ward=ward).first()
    if remedy is None:
        raise refuse("insight.unknown", "There is no such warning.")
    told = list(remedy.outcomes.order_by("id").values_list("word", flat=True))
    refuse_if(rules.outcome_problems(word, told, note))
    one, today = _factor(ward, remedy.factor), clock.today()
    made = Outcome.objects.create(
        remedy=remedy, word=word, note=fitting(note, 300), on=today, severity=one.severity,
        figures=dict(one.said), user=by, entered_at=clock.now(), request=request_id or new_id(),
    )  # fmt: skip
    record(by=by, ward=ward, record=f"remedy:{remedy.id}", on=today, word=word, note=made.note)
    return made
