"""Forms of what changes a loan, and the meetings that may decide it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pendamping.funds.ledger.fields import DayField, RequestField, RupiahField
from pendamping.funds.loans import changes
from pendamping.meetings import queries as meetings


def meetings_for(ward: str, on: date, step: str) -> list[tuple[str, str]]:
    """Meetings of the kind that decides on a step, held with a quorum: (id, its kind, day and place)."""
    kind = changes.kind_of_meeting(ward, on, step)
    return meetings.able_to_decide(ward, changes.DECIDED_BY[step][0], on, kinds=[kind])


def decide(ward: str, on: date, step: str, record: str, text: str) -> dict[str, Any]:
    """What a page says of the meeting that decides: its kind, and where to record the decision."""
    kind, held = changes.kind_of_meeting(ward, on, step), meetings_for(ward, on, step)
    names = meetings.kinds(ward, on).get(kind, {}).get("name", {})
    lang = "en" if get_language() == "en" else "id"
    return {
        "kind": kind,
        "kind_name": names.get(lang, kind),
        "subject": f"loans.{step}:{record}",
        "text": text,
        "held": bool(held),
        "places": places(ward, f"loans.{step}:{record}", held),
    }


def places(ward: str, subject: str, held: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Where a decision is still to be recorded: of these meetings those whose minutes are not signed and that
    have not decided it; a step may be decided on more than once."""
    left = meetings.undecided(ward, subject, held, again=True)
    return [
        (label, reverse("meetings:decide", kwargs={"ward": ward, "meeting": key}))
        for key, label in left
    ][:5]


class MeetingForm(forms.Form):
    """A step that a meeting has decided."""

    meeting_id = forms.ChoiceField(label=_("Decided in the meeting"))

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting_id"].choices = meetings


class LiftForm(MeetingForm):
    on = DayField(label=_("From which day on"))


class RescheduleForm(MeetingForm):
    on = DayField(label=_("The new schedule holds from"))
    instalments = forms.IntegerField(
        label=_("Number of new instalments"), min_value=1, max_value=520
    )
    first_due = DayField(label=_("First new instalment falls due"))
    service = RupiahField(label=_("Service charge over all of them"))
    why = forms.CharField(label=_("Why"), max_length=300)


class WriteOffForm(MeetingForm):
    on = DayField(label=_("From which day on"))
    why = forms.CharField(label=_("Why"), max_length=300)


class SettleForm(forms.Form):
    on = DayField(label=_("Received on"))
    amount = RupiahField(label=_("Amount received"))
    received_from = forms.CharField(label=_("Brought by"), max_length=120, required=False)
    request_id = RequestField()


class RefundForm(forms.Form):
    on = DayField(label=_("Given back on"))
    amount = RupiahField(label=_("Amount given back"))
    received_by = forms.CharField(label=_("Received by (name)"), max_length=120)
    request_id = RequestField()


class WhyForm(forms.Form):
    """Taking a change back that was entered wrongly."""

    why = forms.CharField(label=_("Why"), max_length=300)


class WhyAndDayForm(WhyForm):
    on = DayField(label=_("From which day on"))
