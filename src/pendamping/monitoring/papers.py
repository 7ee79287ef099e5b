"""Papers of monitoring, in Indonesian as they hang and are handed out."""

from datetime import date
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.kernel import memory
from pendamping.monitoring import labels
from pendamping.monitoring.queries import Read, Reading
from pendamping.monitoring.reading import FUND

FOLDER = Path(__file__).parent / "papers"


def indicators(ward: str, ward_name: str, on: date, address: str) -> bytes:
    """Every indicator with what was counted, its target and where it stands."""
    with translation.override("id"), memory.remembering(look=True):
        found = Reading(ward, on).all()
        data = {
            "title": _("Indicators of progress"),
            "ward": ward_name,
            "note": labels.day(on),
            "columns": columns(),
            "parts": [
                [_("Progress"), rows(ward, on, [one for one in found if one.aim.key not in FUND])],
                [_("Revolving fund"), rows(ward, on, [one for one in found if one.aim.key in FUND])],
            ],
            "footnote": footnote(),
            "qr": paper.qr_svg(address),
        }  # fmt: skip
        return paper.render(FOLDER / "indicators.typ", data, lang="id")


def footnote() -> str:
    """What every table of indicators says beneath it."""
    return _("Women and poor overlap; they are not added. What has nothing to divide by is not worked out.")  # fmt: skip


def columns() -> list[str]:
    """The head of a table of indicators."""
    return [_("Indicator"), _("Counted"), _("Figure"), _("Target"), _("State")]


def rows(ward: str, on: date, found: list[Read]) -> list[list[Any]]:
    """Indicators as lines of a paper."""
    names = labels.names(ward, on)
    return [
        [
            names.get(one.aim.key, one.aim.key),
            labels.counted(one) if one.figure.whole else "–",
            labels.said(one.figure.part, one.figure.whole, one.aim.unit),
            labels.target(one),
            str(labels.BANDS[one.band][0]),
        ]
        for one in found
    ]
