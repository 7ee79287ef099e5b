"""What several pages of monitoring show: indicators in a line, the small picture, the parts of a figure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format

from pendamping.kernel import clock
from pendamping.kernel.period import day_named
from pendamping.kernel.refusal import Reason
from pendamping.monitoring import labels
from pendamping.monitoring.queries import Read
from pendamping.monitoring.rules import Figure, value

HIGH, WIDE = 20, 4  # of the small picture: its height, and a month in it


def status(reasons: list[Reason], form: forms.BaseForm | None = None) -> int:
    """The status of a page that shows what went wrong."""
    if reasons:
        return 409
    return 422 if form is not None and form.errors else 200


def asked_day(request: HttpRequest) -> date:
    """The day that a page is asked about with ``?on=``; today for none, a later or a broken one."""
    today = clock.today()
    found = day_named(request.GET.get("on", ""))
    return found if found is not None and found <= today else today


def row(one: Read, ward: str, names: dict[str, str], on: date) -> dict[str, Any]:
    """An indicator in a line: name, figure, what was counted, target, where it stands."""
    word, tone, icon = labels.BANDS[one.band]
    address = reverse("monitoring:indicator", kwargs={"ward": ward, "indicator": one.aim.key})
    return {
        "key": one.aim.key,
        "name": names.get(one.aim.key, one.aim.key),
        "figure": labels.said(one.figure.part, one.figure.whole, one.aim.unit),
        "counted": labels.counted(one) if one.figure.whole else "",
        "target": labels.target(one),
        "word": str(word),
        "tone": tone,
        "icon": icon,
        "url": address if on == clock.today() else f"{address}?on={on.isoformat()}",
    }


def picture(one: Read, months: Sequence[tuple[date, Figure]]) -> dict[str, Any]:
    """An indicator over months as one small path; empty where fewer than two months have a figure."""
    values = [value(each.part, each.whole, one.aim.unit) for _day, each in months]
    known = [each for each in values if each is not None]
    if len(known) < 2 or max(known) <= 0:
        return {}
    top, path = max(known), []
    for place, each in enumerate(values):
        if each is not None and each > 0:
            tall = max(int(HIGH * each / top), 1)
            path.append(f"M{place * WIDE} {HIGH}v-{tall}h{WIDE - 1}v{tall}z")
    first = next(day for (day, _f), each in zip(months, values, strict=True) if each is not None)
    return {"path": "".join(path), "wide": len(values) * WIDE, "first": date_format(first, "n/y")}


def points(one: Read, months: Sequence[tuple[date, Figure]]) -> list[dict[str, Any]]:
    """An indicator over months for the chart part, in whole percent or days."""
    found = []
    for day, each in months:
        figure = value(each.part, each.whole, one.aim.unit)
        whole = None if figure is None else max(round(figure), 0)
        found.append({"label": date_format(day, "n/y"), "value": whole})
    return found


def tables(one: Read, ward: str, on: date) -> list[dict[str, Any]]:
    """The parts of a figure, a table for each way in which it is parted."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in one.figure.parts:
        known = labels.part_names(ward, on, each.by)
        found.setdefault(each.by, []).append(labels.part(each, one.aim.key, one.aim.unit, known))
    return [{"by": by, "title": str(labels.BY[by]), "rows": rows} for by, rows in found.items()]
