from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.funds.ledger.fields import DayField, RequestField, RupiahField


class MovementForm(forms.Form):
    """Money in or out; without a member it belongs to the whole group."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=[("deposit", _("Pays in")), ("withdrawal", _("Takes out"))],
        widget=forms.RadioSelect,
        initial="deposit",
    )
    amount = RupiahField(label=_("Amount"))
    on = DayField(label=_("Day"))
    person = forms.ChoiceField(label=_("Member"), required=False)
    request_id = RequestField()
    seen = forms.CharField(
        widget=forms.HiddenInput, required=False
    )  # the like of it that was shown

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = [("", _("the whole group")), *members]


class ReverseForm(forms.Form):
    on = DayField(label=_("Taken back on"))
    why = forms.CharField(label=_("Why"), max_length=150)
