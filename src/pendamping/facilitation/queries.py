"""Reading the work of the facilitators: plan, logbook, team, and what they show together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.facilitation import facts, labels
from pendamping.facilitation.dumped import dump
from pendamping.facilitation.models import (
    Background,
    LogEntry,
    MonthlyReport,
    Participant,
    Plan,
    Posting,
    Rating,
    RatingRound,
    RatingSlip,
    Training,
)
from pendamping.facilitation.rules import (
    Course,
    Month,
    MonthOfRoles,
    Planned,
    Said,
    Standing,
    by_month,
    by_role,
    code_of,
    course,
    said,
    standing,
    unlogged,
)
from pendamping.kernel import clock
from pendamping.kernel.period import month_end
from pendamping.kernel.refusal import Reason

__all__ = ["dump"]  # read elsewhere, asked for here

LOOK_BACK_DAYS = 14  # days that nobody logged are asked for so long


def entry(ward: str, entry_id: str) -> LogEntry | None:
    """One entry of the ward's logbook, also one that was corrected since."""
    return LogEntry.objects.filter(pk=entry_id, ward=ward).select_related("user").first()


def versions(entry: LogEntry) -> list[LogEntry]:
    """All texts of an entry, the one that stands first."""
    newest = entry
    while (later := LogEntry.objects.filter(replaces=newest).first()) is not None:
        newest = later
    found = [newest]
    while found[-1].replaces_id:
        found.append(LogEntry.objects.select_related("user").get(pk=found[-1].replaces_id))
    return found


def entries(ward: str, first: date, last: date, by: User | None = None) -> list[LogEntry]:
    """The entries that stand of a span of days, the latest first; ``by``: of one facilitator only."""
    found = facts.standing_entries().filter(ward=ward, on__gte=first, on__lte=last)
    found = found.filter(user=by) if by else found
    return list(found.select_related("user", "plan").order_by("-on", "-id"))


def last_entry(ward: str, by: User) -> LogEntry | None:
    """The entry that somebody wrote last in the ward."""
    return facts.standing_entries().filter(ward=ward, user=by).order_by("-on", "-id").first()


def months_logged(ward: str) -> list[date]:
    """The first days of months of which the ward has entries, the latest first."""
    return list(facts.standing_entries().filter(ward=ward).dates("on", "month", order="DESC"))


def plans(ward: str, first: date, last: date, by: User | None = None) -> list[tuple[Plan, Planned]]:
    """What was planned for a span of days, with its standing; by day."""
    found = Plan.objects.filter(ward=ward, on__gte=first, on__lte=last).select_related("user")
    rows = list((found.filter(user=by) if by else found).order_by("on", "id"))
    done = set(facts.standing_entries().filter(plan__in=rows).values_list("plan_id", flat=True))
    return [(one, Planned(one.on, one.id in done, one.dropped_on is not None)) for one in rows]


def plan(ward: str, plan_id: str, by: User) -> Plan | None:
    """Something that somebody planned in the ward."""
    return Plan.objects.filter(pk=plan_id, ward=ward, user=by).first()


def planned_against_done(ward: str, first: date, last: date, by: User | None = None) -> Standing:
    """Planned against done in a span of days."""
    beside = facts.standing_entries().filter(
        ward=ward, on__gte=first, on__lte=last, plan__isnull=True
    )
    beside = beside.filter(user=by) if by else beside
    kept = [planned for _plan, planned in plans(ward, first, last, by)]
    return standing(kept, beside.count(), clock.today())


def unlogged_days(ward: str, by: User, on: date) -> list[date]:
    """The last days that somebody in the ward's team has logged in no ward; today is still open.

    Working days count from the first day of their term here on, other days where something was planned.
    """
    first = on - timedelta(days=LOOK_BACK_DAYS)
    last = on - timedelta(days=1)
    here = in_team(ward, by, first, last)
    if here is None:
        return []
    logged = facts.standing_entries().filter(user=by, on__gte=first, on__lte=last)
    planned = Plan.objects.filter(
        user=by, ward=ward, on__gte=first, on__lte=last, dropped_on__isnull=True
    )
    return unlogged(
        max(first, here.since),
        min(last, here.until or last),
        set(logged.values_list("on", flat=True)),
        facts.rule(ward, on).workdays_per_week,
        set(planned.values_list("on", flat=True)),
    )


