"""Wards side by side by indicator, with what is behind each difference: as a page, and as a workbook with all of them."""

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.gate import page, standing_in
from pendamping.kernel import clock, memory
from pendamping.monitoring import across_sheet, labels
from pendamping.monitoring.queries import Read, Reading
from pendamping.monitoring.rules import middle, pulling, value
from pendamping.monitoring.views.indicators import XLSX
from pendamping.territory import queries as territory

MOST = 40  # wards on a page; the workbook holds all


def wards_of(request: HttpRequest) -> list[Any]:
    """The wards of the reader; practice wards beside a real one are left out."""
    found = territory.wards(access.scopes(request.user, "monitoring.read"))  # type: ignore[arg-type]
    return [one for one in found if not one.practice_of]


@require_safe
@page("monitoring.read")
def across(request: HttpRequest) -> HttpResponse:
    """Each ward with one indicator, its distance from the ward in the middle, and what pulls it."""
    wards = wards_of(request)
    keys = _keys(wards)
    key = request.GET.get("indicator", "")
    key = key if key in keys else next(iter(keys), "")
    rows = [_row(ward, key) for ward in wards[:MOST]]
    _compare([row for row in rows if row["value"] is not None])
    shown = {
        "rows": sorted(rows, key=lambda row: (row["value"] is None, row["order"], row["name"])),
        "choices": list(keys.items()),
        "chosen": key,
        "hidden": max(len(wards) - MOST, 0),
    }
    return render(request, "monitoring/across.html", shown)


def _keys(wards: list[Any]) -> dict[str, str]:
    """The indicators of the first ward's guideline, by name."""
    for ward in wards:
        with standing_in(ward.code):
            return labels.names(ward.code, clock.today())
    return {}


def read(ward: Any, only: str = "") -> list[Read]:
    """Every indicator of a ward as it stands there today; ``only``: this one, where its guideline has it."""
    with standing_in(ward.code), memory.remembering(look=True):
        reading = Reading(ward.code, clock.today())
        return [reading.of(key) for key in reading.aims if not only or key == only]


def pulled(one: Read, ward: Any) -> str:
    """What pulls a figure to its worse side: the part without which it would be best; empty where none does."""
    by = next(iter(dict.fromkeys(each.by for each in one.figure.parts)), "")
    part = pulling(one.figure, one.aim.higher, by) if by else None
    if part is None:
        return ""
    with standing_in(ward.code):
        known = labels.part_names(ward.code, clock.today(), by)
    return f"{known.get(part.key, part.key)}: {labels.said(part.part, part.whole, one.aim.unit)}"


def _row(ward: Any, key: str) -> dict[str, Any]:
    found = read(ward, key)
    address = reverse("monitoring:indicator", kwargs={"ward": ward.code, "indicator": key})
    if not found:
        return {"name": ward.name, "url": address, "value": None, "figure": "–", "counted": "", "word": "",
                "tone": "plain", "difference": "–", "pulled": "–", "order": 0}  # fmt: skip
    one = found[0]
    word, tone, icon = labels.BANDS[one.band]
    figure = value(one.figure.part, one.figure.whole, one.aim.unit)
    return {
        "name": ward.name,
        "url": address,
        "value": figure,
        "figure": labels.said(one.figure.part, one.figure.whole, one.aim.unit),
        "counted": labels.counted(one) if one.figure.whole else "",
        "word": str(word),
        "tone": tone,
        "icon": icon,
        "difference": "–",
        "pulled": pulled(one, ward) or "–",
        "order": 0 if figure is None else figure if one.aim.higher else -figure,
    }


def _compare(rows: list[dict[str, Any]]) -> None:
    """Each row's distance from the one in the middle, where there are two at least."""
    half = middle(row["value"] for row in rows)
    if half is None or len(rows) < 2:
        return
    for row in rows:
        row["difference"] = labels.moved(Fraction(row["value"] - half))


@require_safe
@page("monitoring.read")
def across_xlsx(request: HttpRequest) -> HttpResponse:
    """Every indicator of every ward of the reader as a workbook."""
    found = [(ward, read(ward)) for ward in wards_of(request)]
    answer = HttpResponse(across_sheet.workbook(found, pulled), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="petunjuk-kelurahan.xlsx"'
    return answer
