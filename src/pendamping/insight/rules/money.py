"""What the money tells: arrears that spread, groups that pay, loans and offices that lie with few, offices that
decide in time.

One function per factor; its docstring is the rule. Source: handbook 0.1, 4.3, 5.1, 9.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.insight.rules.course import stood
from pendamping.insight.rules.limits import Limits
from pendamping.insight.rules.repaying import Owing, fallen_due, owing
from pendamping.insight.rules.trend import surely
from pendamping.insight.rules.warned import Row, Rows, Warned, calm, known, later, refs, unknown
from pendamping.kernel.period import add_months
from pendamping.kernel.share import Share
from pendamping.relations.rules import Facts, Given, Held, Ties, measures

YEAR = 365


def arrears(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """Arrears spread: of the groups with a running loan at least the limit in percent have an instalment unpaid
    for more days than the limit, and they are more than so many months before. Act from double that share, or where
    two such groups have most of their members in one RT. Unknown where no loan runs."""
    factor = "arrears-spreading"
    now = [one for one in owing(rows, as_of, as_of) if one.runs]
    if not now:
        return unknown(factor)
    grown_from = add_months(as_of, -limits.arrears_months)
    then = {
        one.group
        for one in owing(rows, grown_from, as_of)
        if one.late(grown_from) > limits.arrears_days
    }
    behind = [one for one in now if one.late(as_of) > limits.arrears_days]
    share = Share(len({one.group for one in behind}), len({one.group for one in now}))
    said = {"behind": share.part, "whole": share.whole, "before": len(then),
            "days": limits.arrears_days, "months": limits.arrears_months}  # fmt: skip
    if share.part <= len(then) or not share.at_least(limits.arrears_groups_percent):
        return calm(factor, len(now), **said)
    newly = [one for one in behind if one.group not in then]
    since = min(one.since(limits.arrears_days) for one in newly)
    near = _neighbours(rows, behind, as_of)
    act = share.at_least(2 * limits.arrears_groups_percent) or near
    return Warned(factor, "act" if act else "watch", since, tuple(f"loans:{one.loan}" for one in behind),
                  len(now), {**said, "near": near})  # fmt: skip


def _neighbours(rows: Rows, behind: list[Owing], as_of: date) -> bool:
    """Whether two of the groups have most of their members in the same RT."""
    home = {row["id"]: row.get("household") for row in rows.get("persons", ())}
    place = {row["id"]: (row.get("rw"), row.get("rt")) for row in rows.get("households", ())}
    found: dict[str, dict[object, int]] = defaultdict(lambda: defaultdict(int))
    for row in known(rows, "group_members", "from", as_of):
        where = place.get(home.get(row["person"]) or "")
        if where and where[1]:
            found[row["group"]][where] += 1
    most = [
        max((count, str(where)) for where, count in found[group].items())[1]
        for group in {one.group for one in behind}
        if group in found
    ]
    return len(set(most)) < len(most)


def groups_able(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """A strength: of the instalments that fell due within the months of the limit, at least the limit in percent were
    paid within so many days, and so many that chance does not explain it (11 of 11, 28 of 30; Wilson's interval at
    5 %). A group that pays late each month shows, although it owes nothing today. Unknown where fewer groups than the
    least had one."""
    factor = "groups-able"
    begin = add_months(as_of, -limits.arrears_months)
    fell = fallen_due(rows, begin, as_of, limits.able_late_days)
    if len({one.group for one in fell}) < limits.able_groups_least:
        return unknown(factor)
    good = [one for one in fell if one.in_time]
    said = {"in_time": len(good), "whole": len(fell), "months": limits.arrears_months}
    if not surely(len(good), len(fell), limits.able_groups_percent):
        return calm(factor, len(fell), **said)
    late = {one.loan for one in fell if not one.in_time}
    loans = dict.fromkeys(one.loan for one in good if one.loan not in late)
    return Warned(factor, "strength", min(one.due for one in good),
                  tuple(f"loans:{loan}" for loan in loans), len(fell), said)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Few:
    key: str
    share: Share
    limit: int
    evidence: tuple[str, ...]
    since: date
    slip: bool = False  # too few people to say anything


def elite(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """A few take the most: within a year more than the limit in percent of the borrowers were not poor, or of those who
    joined a group (from so many who joined on, before they can borrow); or loans or grants to people who sit in a body
    or to their household, or offices that pile up with one household, reach the share from which the guideline looks
    at them. One borrower alone is a slip. Act from double one of these. Unknown where nobody borrowed, received or sat
    within the year."""
    factor = "elite-capture"
    first = as_of - timedelta(days=YEAR)
    facts = _facts(rows, as_of)
    held = [one for one in facts.held if one.last is None or one.last >= first]
    given = [one for one in facts.given if one.on >= first]
    if not held and not given:
        return unknown(factor)
    asked = {
        "loans": limits.loans_percent,
        "grants": limits.grants_percent,
        "offices": limits.offices_percent,
    }
    days = {one.record: one.on for one in given} | {one.record: one.since for one in held}
    few = [
        _Few(one.key, one.share, asked[one.key],
             tuple(dict.fromkeys(each.record.replace("body:", "bodies:").replace("group:", "groups:")
                                 for each in one.behind)),
             min((days[each.record] for each in one.behind), default=as_of),
             one.key == "loans" and len({each.person for each in one.behind}) < limits.people_least)
        for one in measures(facts, first, as_of) if one.key in asked
    ]  # fmt: skip
    few += [_not_poor(rows, given, as_of, limits), _joined(rows, first, as_of, limits)]
    hot = [one for one in few if one.share.part and not one.slip and _reached(one, 1)]
    seen = len(given) + len(held)
    if not hot:
        return calm(factor, seen)
    act = any(_reached(one, 2) for one in hot if one.key != "joined")
    worst = max(hot, key=lambda one: (one.share.value or 0) / one.limit)
    said = {"key": worst.key, "part": worst.share.part, "whole": worst.share.whole}
    return Warned(factor, "act" if act else "watch", min(one.since for one in hot),
                  tuple(dict.fromkeys(ref for one in hot for ref in one.evidence)), seen, said)  # fmt: skip


def _reached(one: _Few, times: int) -> bool:
    if one.key in ("not_poor", "joined") and times == 1:  # more than the limit, not from it on
        return 100 * one.share.part > one.limit * one.share.whole
    return one.share.at_least(times * one.limit)


def _not_poor(rows: Rows, given: list[Given], as_of: date, limits: Limits) -> _Few:
    """Borrowers by whether the poor list named them when they joined their group, else by their household."""
    poor = _poor(rows, as_of)
    lent = [one for one in given if one.kind == "loan" and one.persons[0] in poor]
    people = {one.persons[0] for one in lent}
    others = [one for one in lent if not poor[one.persons[0]]]
    rich = {one.persons[0] for one in others}
    return _Few(
        "not_poor", Share(len(rich), len(people)),
        limits.non_poor_borrowers_percent, tuple(dict.fromkeys(one.record for one in others)),
        min((one.on for one in others), default=as_of), len(rich) < limits.people_least,
    )  # fmt: skip


def _joined(rows: Rows, first: date, as_of: date, limits: Limits) -> _Few:
    """Who joined a group within the year: they save for months before they can borrow."""
    joined = [
        row for row in known(rows, "group_members", "from", as_of)
        if row["from"] >= first and row.get("poor") is not None
    ]  # fmt: skip
    rich = [row for row in joined if not row["poor"]]
    return _Few(
        "joined", Share(len({row["person"] for row in rich}), len({row["person"] for row in joined})),
        limits.non_poor_borrowers_percent, tuple(dict.fromkeys(f"groups:{row['group']}" for row in rich)),
        min((row["from"] for row in rich), default=as_of), len(joined) < limits.members_least,
    )  # fmt: skip


def _poor(rows: Rows, as_of: date) -> Mapping[str, bool]:
    house = {
        row["id"]: row["poor"] for row in rows.get("households", ()) if row.get("poor") is not None
    }
    found = {
        row["id"]: house[row["household"]]
        for row in rows.get("persons", ())
        if row.get("household") in house
    }
    members = {
        row["person"]: row["poor"]
        for row in known(rows, "group_members", "from", as_of)
        if row.get("poor") is not None
    }
    return found | members


def _facts(rows: Rows, as_of: date) -> Facts:
    """Seats, loans and grants as the room of relations counts them."""
    loans = {row["loan_id"]: row for row in known(rows, "loans", "disbursed", as_of)}
    lent = [
        Given((row["person"],), "loan", row["amount"], loans[row["loan_id"]]["disbursed"],
              f"loans:{row['loan_id']}")
        for row in rows.get("loan_members", ()) if row["loan_id"] in loans
    ]  # fmt: skip
    inside: dict[str, list[str]] = defaultdict(list)
    for row in known(rows, "group_members", "from", as_of):
        inside[row["group"]].append(row["person"])
    granted = [
        Given(tuple(inside[row.get("group") or ""]), "grant", row["amount"], row["granted_on"],
              f"grants:{row['id']}")
        for row in known(rows, "grants", "granted_on", as_of)
    ]  # fmt: skip
    held = [
        Held(row["person"], f"body:{row['body']}", row["from"], _last(row, as_of))
        for row in known(rows, "seats", "from", as_of)
    ]
    homes = {row["id"]: row["household"] for row in rows.get("persons", ()) if row.get("household")}
    return Facts(tuple(held), (*lent, *granted), (), Ties(homes, {}))


def _last(row: Row, as_of: date) -> date | None:
    left = later(row, "to", as_of)
    return left - timedelta(days=1) if left else row.get("ends")


def government(rows: Rows, as_of: date, limits: Limits) -> Warned:
    """A strength: of the dossiers that offices above the ward decided within a year, at least the limit in percent
    within their time, and so many that chance does not explain it (11 of 11, 28 of 30; Wilson's interval at 5 %).
    Unknown with fewer decisions than the least."""
    factor = "government-support"
    decided = [
        (row, day) for row in known(rows, "verification_steps", "received_on", as_of)
        if row["tier"] in limits.office_tiers
        and (day := later(row, "decided_on", as_of))
        and day > as_of - timedelta(days=YEAR)
    ]  # fmt: skip
    if len(decided) < limits.office_steps_least:
        return unknown(factor)
    in_time = [
        (row, day) for row, day in decided
        if (day - row["received_on"]).days - stood(row, day) <= (row.get("limit_days") or limits.tier_days)
    ]  # fmt: skip
    said = {"in_time": len(in_time), "whole": len(decided)}
    if not surely(len(in_time), len(decided), limits.offices_in_time_percent):
        return calm(factor, len(decided), **said)
    evidence = refs("verification_steps", [row for row, _day in in_time], "id", "dossier")
    return Warned(
        factor, "strength", min(day for _row, day in in_time), evidence, len(decided), said
    )
