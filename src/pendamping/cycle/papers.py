"""The cycle on paper: the picture for the wall, and beneath it what is next and who does it."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.cycle import wording
from pendamping.cycle.reading import Cycle
from pendamping.cycle.steps import steps

FOLDER = Path(__file__).parent / "papers"
MOST_STEPS = 8  # as many as find room under the picture


def sheet(found: Cycle, ward_name: str, address: str, size: str) -> bytes:
    """One page, ``a3`` or ``a4``, lying; in Indonesian, as it hangs in the ward's office."""
    with translation.override("id"):
        chart = wording.chart(found)
        listed = wording.steps(found, steps(found)[:MOST_STEPS], None)
        data = {
            "paper": size,
            "title": _("Stages of the programme"),
            "ward": " · ".join([ward_name, _("as of %(day)s") % {"day": wording.day(found.on)}]),
            "columns": [_("Stage"), _("Planned"), _("What happened"), _("Expected end")],
            "marks": chart["marks"] if chart else [],
            "today": f"{chart['today']:.2f}" if chart and chart["today"] is not None else "",
            "today_said": _("today"),
            "rows": [_row(one) for one in chart["rows"]] if chart else [],
            "legend": [_("planned"), _("what happened"), _("late"), _("still expected")],
            "next_title": _("What is next"),
            "next_columns": [_("Stage"), _("What is missing"), _("Paper"), _("Who"), _("By when")],
            "steps": [
                [one["stage"], one["what"], one["paper"] or "–", one["who"], wording.day(one["due"]) if one["due"] else "–"]
                for one in listed
            ],
            "nothing": _("Nothing is left to do at the moment."),
            "qr": paper.qr_svg(address),
        }  # fmt: skip
        return paper.render(FOLDER / "cycle.typ", data, lang="id")


def _row(one: dict[str, Any]) -> dict[str, Any]:
    return {
        key: one[key]
        for key in ("name", "planned_said", "ran_said", "expected_said", "late_said", "planned", "actual", "ahead", "late")
    }  # fmt: skip
