from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import answer_pdf
from pendamping.access.gate import page
from pendamping.funds.ledger import queries as ledger
from pendamping.funds.upk.books import catalog, papers, workbook
from pendamping.funds.upk.books.shape import Book, Month, Row, Table
from pendamping.funds.upk.closes import labels
from pendamping.funds.upk.closes import reading as closes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@page("ledger.read")
def overview(request: HttpRequest, ward: str) -> HttpResponse:
    month = catalog.month_asked(ward, request.GET.get("month", ""))
    shown: dict[str, Any] = {"month": month, "months": ledger.months(ward)}
    if month:
        rows = [
            _listed(ward, month, catalog.book(one, ward, month, page=True)) for one in catalog.KINDS
        ]
        board = [_listed(ward, month, one) for one in catalog.window_books(ward, month)]
        shown["groups"] = [
            (
                _("Books and registers"),
                [one for one in rows if one["key"] not in catalog.STATEMENTS],
            ),
            (
                _("Statements of the month"),
                [one for one in rows if one["key"] in catalog.STATEMENTS],
            ),
            *([(_("Windows of the board, each with its own money"), board)] if board else ()),
        ]
        shown["closed"] = closes.close_of(ward, month.last)
        shown["of_month"] = f"?month={month.key}"
    return render(request, "upk/books.html", shown)


def _listed(ward: str, month: Month, found: Book) -> dict[str, Any]:
    return {
        "key": found.key,
        "name": f"{found.code} {found.name}".strip(),
        "stands": [(tie.here, tie.amount) for tie in found.ties][:2],
        "holds": all(tie.holds for tie in found.ties),
        "url": reverse("upk:book", kwargs={"ward": ward, "book": found.key})
        + f"?month={month.key}",
    }


def _found(request: HttpRequest, ward: str, key: str, whole: bool) -> tuple[Book, Month]:
    month = catalog.month_asked(ward, request.GET.get("month", ""))
    if month is None:
        raise Http404
    after = "" if whole else request.GET.get("after", "")
    if key == "account":
        code = request.GET.get("account", "")
        found = catalog.account_book(ward, code, month, after, not whole)
    else:
        found = catalog.named_book(key, ward, month, after, not whole)
    if found is None:
        raise Http404
    return found, month


@require_safe
@page("ledger.read")
def book(request: HttpRequest, ward: str, book: str) -> HttpResponse:
    found, month = _found(request, ward, book, whole=False)
    asked = {"month": month.key}
    if book == "account":
        asked["account"] = request.GET.get("account", "")
    here = urlencode(asked)
    shown = {
        "book": found,
        "name": f"{found.code} {found.name}".strip(),
        "month": month,
        "months": ledger.months(ward),
        "account": asked.get("account"),
        "tables": [_shown(table, here) for table in found.tables],
        "first": f"?{here}" if request.GET.get("after") else None,
        "here": here,
        "closed": closes.close_of(ward, month.last),
    }
    return render(request, "upk/book.html", shown)


def _shown(table: Table, here: str) -> dict[str, Any]:
    columns = [
        {"key": str(place), "label": one.label, "kind": one.kind}
        for place, one in enumerate(table.columns)
    ]
    rows = [_cells(row) for row in table.rows]
    linked = bool(rows) and all(row["url"] for row in rows)
    return {
        "title": table.title,
        "columns": [{**one, "kind": "own" if one["key"] == "1" and not linked else one["kind"]} for one in columns],
        "rows": rows,
        "foot": [None if value == "" else value for value in table.foot] if table.foot else None,
        "linked": linked,
        "next": f"?{here}&{urlencode({'after': table.next})}" if table.next else None,
    }  # fmt: skip


def _cells(row: Row) -> dict[str, Any]:
    values = {str(place): None if value == "" else value for place, value in enumerate(row.cells)}
    return {**values, "url": row.url}


# --- paper and workbook ---------------------------------------------------------------------------


@require_safe
@page("ledger.read")
def book_pdf(request: HttpRequest, ward: str, book: str) -> HttpResponse:
    found, month = _found(request, ward, book, whole=True)
    return _pdf(request, ward, [found], month, _name(found, month), cover=False)


@require_safe
@page("ledger.read")
def book_xlsx(request: HttpRequest, ward: str, book: str) -> HttpResponse:
    found, month = _found(request, ward, book, whole=True)
    return _xlsx(request, [found], month, _name(found, month))


@require_safe
@page("ledger.read")
def binder(request: HttpRequest, ward: str) -> HttpResponse:
    month = _month_or_404(request, ward)
    found = catalog.all_books(ward, month)
    return _pdf(request, ward, found, month, f"buku-upk-{month.key}", cover=True)


@require_safe
@page("ledger.read")
def whole_workbook(request: HttpRequest, ward: str) -> HttpResponse:
    month = _month_or_404(request, ward)
    return _xlsx(request, catalog.all_books(ward, month), month, f"buku-upk-{month.key}")


def _month_or_404(request: HttpRequest, ward: str) -> Month:
    month = catalog.month_asked(ward, request.GET.get("month", ""))
    if month is None:
        raise Http404
    return month


def _name(found: Book, month: Month) -> str:
    return f"{found.key}-{month.key}"


def _pdf(
    request: HttpRequest, ward: str, found: Iterable[Book], month: Month, name: str, *, cover: bool
) -> HttpResponse:
    path = reverse("upk:books", kwargs={"ward": ward}) + f"?month={month.key}"
    close = closes.close_of(ward, month.last)
    closed = _("Closed by {name}").format(name=labels.closer(close)) if close else ""
    ward_name = request.ward.name  # type: ignore[attr-defined]
    address = request.build_absolute_uri(path)
    return answer_pdf(
        papers.printed(found, ward_name, month, address, closed, cover), f"{name}.pdf"
    )


def _xlsx(request: HttpRequest, found: Iterable[Book], month: Month, name: str) -> HttpResponse:
    content = workbook.workbook(found, request.ward.name, month)  # type: ignore[attr-defined]
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
