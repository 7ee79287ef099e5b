"""The account of a year: its page, its paper, its workbook."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import answer_pdf
from pendamping.access.gate import page
from pendamping.funds.upk.books import workbook
from pendamping.funds.upk.books.shape import Book, Column, Month, Row, Table
from pendamping.funds.upk.books.views import XLSX
from pendamping.funds.upk.yearly import account as reading
from pendamping.funds.upk.yearly import owing, papers
from pendamping.funds.upk.yearly.shape import Account, Decision, Part


def _asked(ward: str, year: int) -> Account:
    span = reading.span_of(ward, year)
    if span is None:
        raise Http404
    return reading.account(ward, span)


@require_safe
@page("ledger.read")
def account(request: HttpRequest, ward: str, year: int) -> HttpResponse:
    found = _asked(ward, year)
    day, _days = owing.due(ward, year)
    may = {
        key: access.may(request.user, f"meetings.{key}", ward)
        for key in ("call_meeting", "record_decision")
    }
    shown = {
        "year": year,
        "found": found,
        "keepers": [
            (duty, names or _("nobody is named in the record")) for duty, names in found.keepers
        ],
        "due": day if owing.owed_of(ward, year) else None,
        "parts": [_shown(one) for one in found.parts],
        "decisions": [_decision(one, found, may) for one in found.decisions],
    }
    return render(request, "upk/account.html", shown)


def _shown(one: Part) -> dict[str, Any]:
    tables = [_table(table) for table in one.tables]
    return {"key": one.key, "title": one.title, "says": one.says, "tables": tables, "ties": one.ties}  # fmt: skip


def _table(table: Table) -> dict[str, Any]:
    """A table as the page shows it; none of its cells leads anywhere."""
    columns = [
        {"key": str(place), "label": one.label, "kind": one.kind}
        for place, one in enumerate(table.columns)
    ]
    rows = [{str(place): value for place, value in enumerate(row.cells)} for row in table.rows]
    return {"title": table.title, "columns": columns, "rows": rows, "foot": table.foot}


def _decision(one: Decision, found: Account, may: dict[str, bool]) -> dict[str, Any]:
    agenda = "\n".join(each.text for each in found.decisions)
    return {
        "text": one.text,
        "subject": one.subject,
        "kind": one.kind,
        "met": one.met.meeting if one.met else None,
        "against": one.against,
        "places": one.places if may["record_decision"] else [],
        "agenda": agenda,
        "calls": may["call_meeting"] and not one.places,
    }


def _address(request: HttpRequest, ward: str, year: int) -> str:
    return request.build_absolute_uri(reverse("upk:account", kwargs={"ward": ward, "year": year}))


@require_safe
@page("ledger.read")
def pdf(request: HttpRequest, ward: str, year: int) -> HttpResponse:
    name = request.ward.name  # type: ignore[attr-defined]
    made = papers.printed(_asked(ward, year), name, _address(request, ward, year))
    return answer_pdf(made, f"pertanggungjawaban-upk-{year}.pdf")


@require_safe
@page("ledger.read")
def xlsx(request: HttpRequest, ward: str, year: int) -> HttpResponse:
    found = _asked(ward, year)
    sheets = [_cover(found), *(one.as_book() for one in found.parts)]
    month = Month(found.span.first, found.span.last)
    content = workbook.workbook(sheets, request.ward.name, month)  # type: ignore[attr-defined]
    response = HttpResponse(content, content_type=XLSX)
    name = f"pertanggungjawaban-upk-{year}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cover(found: Account) -> Book:
    """The first sheet: how final the figures are, who answers for them, what the meeting is asked."""
    columns = [Column("", "text", 34), Column("", "text", 60)]
    answer = Table(_("Who answers for it"), columns, [Row(pair) for pair in found.keepers])
    state = Table(found.state, columns, [])
    asked = Table(
        _("What the meeting is asked to decide"), columns, [Row((one.text, _taken(one))) for one in found.decisions]
    )  # fmt: skip
    title = _("Account of the UPK for {year}").format(year=found.span.year)
    return Book("cover", "", title, [state, answer, *([asked] if found.decisions else [])])


def _taken(one: Decision) -> str:
    return papers.when(one) if one.met is not None else _("not decided yet")
