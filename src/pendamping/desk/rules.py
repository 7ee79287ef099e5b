"""What stands on a desk and in which order: what hurts most if it is left comes first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from pendamping.kernel.refusal import N_, Reason

WEEK = 7
LONGEST_MOVE_DAYS = 366  # a year typed wrongly could not be taken back once something is entered

# From the most harmful to leave. Without books no money moves; money that is owed is lost with every
# day; people who wait for a decision or their money come before papers that can still be written.
KINDS = (
    "open_books",
    "behind",
    "collect",
    "instalment",
    "sign_loan",
    "pay_out",
    "stop_lifted",
    "stopped",
    "health_stops",
    "report_returned",
    "report_due",
    "receive_tranche",
    "order_tranche",
    "mend_tranche",
    "mend_dossier",
    "ask_tranche",
    "split_funds",
    "complaint_climbed",
    "complaint_nobody",
    "complaint",
    "complaint_receipt",
    "decide_loan",
    "examine",
    "objections",
    "borrowers_leave",
    "ratify_list",
    "roll",
    "minutes",
    "count_votes",
    "next_vote",
    "seat_board",
    "health",
    "reserve",
    "opening",
    "approve_opening",
    "count_cash",
    "close",
    "approve_close",
    "yearly_account",
    "training_roll",
    "log_plan",
    "log_day",
    "log_days",
    "report_month",
    "upload",
    "census",
    "designate",
    "criteria",
    "ratify_criteria",
    "draft_list",
    "post_list",
    "form_group",
    "close_stage",
    "stage_step",
    "begin_stage",
    "next_board",
    "appointment",
    "body_term",
    "board_paper",
    "body_paper",
    "complaint_close",
    "poster",
    "poster_soon",
    "poster_first",
    "remedy_due",
    "promise_due",
    "sign_handover",
    "prepare_handover",
    "check_year",
    "cadre_silent",
    "cadres_silent",
    "task_open",
    "term",
    "member_gone",
    "prepare",
    "saving",
    "meeting",
    "planned",
    "slip",
)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: ``kind`` of :data:`KINDS`, ``due`` the day from which it is late.

    ``page`` and ``parts``: name of the address that acts, and what stands in it besides the ward.
    ``query``: what follows the address after "?". ``values``: what its sentence names. ``weight``: rupiah or number of what is at stake.
    """

    kind: str
    due: date
    page: str
    parts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    weight: int = 0
    query: str = ""


STATES = ("late", "today", "")
LATER = STATES.index("")


def state(due: date, today: date) -> str:
    """``late``, ``today`` or empty for a day to come.

    >>> state(date(2004, 8, 11), date(2004, 8, 12)), state(date(2004, 8, 12), date(2004, 8, 12))
    ('late', 'today')
    """
    if due < today:
        return "late"
    return "today" if due == today else ""


def in_order(tasks: Iterable[Task], today: date) -> list[Task]:
    """The tasks of today and this week: late, then today's, then the rest.

    What is late and what is for today: by the harm of its kind, the larger stake first, then the older
    day. What is still to come: by its day, and of one day the more harmful first. Tasks further off than
    :data:`WEEK` days are left out; none is doubled or lost. Raises ``ValueError`` for a
    kind that is not in :data:`KINDS`.
    """
    last = today + timedelta(days=WEEK)
    shown = [task for task in tasks if task.due <= last]
    return sorted(shown, key=lambda task: _rank(task, today))


def later(tasks: Iterable[Task], today: date) -> list[Task]:
    """The tasks after this week, the nearest first: none of them stands in :func:`in_order`."""
    last = today + timedelta(days=WEEK)
    return sorted((task for task in tasks if task.due > last), key=_soonest)


