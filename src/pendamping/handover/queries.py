"""Reading the hand-over: criteria over time, who is answerable, how far duties have passed, what was signed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.guidelines import queries as guidelines
from pendamping.handover import facts, labels, rules
from pendamping.handover.curve import Curve, curve
from pendamping.handover.models import DutyStep, Promise, Reading, SignOff, YearlyCheck
from pendamping.handover.rules.duties import Practised, since_named
from pendamping.handover.rules.signing import Named, Standing
from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings
from pendamping.meetings.rules import Matter
from pendamping.territory import queries as territory

__all__ = ["Curve", "Passed", "check", "criteria", "curve", "dump", "duties", "found", "found_of"]

SUBJECT, CHECKED = "handover", "handover.check"
REMIND_DAYS, CHECK_MONTHS = 14, 12  # where a text is silent

criteria = facts.criteria
found = facts.found


def found_of(ward: str, on: date, criterion: str) -> rules.Found | None:
    """What one criterion finds on a day; ``None`` where the guideline has no such."""
    return next(iter(facts.found(ward, on, [criterion])), None)


def rule(ward: str, on: date, key: str, silent: int) -> int:
    """A number of the section ``handover_rules``."""
    return int(guidelines.section("handover_rules", ward, on).get(key, silent))


def programme_end(ward: str) -> date | None:
    """The last day of the programme in the ward, where it is known."""
    place = territory.ward(ward)
    return place.programme_end if place else None


def read_on(ward: str, first: date, last: date) -> bool:
    """Whether the criteria were read between two days."""
    return Reading.objects.filter(ward=ward, on__gte=first, on__lte=last).exists()


def promises(ward: str) -> dict[str, Promise]:
    """Criterion to the last promise of who brings it about."""
    kept = Promise.objects.filter(ward=ward).order_by("id")
    return {one.criterion: one for one in kept}


def history(ward: str, criterion: str) -> list[Promise]:
    """Every promise on a criterion, the latest first."""
    found = Promise.objects.filter(ward=ward, criterion=criterion).select_related("by")
    return list(found.order_by("-id"))


def readings_of(ward: str, criterion: str) -> list[Reading]:
    """The readings of a criterion, the latest first."""
    return list(Reading.objects.filter(ward=ward, criterion=criterion).order_by("-on"))


@dataclass(frozen=True, slots=True)
class Passed:
    """A duty and how far it has passed. ``taker``: who takes it over; ``steps``: all that was ever noted."""

    duty: rules.Duty
    passing: rules.Passing
    taker: User | None
    steps: tuple[DutyStep, ...] = ()

    @property
    def word(self) -> str:
        """Where it stands: empty, named, together, alone, passed."""
        return self.passing.word


def duties(ward: str, on: date) -> list[Passed]:
    """The duties of the guideline on a day, each with how far it has passed by then."""
    known = rules.duty_of(guidelines.section("handover_duties", ward, on))
    kept: dict[str, list[DutyStep]] = {}
    rows = DutyStep.objects.filter(ward=ward, on__lte=on).select_related("taker", "by")
    for one in rows.order_by("id"):
        kept.setdefault(one.duty, []).append(one)
    return [
        Passed(
            duty,
            since_named(Practised(one.step, one.on) for one in kept.get(key, [])),
            kept[key][-1].taker if kept.get(key) else None,
            tuple(kept.get(key, [])),
        )
        for key, duty in known.items()
    ]


def duty(ward: str, on: date, key: str) -> Passed | None:
    """One duty."""
    return next((one for one in duties(ward, on) if one.duty.key == key), None)


def takers(ward: str, duty: rules.Duty) -> list[User]:
    """Who logs in here with a role that can take a duty over, by name; facilitators are none."""
    return [
        user
        for user in access.holding([ward], duty.takers)
        if "facilitator" not in access.roles(user, ward)
    ]


def uncovered(ward: str, duty: str) -> list[str]:
    """Rights of a duty that nobody but facilitators holds in the ward itself."""
    lacking = []
    for permission in rules.rights_of(duty):
        others = access.holding(
            [ward], [one for one in access.roles_of(permission) if one != "facilitator"]
        )
        if not others:
            lacking.append(permission)
    return lacking


# --- the sign-off and what comes after it -------------------------------------------------------


def draft(ward: str) -> SignOff | None:
    """The hand-over that is put to a meeting."""
    return SignOff.objects.filter(ward=ward, status="draft").first()


def signed(ward: str) -> SignOff | None:
    """The hand-over that was signed."""
    return SignOff.objects.filter(ward=ward, status="signed").first()


def sign_off(ward: str, sign_off_id: str) -> SignOff | None:
    """One hand-over of the ward."""
    return SignOff.objects.filter(pk=sign_off_id, ward=ward).first()


def subject(one: SignOff) -> str:
    """Under which subject a meeting decides a hand-over."""
    return f"{SUBJECT}:{one.id}"


def standing(ward: str, on: date) -> Standing:
    """What a sign-off looks at on a day."""
    return Standing(
        found(ward, on),
        {key: one.until for key, one in promises(ward).items()},
        [one.duty.key for one in duties(ward, on) if not one.word],
    )


def named(ward: str, on: date) -> Named:
    """What the reasons of a sign-off call criteria and duties."""
    text = guidelines.in_force(ward, on)
    return Named(
        text.code,
        {key: one["name"] for key, one in text.section("handover").items()},
        {key: one["name"] for key, one in text.section("handover_duties").items()},
    )


def checks(ward: str) -> list[YearlyCheck]:
    """The yearly checks that were done, the latest first."""
    return list(YearlyCheck.objects.filter(ward=ward).select_related("by").order_by("-due"))


def check_due(ward: str, on: date) -> date | None:
    """The day by which the next yearly check is due; ``None`` before the hand-over."""
    done = signed(ward)
    if done is None:
        return None
    months = rule(ward, on, "check_months", CHECK_MONTHS)
    return rules.check_due(done.last_day, months, (one.due for one in checks(ward)))


def check_subject(due: date) -> str:
    """Under which subject the yearly meeting decides a check."""
    return f"{CHECKED}:{due.isoformat()}"


def to_decide(ward: str, on: date) -> Iterator[Matter]:
    """The hand-over, and the yearly check after it, for the meeting that decides it (ADR 0032)."""
    from django.urls import reverse

    one = draft(ward)
    if one is not None:
        kinds = tuple(meetings.deciding_kinds(ward, on, facts.HANDOVER))
        yield Matter(
            subject(one), labels.decision(one, ward), kinds, one.on,
            reverse("handover:sign_off", kwargs={"ward": ward, "sign_off": one.id}),
            "handover.sign_off",
        )  # fmt: skip
    due = check_due(ward, on)
    if due is not None and add_months(due, -2) <= on:
        kinds = tuple(meetings.deciding_kinds(ward, on, facts.CHECK))
        yield Matter(
            check_subject(due), labels.checking(due), kinds, due,
            reverse("handover:check_year", kwargs={"ward": ward}), "handover.check_year",
        )  # fmt: skip


def due_promises(ward: str, on: date) -> list[Promise]:
    """Promises whose day is near or past, of criteria that are still not met."""
    days = rule(ward, on, "remind_days", REMIND_DAYS)
    near = [one for one in promises(ward).values() if (one.until - on).days <= days]
    if not near:
        return []
    unmet = {one.criterion for one in found(ward, on, [each.criterion for each in near])
             if one.word == "unmet"}  # fmt: skip
    return [one for one in near if one.criterion in unmet]


def check(ward: str) -> list[Reason]:
    """What is kept of the hand-over and differs from what the trail says."""
    from pendamping.handover import said

    return said.breaks(ward)


def dump(ward: str) -> dict[str, Iterable[dict[str, Any]]]:
    """Rows of the ward package: ``readiness``, sorted by key; what had nothing to judge is no row."""
    kept = Reading.objects.filter(ward=ward).exclude(word="none").order_by("on", "criterion")
    return {
        "readiness": [
            {
                "on": one.on, "criterion": one.criterion, "met": one.word == "met",
                "evidence": " ".join(one.evidence), "entered_on": one.entered_on,
            }
            for one in kept
        ]
    }  # fmt: skip
