"""What holds back the course of the programme: concept, planning, turnout, verification, hand-over, reports.

One function per factor; its docstring is the rule. Source: handbook 0.1, 1.1, 7, 8.4.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from pendamping.insight.rules.limits import Limits
from pendamping.insight.rules.trend import ends, falls, surely
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
    the months that the guideline plans for planning, by more than half the limit (as much as the guideline says); a few
    days are no warning. The limit is percent of the time planned for the stage, or for planning where that is longer.
    Act where one is over by more than the limit. A stage after which another, planned to follow it,
    has begun does not run. Unknown without planned ends and without a first day."""
    factor = "planning-too-long"
    begun = [row for row in known(rows, "stages", "started", as_of) if row.get("planned_end")]
    waits = _first_money(rows, as_of, limits)
    if not begun and waits is None:
        return unknown(factor)
    whole = _planned_days(rows, limits)
    run = [
        _Over(row["planned_end"], max(whole, (row["planned_end"] - (row.get("planned_start") or row["started"])).days),
              f"stages:{row['stage']}")
        for row in begun if not later(row, "ended", as_of) and not _overtaken(row, begun)
    ]  # fmt: skip
    run += [_Over(waits[0], (waits[0] - waits[1]).days, waits[2])] if waits else []
    late = [one for one in run if one.over(as_of) > one.allowed(limits) * limits.early_percent / 100]  # fmt: skip
    if not late:
        return calm(factor, len(begun))
    act = any(one.over(as_of) > one.allowed(limits) for one in late)
    since = min(one.ends + int(one.allowed(limits) * limits.early_percent / 100) * DAY for one in late) + DAY  # fmt: skip
    said = {"count": len(late), "days": max(one.over(as_of) for one in late)}
    return Warned(factor, "act" if act else "watch", since, tuple(one.ref for one in late), len(begun), said)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Over:
    """What should have ended, and how many days were planned for it."""

    ends: date
    planned: int
    ref: str

    def over(self, as_of: date) -> int:
        return (as_of - self.ends).days

    def allowed(self, limits: Limits) -> Fraction:
        return Fraction(limits.planning_over_percent * self.planned, 100)


def _overtaken(row: Row, begun: list[Row]) -> bool:
    """Whether a stage that was planned to begin after this one has begun: then its end is only not entered."""
    return any(
        other.get("planned_start") and other["planned_start"] > row["planned_end"]
        for other in begun
    )


def _planned_days(rows: Rows, limits: Limits) -> int:
    """Days that the guideline plans for planning; 0 where it plans none."""
    starts = [row["programme_start"] for row in rows.get("ward", ()) if row.get("programme_start")]
    months = limits.planning_planned_months
    return (add_months(starts[0], months) - starts[0]).days if starts and months else 0


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
    """Fewer come: over the last meetings of one kind (twice as many as the least in each place, at most; places with
    fewer than the least are left out) the different persons who came, or the women, or the poor among them, fall from
    meeting to meeting within the places, by Mann-Kendall at 0.5 %, and in all places together by the limit in percent from
    the first three to the last three, and by more than chance makes of such counts; so no fasting month and no odd evening decides. Act where all who came fall, watch
    where only the women or the poor do. Unknown where no kind has the least number of meetings in a place."""
    factor = "participation-falling"
    kinds = _kinds(came(rows, as_of), limits)
    if not kinds:
        return unknown(factor)
    seen = sum(len(held[-2 * limits.meetings_least :]) for places in kinds for held in places)
    fallen = [(places, column) for places in kinds for column in COLUMNS if _fall(places, column, limits)]  # fmt: skip
    if not fallen:
        return calm(factor, seen)
    act = any(column == "all" for _places, column in fallen)
    since = min(_fell(places, column, limits) for places, column in fallen)
    places, column = fallen[0]
    behind = [one.meeting for places, _column in fallen for held in places for one in held[-2 * limits.meetings_least :]]  # fmt: skip
    figures = _figures(places, column, limits)
    first, last = ends(figures)
    said = {"who": column, "first": first, "last": last, "count": sum(map(len, figures))}
    return Warned(factor, "act" if act else "watch", since,
                  tuple(dict.fromkeys(refs("meetings", behind))), seen, said)  # fmt: skip


Places = list[list[Came]]


def _kinds(held: Iterable[Came], limits: Limits) -> list[Places]:
    """Meetings of one kind and level, by place, oldest first; places with enough of them alone."""
    kinds: dict[tuple[Any, ...], dict[tuple[Any, ...], list[Came]]] = defaultdict(dict)
    for one in held:
        kind = one.meeting.get("kind") or "", one.meeting.get("level") or ""
        place = one.meeting.get("rw") or "", one.meeting.get("rt") or ""
        kinds[kind].setdefault(place, []).append(one)
    enough = [
        [place for place in places.values() if len(place) >= limits.meetings_least]
        for places in kinds.values()
    ]
    return [places for places in enough if places]


