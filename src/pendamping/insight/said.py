"""What the study of a ward says of a factor, beside what the record says: passages for and against."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.evidence import queries as evidence
from pendamping.evidence.rules import AGAINST, FOR, OVERCOME, Triangle, beside
from pendamping.insight.rules import STANDS_OUT, Warned

SHOWN = 6  # passages of a kind; the rest is on the page of the study


def of_factor(ward: str, one: Warned) -> dict[str, Any] | None:
    """Counts, passages and how both compare; ``None`` where no study speaks of the factor."""
    said = evidence.quoted_of(ward, one.factor)
    triangle = evidence.triangles(said).get(one.factor)
    if triangle is None:
        return None
    return {
        "verdict": _compared(one, triangle),
        "counts": _("%(speaks_for)s passages for, %(against)s against")
        % {"speaks_for": triangle.speaks_for, "against": triangle.against},
        "groups": [
            {
                "title": title,
                "quotes": [(each.text, each.who or each.title) for each in said if each.sense == sense and each.text][:SHOWN],
            }
            for sense, title in (
                (FOR, _("It is so")), (AGAINST, _("It is not so")), (OVERCOME, _("What was done about it"))
            )
        ],
        "url": reverse("evidence:factor", kwargs={"ward": ward, "factor": one.factor}),
    }  # fmt: skip


def _compared(one: Warned, triangle: Triangle) -> str:
    """People beside the record, in a sentence."""
    shows = one.severity in STANDS_OUT or one.severity == "strength"
    record = "unknown" if one.severity == "unknown" else "shows" if shows else "quiet"
    return {
        "both": _("The sources of the study and the record say the same: it is so."),
        "people": _("The sources of the study say so; in the record nothing stands out."),
        "record": _("The record shows it; the sources of the study say that it is not so."),
        "neither": _("The sources of the study and the record say the same: it is not so."),
        "open": _(
            "The study and the record cannot be compared: one of them says neither yes nor no."
        ),
    }[beside(triangle.lean, record)]
