"""When a tranche may be asked for, and what its papers must be.

Source: handbook 3.4 (release papers with two ticks, 90 % used and report accepted), 5.3 and S42 (an
unfinished report holds the next tranche).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pendamping.kernel.refusal import Reason
from pendamping.kernel.share import Share

STATES = ("planned", "requested", "returned", "cleared", "ordered", "received")
"""Where a tranche may stand: requested until the chain clears, returns or refuses it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the guideline asks before a tranche; ``code``: of the guideline, for the clauses."""

    min_use_pct: int
    report_accepted: bool
    report_holds: bool
    code: str

    @classmethod
    def of(
        cls, tranches: Mapping[str, Any], accountability: Mapping[str, Any], code: str
    ) -> "Terms":
        """From the guideline's sections ``tranches`` and ``accountability``."""
        return cls(
            int(tranches.get("min_use_pct", 0)),
            bool(tranches.get("report_accepted", False)),
            bool(accountability.get("closes_late_tranche", False)),
            code,
        )


@dataclass(frozen=True, slots=True)
class Before:
    """The tranche before: its number, what it brought and what of it is used, where its report is."""

    number: int
    amount: int
    used: int
    received: bool
    report: str  # "", "drafted", "handed-in", "returned", "accepted"
    due_on: date | None

    @property
    def use(self) -> Share:
        """What is used of what came."""
        return Share(self.used, self.amount)


def gate(before: Before | None, terms: Terms, on: date) -> list[Reason]:
    """Everything that holds a tranche back because of the one before; empty for the first."""
    if before is None:
        return []
    values = {"number": before.number}
    if not before.received:
        return [Reason("grants.order", "Tranche {number} has not come yet.", values)]
    found = []
    if not before.use.at_least(terms.min_use_pct):
        found.append(
            Reason(
                f"tranches.{terms.code}.min_use_pct",
                "Of tranche {number} {used} is used; at least {least} % must be.",
                {**values, "used": before.use.percent(), "least": terms.min_use_pct},
                {"used": before.used, "amount": before.amount},
            )
        )
    return found + _report(before, terms, on)


def _report(before: Before, terms: Terms, on: date) -> list[Reason]:
    if before.report == "accepted" or not (terms.report_accepted or terms.report_holds):
        return []
    values: dict[str, Any] = {"number": before.number}
    if terms.report_holds and before.due_on is not None and before.due_on < on:
        late = (on - before.due_on).days
        return [
            Reason(
                f"accountability.{terms.code}.closes_late_tranche",
                "The report of tranche {number} was due on {due} and is {late} days late: it holds "
                "this tranche back.",
                {**values, "due": before.due_on.isoformat(), "late": late},
                {"late": late},
            )
        ]
    return [
        Reason(
            f"tranches.{terms.code}.report_accepted",
            "The report of tranche {number} is not accepted yet.",
            values,
            {"report": before.report},
        )
    ]


@dataclass(frozen=True, slots=True)
class Paper:
    """A release paper with its two ticks."""

    key: str
    name: Mapping[str, str]
    present: bool = False
    correct: bool = False
    note: str = ""


def papers(
    known: Mapping[str, Mapping[str, Any]], number: int, ticked: Mapping[str, Mapping[str, Any]]
) -> list[Paper]:
    """The papers that the guideline asks for this tranche, with the ticks that stand."""
    return [
        Paper(
            key,
            one["name"],
            bool(ticked.get(key, {}).get("present")),
            bool(ticked.get(key, {}).get("correct")),
            str(ticked.get(key, {}).get("note", "")),
        )
        for key, one in known.items()
        if number in one["tranches"]
    ]


def tick_problems(papers: Iterable[Paper], ticks: Mapping[str, Mapping[str, Any]]) -> list[Reason]:
    """Papers that are ticked as correctly filled, but not as there: one reason for each."""
    return [
        Reason(
            "grants.papers.present",
            "{paper}: what is correctly filled is there too. Tick both, or neither.",
            {"paper": dict(one.name)},
            {"field": f"present-{one.key}"},
        )
        for one in papers
        if ticks.get(one.key, {}).get("correct") and not ticks[one.key].get("present")
    ]


def paper_problems(found: Iterable[Paper], code: str) -> list[Reason]:
    """Each paper that is missing or not correctly filled, one by one."""
    reasons = []
    for one in found:
        where = {"paper": one.key}
        values = {"paper": one.name["id"]}
        if not one.present:
            reasons.append(
                Reason(f"tranche_papers.{code}.{one.key}", "{paper}: is missing.", values, where)
            )
        elif not one.correct:
            reasons.append(
                Reason(
                    f"tranche_papers.{code}.{one.key}",
                    "{paper}: is there, but not correctly filled.",
                    values,
                    where,
                )
            )
    return reasons


def due_on(work_ends: date, days: int) -> date:
    """When the report of a tranche is due: so many days after its work ends.

    >>> due_on(date(2004, 8, 31), 30)
    datetime.date(2004, 9, 30)
    """
    return work_ends + timedelta(days=days)


REPORT_STEPS: Mapping[str, tuple[str, ...]] = {"hand-in": ("drafted", "returned")}
"""From which states a report takes a step."""


def report_problems(state: str, step: str) -> list[Reason]:
    """Why a report cannot take a step."""
    if state in REPORT_STEPS[step]:
        return []
    return [
        Reason("grants.report.state", "The report is not at this step now.", {}, {"state": state})
    ]
