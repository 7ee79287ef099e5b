"""Wards side by side as a workbook: a row for each ward and indicator, with the middle of all and what pulls."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from pendamping.access.gate import standing_in
from pendamping.kernel import clock
from pendamping.monitoring import labels, sheets
from pendamping.monitoring.queries import Read
from pendamping.monitoring.rules import middle, value

Found = Sequence[tuple[Any, Sequence[Read]]]


def workbook(found: Found, pulled: Callable[[Read, Any], str]) -> bytes:
    """``found``: each ward with its indicators; ``pulled``: what pulls one of them, in words."""
    values: dict[str, list[Fraction]] = defaultdict(list)
    for _ward, reads in found:
        for one in reads:
            figure = value(one.figure.part, one.figure.whole, one.aim.unit)
            if figure is not None:
                values[one.aim.key].append(figure)
    book = Workbook()
    first = book.active
    first.title = _("Indicators")  # type: ignore[union-attr]
    head = [_("Ward"), _("Code"), _("As of"), _("Indicator"), _("Counted"), _("Out of"), _("Figure"), _("Counted in"),
            _("Target"), _("State"), _("Middle of the wards"), _("Difference"), _("What pulls it")]  # fmt: skip
    rows = [_row(ward, one, values, pulled) for ward, reads in found for one in reads]
    sheets.fill(first, _("Wards side by side"), head, rows)
    return sheets.kept(book)


def _row(
    ward: Any, one: Read, values: dict[str, list[Fraction]], pulled: Callable[[Read, Any], str]
) -> list[Any]:
    with standing_in(ward.code):
        today = clock.today()
        name = labels.names(ward.code, today).get(one.aim.key, one.aim.key)
    figure = value(one.figure.part, one.figure.whole, one.aim.unit)
    half = middle(values[one.aim.key])
    several = figure is not None and half is not None and len(values[one.aim.key]) > 1
    return [
        ward.name, ward.code, today, name, one.figure.part if one.figure.whole else None, one.figure.whole or None,
        None if figure is None else float(figure), sheets.unit(one), labels.target(one),
        str(labels.BANDS[one.band][0]), float(half) if several and half is not None else None,
        float(figure - half) if several and figure is not None and half is not None else None, pulled(one, ward),
    ]  # fmt: skip
