from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.funds.ledger.fields import DayField

_DAY = {"type": "date"}


class OpenWardForm(forms.Form):
    code = forms.CharField(
        label=_("Official code of the ward"),
        max_length=20,
        help_text=_("For example 32.71.01.1003"),
    )
    programme_start = forms.DateField(
        label=_("First day of the programme"),
        required=False,
        widget=forms.DateInput(attrs=_DAY),
        help_text=_("Without it the stages have no planned dates until it is given."),
    )
    programme_end = forms.DateField(
        label=_("Last day of the programme"), required=False, widget=forms.DateInput(attrs=_DAY)
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip()

    def clean(self) -> None:
        first, last = (self.cleaned_data.get(f"programme_{end}") for end in ("start", "end"))
        if first and last and last < first:
            self.add_error("programme_end", _("The last day lies before the first."))


class BeginForm(forms.Form):
    programme_start = DayField(
        label=_("First day of the programme"),
        help_text=_("The planned dates of all stages are counted from it. It is given once."),
    )


class PracticeForm(forms.Form):
    to = DayField(label=_("The day that counts as today"))