def _figures(places: Places, column: str, limits: Limits) -> list[list[int]]:
    counted = [
        [getattr(one, column) for one in held[-2 * limits.meetings_least :]] for held in places
    ]
    figures = [[each for each in one if each is not None] for one in counted]
    return [each for each in figures if len(each) >= limits.meetings_least]


def _fall(places: Places, column: str, limits: Limits) -> bool:
    figures = _figures(places, column, limits)
    return bool(figures) and falls(figures, limits.attendance_fall_percent)


def _fell(places: Places, column: str, limits: Limits) -> date:
    """The day of the meeting from which on the fall has stood."""
    days = sorted({one.meeting["held_on"] for held in places for one in held}, reverse=True)
    since: date = days[0]
    for day in days[1:]:
        then = [[one for one in held if one.meeting["held_on"] <= day] for held in places]
        if not _fall(then, column, limits):
            break
        since = day
    return since


def verification(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """Dossiers are stuck: one lies undecided at a tier longer than so many times its limit (days on which its clock
    stood are not counted), or was returned by one tier as often as the limit says and is not through there; or, before it comes to that,
    of the steps of the last half of the days watched, at least twice the least of the offices, clearly more than
    half (Wilson's interval at 5 %: 9 of 12, 20 of 30) took longer than their limit, decided or not. A single dossier a few days over is no warning. Act where one lies so long. Unknown where no dossier was received."""
    factor = "verification-stuck"
    steps = known(rows, "verification_steps", "received_on", as_of)
    if not steps:
        return unknown(factor)
    stuck = [one for one in _lying(steps, as_of, limits) if one[0] < as_of]
    back = list(_returned(steps, as_of, limits))
    slow = _slow(steps, as_of, limits)
    if not stuck and not back and not slow:
        return calm(factor, len(steps))
    since = min([end + DAY for end, _days, _row in stuck] + [day for day, _row in (*back, *slow)])
    behind = [row for _end, _days, row in stuck] + [row for _day, row in (*back, *slow)]
    said = {"count": len(stuck), "returned": len(back), "slow": len(slow),
            "days": max(((as_of - row["received_on"]).days - stood(row, as_of) - days
                         for _end, days, row in stuck), default=0)}  # fmt: skip
    evidence = tuple(dict.fromkeys(refs("verification_steps", behind, "id", "dossier")))
    return Warned(factor, "act" if stuck else "watch", since, evidence, len(steps), said)


def _slow(steps: list[Row], as_of: date, limits: Limits) -> list[tuple[date, Row]]:
    """Steps past their limit, each with the first day past it, where they are most of the recent ones."""
    begin = as_of - timedelta(days=limits.watched_days // 2)
    recent, late = 0, list[tuple[date, Row]]()
    for row in steps:
        until = later(row, "decided_on", as_of)
        past = row["received_on"] + timedelta(days=_limit(row, limits) + stood(row, until or as_of)) + DAY  # fmt: skip
        if (until or as_of) > begin and (until or past <= as_of):
            recent += 1
            late += [(past, row)] if (until or as_of) >= past else []
    return late if recent >= 2 * limits.office_steps_least and surely(len(late), recent, 50) else []


def _limit(row: Row, limits: Limits) -> int:
    days: int = row.get("limit_days") or limits.tier_days
    return days


def _lying(steps: list[Row], as_of: date, limits: Limits) -> Iterator[tuple[date, int, Row]]:
    """Undecided steps: the last day within so many times the limit, the limit in days, the step."""
    for row in steps:
        if not later(row, "decided_on", as_of):
            days = _limit(row, limits)
            held = limits.tier_over_times * days + stood(row, as_of)
            yield row["received_on"] + timedelta(days=held), days, row


def _returned(steps: list[Row], as_of: date, limits: Limits) -> Iterator[tuple[date, Row]]:
    """Dossiers that one tier sent back too often and that are still there: the day of that return, the step."""
    of: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in steps:
        of[row["dossier"], row["tier"]].append(row)
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
    """A report on money is late: a tranche was released, its report is past due by more than half the days of the limit
    (as much as the guideline says) and not accepted. Act after the days of the limit. Unknown where no released tranche
    has a due date."""
    factor = "report-late"
    out = [row for row in known(rows, "tranches", "released_on", as_of) if row.get("lpj_due")]
    out = [row for row in out if later(row, "released_on", as_of)]
    if not out:
        return unknown(factor)
    early = timedelta(days=limits.report_late_days * limits.early_percent // 100)
    late = [
        row for row in out
        if row["lpj_due"] + early < as_of and not later(row, "lpj_accepted_on", as_of)
    ]  # fmt: skip
    if not late:
        return calm(factor, len(out))
    due = min(row["lpj_due"] for row in late)
    days = (as_of - due).days
    evidence = tuple(f"tranches:{row['id']}/{row['number']}" for row in late)
    return Warned(factor, "act" if days > limits.report_late_days else "watch", due + early + DAY, evidence,
                  len(out), {"count": len(late), "days": days})  # fmt: skip
