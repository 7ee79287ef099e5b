"""What several pages of the hand-over show: criteria, duties, the curve."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.handover import labels, queries
from pendamping.handover.models import Promise
from pendamping.handover.rules import Found
from pendamping.kernel.refusal import Reason

ACTS = (
    "read_criteria", "promise", "name_taker", "practise", "pass_duty", "take_back_duty",
    "prepare_sign_off", "drop_sign_off", "sign_off", "check_year",
)  # fmt: skip


def may(user: User, ward: str) -> dict[str, bool]:
    """What the reader may do here."""
    found = {name: access.may(user, f"handover.{name}", ward) for name in ACTS}
    return {**found, "call": access.may(user, "meetings.call_meeting", ward)}


def status(reasons: list[Reason], form: forms.BaseForm | None = None) -> int:
    """The status of a page that shows what went wrong."""
    if reasons:
        return 409
    return 422 if form is not None and form.errors else 200


def criterion_row(
    one: Found, ward: str, on: date, names: Mapping[str, str], promises: Mapping[str, Promise]
) -> dict[str, Any]:
    """A criterion in a line: name, figure, word, who is answerable."""
    word, tone, icon = labels.word(one)
    made = promises.get(one.criterion) if one.word != "met" else None
    return {
        "key": one.criterion,
        "name": names.get(one.criterion, one.criterion),
        "figure": labels.figure(one),
        "word": word,
        "tone": tone,
        "icon": icon,
        "who": f"{made.who} · {labels.role(made.role)}" if made else "",
        "until": made.until if made else None,
        "late": bool(made and made.until < on),
        "url": reverse("handover:criterion", kwargs={"ward": ward, "criterion": one.criterion}),
    }


def duty_row(one: queries.Passed, ward: str) -> dict[str, Any]:
    """A duty in a line: name, how far it has passed, to whom."""
    word, tone = labels.step(one.word)
    return {
        "name": one.duty.name[labels.lang()],
        "taker": one.taker.name if one.taker else "",
        "since": one.passing.steps[-1].on if one.passing.steps else None,
        "word": word,
        "tone": tone,
        "url": reverse("handover:duty", kwargs={"ward": ward, "duty": one.duty.key}),
    }


def chart(found: queries.Curve) -> dict[str, Any]:
    """The curve as the chart part takes it; months that are still to come are empty."""
    return {
        "points": [
            {"label": date_format(one.month, "n/y"), "value": one.met} for one in found.points
        ],
        "total": found.total,
        "note": _("Dashed: all %(count)s criteria. The last month is that of the programme's end.")
        % {"count": found.total},
    }  # fmt: skip