def logged(by: User) -> tuple[int, str]:
    """How many entries of somebody stand over all wards, and the last one's id: moved by whatever they log."""
    found = facts.standing_entries().filter(user=by).aggregate(count=Count("id"), last=Max("id"))
    return found["count"], found["last"] or ""


def in_team(ward: str, by: User, first: date, last: date) -> Posting | None:
    """Somebody's term in the ward's team that touches a span of days, the latest of several."""
    found = Posting.objects.filter(ward=ward, user=by, since__lte=last)
    running = found.filter(Q(until__isnull=True) | Q(until__gte=first))
    return running.order_by("-since").first()


def team(ward: str) -> list[Posting]:
    """Everybody who belongs or once belonged to the ward's team, those of now first."""
    today = clock.today()
    found = Posting.objects.filter(ward=ward).select_related("user").order_by("-since", "id")
    return sorted(found, key=lambda one: one.until is not None and one.until < today)


def posting(ward: str, posting_id: str) -> Posting | None:
    """One term in the ward's team."""
    return Posting.objects.filter(pk=posting_id, ward=ward).select_related("user").first()


def background(by: User) -> Background | None:
    """What a facilitator said last of education and experience."""
    return Background.objects.filter(user=by).order_by("-entered_at", "-id").first()


def time_by_role(ward: str, first: date, last: date, by: User | None = None) -> list[MonthOfRoles]:
    """Minutes in each role, month after month."""
    found = facts.standing_entries().filter(ward=ward, on__gte=first, on__lte=last)
    found = found.filter(user=by) if by else found
    rows = found.values_list("on", "minutes", "roles")
    return by_role((day, minutes, facts.parted(roles)) for day, minutes, roles in rows)


def decisions(ward: str, upto: date) -> list[Month]:
    """Who decided, month after month, as the logbook says up to a day."""
    found = facts.standing_entries().filter(ward=ward, on__lte=upto)
    return by_month(found.values_list("on", "decided_by"))


def dependence(ward: str, upto: date) -> tuple[list[Month], Course]:
    """The curve of dependence on the facilitator, and where it goes."""
    months = decisions(ward, upto)
    return months, course(months, facts.rule(ward, upto).least_decisions)


def trainings(ward: str, first: date | None = None, last: date | None = None) -> list[Training]:
    """The trainings of the ward, the latest first, with trainers and participants."""
    found = Training.objects.filter(ward=ward)
    found = found.filter(on__gte=first) if first else found
    found = found.filter(on__lte=last) if last else found
    return list(
        found.prefetch_related("trainers", "participants").order_by("-on", "-starts", "-id")
    )


def training(ward: str, training_id: str) -> Training | None:
    """One training of the ward."""
    return Training.objects.filter(pk=training_id, ward=ward).first()


def training_title(training: Training) -> str:
    """What a training is called in the reader's language."""
    return labels.trainings(training.ward, training.on).get(training.module, training.module)


def participants(training: Training) -> list[Participant]:
    """Who is asked to a training, or came, by name."""
    return list(training.participants.order_by("name", "id"))


def roll_rows(training: Training) -> list[list[Any]]:
    """Who came with which scores, as two rolls are compared: by the person's id."""
    rows = sorted(training.participants.all(), key=lambda one: str(one.person_id))
    return [[one.person_id, bool(one.came), one.before, one.after] for one in rows]


def came(ward: str, people: Collection[str], upto: date) -> list[tuple[str, date, str, str]]:
    """Which trainings these ids came to up to a day: id of the person, day, module, id of the training."""
    found = Participant.objects.filter(
        training__ward=ward, person__in=list(people), came=True, training__on__lte=upto
    )
    columns = ("person_id", "training__on", "training__module", "training_id")
    return list(found.order_by("training__on", "id").values_list(*columns))


