"""The loan book at a date: each loan's state, and the figures of an area.

Source: doors, *The loan book, exactly* (*At a date*, *Class*, *Per area*); handbook 4.2, 4.3, 11
nos. 5 and 6. LAR counts groups, PAR and RR count money.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from pendamping.funds.loans.rules.allocation import Order, Payment
from pendamping.funds.loans.rules.plan import Closure, Plan, Segment, Standing, standing
from pendamping.funds.loans.rules.schedule import Instalment
from pendamping.kernel.share import Share

CLASS_FROM = (1, 4, 7, 10)
"""From how many instalments behind a loan falls into class 2, 3, 4, 5 (doors, *Class*)."""
AT_RISK_FROM = 3
"""From how many instalments behind a loan counts for LAR, PAR and RR (handbook 11 no. 5)."""


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan with everything that ever happened to it; sums in whole units.

    ``ward`` is an official code (``32.71.01.1003``), ``group_id`` unique within it. ``schedule`` is
    the one that it began with; ``segments`` and ``closures`` say what changed it.
    """

    loan_id: str
    ward: str
    group_id: str
    disbursed: date
    schedule: Sequence[Instalment]
    payments: Sequence[Payment] = ()
    segments: Sequence[Segment] = ()
    closures: Sequence[Closure] = ()

    @property
    def plan(self) -> Plan:
        """Its schedule with all that changed it."""
        return Plan(self.schedule, self.segments, self.closures)


@dataclass(frozen=True, slots=True)
class LoanState:
    """One loan at the end of a day; sums in whole units.

    ``collectibility`` is the class 1 to 5, ``None`` when the loan is not active.
    ``due`` and ``paid`` are principal plus service to the date; ``paid`` includes advance. What was
    paid under a schedule that was replaced counts as due. ``kept_behind``: how many instalments were
    behind before a rescheduling whose former class still stays. ``recovered``: paid after writing off.
    ``today_principal``, ``today_service``, ``today_count``: what of the arrears and of the instalments
    behind falls due on this very day. The doors count the day as it ends, with it; while the day runs it
    may still be paid, so a page says what is ``late`` (past its day) and what is ``due_today`` apart.
    """

    loan_id: str
    ward: str
    group_id: str
    active: bool
    outstanding_principal: int
    arrears_principal: int
    arrears_service: int
    instalments_behind: int
    oldest_unpaid_due: date | None
    days_past_due: int
    collectibility: int | None
    due: int
    paid: int
    overpaid: int
    kept_behind: int = 0
    rescheduled: bool = False
    written_off: bool = False
    recovered: int = 0
    today_principal: int = 0
    today_service: int = 0
    today_count: int = 0

    @property
    def due_today(self) -> int:
        """What falls due on this very day and is not paid."""
        return self.today_principal + self.today_service

    @property
    def late(self) -> int:
        """What is past its day and not paid, principal and service."""
        return self.arrears_principal + self.arrears_service - self.due_today

    @property
    def late_count(self) -> int:
        """How many instalments are past their day and not wholly paid."""
        return self.instalments_behind - self.today_count

    @property
    def risk_behind(self) -> int:
        """How many instalments behind count for LAR, PAR and RR: a rescheduling does not wipe them out."""
        return max(self.instalments_behind, self.kept_behind)


def state_at(
    loan: Loan,
    on: date,
    order: Order = "service-first",
    class_from: tuple[int, int, int, int] = CLASS_FROM,
) -> LoanState | None:
    """The loan at the end of a day, or ``None`` where it was not yet paid out.

    Later payments and payments reversed by then do not count. Raises
    :class:`~pendamping.kernel.refusal.Refusal` where a posted split does not fit.
    """
    if loan.disbursed > on:
        return None
    plan = loan.plan
    now = standing(plan, loan.payments, on, order)
    known = now.left if now.active else ()
    behind = [row for row in known if row.due <= on and row.total]
    today = [row for row in behind if row.due == on]
    oldest = behind[0].due if behind else None
    kept_class, kept_behind = _kept(loan, now, on, order, class_from) if now.active else (1, 0)
    found = classify(len(behind), now.rows[-1].due < on, class_from)
    due = sum(row.total for row in now.rows if row.due <= on)
    return LoanState(
        loan_id=loan.loan_id,
        ward=loan.ward,
        group_id=loan.group_id,
        active=now.active,
        outstanding_principal=sum(row.principal for row in known),
        arrears_principal=sum(row.principal for row in behind),
        arrears_service=sum(row.service for row in behind),
        instalments_behind=len(behind),
        oldest_unpaid_due=oldest,
        days_past_due=(on - oldest).days if oldest else 0,
        collectibility=max(found, kept_class) if now.active else None,
        due=due + now.before.principal + now.before.service,
        paid=now.paid.principal + now.paid.service,
        overpaid=now.paid.overpaid,
        kept_behind=kept_behind,
        rescheduled=plan.segment_on(on) is not None,
        written_off=now.written_off is not None,
        recovered=now.recovered,
        today_principal=sum(row.principal for row in today),
        today_service=sum(row.service for row in today),
        today_count=len(today),
    )


