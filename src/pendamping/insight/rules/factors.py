"""One function per factor; each says in its docstring when it warns.

Source: handbook 0.1 (the factors of the case), 1.1, 7, 8.4; names and severities: doors, `pendamping warn`.
"""

from collections import defaultdict
from datetime import date, timedelta

from pendamping.insight.rules.trend import falls
from pendamping.insight.rules.warned import LIMITS, Row, Rows, Warned, by, known
from pendamping.kernel.period import add_months

Found = Warned | None


def warnings(rows: Rows, as_of: date) -> list[Warned]:
    """Every factor that stands out on ``as_of``, and every one without data, in the order of doors."""
    return [found for rule in RULES if (found := rule(rows, as_of)) is not None]


def mismatch(rows: Rows, as_of: date) -> Found:
    """The concept does not fit: in the last 180 days the ward departed from one clause three times or more (own
    decision, refused request, changed order). Act from twice as many. Unknown where no deviations are kept."""
    factor = "concept-field-mismatch"
    if "deviations" not in rows:
        return Warned(factor, "unknown")
    clauses: dict[str, list[Row]] = defaultdict(list)
    for row in known(rows, "deviations", "on", as_of):
        if row["on"] > as_of - timedelta(days=LIMITS.log_days):
            clauses[row["clause"]].append(row)
    many = [held for held in clauses.values() if len(held) >= LIMITS.deviations]
    if not many:
        return None
    worst = max(len(held) for held in many)
    since = min(held[LIMITS.deviations - 1]["on"] for held in many)
    refs = tuple(f"deviations:{row['id']}" for held in many for row in held)
    return Warned(factor, "act" if worst >= 2 * LIMITS.deviations else "watch", since, refs)


def planning(rows: Rows, as_of: date) -> Found:
    """A stage takes too long: begun, not ended, and past its planned end; watch from the first day, act from the
    thirty-first. Unknown where no begun stage has a planned end."""
    factor = "planning-too-long"
    begun = [row for row in known(rows, "stages", "started", as_of) if row.get("planned_end")]
    if not begun:
        return Warned(factor, "unknown")
    late = [row for row in begun if row["planned_end"] < as_of and not by(row.get("ended"), as_of)]
    if not late:
        return None
    since = min(row["planned_end"] for row in late) + timedelta(days=1)
    act = (as_of - since).days >= LIMITS.late_stage_days
    return Warned(
        factor, "act" if act else "watch", since, tuple(f"stages:{r['stage']}" for r in late)
    )


def participation(rows: Rows, as_of: date) -> Found:
    """Fewer come: over the last twelve meetings of one kind and level (six at least), the persons who came, or the
    women, or the poor among them, fall by Mann-Kendall at 5 %. Act where all who came fall, watch where only the
    women or the poor do. Since the first of these meetings. Unknown with fewer than six meetings of each kind."""
    factor = "participation-falling"
    series = _series(rows, as_of)
    if not series:
        return Warned(factor, "unknown")
    fallen: list[Row] = []
    act = False
    for held in series:
        columns = ("attended", "attended_women", "attended_poor")
        down = [
            name for name in columns if falls([r[name] for r in held if r.get(name) is not None])
        ]
        fallen += held if down else []
        act = act or "attended" in down
    if not fallen:
        return None
    since = min(row["held_on"] for row in fallen)
    return Warned(
        factor, "act" if act else "watch", since, tuple(f"meetings:{r['id']}" for r in fallen)
    )


def _series(rows: Rows, as_of: date) -> list[list[Row]]:
    kinds: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in known(rows, "meetings", "held_on", as_of):
        if row.get("attended") is not None:
            kinds[str(row["kind"]), str(row.get("level"))].append(row)
    return [held[-2 * LIMITS.meetings :] for held in kinds.values() if len(held) >= LIMITS.meetings]


def verification(rows: Rows, as_of: date) -> Found:
    """Dossiers are stuck: one has lain undecided at a tier for more than 14 days. Act from the double. Unknown where
    no dossier was received."""
    factor = "verification-stuck"
    steps = known(rows, "verification_steps", "received_on", as_of)
    if not steps:
        return Warned(factor, "unknown")
    limit = timedelta(days=LIMITS.tier_days)
    stuck = [
        row
        for row in steps
        if not by(row.get("decided_on"), as_of) and as_of - row["received_on"] > limit
    ]
    if not stuck:
        return None
    first = min(row["received_on"] for row in stuck)
    refs = tuple(f"verification_steps:{r.get('id') or r['dossier']}" for r in stuck)
    act = as_of - first > 2 * limit
    return Warned(factor, "act" if act else "watch", first + limit + timedelta(days=1), refs)


