"""The plan on the board: every line of the version in force, its money, and how far it has come."""

from datetime import date
from typing import Any

from pendamping.funds.grants import queries as grants
from pendamping.notice.money import agreed
from pendamping.notice.naming import names_in
from pendamping.notice.parts import Plan, PlanLine
from pendamping.notice.rules import masked
from pendamping.planning import queries as planning


def plan(ward: str, on: date) -> Plan | None:
    """The version that holds on a day; ``None`` before residents ratified one."""
    holds = planning.plan_in_force(ward, on)
    if holds is None or holds.ratified_on is None:
        return None
    rows = planning.lines(holds)
    proposed = planning.of_need(ward, [one.need_id for one in rows])
    given = agreed(ward)
    works = {one.proposal: one for one in given if one.proposal}
    named = {_called(one.window, one.title): one for one in given if not one.proposal}
    names = planning.components(ward, on)
    pays = planning.plan_rule(ward, on).programme
    said = names_in(ward, [one.title for one in rows])
    found = []
    for one in rows:
        programme = sum(amount for key, amount in one.sources.items() if key in pays)
        proposals = [each.proposal.id for each in proposed.get(one.need_id, [])]
        work = next((works[each] for each in proposals if each in works), None)
        work = work or named.get(_called(one.component, one.title))
        found.append(
            PlanLine(
                one.id, masked(one.title, said), one.component, names.get(one.component, one.component),
                _place(one.place), holds.first_year + one.year - 1 if one.year else None, one.cost,
                programme, sum(one.sources.values()) - programme, _state(one, work, on),
            )
        )  # fmt: skip
    last = holds.first_year + holds.years - 1
    return Plan(holds.number, holds.first_year, last, holds.ratified_on, tuple(found))


def _called(window: str, title: str) -> tuple[str, str]:
    """A contract without a proposal is that of the line with its name in the same component."""
    return window, " ".join(title.casefold().split())


def _place(place: str) -> str:
    rw, _slash, rt = place.partition("/")
    return f"RT {rt} RW {rw}" if rt else ""


def _state(line: Any, work: Any, on: date) -> str:
    """One word for how far a line is; what was not given a year says why."""
    if work is not None and work.contract_on <= on:
        if grants.percent_of(work, on) == 100:
            return "done"
        return "works" if grants.money_of(work, on).paid else "agreed"
    if line.excluded:
        return "excluded"
    return "planned" if line.year else "waits"
