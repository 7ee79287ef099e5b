"""What is typed about a warning; the rules decide, the forms only parse."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.access.answers import RequestField
from pendamping.access.rules import ROLES as NAMES
from pendamping.insight import labels
from pendamping.insight.rules import ROLES, WORDS


class RemedyForm(forms.Form):
    """What is done, who does it, until when."""

    request_id = RequestField()
    what = forms.CharField(
        label=gettext_lazy("What you do"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Write no names: when it helps, other wards read it."),
    )  # fmt: skip
    role = forms.ChoiceField(label=gettext_lazy("Who does it"))
    who = forms.CharField(
        label=gettext_lazy("Name of who does it"), max_length=120, required=False,
        help_text=gettext_lazy("Stays in this ward."),
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("Until when"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["role"].choices = [(key, _(NAMES[key][0])) for key in ROLES]


class OutcomeForm(forms.Form):
    """How a remedy worked."""

    request_id = RequestField()
    word = forms.ChoiceField(label=gettext_lazy("Did it help?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("What you saw"), max_length=300, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["word"].choices = [(key, labels.outcome(key)[0]) for key in WORDS]
