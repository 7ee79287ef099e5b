"""What each measure counts in the record of a ward on a day; its docstring is the rule in short.

Sources: handbook 7.1, 1.2, 3.5, 5.3. Women and poor are counted apart and never added; guests count for nobody.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pendamping.cadres.rules import standing
from pendamping.funds.grants import queries as grants
from pendamping.funds.grants.rules import windows
from pendamping.monitoring.record import Source
from pendamping.monitoring.rules import Aim, Figure, Part

Measure = Callable[[Source, date, Aim], Figure]


def _of_meetings(source: Source, on: date, aim: Aim, who: str) -> Figure:
    """Those who came out of all who came to meetings of residents and board, by kind of meeting."""
    held = [one for one in source.meetings if one.held_on <= on and one.attended > one.guests]
    part, whole = Counter[str](), Counter[str]()
    for one in held:
        part[one.kind] += getattr(one, who)
        whole[one.kind] += one.attended - one.guests
    parts = [Part("kind", kind, part[kind], whole[kind]) for kind in whole]
    return Figure(
        aim.key, sum(part.values()), sum(whole.values()),
        tuple(f"meeting:{one.id}" for one in held[::-1]), tuple(parts),
    )  # fmt: skip


def women(source: Source, on: date, aim: Aim) -> Figure:
    """Women out of all attendances."""
    return _of_meetings(source, on, aim, "attended_women")


def poor(source: Source, on: date, aim: Aim) -> Figure:
    """Poor residents out of all attendances."""
    return _of_meetings(source, on, aim, "attended_poor")


def voters(source: Source, on: date, aim: Aim) -> Figure:
    """Adults who voted out of those entitled, in the last counted election of the board; run-offs do not count."""
    for election, rounds in source.votes:
        counted = [one for one in rounds if one.held_on <= on]
        if not counted:
            continue
        came, women = sum(one.voters for one in counted), sum(one.women for one in counted)
        parts = (Part("sex", "P", women, came), Part("sex", "L", came - women, came))
        whole = sum(one.eligible for one in counted)
        return Figure(aim.key, came, whole, (f"election:{election.id}",), parts)
    return Figure(aim.key)


def volunteers_active(source: Source, on: date, aim: Aim) -> Figure:
    """Volunteers with a sign of work within the months that the guideline says, out of all who have not left."""
    months = source.dormant_after(on)
    here = []
    for one in source.cadres:
        if one.cadre.joined_on <= on:
            days = [sign.on for sign in one.signs]
            word = standing(one.cadre.joined_on, one.cadre.left_on, days, on, months).word
            if word != "left":
                here.append((one.cadre, word == "active"))
    parts = [
        Part(by, key, sum(active for cadre, active in here if said(cadre)), sum(said(cadre) for cadre, _ in here))
        for by, key, said in _PEOPLE
    ]  # fmt: skip
    active = [cadre for cadre, is_active in here if is_active]
    return Figure(
        aim.key, len(active), len(here),
        tuple(f"cadre:{cadre.id}" for cadre, _active in here), tuple(parts),
    )  # fmt: skip


_PEOPLE: tuple[tuple[str, str, Callable[[Any], bool]], ...] = (
    ("sex", "P", lambda one: one.sex == "P"),
    ("sex", "L", lambda one: one.sex == "L"),
    ("poor", "poor", lambda one: bool(one.poor)),
    ("poor", "other", lambda one: not one.poor),
)


def plans_ratified(source: Source, on: date, aim: Aim) -> Figure:
    """Whether residents have ratified a medium-term plan: of the ward itself, one or none of one."""
    holds = [one for one in source.plans if one.ratified_on and one.ratified_on <= on]
    return Figure(aim.key, min(len(holds), 1), 1, tuple(f"plan:{one.id}" for one in holds))


def stage_days(source: Source, on: date, aim: Aim) -> Figure:
    """Days that finished stages took on the average, both ends counted; wanted: the days that were planned for them."""
    rows = [
        (key, (one.run.finished - one.run.started).days + 1, one.planned)
        for key, one in source.cycle.standings.items()
        if one.run is not None and one.run.finished is not None and one.run.finished <= on
    ]
    parts = [Part("stage", key, days, 1) for key, days, _planned in rows]
    all_planned = bool(rows) and all(planned is not None for _key, _days, planned in rows)
    wanted = sum(planned.days for _key, _days, planned in rows if planned) if all_planned else None
    return Figure(
        aim.key, sum(days for _key, days, _planned in rows), len(rows),
        tuple(f"stage:{key}" for key, _days, _planned in rows), tuple(parts), wanted,
    )  # fmt: skip


def grant_used(source: Source, on: date, aim: Aim) -> Figure:
    """What is spent of the grant out of what has come, in rupiah, by window."""
    parts = []
    for key in source.windows:
        at = windows.standing(source.changes, key, on)
        if at.received + at.moved:
            parts.append(Part("window", key, at.spent, at.received + at.moved))
    came = [one for one in source.tranches if one.received_on and one.received_on <= on]
    return Figure(
        aim.key, sum(one.part for one in parts), sum(one.whole for one in parts),
        tuple(f"tranche:{one.id}" for one in came), tuple(parts),
    )  # fmt: skip


def contribution(source: Source, on: date, aim: Aim) -> Figure:
    """The residents' own part at its value over the programme's money paid to works (not over the total: S44)."""
    given, days, part, paid = Counter[str](), Counter[str](), 0, 0
    shown = []
    for one in source.grants:
        if one.contract_on > on:
            continue
        own = grants.parts_of(one, on)
        for each in own:
            given[each.kind] += each.value
            days["P"] += each.days_women
            days["L"] += each.days_men
        part += sum(each.value for each in own)
        paid += grants.money_of(one, on).paid
        shown.append(f"grant:{one.id}")
    worked = days.total()
    parts = [Part("own", key, amount, part) for key, amount in given.items()]
    parts += [Part("days", key, days[key], worked) for key in ("P", "L") if worked]
    return Figure(aim.key, part, paid, tuple(shown), tuple(parts))


def cheaper(_source: Source, _on: date, aim: Aim) -> Figure:
    """Prices of the government for the same works are kept nowhere, so there is nothing to divide by."""
    return Figure(aim.key, lacking="no_prices")


def complaints_closed(source: Source, on: date, aim: Aim) -> Figure:
    """Closed out of all that came in by the day."""
    return _of_complaints(source, on, aim, lambda _one: True, lambda one: _closed(one, on))


def complaints_confirmed(source: Source, on: date, aim: Aim) -> Figure:
    """Closed and confirmed by who complained, out of all that were closed."""
    return _of_complaints(source, on, aim, lambda one: _closed(one, on), lambda one: one.confirmed)


def _closed(one: Any, on: date) -> bool:
    return one.closed_on is not None and one.closed_on <= on


def _of_complaints(
    source: Source, on: date, aim: Aim, counts: Callable[[Any], bool], does: Callable[[Any], bool]
) -> Figure:
    part, whole = Counter[str](), Counter[str]()
    for one in source.complaints:
        if one.received_on <= on and counts(one):
            whole[one.kind] += 1
            part[one.kind] += does(one)
    parts = tuple(Part("complaint", key, part[key], whole[key]) for key in whole)
    return Figure(aim.key, part.total(), whole.total(), ("complaints",) if whole else (), parts)


MEASURES: Mapping[str, Measure] = {
    "women": women,
    "poor": poor,
    "voters": voters,
    "volunteers_active": volunteers_active,
    "plans_ratified": plans_ratified,
    "stage_days": stage_days,
    "grant_used": grant_used,
    "contribution": contribution,
    "cheaper": cheaper,
    "complaints_closed": complaints_closed,
    "complaints_confirmed": complaints_confirmed,
}
