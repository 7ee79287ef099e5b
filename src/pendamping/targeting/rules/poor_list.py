"""When a poor list may be posted, objected to and ratified.

Source: handbook 3.2 (by name, criteria ticked, objection period), 1.1 (ratified in a residents'
meeting); guideline sections ``targeting`` and ``poor_list``.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.kernel.refusal import Reason

KINDS = ("household", "area")
OBJECTIONS = ("add", "remove")


@dataclass(frozen=True, slots=True)
class ListRule:
    """What the guideline asks of a poor list. ``ratified_in``: the kind of meeting, or empty."""

    code: str
    objection_days: int
    by_residents: bool = True
    ticked: bool = True
    ratified_in: str = "citizens"
    posting_late_days: int = 3

    @property
    def meeting(self) -> tuple[str, str] | None:
        """The kind of meeting that ratifies, and the clause that names it; ``None`` where none does."""
        return (
            (self.ratified_in, f"poor_list.{self.code}.ratified_in") if self.ratified_in else None
        )


@dataclass(frozen=True, slots=True)
class ListState:
    """A list as it stands. ``unticked``: households on it without any criterion.

    ``last_settled_on``: the day on which the latest objection was settled.
    """

    status: str
    listed: int
    unticked: int
    posted_on: date | None = None
    open_objections: int = 0
    criteria_ratified: bool = False
    last_settled_on: date | None = None


def criteria_problems(criteria: Sequence[tuple[str, str, int | None]]) -> list[Reason]:
    """``(kind, text, weight)``: at least one about households, each with a text, none twice."""
    found = []
    seen: set[str] = set()
    for row, (kind, text, weight) in enumerate(criteria, 1):
        where, values = {"row": row}, {"row": row, "text": text}
        if kind not in KINDS:
            found.append(
                Reason(
                    "targeting.criteria.kind",
                    "Criterion {row} is about a household or an area.",
                    values,
                    where,
                )
            )
        if not text.strip():
            found.append(
                Reason("targeting.criteria.text", "Criterion {row} has no text.", values, where)
            )
        if weight is not None and weight < 0:
            found.append(
                Reason(
                    "targeting.criteria.weight",
                    "Criterion {row}: a weight is not below zero.",
                    values,
                    where,
                )
            )
        key = " ".join(text.lower().split())
        if key and key in seen:
            found.append(
                Reason("targeting.criteria.twice", "“{text}” is there twice.", values, where)
            )
        seen.add(key)
    if not any(kind == "household" for kind, _, _ in criteria):
        found.append(
            Reason("targeting.criteria.none", "At least one criterion about households is needed.")
        )
    return found


def set_problems(on: date, today: date) -> list[Reason]:
    """Criteria are written down on the day on which residents named them, not before it."""
    if on <= today:
        return []
    return [
        Reason(
            "targeting.criteria.future",
            "The day {day} lies in the future; the residents have not met yet.",
            {"day": on.isoformat()},
            {"field": "on"},
        )
    ]


def last_day(posted_on: date, days: int) -> date:
    """The last day on which residents may object: the day of posting counts as the first.

    >>> last_day(date(2004, 1, 5), 14)
    datetime.date(2004, 1, 18)
    """
    return posted_on + timedelta(days=max(days, 1) - 1)


def posting_problems(
    state: ListState,
    rule: ListRule,
    posted_on: date,
    drafted_on: date,
    today: date,
    why: str = "",
) -> list[Reason]:
    """A draft that names somebody, with the criteria ticked for each household.

    ``why``: why it is entered so late, where more days have passed than the guideline allows.
    """
    if state.status != "draft":
        return [Reason("targeting.list.posted", "The list has been posted already.")]
    found = _unfinished(state, rule)
    if not drafted_on <= posted_on <= today:
        found.append(
            Reason(
                "targeting.list.day",
                "A list is posted between the day of its draft and today.",
                where={"field": "posted_on"},
            )
        )
    late = (today - posted_on).days
    if late > rule.posting_late_days and not why.strip():
        found.append(
            Reason(
                f"targeting.{rule.code}.posting_late_days",
                "The posting is entered {late} days after its day, and more than {days} need a reason: "
                "say why it is entered only now.",
                {"late": late, "days": rule.posting_late_days},
                {"field": "why"},
            )
        )
    return found


def _unfinished(state: ListState, rule: ListRule) -> list[Reason]:
    found = []
    if not state.listed:
        found.append(Reason("targeting.list.empty", "Nobody is on the list yet."))
    if rule.ticked and state.unticked:
        found.append(
            Reason(
                f"poor_list.{rule.code}.verdict",
                "For {count} households on the list no criterion is ticked.",
                {"count": state.unticked},
            )
        )
    return found


def objection_problems(
    state: ListState,
    rule: ListRule,
    *,
    kind: str,
    listed: bool,
    raised_on: date,
    today: date,
    reason: str,
) -> list[Reason]:
    """An objection names a household, asks for a change and gives a reason, within the period."""
    if state.status != "posted" or state.posted_on is None:
        return [Reason("targeting.list.not_posted", "The list is not posted for objections.")]
    found = []
    last = last_day(state.posted_on, rule.objection_days)
    if not state.posted_on <= raised_on <= min(last, today):
        found.append(
            Reason(
                f"targeting.{rule.code}.objection_days",
                "Objections are taken from {first} to {last}.",
                {"first": state.posted_on.isoformat(), "last": last.isoformat()},
                {"field": "raised_on"},
            )
        )
    if kind not in OBJECTIONS:
        found.append(
            Reason(
                "targeting.objection.kind",
                "An objection asks to add a household or to remove one.",
                where={"field": "kind"},
            )
        )
    elif (kind == "add") == listed:
        text = Reason("", "This household is on the list already.") if listed else Reason("", "This household is not on the list.")  # fmt: skip
        found.append(
            Reason("targeting.objection.household", text.text, where={"field": "household"})
        )
    if not reason.strip():
        found.append(
            Reason(
                "targeting.objection.reason",
                "Write down the reason for the objection.",
                where={"field": "reason"},
            )
        )
    return found


def settling_problems(
    status: str, raised_on: date, settled_on: date, today: date, why: str
) -> list[Reason]:
    """An objection is settled once, with a reason."""
    if status != "open":
        return [Reason("targeting.objection.settled", "This objection has been settled already.")]
    found = []
    if not raised_on <= settled_on <= today:
        found.append(
            Reason(
                "targeting.objection.day",
                "An objection is settled between the day it was raised and today.",
                where={"field": "settled_on"},
            )
        )
    if not why.strip():
        found.append(
            Reason(
                "targeting.objection.why",
                "Write down why it was settled so.",
                where={"field": "why"},
            )
        )
    return found


def ratifying_problems(
    state: ListState,
    rule: ListRule,
    *,
    held_on: date | None,
    not_decided: Collection[Reason],
) -> list[Reason]:
    """Every reason why the list cannot be ratified by the meeting; empty where it can.

    ``held_on``: the day of the meeting, ``None`` where there is none. ``not_decided``: what
    ``meetings.queries.decided`` said.
    """
    if state.status != "posted" or state.posted_on is None:
        return [Reason("targeting.list.not_posted", "The list is not posted for objections.")]
    found = _unfinished(state, rule)
    if rule.by_residents and not state.criteria_ratified:
        found.append(
            Reason(
                f"poor_list.{rule.code}.criteria_by_residents",
                "The residents have not yet ratified the criteria in a meeting.",
            )
        )
    end = last_day(state.posted_on, rule.objection_days)
    if held_on is not None and held_on <= end:
        found.append(
            Reason(
                f"targeting.{rule.code}.objection_days",
                "Residents may object until {last}; the meeting is held after that day.",
                {"last": end.isoformat()},
            )
        )
    found += _settled_later(state, held_on)
    if state.open_objections:
        found.append(
            Reason(
                "targeting.objection.open",
                "{count} objections are not settled yet.",
                {"count": state.open_objections},
            )
        )
    return [*found, *not_decided]


def _settled_later(state: ListState, held_on: date | None) -> list[Reason]:
    settled = state.last_settled_on
    if held_on is None or settled is None or held_on >= settled:
        return []
    return [
        Reason(
            "targeting.objection.settled_after",
            "An objection was settled on {settled}, after the meeting of {held}: the list that the "
            "meeting decided is no longer this one. A new meeting ratifies it.",
            {"settled": settled.isoformat(), "held": held_on.isoformat()},
            {"field": "meeting_id"},
        )
    ]
