"""Papers of a study: its report, and the guide along which informants are asked."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.evidence import labels
from pendamping.kernel import clock

FOLDER = Path(__file__).parent / "papers"


def report(sheet: dict[str, Any], address: str) -> bytes:
    """The report, made by ``reporting.sheet``."""
    return paper.render(FOLDER / "report.typ", {**sheet, "qr": paper.qr_svg(address)}, lang="id")


def guide(ward: Any, address: str) -> bytes:
    """Questions factor by factor, with room for what is said; names nobody."""
    with translation.override("id"):
        questions = [
            _("What did you see of this? When and where?"),
            _("What shows that it was otherwise?"),
            _("What was done about it, by whom, and did it help?"),
        ]
        data = {
            "title": _("Interview guide"),
            "ward": ward.name,
            "note": _("Ask openly, write the code of the informant and no name. Ask whether you may quote."),
            "facts": [
                [_("Informant (code)"), "I- ______"], [_("Day"), "____________"],
                [_("Who asks"), "____________"], [_("May be quoted"), _("yes / no")],
            ],
            "parts": [
                {"title": _("How the programme went"), "questions": [
                    _("How was it planned, carried out and watched over, and who did it?"),
                    _("What did the earnings of the business go to?"),
                    _("Who goes on when the facilitator leaves?"),
                ]},
                *(
                    {"title": str(one["name"]["id"]), "questions": questions}
                    for one in labels.factors(ward.code, clock.today()).values()
                ),
            ],
            "qr": paper.qr_svg(address),
        }  # fmt: skip
        return paper.render(FOLDER / "guide.typ", data, lang="id")
