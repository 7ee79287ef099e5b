"""The maturity of the board on a day: each criterion from the record, or as somebody said it with the evidence."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from pendamping.elections import queries as elections
from pendamping.funds.upk import queries as upk
from pendamping.guidelines import queries as guidelines
from pendamping.institutions import queries as institutions
from pendamping.kernel.period import add_months, month_end
from pendamping.kernel.share import Share
from pendamping.meetings import queries as meetings
from pendamping.monitoring.models import Tick
from pendamping.monitoring.rules import maturity as rules
from pendamping.monitoring.rules.maturity import Criterion, Standing

YEARLY = "yearly"
Read = Callable[[str, date, Criterion], Standing]


def criteria(ward: str, on: date) -> dict[str, Criterion]:
    """The criteria of the guideline on a day, in its order."""
    return rules.read_criteria(guidelines.section("maturity_criteria", ward, on))


def levels(ward: str, on: date) -> list[str]:
    """The levels of the guideline from the first to the last."""
    return rules.levels(guidelines.section("maturity", ward, on))


def found(ward: str, on: date) -> list[Standing]:
    """How each criterion stands at the end of a day."""
    said = ticks(ward, on)
    return [
        READS[one.measure](ward, on, one) if one.measure in READS else _said(one, said.get(one.key))
        for one in criteria(ward, on).values()
    ]


def ticks(ward: str, on: date) -> dict[str, Tick]:
    """Criterion to what was said of it last by a day."""
    kept = Tick.objects.filter(ward=ward, on__lte=on).select_related("by").order_by("id")
    return {one.criterion: one for one in kept}


def _said(one: Criterion, tick: Tick | None) -> Standing:
    if tick is None:
        return Standing(one, "none")
    return Standing(one, "met" if tick.met else "unmet", evidence=tick.evidence)


def _met(
    one: Criterion, is_met: bool, part: int | None = None, whole: int | None = None
) -> Standing:
    return Standing(one, "met" if is_met else "unmet", part, whole)


def _elected(ward: str, on: date, one: Criterion) -> Standing:
    return _met(one, bool(elections.board(ward, on)))


def _charter(ward: str, on: date, one: Criterion) -> Standing:
    body = institutions.body(ward)
    papers = institutions.papers(body) if body else []
    return _met(one, any(each.kind == "charter" and each.issued_on <= on for each in papers))


def _yearly(ward: str, on: date, one: Criterion) -> Standing:
    first = add_months(on, -12)
    held = [
        each
        for each in meetings.meetings(ward, kind=YEARLY, status=("closed",), quorum_met=True)
        if first < each.held_on <= on
    ]
    return _met(one, bool(held))


def _books(ward: str, on: date, one: Criterion) -> Standing:
    """Of the last months whose close was due, so many are closed."""
    kept = {
        each.month for each in upk.closes(ward) if each.closed_on <= on and each.undone_on is None
    }
    last, closed, asked = on.replace(day=1) - timedelta(days=1), 0, 0
    while asked < one.at_least:
        if upk.close_due(ward, last) < on or last in kept:
            closed, asked = closed + (last in kept), asked + 1
        last = month_end(last.replace(day=1) - timedelta(days=1))
    return _met(one, closed >= one.at_least, closed, one.at_least)


def _women(ward: str, on: date, one: Criterion) -> Standing:
    board = elections.board(ward, on)
    women = sum(each.sex == "P" for each in board)
    return _met(one, bool(board) and 100 * women >= one.at_least * len(board), women, len(board))


def _fund(ward: str, on: date, one: Criterion, keys: Mapping[str, bool]) -> Standing:
    """Indicators of the fund on the better side of the edge; the worst is shown. ``keys``: key → whether higher is better."""
    shares = {each.key: each.share for each in upk.card(ward, on).indicators if each.key in keys}
    if len(shares) < len(keys) or not all(each.whole for each in shares.values()):
        return Standing(one, "none")
    fails = [each for key, each in shares.items() if _beyond(each, one.at_least, keys[key])]
    shown = (fails or list(shares.values()))[0]
    return _met(one, not fails, shown.part, shown.whole)


def _beyond(share: Share, percent: int, higher: bool) -> bool:
    """Whether a share lies on the worse side of an edge; on the edge it does not."""
    here, edge = share.part * 100, percent * share.whole
    return here < edge if higher else here > edge


def _lar_par(ward: str, on: date, one: Criterion) -> Standing:
    return _fund(ward, on, one, {"lar": False, "par": False})


def _rr(ward: str, on: date, one: Criterion) -> Standing:
    return _fund(ward, on, one, {"rr": True})


def _elected_again(ward: str, on: date, one: Criterion) -> Standing:
    """A second regular election has seated a board."""
    seated = [
        each
        for each in elections.elections(ward)
        if each.kind == "regular" and each.seated_on and each.seated_on <= on
    ]
    return _met(one, len(seated) >= one.at_least, len(seated), one.at_least)


READS: Mapping[str, Read] = {
    "board_elected": _elected,
    "charter": _charter,
    "yearly_meeting": _yearly,
    "books_closed": _books,
    "women_percent": _women,
    "lar_par_percent": _lar_par,
    "rr_percent": _rr,
    "elections": _elected_again,
}
