"""Papers of the facilitators: the roll of a training, the monthly report."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.facilitation import labels, queries
from pendamping.facilitation.models import RatingRound, Training

FOLDER = Path(__file__).parent / "papers"
EMPTY_LINES = 6  # for those who come without having been asked


def report(sheet: dict[str, Any], address: str) -> bytes:
    """The monthly report, made by ``reporting.sheet``."""
    return paper.render(FOLDER / "report.typ", {**sheet, "qr": paper.qr_svg(address)}, lang="id")


def slips(one: RatingRound, ward_name: str, address: str) -> bytes:
    """The slips of a round to cut apart, eight on a sheet: code, QR, questions to tick."""
    with translation.override("id"):
        codes = [each.code for each in queries.codes(one)]
        names = labels.questions(one.ward, one.opened_on)
        data = {
            "title": _("Voice of the residents"),
            "ward": ward_name,
            "until": _("until %(day)s") % {"day": date_format(one.closes_on, "j F Y")},
            "how": _("Open the code with a phone, or tick here and give it to a cadre. No name."),
            "scale": list(labels.scale().values()),
            "questions": [names.get(key, key) for key in one.questions],
            "slips": [
                {"code": f"{code[:4]}-{code[4:]}", "qr": paper.qr_svg(f"{address}?code={code}")}
                for code in codes
            ],
        }
        return paper.render(FOLDER / "slips.typ", data, lang="id")


def roll(training: Training, title: str, ward_name: str, address: str) -> bytes:
    """The roll of a training: signatures, and the scores before and after."""
    with translation.override("id"):
        people = queries.participants(training)
        names = [(one.name, one.sex) for one in people] + [("", "")] * EMPTY_LINES
        data = {
            "title": _("Roll of a training"),
            "ward": ward_name,
            "note": title,
            "facts": [
                [_("Day"), date_format(training.on, "l, j F Y")],
                [_("Time"), f"{training.starts:%H.%M}–{training.ends:%H.%M}"],
                [_("Place"), training.place],
                [_("Trainers"), ", ".join(one.name for one in training.trainers.order_by("key"))],
                [_("Lessons (JPL)"), str(training.lessons)],
            ],
            "columns": ["No.", _("Name"), _("L/P"), _("Score before"), _("Score after"), _("Signature")],
            "rows": [
                [str(number), name, sex, "", "", ""] for number, (name, sex) in enumerate(names, 1)
            ],
            "signers": [_("Trainer"), _("Facilitator")],
            "qr": paper.qr_svg(address),
        }  # fmt: skip
        return paper.render(FOLDER / "roll.typ", data, lang="id")
