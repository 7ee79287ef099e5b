"""What holds back the course of the programme: concept, planning, turnout, verification, hand-over, reports.

One function per factor; its docstring is the rule. Source: handbook 0.1, 1.1, 7, 8.4.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pendamping.insight.rules.limits import Limits
from pendamping.insight.rules.trend import falls
from pendamping.insight.rules.turnout import COLUMNS, Came, came
from pendamping.insight.rules.warned import Row, Rows, Warned, calm, known, later, refs, unknown
from pendamping.kernel.period import add_months

DAY = timedelta(days=1)


def mismatch(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """The concept does not fit: within the days watched the ward departed from one clause as often as the limit
    says (own decision, refused request, changed order); a dossier refused for one reason counts likewise. Act from
    twice as many. Unknown where neither deviations nor dossiers are kept."""
    factor = "concept-field-mismatch"
    if "deviations" not in rows and "verification_steps" not in rows:
        return unknown(factor)
    since = as_of - timedelta(days=limits.watched_days)
    clauses: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for row in known(rows, "deviations", "on", as_of):
        clauses[row["clause"]].append((row["on"], f"deviations:{row['id']}"))
    for row in known(rows, "verification_steps", "received_on", as_of):
        day = later(row, "decided_on", as_of)
        if row.get("decision") == "refuse" and day:
            for code in (row.get("reason_code") or "").split(";"):
                clauses[f"refused {code}"].append(
                    (day, refs("verification_steps", [row], "id", "dossier")[0])
                )
    recent = [sorted(one for one in held if one[0] > since) for held in clauses.values()]
    seen = sum(map(len, recent))
    many = [held for held in recent if len(held) >= limits.deviations]
    if not many:
        return calm(factor, seen, most=max(map(len, recent), default=0))
    worst = max(map(len, many))
    return Warned(
        factor, "act" if worst >= 2 * limits.deviations else "watch",
        min(held[limits.deviations - 1][0] for held in many),
        tuple(dict.fromkeys(ref for held in many for _day, ref in held)), seen, {"most": worst},
    )  # fmt: skip


def planning(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """Planning takes too long: a stage that runs is past its planned end, or no money has reached the ward within
    the months that the guideline plans for planning. Act where either is over by more than the limit in percent of
    the time planned. Unknown without planned ends and without a first day of the programme."""
    factor = "planning-too-long"
    begun = [row for row in known(rows, "stages", "started", as_of) if row.get("planned_end")]
    late = [
        (row["planned_end"], row.get("planned_start") or row["started"], f"stages:{row['stage']}")
        for row in begun
        if row["planned_end"] < as_of and not later(row, "ended", as_of)
    ]
    waits = _first_money(rows, as_of, limits)
    if waits is not None and waits[0] < as_of:
        late.append(waits)
    if not begun and waits is None:
        return unknown(factor)
    if not late:
        return calm(factor, len(begun))
    act = any(
        100 * (as_of - ends).days > limits.planning_over_percent * (ends - starts).days
        for ends, starts, _ref in late
    )
    first = min(ends for ends, _starts, _ref in late)
    said = {"count": len(late), "days": (as_of - first).days}
    return Warned(factor, "act" if act else "watch", first + DAY, tuple(ref for _e, _s, ref in late),
                  len(begun), said)  # fmt: skip


def _first_money(rows: Rows, as_of: date, limits: Limits) -> tuple[date, date, str] | None:
    """Until when planning may take, and from when; ``None`` where no text plans it, or money has come."""
    starts = [row["programme_start"] for row in rows.get("ward", ()) if row.get("programme_start")]
    if not starts or not limits.planning_planned_months:
        return None
    paid = known(rows, "loans", "disbursed", as_of)
    out = [
        row for row in rows.get("tranches", ())
        if row.get("entered_on", as_of) and later(row, "released_on", as_of)
    ]  # fmt: skip
    if paid or out:
        return None
    return add_months(starts[0], limits.planning_planned_months), starts[0], "ward:planning"


def participation(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """Fewer come: over the last meetings of one kind in one place (twice as many as the least, at most) the
    different persons who came, or the women, or the poor among them, fall by Mann-Kendall at 5 %, and by the limit
    in percent from the first three to the last three. Act where all who came fall, watch where only the women or
    the poor do. Unknown where no kind has the least number of meetings."""
    factor = "participation-falling"
    series = [held for held in _series(rows, as_of) if len(held) >= limits.meetings_least]
    if not series:
        return unknown(factor)
    seen = sum(len(held[-2 * limits.meetings_least :]) for held in series)
    fallen = [
        (held, column) for held in series for column in COLUMNS if _fall(held, column, limits)
    ]
    if not fallen:
        return calm(factor, seen)
    act = any(column == "all" for _held, column in fallen)
    since = min(_fell(held, column, limits) for held, column in fallen)
    held, column = fallen[0]
    behind = [one.meeting for held, _column in fallen for one in held[-2 * limits.meetings_least :]]
    figures = _figures(held, column, limits)
    said = {"who": column, "first": figures[0], "last": figures[-1], "count": len(figures)}
    return Warned(factor, "act" if act else "watch", since,
                  tuple(dict.fromkeys(refs("meetings", behind))), seen, said)  # fmt: skip


def _series(rows: Rows, as_of: date) -> list[list[Came]]:
    kinds: dict[tuple[Any, ...], list[Came]] = defaultdict(list)
    for one in came(rows, as_of):
        place = tuple(one.meeting.get(name) or "" for name in ("kind", "level", "rw", "rt"))
        kinds[place].append(one)
    return list(kinds.values())


def _figures(held: list[Came], column: str, limits: Limits) -> list[int]:
    figures = [getattr(one, column) for one in held[-2 * limits.meetings_least :]]
    return [each for each in figures if each is not None]


def _fall(held: list[Came], column: str, limits: Limits) -> bool:
    figures = _figures(held, column, limits)
    return len(figures) >= limits.meetings_least and falls(figures, limits.attendance_fall_percent)


def _fell(held: list[Came], column: str, limits: Limits) -> date:
    """The meeting from which on the fall has stood."""
    upto = len(held)
    while upto > limits.meetings_least and _fall(held[: upto - 1], column, limits):
        upto -= 1
    day: date = held[upto - 1].meeting["held_on"]
    return day


def verification(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """Dossiers are stuck: one lies undecided at a tier past its time limit (days on which its clock stood are not
    counted), or was returned as often as the limit says and is not through. Act where one has lain more than so
    many times its limit. Unknown where no dossier was received."""
    factor = "verification-stuck"
    steps = known(rows, "verification_steps", "received_on", as_of)
    if not steps:
        return unknown(factor)
    stuck = [one for one in _lying(steps, as_of, limits) if one[0] < as_of]
    back = list(_returned(steps, as_of, limits))
    if not stuck and not back:
        return calm(factor, len(steps))
    act = any((as_of - end).days > (limits.tier_over_times - 1) * days for end, days, _row in stuck)
    since = min([end + DAY for end, _days, _row in stuck] + [day for day, _row in back])
    behind = [row for _end, _days, row in stuck] + [row for _day, row in back]
    said = {"count": len(stuck), "returned": len(back),
            "days": max(((as_of - end).days for end, _days, _row in stuck), default=0)}  # fmt: skip
    evidence = tuple(dict.fromkeys(refs("verification_steps", behind, "id", "dossier")))
    return Warned(factor, "act" if act else "watch", since, evidence, len(steps), said)


def _lying(steps: list[Row], as_of: date, limits: Limits) -> Iterator[tuple[date, int, Row]]:
    """Undecided steps: the last day within the limit, the limit in days, the step."""
    for row in steps:
        if not later(row, "decided_on", as_of):
            days = row.get("limit_days") or limits.tier_days
            yield row["received_on"] + timedelta(days=days + stood(row, as_of)), days, row


def _returned(steps: list[Row], as_of: date, limits: Limits) -> Iterator[tuple[date, Row]]:
    """Dossiers that came back too often and are still on their way: the day of that return, the step."""
    of: dict[str, list[Row]] = defaultdict(list)
    for row in steps:
        of[row["dossier"]].append(row)
    for held in of.values():
        days = sorted(
            day for row in held
            if row.get("decision") == "return" and (day := later(row, "decided_on", as_of))
        )  # fmt: skip
        last = held[-1]
        open_still = last.get("decision") == "return" or not later(last, "decided_on", as_of)
        if len(days) >= limits.returns and open_still:
            yield days[limits.returns - 1], last


def stood(row: Row, as_of: date) -> int:
    """Days on which the clock of a step stood."""
    whole = 0
    for pause in row.get("pauses") or ():
        since, until = _day(pause["since"]), _day(pause.get("until")) or as_of
        whole += max(0, (min(until, as_of) - since).days)
    return whole


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) and value else value


def report_late(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """A report on money is late: a tranche was released, its report is past due and not accepted. Act after the
    days of the limit. Unknown where no released tranche has a due date."""
    factor = "report-late"
    out = [row for row in known(rows, "tranches", "released_on", as_of) if row.get("lpj_due")]
    out = [row for row in out if later(row, "released_on", as_of)]
    if not out:
        return unknown(factor)
    late = [
        row for row in out if row["lpj_due"] < as_of and not later(row, "lpj_accepted_on", as_of)
    ]
    if not late:
        return calm(factor, len(out))
    since = min(row["lpj_due"] for row in late) + DAY
    days = (as_of - since).days + 1
    evidence = tuple(f"tranches:{row['id']}/{row['number']}" for row in late)
    return Warned(factor, "act" if days > limits.report_late_days else "watch", since, evidence,
                  len(out), {"count": len(late), "days": days})  # fmt: skip
