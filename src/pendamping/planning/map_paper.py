"""The schematic map on paper: blocks with signs and numbers, a legend, what concerns the whole ward."""

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.kernel import clock
from pendamping.planning import labels, mapping

FOLDER = Path(__file__).parent / "papers"


def map_of(ward: str, ward_name: str, address: str, size: str) -> bytes:
    """One page, ``a3`` or ``a4``, lying; in Indonesian, as it hangs in the meeting."""
    with translation.override("id"):
        found, whole = mapping.blocks(ward)
        data = {
            "paper": size,
            "title": _("Map of needs and projects"),
            "ward": f"{ward_name} · {labels.day(clock.today())}",
            "columns": 1 + max((one.column for one in found), default=0),
            "rows": 1 + max((one.row for one in found), default=0),
            "blocks": [
                {"name": one.place, "row": one.row, "column": one.column, "signs": _signs(one.marks)}
                for one in found
            ],
            "legend": [[key, str(text)] for key, text in labels.MARKS.items()],
            "whole": [_("the whole ward"), _signs(whole)],
            "note": _("RW/RT. A drawing without scale; blocks stand as the ward set them."),
            "qr": paper.qr_svg(address),
        }  # fmt: skip
        return paper.render(FOLDER / "map.typ", data, lang="id")


def _signs(marks: mapping.Marks) -> list[list[str]]:
    return [[key, str(count)] for key, count in labels.marks_of(marks).items() if count]