def rolls_waiting(ward: str, on: date) -> list[Training]:
    """Trainings whose day has come and whose roll is not kept, the oldest first."""
    found = Training.objects.filter(ward=ward, status="planned", on__lte=on)
    return list(found.order_by("on", "starts", "id"))


@dataclass(frozen=True, slots=True)
class ReportMonth:
    """A month in which somebody logged in the ward; ``first``: its first day."""

    first: date
    username: str
    name: str
    entries: int
    handed_in_on: date | None


def report_months(ward: str) -> list[ReportMonth]:
    """Every month with entries by every facilitator, the latest first."""
    found: dict[tuple[date, str, str], int] = {}
    rows = facts.standing_entries().filter(ward=ward)
    for on, username, name in rows.values_list("on", "user__username", "user__name"):
        key = (on.replace(day=1), username, name)
        found[key] = found.get(key, 0) + 1
    kept = MonthlyReport.objects.filter(ward=ward, handed_in_on__isnull=False)
    handed = {
        (month, username): day
        for month, username, day in kept.values_list("month", "user__username", "handed_in_on")
    }
    return [
        ReportMonth(first, username, name, count, handed.get((first, username)))
        for (first, username, name), count in sorted(found.items(), reverse=True)
    ]


def report(ward: str, by: User, first: date) -> MonthlyReport | None:
    """What somebody wrote of a month, or handed in."""
    return MonthlyReport.objects.filter(ward=ward, user=by, month=first).first()


def report_waiting(ward: str, by: User, on: date) -> date | None:
    """The first day of the month before, where it has entries and no report of it is handed in."""
    last = on.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    kept = report(ward, by, first)
    if kept is not None and kept.handed_in_on:
        return None
    mine = facts.standing_entries().filter(ward=ward, user=by, on__gte=first, on__lte=last)
    return first if mine.exists() else None


def report_due(ward: str, first: date) -> date:
    """The last day on which the report of a month is in time."""
    last = month_end(first)
    return last + timedelta(days=facts.rule(ward, last).report_within_days)


def month_name(first: date) -> str:
    """A month in the reader's language."""
    return labels.month(first)


@dataclass(frozen=True, slots=True)
class Round:
    """A round of the residents' voice; ``open``: then nothing of it is said yet."""

    round: RatingRound
    open: bool
    said: Said


def rating_rounds(ward: str) -> list[Round]:
    """The rounds of the ward, the latest first."""
    today, found = clock.today(), []
    for one in RatingRound.objects.filter(ward=ward).order_by("-number"):
        is_open = one.closed_on is None and one.closes_on >= today
        kept = [] if is_open else Rating.objects.filter(round=one).values_list("answers", flat=True)
        found.append(Round(one, is_open, said(kept, one.questions, one.least)))
    return found


def rating_round(ward: str, round_id: str) -> RatingRound | None:
    """One round of the ward."""
    return RatingRound.objects.filter(pk=round_id, ward=ward).first()


def codes(one: RatingRound) -> list[RatingSlip]:
    """The slips of a round, used or not: a print does not tell which."""
    return list(one.codes.order_by("code"))


def ward_of_code(code: str) -> str | None:
    """The ward in which a code was handed out."""
    found = RatingSlip.objects.filter(code=code_of(code)).select_related("round").first()
    return found.round.ward if found else None


def questions_of_code(code: str) -> list[str] | None:
    """What a code may answer today; ``None`` where it was used or its round is closed."""
    found = RatingSlip.objects.filter(
        code=code_of(code), used=False, round__closed_on__isnull=True,
        round__closes_on__gte=clock.today(),
    ).select_related("round").first()  # fmt: skip
    return list(found.round.questions) if found else None


def works_here(ward: str, by: User) -> bool:
    """Whether somebody is or was a facilitator of the ward: in its team, its logbook, or by role."""
    return (
        "facilitator" in access.roles(by, ward)
        or LogEntry.objects.filter(ward=ward, user=by).exists()
        or Posting.objects.filter(ward=ward, user=by).exists()
    )


def check(ward: str) -> list[Reason]:
    """Rolls of trainings that say something else than was kept."""
    from pendamping.facilitation import said as kept

    return kept.breaks(ward)