def _kept(
    loan: Loan, now: Standing, on: date, order: Order, class_from: tuple[int, int, int, int]
) -> tuple[int, int]:
    """The class and the instalments behind of before a rescheduling, while they stay (handbook 4.2)."""
    segment = loan.plan.segment_on(on)
    if segment is None or sum(not row.total for row in now.left) >= segment.keeps_class_for:
        return 1, 0
    earlier = tuple(one for one in loan.segments if one.start < segment.start)
    before = state_at(
        replace(loan, segments=earlier), segment.start - timedelta(days=1), order, class_from
    )
    if before is None or before.collectibility is None:
        return 1, 0
    return before.collectibility, before.risk_behind


def classify(
    instalments_behind: int,
    past_end: bool,
    class_from: tuple[int, int, int, int] = CLASS_FROM,
) -> int:
    """The class of an active loan, 1 (current) to 5 (lost).

    ``past_end``: the last due date is before the date.

    >>> [classify(n, False) for n in (0, 1, 3, 4, 6, 7, 9, 10)], classify(1, True)
    ([1, 2, 2, 3, 3, 4, 4, 5], 5)
    """
    if past_end:
        return 5
    return 1 + sum(instalments_behind >= least for least in class_from)


@dataclass(frozen=True, slots=True)
class AreaBook:
    """The figures of an area; sums in whole units, ratios as they were counted."""

    loans: int
    active: int
    outstanding: int
    due_to_date: int
    paid_to_date: int
    overpaid: int
    arrears_principal: int
    arrears_service: int
    par30: Share
    par90: Share
    par: Share
    lar: Share
    rr: Share
    classes: Mapping[int, tuple[int, int]]

    def as_json(self) -> dict[str, Any]:
        """As the doors promise; a ratio is ``None`` where its denominator is zero."""
        counts = ("loans", "active", "outstanding", "due_to_date", "paid_to_date", "overpaid")
        plain = {name: getattr(self, name) for name in (*counts, *_ARREARS)}
        ratios: dict[str, Share] = {name: getattr(self, name) for name in _RATIOS}
        return {
            **plain,
            **{name: share.as_json() if share.whole else None for name, share in ratios.items()},
            "classes": {str(number): list(pair) for number, pair in self.classes.items()},
        }


_ARREARS = ("arrears_principal", "arrears_service")
_RATIOS = ("par30", "par90", "par", "lar", "rr")


def area_book(states: Iterable[LoanState], at_risk_from: int = AT_RISK_FROM) -> AreaBook:
    """The figures of the loans that were paid out by the date."""
    known = list(states)
    active = [state for state in known if state.active]
    at_risk = [state for state in active if state.risk_behind >= at_risk_from]
    outstanding = _outstanding(active)
    return AreaBook(
        loans=len(known),
        active=len(active),
        outstanding=outstanding,
        due_to_date=sum(state.due for state in known),
        paid_to_date=sum(state.paid for state in known),
        overpaid=sum(state.overpaid for state in known),
        arrears_principal=sum(state.arrears_principal for state in known),
        arrears_service=sum(state.arrears_service for state in known),
        par30=Share(_outstanding(_late(active, 30)), outstanding),
        par90=Share(_outstanding(_late(active, 90)), outstanding),
        par=Share(_outstanding(at_risk), outstanding),
        lar=Share(len(_groups(at_risk)), len(_groups(active))),
        rr=Share(outstanding - sum(state.arrears_principal for state in at_risk), outstanding),
        classes={number: _class_of(active, number) for number in range(1, 6)},
    )


def _outstanding(states: Iterable[LoanState]) -> int:
    return sum(state.outstanding_principal for state in states)


def _late(states: Iterable[LoanState], days: int) -> list[LoanState]:
    return [state for state in states if state.days_past_due > days]


def _groups(states: Iterable[LoanState]) -> set[tuple[str, str]]:
    """The groups that owe principal, by ward and id."""
    return {(state.ward, state.group_id) for state in states if state.outstanding_principal}


def _class_of(active: Iterable[LoanState], number: int) -> tuple[int, int]:
    members = [state for state in active if state.collectibility == number]
    return len(members), _outstanding(members)


Level = Literal["ward", "city", "province"]


def area_of(ward: str, level: Level) -> str:
    """The code of the area that a ward lies in.

    >>> [area_of("32.71.01.1003", level) for level in ("ward", "city", "province")]
    ['32.71.01.1003', '32.71', '32']
    """
    parts = {"ward": 4, "city": 2, "province": 1}[level]
    return ".".join(ward.split(".")[:parts])


def books_by_area(
    states: Iterable[LoanState], level: Level = "ward", at_risk_from: int = AT_RISK_FROM
) -> dict[str, AreaBook]:
    """The figures of each area, in the order of their codes."""
    areas: dict[str, list[LoanState]] = {}
    for state in states:
        areas.setdefault(area_of(state.ward, level), []).append(state)
    return {area: area_book(areas[area], at_risk_from) for area in sorted(areas)}
