"""Meetings on the board: what was decided by signed minutes, and what is called next."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from pendamping.meetings import queries as meetings
from pendamping.notice import labels
from pendamping.notice.naming import names_in
from pendamping.notice.parts import Coming, Decided, Met
from pendamping.notice.rules import masked, shown_count, shown_part

OF_A_GROUP = "group"  # what a group decides by itself stands in its own book
LOAN = "loans.approve"


def met(
    ward: str, on: date, least: int, borrowers: Mapping[str, str], small: Iterable[str]
) -> tuple[Met, ...]:
    """Meetings of residents and board up to a day with what their signed minutes say, the latest first.

    ``borrowers``: names of groups by loan, of those that are shown; ``small``: names that are not said.
    """
    held = [one for one in _open_to_all(ward, on, "closed") if one.held_on <= on and one.signed_on]
    taken = meetings.decisions_of(ward, [one.id for one in held])
    said = {one.id: _said(taken.get(one.id, ()), borrowers) for one in held}
    names = names_in(ward, [each.text for rows in said.values() for each in rows]) | set(small)
    kinds = labels.meetings(ward, on)
    return tuple(
        Met(
            one.id, one.held_on, one.kind, kinds.get(one.kind, one.kind), labels.place(one.rw, one.rt),
            shown_count(one.attended, least), shown_part(one.attended_women, one.attended, least),
            shown_part(one.attended_poor, one.attended, least), one.signed_on,
            tuple(Decided(masked(each.text, names), each.outcome) for each in said[one.id]),
        )
        for one in held
    )  # fmt: skip


def coming(ward: str, on: date) -> tuple[Coming, ...]:
    """Meetings of residents and board that are called for today or later, the next one first."""
    called = [one for one in _open_to_all(ward, on, "called") if one.held_on >= on]
    names = names_in(ward, [one.place for one in called])
    kinds = labels.meetings(ward, on)
    return tuple(
        Coming(
            one.id, one.held_on, one.kind, kinds.get(one.kind, one.kind),
            labels.place(one.rw, one.rt), masked(one.place, names),
        )
        for one in reversed(called)
    )  # fmt: skip


def _open_to_all(ward: str, on: date, status: str) -> list[Any]:
    """Meetings of residents and board, the latest first: not those of one group."""
    known = meetings.kinds(ward, on)
    return [
        one
        for one in meetings.meetings(ward, status=(status,))
        if OF_A_GROUP not in (one.level, known.get(one.kind, {}).get("level")) and not one.group
    ]


def _said(taken: Sequence[Any], borrowers: Mapping[str, str]) -> list[Decided]:
    """What a meeting decided, in its order; what is alike is said once."""
    found: list[Decided] = []
    for (prefix, outcome), rows in groupby(taken, key=lambda one: (_prefix(one), one.outcome)):
        found += _alike(prefix, outcome, list(rows), borrowers)
    return list(dict.fromkeys(found))


def _prefix(one: Any) -> str:
    return str(one.subject).partition(":")[0]


def _alike(
    prefix: str, outcome: str, rows: list[Any], borrowers: Mapping[str, str]
) -> list[Decided]:
    if prefix == LOAN and outcome != "accepted":
        return [Decided(_loans((), borrowers), outcome)]  # who was turned down is not told about
    if prefix == LOAN:
        loans = [str(one.subject).partition(":")[2] for one in rows]
        return [Decided(_loans(loans, borrowers), outcome)]
    if said := labels.of_persons(prefix):
        return [Decided(said, outcome)]
    return [Decided(str(one.text), outcome) for one in rows]


def _loans(loans: Sequence[str], borrowers: Mapping[str, str]) -> str:
    """Loans that a meeting decided on: the groups by name, as far as they are shown."""
    names = sorted({borrowers[one] for one in loans if one in borrowers})
    if not names:
        return _("A loan to a group")
    others = [_("others")] if any(one not in borrowers for one in loans) else []
    return _("Loans to %(groups)s") % {"groups": ", ".join([*names, *others])}
