"""Whether a ward may be a target of the programme, with each reason for and against.

Source: handbook 3.1, guideline section ``targeting``; the case: Empang, 625 poor of 3,448
households (18.1 %), urban, without the programme before.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.kernel.refusal import Reason
from pendamping.kernel.share import Share


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ward that could be chosen. ``None``: nobody knows; what is asked then fails.

    ``poor``: the poor among ``households`` (or both in persons, where the source counts persons).
    """

    code: str
    name: str
    households: int | None
    poor: int | None
    urban: bool | None
    had_programme: bool | None
    source: str = ""

    @property
    def poor_share(self) -> Share | None:
        """Poor households out of all; ``None`` where a figure is missing."""
        if self.households is None or self.poor is None:
            return None
        return Share(self.poor, self.households)


@dataclass(frozen=True, slots=True)
class DesignationRule:
    """What the guideline asks of a target ward. ``code``: of the guideline in force."""

    code: str
    min_poor_percent: int
    urban_only: bool
    no_programme_before: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One condition and whether the ward meets it; ``reason`` says it in words either way.

    ``known``: whether anybody knows what is asked; what nobody knows is not met, and is not against the
    ward either.
    """

    key: str
    held: bool
    reason: Reason
    known: bool = True

    def as_json(self) -> dict[str, Any]:
        """As a decision keeps it."""
        return {
            "key": self.key,
            "held": self.held,
            "known": self.known,
            "clause": self.reason.clause,
            "text": self.reason.text,
            "values": dict(self.reason.values),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Check":
        """The check that was kept."""
        text = kept["text"]
        reason = Reason(kept["clause"], text, kept["values"])
        return cls(kept["key"], kept["held"], reason, kept.get("known", True))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every condition; the ward fits where all are met."""

    code: str
    checks: tuple[Check, ...]

    @property
    def fits(self) -> bool:
        """Whether the ward may be designated."""
        return all(check.held for check in self.checks)

    def reasons(self) -> list[Reason]:
        """Why it may not; empty where it may."""
        return [
            Reason(each.reason.clause, each.reason.text, each.reason.values, {"ward": self.code})
            for each in self.checks
            if not each.held
        ]


def read_rule(targeting: Mapping[str, Any], code: str) -> DesignationRule:
    """The rule out of the guideline's section ``targeting``."""
    return DesignationRule(
        code,
        targeting["min_poor_percent"],
        targeting["urban_only"],
        targeting["no_programme_before"],
    )


def assess(candidate: Candidate, rule: DesignationRule) -> Verdict:
    """Hold one ward against the rule; conditions that ask for nothing are left out."""
    checks = [_poverty(candidate, rule)]
    if rule.urban_only:
        checks.append(_urban(candidate, rule))
    if rule.no_programme_before:
        checks.append(_before(candidate, rule))
    return Verdict(candidate.code, tuple(checks))


def _poverty(candidate: Candidate, rule: DesignationRule) -> Check:
    clause = f"targeting.{rule.code}.min_poor_percent"
    share = candidate.poor_share
    if (wrong := _more_than_all(candidate)) is not None:
        return Check("min_poor_percent", False, wrong, known=False)
    if share is None or not share.whole:
        text = Reason(
            clause,
            "{name}: it is not known how many of its households are poor.",
            {"name": candidate.name},
        )
        return Check("min_poor_percent", False, text, known=False)
    values = {
        "name": candidate.name,
        "part": share.part,
        "whole": share.whole,
        "percent": share.percent(),
        "need": rule.min_poor_percent,
    }
    if share.at_least(rule.min_poor_percent):
        reason = Reason(
            clause,
            "{name}: {part} of {whole} households are poor ({percent}); at least {need} % are asked.",
            values,
        )
        return Check("min_poor_percent", True, reason)
    reason = Reason(
        clause,
        "{name}: only {part} of {whole} households are poor ({percent}); at least {need} % are asked.",
        values,
    )
    return Check("min_poor_percent", False, reason)


