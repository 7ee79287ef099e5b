"""The list of cadres on paper."""

from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.cadres import labels, queries
from pendamping.kernel import clock

FOLDER = Path(__file__).parent / "papers"


def cadres(ward: str, ward_name: str, address: str) -> bytes:
    """Who carries the programme, since when, with which task; those who left are not on it."""
    today = clock.today()
    with translation.override("id"):
        people = [one for one in queries.seen(ward, today) if one.standing.word != "left"]
        ready = queries.readiness(ward, today, people)
        tasks = labels.names("cadre_tasks", ward, today)
        stages = labels.names("stages", ward, today)
        data = {
            "title": _("Cadres of the ward"),
            "ward": ward_name,
            "note": date_format(today, "j F Y"),
            "facts": [
                [_("Active cadres"), f"{ready.active}"],
                [_("Dormant"), f"{ready.dormant}"],
                [_("Women"), f"{ready.women}"],
            ],
            "columns": [
                "No.", _("Name"), _("Since"), _("Stage"), _("Trainings"), _("Task"), _("State"),
            ],
            "rows": [
                [
                    str(number), one.cadre.name, date_format(one.cadre.joined_on, "j M Y"),
                    stages.get(one.cadre.stage, one.cadre.stage), str(one.count("training")),
                    ", ".join(tasks.get(each.task, each.task) for each in one.charges),
                    labels.standing(one.standing.word)[0],
                ]
                for number, one in enumerate(people, 1)
            ],
            "signers": [_("Facilitator"), _("Coordinator of the board")],
            "qr": paper.qr_svg(address),
        }  # fmt: skip
        return paper.render(FOLDER / "cadres.typ", data, lang="id")