def cadres_unready(rows: Rows, as_of: date) -> Found:
    """Cadres are not ready: a criterion of readiness was unmet when last looked at, with six months or less to the
    end of the programme; act with three or less. Unknown without an end or without criteria looked at."""
    factor = "cadres-unready"
    ends = [row["programme_end"] for row in rows.get("ward", ()) if row.get("programme_end")]
    last = {row["criterion"]: row for row in known(rows, "readiness", "on", as_of)}
    if not ends or not last:
        return Warned(factor, "unknown")
    opens = add_months(ends[0], -LIMITS.months_left)
    unmet = [row for row in last.values() if not row["met"]]
    if as_of < opens or not unmet:
        return None
    act = as_of >= add_months(ends[0], -LIMITS.months_left // 2)
    refs = tuple(f"readiness:{row['on']}/{row['criterion']}" for row in unmet)
    since = max(opens, min(row["on"] for row in unmet))
    return Warned(factor, "act" if act else "watch", since, refs)


def dependence(rows: Rows, as_of: date) -> Found:
    """The ward leans on its facilitator: in the last 180 days the facilitator decided in half or more of the log
    entries that say who did. Unknown with fewer than five such entries."""
    factor = "facilitator-dependence"
    begin = as_of - timedelta(days=LIMITS.log_days)
    said = [
        row
        for row in known(rows, "log_entries", "on", as_of)
        if row["on"] > begin and row.get("decided_by")
    ]
    if len(said) < LIMITS.log_entries:
        return Warned(factor, "unknown")
    own = [row for row in said if row["decided_by"] == "facilitator"]
    if 100 * len(own) < LIMITS.facilitator_share * len(said):
        return None
    return Warned(factor, "watch", own[0]["on"], tuple(f"log_entries:{r['id']}" for r in own))


def report_late(rows: Rows, as_of: date) -> Found:
    """A report on money is late: a tranche was released, its report is past due and not accepted. Act after 30
    days. Unknown where no released tranche has a due date."""
    factor = "report-late"
    out = [row for row in known(rows, "tranches", "released_on", as_of) if row.get("lpj_due")]
    if not out:
        return Warned(factor, "unknown")
    late = [
        row for row in out if row["lpj_due"] < as_of and not by(row.get("lpj_accepted_on"), as_of)
    ]
    if not late:
        return None
    since = min(row["lpj_due"] for row in late) + timedelta(days=1)
    act = (as_of - since).days >= LIMITS.late_stage_days
    refs = tuple(f"tranches:{r['id']}/{r['number']}" for r in late)
    return Warned(factor, "act" if act else "watch", since, refs)


def target_group(rows: Rows, as_of: date) -> Found:
    """A strength: half or more of the cadres who serve are poor themselves. Unknown where it is not said of any."""
    factor = "cadres-from-target-group"
    serving = [
        row
        for row in known(rows, "cadres", "from", as_of)
        if row.get("poor") is not None and not by(row.get("to"), as_of)
    ]
    if not serving:
        return Warned(factor, "unknown")
    poor = [row for row in serving if row["poor"]]
    if 100 * len(poor) < LIMITS.target_group_share * len(serving):
        return None
    return Warned(
        factor,
        "strength",
        poor[0]["from"],
        tuple(f"cadres:{r.get('id') or r['person']}" for r in poor),
    )


def strong(rows: Rows, as_of: date) -> Found:
    """A strength: the last six meetings that say so all met their quorum, with women at least 30 % of those who
    came. Unknown with fewer than six such meetings."""
    factor = "participation-strong"
    said = [
        row
        for row in known(rows, "meetings", "held_on", as_of)
        if row.get("quorum_met") is not None
        and None not in (row.get("attended"), row.get("attended_women"))
    ][-LIMITS.meetings :]
    if len(said) < LIMITS.meetings:
        return Warned(factor, "unknown")
    came, women = sum(r["attended"] for r in said), sum(r["attended_women"] for r in said)
    if not all(r["quorum_met"] for r in said) or 100 * women < LIMITS.strong_women * came:
        return None
    return Warned(
        factor, "strength", said[0]["held_on"], tuple(f"meetings:{r['id']}" for r in said)
    )


RULES = (
    mismatch, planning, participation, verification, cadres_unready, dependence, report_late, target_group, strong,
)  # fmt: skip
