"""What holds back or carries the people: cadres, the facilitator, turnout.

One function per factor; its docstring is the rule. Source: handbook 0.1, 1.2, 7, 8.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.cadres.rules import Standing, standing
from pendamping.insight.rules.limits import Limits
from pendamping.insight.rules.turnout import came
from pendamping.insight.rules.warned import Row, Rows, Warned, calm, known, later, refs, unknown
from pendamping.kernel.period import add_months

WEEKS = 13  # a quarter of a year


def cadres_unready(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """Cadres are not ready: with so many months or fewer to the end of the programme a criterion of readiness was
    unmet when last looked at; where none was looked at, fewer cadres than the hand-over wants were seen at a
    meeting, a training or a deed in its last months, or nobody has taken over a task that the guideline names. Act
    with the urgent months or fewer left. Unknown without an end, or without criteria and cadres."""
    factor = "cadres-unready"
    ends = [row["programme_end"] for row in rows.get("ward", ()) if row.get("programme_end")]
    read = known(rows, "readiness", "on", as_of)
    last = {row["criterion"]: row for row in read}
    serving = _serving(rows, as_of)
    if not ends or not (last or serving):
        return unknown(factor)
    opens = add_months(ends[0], -limits.cadres_ready_before_months)
    found = _unmet(last, read) if last else _unready(rows, serving, as_of, limits)
    seen = len(last) or len(serving)
    if as_of < opens or found.since is None:
        return calm(factor, seen, **found.said)
    act = as_of >= add_months(ends[0], -limits.cadres_urgent_months)
    return Warned(factor, "act" if act else "watch", max(opens, found.since), found.evidence, seen,
                  found.said)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Short:
    """What is missing, since when (``None``: nothing), and the figures."""

    since: date | None
    evidence: tuple[str, ...]
    said: dict[str, int]


def _unmet(last: Mapping[str, Row], read: Sequence[Row]) -> _Short:
    """Criteria that were unmet when last looked at; since the oldest of them was, look after look."""
    since: dict[str, date] = {}
    for row in read:
        if row["met"]:
            since.pop(row["criterion"], None)
        else:
            since.setdefault(row["criterion"], row["on"])
    unmet = [row for row in last.values() if not row["met"]]
    return _Short(
        min(since.values(), default=None),
        tuple(f"readiness:{row['on']}/{row['criterion']}" for row in unmet),
        {"unmet": len(unmet), "criteria": len(last)},
    )


def _unready(rows: Rows, serving: list[Row], as_of: date, limits: Limits) -> _Short:
    """Too few cadres with a sign in the months of the limit, and tasks that nobody has."""
    signs = _signs(rows, as_of)
    stand = [(_standing(row, signs, as_of, limits), row) for row in serving]
    silent = [(one.dormant_from, row) for one, row in stand if one.word == "dormant"]
    silent.sort(key=lambda one: one[0], reverse=True)
    short = limits.cadres_active - (len(stand) - len(silent))
    since, evidence = None, list[str]()
    if short > 0:
        since = silent[min(short, len(silent)) - 1][0] if silent else date.min
        evidence += refs("cadres", [row for _day, row in silent] or serving, "id", "person")
    untaken = _untaken(rows, as_of, limits)
    if untaken:
        since, evidence = date.min, [*evidence, *(f"tasks:{task}" for task in untaken)]
    said = {
        "active": len(stand) - len(silent),
        "wanted": limits.cadres_active,
        "open": len(untaken),
    }
    return _Short(since, tuple(evidence), said)


def _standing(row: Row, signs: Mapping[str, date], as_of: date, limits: Limits) -> Standing:
    """As the page of the cadres says it: the same rule, for the months that the hand-over wants."""
    seen = [signs[row["person"]]] if row["person"] in signs else []
    return standing(row["from"], None, seen, as_of, limits.cadres_active_months)


def _untaken(rows: Rows, as_of: date, limits: Limits) -> list[str]:
    """Tasks of the guideline that no cadre has; none where the record keeps no tasks."""
    if "cadre_tasks" not in rows:
        return []
    held = {
        row["task"] for row in known(rows, "cadre_tasks", "since", as_of)
        if not later(row, "until", as_of)
    }  # fmt: skip
    return [task for task in limits.tasks if task not in held]


def _serving(rows: Rows, as_of: date) -> list[Row]:
    return [row for row in known(rows, "cadres", "from", as_of) if not later(row, "to", as_of)]


def _signs(rows: Rows, as_of: date) -> Mapping[str, date]:
    """The last day on which each person stood on the roll of a meeting or a training, or noted a deed.

    A training whose roll is not kept yet (``came`` empty) is no sign of those who are asked to come.
    """
    held = {row["id"]: row["held_on"] for row in known(rows, "meetings", "held_on", as_of)}
    held |= {row["id"]: row["held_on"] for row in known(rows, "trainings", "held_on", as_of)}
    found: dict[str, date] = {}
    for resource, key in (("attendance", "meeting"), ("training_attendance", "training")):
        for row in rows.get(resource, ()):
            day = held.get(row[key])
            if day and row.get("person") and row.get("came", True):
                found[row["person"]] = max(day, found.get(row["person"], day))
    who = {row.get("id"): row["person"] for row in known(rows, "cadres", "from", as_of)}
    for row in known(rows, "cadre_deeds", "on", as_of):
        person = who.get(row["cadre"])  # a deed may be entered before the cadre is
        if person:
            found[person] = max(row["on"], found.get(person, row["on"]))
    return found


def dependence(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """The ward leans on its facilitator: within the days watched the facilitator decided in more than the limit of
    the log entries that say who did; three times the least of them are needed to warn. Act above the second limit.
    Unknown with fewer such entries than the least."""
    factor = "facilitator-dependence"
    begin = as_of - timedelta(days=limits.watched_days)
    said = [
        row for row in known(rows, "log_entries", "on", as_of)
        if row["on"] > begin and row.get("decided_by") in ("community", "joint", "facilitator")
    ]  # fmt: skip
    if len(said) < limits.decisions_least:
        return unknown(factor)
    own = [row for row in said if row["decided_by"] == "facilitator"]
    figures = {"own": len(own), "whole": len(said)}
    few = len(said) < 3 * limits.decisions_least
    if few or 100 * len(own) <= limits.facilitator_decides_percent * len(said):
        return calm(factor, len(said), **figures)
    act = 100 * len(own) > limits.facilitator_decides_act_percent * len(said)
    return Warned(factor, "act" if act else "watch", own[0]["on"], refs("log_entries", own),
                  len(said), figures)  # fmt: skip


def facilitator_capable(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """A strength: the facilitator was in the ward in most of the last thirteen weeks, by the limit, and a training
    was held within the days watched; where its scores are kept, people knew more after it than before. Unknown
    where no log or no training is kept."""
    factor = "facilitator-capable"
    log = known(rows, "log_entries", "on", as_of)
    held = [
        row for row in known(rows, "trainings", "held_on", as_of)
        if row["held_on"] > as_of - timedelta(days=limits.watched_days)
        and row.get("status", "held") == "held"
    ]  # fmt: skip
    if not log or "trainings" not in rows:
        return unknown(factor)
    visited = {(as_of - row["on"]).days // 7 for row in log} & set(range(WEEKS))
    trained = [row for row in held if _learned(rows, row["id"])]
    said = {"weeks": len(visited), "of": WEEKS, "trainings": len(trained)}
    if 100 * len(visited) < limits.visited_weeks_percent * WEEKS or not trained:
        return calm(factor, len(log), **said)
    return Warned(
        factor, "strength", trained[0]["held_on"], refs("trainings", trained), len(log), said
    )


def _learned(rows: Rows, training: str) -> bool:
    """Whether people knew more after a training, taken together; where no scores are kept it counts as held."""
    gains = [
        row["score_after"] - row["score_before"]
        for row in rows.get("training_attendance", ())
        if row["training"] == training
        and None not in (row.get("score_before"), row.get("score_after"))
    ]
    return not gains or sum(gains) > 0


def target_group(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """A strength: of the cadres who serve, at least the limit in percent were poor themselves when they joined.
    Unknown where it is said of fewer than the hand-over wants."""
    factor = "cadres-from-target-group"
    serving = [row for row in _serving(rows, as_of) if row.get("poor") is not None]
    if len(serving) < limits.cadres_active:
        return unknown(factor)
    poor = [row for row in serving if row["poor"]]
    said = {"poor": len(poor), "whole": len(serving)}
    if 100 * len(poor) < limits.cadres_poor_percent * len(serving):
        return calm(factor, len(serving), **said)
    return Warned(factor, "strength", poor[0]["from"], refs("cadres", poor, "id", "person"),
                  len(serving), said)  # fmt: skip


def strong(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """A strength: the last meetings that say so (as many as the least) all met their quorum, and women, and the
    poor, were at least the limit in percent of those who came. Unknown with fewer such meetings."""
    factor = "participation-strong"
    said = [
        one for one in came(rows, as_of)
        if one.meeting.get("quorum_met") is not None
        and one.women is not None
        and (one.poor is not None or not limits.poor_percent)
    ][-limits.meetings_least :]  # fmt: skip
    if len(said) < limits.meetings_least:
        return unknown(factor)
    whole, women = sum(one.all for one in said), sum(one.women or 0 for one in said)
    poor = sum(one.poor or 0 for one in said)
    figures = {"women": women, "poor": poor, "whole": whole, "count": len(said)}
    weak = (
        not all(one.meeting["quorum_met"] for one in said)
        or 100 * women < limits.women_percent * whole
        or 100 * poor < limits.poor_percent * whole
    )
    if weak:
        return calm(factor, len(said), **figures)
    return Warned(factor, "strength", said[0].meeting["held_on"],
                  refs("meetings", [one.meeting for one in said]), len(said), figures)  # fmt: skip