def _more_than_all(candidate: Candidate) -> Reason | None:
    """Why nothing is known of a ward whose poor households are more than its households."""
    if candidate.households is None or candidate.poor is None:
        return None
    if candidate.poor <= candidate.households:
        return None
    values = {
        "name": candidate.name, "poor": candidate.poor, "households": candidate.households,
    }  # fmt: skip
    return Reason(_FIGURE, "{name}: {poor} poor households are more than all {households}.", values)


_FIGURE = "targeting.candidate.figure"


def _urban(candidate: Candidate, rule: DesignationRule) -> Check:
    clause, values = f"targeting.{rule.code}.urban_only", {"name": candidate.name}
    if candidate.urban is None:
        reason = Reason(clause, "{name}: it is not known whether the ward is urban.", values)
    elif candidate.urban:
        reason = Reason(clause, "{name} is an urban ward.", values)
    else:
        reason = Reason(clause, "{name} is not an urban ward.", values)
    return Check("urban_only", bool(candidate.urban), reason, candidate.urban is not None)


def _before(candidate: Candidate, rule: DesignationRule) -> Check:
    clause, values = f"targeting.{rule.code}.no_programme_before", {"name": candidate.name}
    if candidate.had_programme is None:
        reason = Reason(
            clause, "{name}: it is not known whether it had the programme before.", values
        )
    elif candidate.had_programme:
        reason = Reason(clause, "{name} has had the programme before.", values)
    else:
        reason = Reason(clause, "{name} has not had the programme before.", values)
    known = candidate.had_programme is not None
    return Check("no_programme_before", candidate.had_programme is False, reason, known)


def candidate_problems(candidates: Sequence[Candidate]) -> list[Reason]:
    """Figures that cannot be, and wards that are named twice."""
    found: list[Reason] = []
    seen: set[str] = set()
    for row, each in enumerate(candidates, 1):
        where = {"row": row, "ward": each.code}
        for figure in (each.households, each.poor):
            if figure is not None and figure < 0:
                found.append(
                    Reason(
                        _FIGURE,
                        "{name}: no number is below zero.",
                        {"name": each.name},
                        where,
                    )
                )
        if (wrong := _more_than_all(each)) is not None:
            found.append(Reason(wrong.clause, wrong.text, wrong.values, where))
        if each.code in seen:
            found.append(
                Reason(
                    "targeting.candidate.twice",
                    "{code} is named twice.",
                    {"code": each.code},
                    where,
                )
            )
        seen.add(each.code)
    return found


def designation_problems(
    candidates: Sequence[Candidate],
    chosen: Collection[str],
    rule: DesignationRule,
    *,
    letter_no: str,
    decided_on: date,
    today: date,
) -> list[Reason]:
    """Every reason why the decision cannot stand: figures, the letter, wards that do not fit."""
    found = candidate_problems(candidates)
    if not letter_no.strip():
        found.append(
            Reason(
                f"locations.{rule.code}.decision_letter",
                "The decision needs the number of its letter.",
                where={"field": "letter_no"},
            )
        )
    if decided_on > today:
        found.append(
            Reason(
                "targeting.decision.day",
                "The day lies in the future.",
                where={"field": "decided_on"},
            )
        )
    if not chosen:
        found.append(
            Reason(
                "targeting.decision.none", "Choose at least one ward.", where={"field": "chosen"}
            )
        )
    known = {each.code: each for each in candidates}
    for code in sorted(set(chosen)):
        if code not in known:
            found.append(
                Reason(
                    "targeting.decision.unknown",
                    "{code} is not among the candidates.",
                    {"code": code},
                    {"ward": code},
                )
            )
        else:
            against = assess(known[code], rule).reasons()
            found += [each for each in against if each.clause != _FIGURE]  # said already
    return found