def together(desks: Iterable[tuple[date, Iterable[Task]]]) -> list[tuple[int, Task]]:
    """The tasks of several desks in one order, as in :func:`in_order`, each with the place of its desk.

    Each desk comes with its own today: what counts is how far a day lies from it.

    >>> here, there = Task("minutes", date(2004, 8, 11), ""), Task("roll", date(2005, 1, 1), "")
    >>> [place for place, _task in together([(date(2004, 8, 12), [here]), (date(2005, 1, 2), [there])])]
    [1, 0]
    """
    found = [(place, task, on) for place, (on, tasks) in enumerate(desks) for task in tasks]
    if not found:
        return []
    one_day = found[0][2]

    def rank(each: tuple[int, Task, date]) -> tuple[Any, ...]:
        place, task, on = each
        return *_rank(replace(task, due=one_day + (task.due - on)), one_day), place

    return [(place, task) for place, task, _on in sorted(found, key=rank)]


def _soonest(task: Task) -> tuple[Any, ...]:
    parts = sorted(task.parts.items())
    return (task.due, KINDS.index(task.kind), -task.weight, task.page, parts, task.query)


def _rank(task: Task, today: date) -> tuple[Any, ...]:
    when = STATES.index(state(task.due, today))
    if when == LATER:
        return (when, *_soonest(task))
    parts = sorted(task.parts.items())
    return (when, KINDS.index(task.kind), -task.weight, task.due, task.page, parts, task.query)


def beginning_problems(
    known: date | None, planned: bool, first_day: date, earliest: date | None, today: date
) -> list[Reason]:
    """Why a ward's first day cannot be given: it has one and something is recorded since, a meeting planned its
    stages, something happened before that day, or it is more than a year from today. ``earliest``: the first day
    of which a meeting or a stage is recorded.

    >>> day, today = date(2004, 1, 5), date(2004, 3, 1)
    >>> beginning_problems(None, False, day, date(2004, 2, 1), today)
    []
    >>> beginning_problems(date(2004, 1, 6), False, day, None, today)
    []
    >>> [one.clause for one in beginning_problems(None, True, date(2006, 1, 5), day, today)]
    ['desk.begin.planned', 'desk.begin.late', 'desk.begin.far']
    """
    if known is not None and earliest is not None:
        text = N_(
            "The programme began here on {day}, and something is recorded since; that day stays."
        )
        return [Reason("desk.begin.known", text, {"day": known})]
    found = []
    if planned:
        text = N_("A meeting adopted a plan: the stages have their planned dates from it.")
        found.append(Reason("desk.begin.planned", text))
    if earliest is not None and first_day > earliest:
        text = N_("Something is recorded of {day} already; the first day cannot lie after it.")
        where = {"field": "programme_start"}
        found.append(Reason("desk.begin.late", text, {"day": earliest}, where))
    if (first_day - today).days > LONGEST_MOVE_DAYS:
        text = N_("The first day lies more than a year ahead; look whether the year is right.")
        found.append(Reason("desk.begin.far", text, {}, {"field": "programme_start"}))
    return found


def moving_problems(today: date, to: date, last_entry: date | None) -> list[Reason]:
    """What speaks against moving a practice ward's date from ``today`` to another day.

    ``last_entry``: the day on which something was last entered there. Forward by a year at most in
    one step; back only as far as nothing was entered yet, so that no entry comes to lie in the future.

    >>> moving_problems(date(2004, 5, 12), date(2004, 8, 12), date(2004, 5, 12))
    []
    >>> [reason.clause for reason in moving_problems(date(2004, 5, 12), date(2004, 5, 11), date(2004, 5, 12))]
    ['desk.practice.back']
    """
    found: list[Reason] = []
    if to == today:
        found.append(_against("same", N_("The practice date stands on that day already.")))
    if to < today and last_entry is not None and to < last_entry:
        text = N_(
            "Something was entered on {day}; the practice date cannot go back before that day."
        )
        found.append(_against("back", text, day=last_entry.isoformat()))
    if to > today + timedelta(days=LONGEST_MOVE_DAYS):
        text = N_(
            "That is more than a year ahead. Look at the year, or go in steps of a year at most."
        )
        found.append(_against("far", text))
    return found


def _against(what: str, text: str, **values: str) -> Reason:
    return Reason(f"desk.practice.{what}", text, values, {"field": "to"})
