"""What the pages of the cycle share."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from pendamping.access import queries as access
from pendamping.cycle import reading, wording
from pendamping.cycle.reading import Cycle
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason

WRITES = ("start_stage", "finish_stage", "take_back", "draft_plan", "adopt_plan", "drop_plan")


def may(request: HttpRequest, ward: str) -> dict[str, bool]:
    """What the reader may do in this room."""
    return {key: access.may(request.user, f"cycle.{key}", ward) for key in WRITES}


def now(ward: str) -> Cycle:
    """The cycle of the ward today."""
    return reading.cycle(ward, clock.today())


def stage_or_404(found: Cycle, stage: str) -> str:
    """The key of a stage that the guideline has, or the page of what is not there."""
    if stage not in found.stages:
        raise Http404
    return stage


def status(reasons: list[Reason], *forms_sent: forms.BaseForm) -> int:
    """409 where an action refused, 422 where a form is wrong, else 200."""
    if reasons:
        return 409
    return 422 if any(form.errors for form in forms_sent) else 200


def say(reason: Reason) -> str:
    """A reason in the reader's language."""
    return reason.say(gettext)


def plan_rows(found: Cycle, spans: Any) -> list[dict[str, Any]]:
    """Dates of a plan beside those that hold now, as rows of a table."""
    return [
        {
            "name": wording.stage_name(found, key),
            "now": wording.span(found.plan.get(key)),
            "new": wording.span(span),
        }
        for key, span in spans.items()
        if key in found.stages
    ]
