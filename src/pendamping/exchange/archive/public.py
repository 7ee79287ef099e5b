"""The archive as everybody may have it: what the ward's board says, the minutes without names, no more."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from pendamping.exchange.archive.pages import Page, table
from pendamping.notice import queries as notice

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def pages(board: Any, rows: Rows) -> list[Page]:
    """The pages of a ward. ``board``: ``notice.queries.board``; ``rows``: those of its package, of which only the
    minutes of meetings on the board are read, masked as the board masks."""
    return [
        _plan(board),
        _money(board),
        _groups(board),
        _meetings(board, rows),
        _office(board),
        _complaints(board),
    ]


def _plan(of: Any) -> Page:
    page = Page("rencana", _("Plan and works"), _("What was planned, and what was built of it."))
    nothing = _("There is no plan yet.")
    lines = [
        (one.year, one.title, one.component_name, one.place, one.amount, one.from_programme, one.from_others)
        for one in (of.plan.lines if of.plan else ())
    ]  # fmt: skip
    lines.sort(key=lambda one: (one[0] or 9999, one[1]))
    columns = [_("Year"), _("Line"), _("Part"), _("Place"), _("Cost (Rp)"), _("Of the programme (Rp)"), _("Of others (Rp)")]  # fmt: skip
    said = [(str(one[0] or "–"), *one[1:]) for one in lines]
    page.tables.append(table(_("Medium-term plan"), columns, said, nothing))
    works = [
        (one.title, one.group, one.place, one.agreed_on, one.amount, one.paid, one.own, f"{one.percent} %", one.handed_over_on)
        for one in of.works
    ]  # fmt: skip
    columns = [_("Work"), _("Group"), _("Place"), _("Agreed on"), _("Grant (Rp)"), _("Paid (Rp)"), _("Residents' part (Rp)"), _("Done"), _("Handed over on")]  # fmt: skip
    page.tables.append(table(_("Works"), columns, works, _("No work has begun yet.")))
    return page


def _money(of: Any) -> Page:
    page = Page("uang", _("Money by window"), _("What came in and went out, by the books."))
    rows = [(one.name, one.allotted, one.came_in, one.went_out, one.with_groups, one.in_bank) for one in of.windows]  # fmt: skip
    columns = [_("Window"), _("Allotted (Rp)"), _("Came in (Rp)"), _("Went out (Rp)"), _("With groups (Rp)"), _("In the bank (Rp)")]  # fmt: skip
    page.tables.append(
        table(_("Grant of the programme"), columns, rows, _("No grant was allotted yet."))
    )
    rows = [(str(one.year), one.number, one.amount, one.received_on) for one in of.tranches]
    columns = [_("Year"), _("Tranche"), _("Sum (Rp)"), _("Received on")]
    page.tables.append(table(_("Tranches"), columns, rows, _("No tranche came yet.")))
    page.tables.append(
        table(_("Residents' own part"), [_("Kind"), _("Value (Rp)")], [(one.name, one.amount) for one in of.own], _("Nothing was noted yet."))
    )  # fmt: skip
    fund, few = of.fund, _("So few borrow that nothing of the fund is shown.")
    parts = (
        (_("Capital"), fund.capital), (_("Cash"), fund.cash), (_("Bank"), fund.bank), (_("Lent since the beginning"), fund.lent),
        (_("Paid back since the beginning"), fund.paid_back), (_("Outstanding"), fund.outstanding), (_("Overdue"), fund.overdue),
        (_("Savings of groups"), fund.group_savings), (_("Income of the year"), fund.income_this_year),
        (_("Cost of the year"), fund.cost_this_year),
    )  # fmt: skip
    rows = list(parts) if fund.shown else []
    page.tables.append(table(_("Revolving fund"), [_("What"), _("Sum (Rp)")], rows, few))
    return page


def _groups(of: Any) -> Page:
    page = Page(
        "kelompok", _("Groups"), _("Each group as a whole; of a small one no figure is shown.")
    )
    rows = [
        (one.name, one.members, one.borrowed, one.paid_back, one.outstanding, one.overdue, one.behind)
        for one in of.groups
    ]  # fmt: skip
    columns = [_("Group"), _("Members"), _("Borrowed (Rp)"), _("Paid back (Rp)"), _("Outstanding (Rp)"), _("Overdue (Rp)"), _("Instalments late")]  # fmt: skip
    page.tables.append(
        table(_("Groups and their loans"), columns, rows, _("There is no group yet."))
    )
    return page


def _meetings(of: Any, rows: Rows) -> Page:
    page = Page("rapat", _("Meetings and minutes"), _("Meetings whose minutes are signed. Names of residents are left out."))  # fmt: skip
    said = [(one.held_on, one.name, one.place, one.attended, one.women, one.poor, one.signed_on) for one in of.met]  # fmt: skip
    columns = [_("Day"), _("Meeting"), _("Place"), _("Came"), _("Women"), _("Poor"), _("Signed on")]
    page.tables.append(table(_("Meetings"), columns, said, _("No minutes are signed yet.")))
    decided = [
        (one.held_on, one.name, each.text, _("accepted") if each.outcome == "accepted" else _("rejected"))
        for one in of.met
        for each in one.decided
    ]  # fmt: skip
    page.tables.append(table(_("Decisions"), [_("Day"), _("Meeting"), _("Decision"), _("Outcome")], decided, _("Nothing was decided yet.")))  # fmt: skip
    kept = {row["id"]: row.get("minutes") or "" for row in rows["meetings"]}
    there = [one for one in of.met if kept.get(one.id)]
    texts = notice.masked_texts(of.ward, [kept[one.id] for one in there])
    page.texts = [
        (f"{one.name}, {one.held_on.isoformat()}", text) for one, text in zip(there, texts, strict=True)
    ]  # fmt: skip
    return page


def _office(of: Any) -> Page:
    page = Page(
        "pengurus", _("Who holds office"), _("The bodies whose names the guideline makes public.")
    )
    rows = [(one.body_name, one.office, one.name, one.until) for one in of.seats]
    columns = [_("Body"), _("Office"), _("Name"), _("Until")]
    page.tables.append(table(_("Office holders"), columns, rows, _("Nobody holds office yet.")))
    return page


def _complaints(of: Any) -> Page:
    said = of.complaints
    lead = _("Whole months of a year; no figure of fewer than %(least)s is shown.") % {
        "least": of.least
    }
    page = Page("pengaduan", _("Complaints in figures"), lead)
    parts = (
        (_("Received"), said.received), (_("Closed"), said.closed), (_("In process"), said.open),
        (_("Confirmed by complainants"), said.confirmed), (_("Answered in time"), said.in_time),
        *((one.name, one.count) for one in said.kinds),
    )  # fmt: skip
    few = _("So few complaints came in that no figure is shown yet.")
    page.tables.append(
        table(_("Complaints"), [_("What"), _("Count")], [] if said.few else list(parts), few)
    )
    return page
