"""The rows of a ward for its package."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q

from pendamping.facilitation.models import (
    LogEntry,
    MonthlyReport,
    Participant,
    Plan,
    Posting,
    Rating,
    RatingRound,
    Training,
)
from pendamping.kernel import clock


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``log_entries``, ``plans``, ``trainings``, ``training_attendance``,
    ``facilitator_postings``, ``monthly_reports``, ``help_rounds``, ``help_answers``; sorted by key. Codes of
    slips are nobody's but the residents': they do not go out."""
    return {
        "log_entries": _log_rows(ward),
        "plans": _plan_rows(ward),
        "trainings": _training_rows(ward),
        "training_attendance": _attendance_rows(ward),
        "facilitator_postings": _rows_of(Posting, ward, ("id", "team", "position", "letter_no", "since", "until")),
        "monthly_reports": _rows_of(MonthlyReport, ward, ("id", "month", "analysis", "handed_in_on", "told")),
        "help_rounds": iter(RatingRound.objects.filter(ward=ward).order_by("number").values(
            "id", "number", "opened_on", "closes_on", "closed_on", "slips", "least", "questions")),
        "help_answers": _answer_rows(ward),
    }  # fmt: skip


def _answer_rows(ward: str) -> Iterator[dict[str, Any]]:
    """Answers of residents, of rounds that are over; those of too few are shown nowhere, so not here."""
    over = Q(round__closed_on__isnull=False) | Q(round__closes_on__lt=clock.today())
    rounds = RatingRound.objects.filter(ward=ward).annotate(said=Count("ratings"))
    enough = rounds.filter(said__gte=F("least")).values("id")
    found = Rating.objects.filter(over, round__in=enough).order_by("id")
    yield from found.values("id", "round", "answers")


def _rows_of(model: Any, ward: str, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Rows that a facilitator has in a ward."""
    for row in model.objects.filter(ward=ward).order_by("id").values("user__username", *columns):
        yield {"facilitator": row.pop("user__username"), **row}


def _training_rows(ward: str) -> Iterator[dict[str, Any]]:
    columns = ("id", "module", "on", "entered_on", "lessons", "place", "status", "starts", "ends")
    found = Training.objects.filter(ward=ward).order_by("id").prefetch_related("trainers")
    for one in found:
        row = {name: getattr(one, name) for name in columns}
        trainers = ";".join(each.name for each in one.trainers.order_by("key"))
        yield {"topic": row.pop("module"), "held_on": row.pop("on"), "hours": one.lessons, **row,
               "trainers": trainers}  # fmt: skip


def _attendance_rows(ward: str) -> Iterator[dict[str, Any]]:
    found = Participant.objects.filter(training__ward=ward).order_by("training_id", "person_id")
    for row in found.values("training", "person", "name", "sex", "came", "before", "after"):
        scores = {"score_before": row.pop("before"), "score_after": row.pop("after")}
        yield {**row, **scores}


def _log_rows(ward: str) -> Iterator[dict[str, Any]]:
    found = LogEntry.objects.filter(ward=ward).order_by("id")
    columns = (
        "id", "on", "entered_on", "stage", "roles", "minutes", "decided_by", "women", "men", "place",
        "result", "obstacle", "next_step", "plan", "replaces", "why", "taken_back",
    )  # fmt: skip
    for row in found.values("user__username", *columns):
        row["decided_by"] = "" if row["decided_by"] == "none" else row["decided_by"]
        yield {"facilitator": row.pop("user__username"), **row}


def _plan_rows(ward: str) -> Iterator[dict[str, Any]]:
    columns = ("id", "on", "entered_on", "stage", "activity", "dropped_on", "dropped_why")
    for row in Plan.objects.filter(ward=ward).order_by("id").values("user__username", *columns):
        yield {"facilitator": row.pop("user__username"), **row}
