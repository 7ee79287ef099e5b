"""What is typed about the hand-over; the rules decide, the forms only parse."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField
from pendamping.access.rules import WARD_ROLES
from pendamping.handover import labels
from pendamping.kernel import clock


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class PromiseForm(forms.Form):
    """Who brings a criterion about, how, until when."""

    request_id = RequestField()
    what = forms.CharField(
        label=_("What they do about it"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    role = forms.ChoiceField(label=_("Who is answerable"))
    who = forms.CharField(label=_("Name"), max_length=120)
    until = DayField(label=_("Until when"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["role"].choices = [(key, labels.role(key)) for key in WARD_ROLES]


class TakerForm(forms.Form):
    """Who takes a duty over."""

    request_id = RequestField()
    username = forms.ChoiceField(label=_("Who takes it over"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["username"].choices = list(people)


class PracticeForm(forms.Form):
    """How a duty was practised."""

    request_id = RequestField()
    step = forms.ChoiceField(
        label=_("How"),
        choices=[("together", _("together with the facilitator")), ("alone", _("alone"))],
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("Day"), initial=clock.today)
    note = forms.CharField(label=_("What was done"), max_length=300, required=False)


class DoForm(forms.Form):
    """A step that needs no more than the button."""

    request_id = RequestField()


class BackForm(forms.Form):
    """Why a duty goes back."""

    request_id = RequestField()
    why = forms.CharField(label=_("Why it goes back"), max_length=300)


class PrepareForm(forms.Form):
    """The hand-over as it is put to the meeting."""

    request_id = RequestField()
    last_day = DayField(label=_("The facilitator's last day"))
    despite = forms.MultipleChoiceField(
        label=_("Hand over although not met"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Each needs somebody answerable and a date."),
    )  # fmt: skip

    def __init__(self, *args: Any, unmet: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["despite"].choices = list(unmet.items())
        if not unmet:
            del self.fields["despite"]


class SignForm(forms.Form):
    """The meeting that decided, and who signed."""

    request_id = RequestField()
    meeting_id = forms.ChoiceField(label=_("Meeting that decided"))
    ward_head = forms.CharField(label=_("Signed for the ward head's office"), max_length=120)
    coordinator = forms.CharField(label=_("Signed for the board"), max_length=120)

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting_id"].choices = list(meetings)


class CheckForm(forms.Form):
    """The yearly meeting that saw the check."""

    request_id = RequestField()
    meeting_id = forms.ChoiceField(label=_("Yearly meeting that saw it"))

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting_id"].choices = list(meetings)
