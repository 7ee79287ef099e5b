"""A board as the page lists it: rows of words and figures, each with the address that asks about it."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendamping.kernel.money import format_rupiah
from pendamping.notice import labels
from pendamping.notice.parts import Board, Borrower, Met, PlanLine, Tranche, Window, Work
from pendamping.notice.rules import line_of


def ask(ward: str, *parts: str) -> dict[str, str]:
    """A line as a question names it, and the address of the form that begins with it."""
    line = line_of(*parts)
    form = reverse("complaints:complain", kwargs={"ward": ward})
    return {"line": line, "ask": f"{form}?{urlencode({'via': 'info_board', 'line': line})}"}


def plan_row(ward: str, one: PlanLine) -> dict[str, Any]:
    """A line of the plan."""
    state, tone = labels.plan_state(one.state)
    year = str(one.year) if one.year else _("no year yet")
    return {
        "title": one.title, "about": " · ".join(filter(None, (one.component_name, one.place, year))),
        "amount": one.amount, "programme": one.from_programme if one.year else None,
        "others": one.from_others if one.year else None, "state": state, "tone": tone,
        **ask(ward, _("Plan"), one.title, year, format_rupiah(one.amount)),
    }  # fmt: skip


def window_row(ward: str, one: Window) -> dict[str, Any]:
    """A window of the grant."""
    return {
        "title": one.name, "allotted": one.allotted, "came_in": one.came_in,
        "went_out": one.went_out, "with_groups": one.with_groups, "in_bank": one.in_bank,
        **ask(ward, _("Grant (BLM)"), one.name, _("used %(sum)s") % {"sum": format_rupiah(one.went_out)}),
    }  # fmt: skip


def work_row(ward: str, one: Work) -> dict[str, Any]:
    """What a group does with a grant."""
    where = " · ".join(filter(None, (one.group, one.place)))
    state = (
        _("handed over on %(day)s") % {"day": day(one.handed_over_on)}
        if one.handed_over_on
        else f"{one.percent} %"
    )
    return {
        "title": one.title, "about": where, "amount": one.amount, "paid": one.paid, "own": one.own,
        "state": state, **ask(ward, _("Works"), one.title, format_rupiah(one.amount)),
    }  # fmt: skip


def group_row(ward: str, one: Borrower) -> dict[str, Any]:
    """A group and what it owes."""
    return {
        "title": one.name,
        "about": ngettext("%(num)s member", "%(num)s members", one.members) % {"num": one.members} if one.members else "",
        "borrowed": one.borrowed, "paid_back": one.paid_back, "outstanding": one.outstanding,
        "overdue": one.overdue, "state": _repaying(one)[0], "tone": _repaying(one)[1],
        **ask(ward, _("Loan"), one.name),
    }  # fmt: skip


def _repaying(one: Borrower) -> tuple[str, str]:
    if not one.shown:
        return _("not shown"), "plain"
    if one.behind:
        said = ngettext("%(num)s instalment late", "%(num)s instalments late", one.behind)
        return said % {"num": one.behind}, "warn"
    if not one.outstanding:
        return _("paid back"), "good"
    return _("on time"), "good"


def met_row(ward: str, one: Met) -> dict[str, Any]:
    """A meeting with what it decided."""
    parts = []
    if one.attended is not None:
        said = ngettext("%(num)s person", "%(num)s persons", one.attended)
        parts.append(said % {"num": one.attended})
    if one.women:
        parts.append(_("of them %(num)s women") % {"num": one.women})
    return {
        "title": one.name, "day": one.held_on, "about": " · ".join((one.place, *parts)),
        "decided": [
            each.text if each.outcome == "accepted" else _("%(what)s: turned down") % {"what": each.text}
            for each in one.decided
        ],
        **ask(ward, _("Meeting"), one.name, day(one.held_on)),
    }  # fmt: skip


def fund_facts(of: Board) -> list[tuple[str, str]]:
    """The revolving fund in pairs of words and sums."""
    one = of.fund
    pairs = (
        (_("Capital from the programme"), one.capital), (_("Lent since it began"), one.lent),
        (_("Paid back since it began, with the charge"), one.paid_back),
        (_("Still with groups"), one.outstanding), (_("of it overdue, with the charge"), one.overdue),
        (_("In cash"), one.cash), (_("In the bank"), one.bank),
        (_("Savings of groups kept here"), one.group_savings),
        (_("Income this year"), one.income_this_year), (_("Cost this year"), one.cost_this_year),
    )  # fmt: skip
    return [(text, format_rupiah(amount)) for text, amount in pairs if amount is not None]


def short_lines(of: Board) -> dict[str, list[dict[str, Any]]]:
    """The parts of a board that are sentences: each with the address that asks about it."""
    fund = [{"text": text, "sum": sum_, **ask(of.ward, _("Revolving fund (UPK)"), text, sum_)}
            for text, sum_ in fund_facts(of)] if of.fund.shown else []  # fmt: skip
    swadaya = _("What residents gave themselves (swadaya)")
    own = [
        {"text": one.name, "sum": format_rupiah(one.amount),
         **ask(of.ward, swadaya, one.name, format_rupiah(one.amount))}
        for one in of.own
    ]  # fmt: skip
    tranches = [
        {"text": text, "sum": "", **ask(of.ward, _("Grant (BLM)"), text)}
        for text in map(_tranche, of.tranches)
    ]
    coming = [
        {"day": one.held_on, "text": " · ".join(filter(None, (one.name, one.place, one.at))),
         **ask(of.ward, _("Meeting"), one.name, day(one.held_on))}
        for one in of.coming
    ]  # fmt: skip
    return {"fund": fund, "own": own, "tranches": tranches, "coming": coming}


def _tranche(one: Tranche) -> str:
    said = {"number": one.number, "year": one.year, "sum": format_rupiah(one.amount)}
    if one.received_on is None:
        return _("Tranche %(number)s of %(year)s: %(sum)s, not here yet") % said
    text = _("Tranche %(number)s of %(year)s: %(sum)s, came on %(day)s")
    return text % {**said, "day": day(one.received_on)}


def day(on: Any) -> str:
    """A day in words."""
    return date_format(on, "j F Y") if on else "–"


def by_body(of: Board) -> list[tuple[str, str]]:
    """Who sits in each body: its name, then its people with their offices."""
    found: dict[str, list[str]] = {}
    for one in of.seats:
        said = f"{one.name} ({one.office})" if one.office else one.name
        found.setdefault(one.body_name, []).append(said)
    return [(name, ", ".join(people)) for name, people in found.items()]


def rows(of: Board) -> dict[str, list[dict[str, Any]]]:
    """The long parts of a board, by the name that an address gives them."""
    plan: Sequence[PlanLine] = of.plan.lines if of.plan else ()
    parts: tuple[tuple[str, Any, Iterable[Any]], ...] = (
        ("plan", plan_row, plan), ("works", work_row, of.works),
        ("groups", group_row, of.groups), ("met", met_row, of.met),
    )  # fmt: skip
    return {name: [shape(of.ward, one) for one in found] for name, shape, found in parts}
