from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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
    signers = forms.MultipleChoiceField(
        label=_("Officers who signed"), required=False, widget=forms.CheckboxSelectMultiple
    )
    request_id = RequestField()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # what was asked and shown

    def __init__(
        self,
        *args: Any,
        members: Sequence[tuple[str, str]],
        officers: Sequence[tuple[str, str]],
        least: int,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = [("", _("the whole group")), *members]
        self.fields["signers"].choices = officers
        self.fields["signers"].help_text = ngettext(
            "Only where the whole group takes out: %(count)s officer signs the receipt.",
            "Only where the whole group takes out: %(count)s officers sign the receipt.",
            least,
        ) % {"count": least}


class ReverseForm(forms.Form):
    on = DayField(label=_("Taken back on"))
    why = forms.CharField(label=_("Why"), max_length=150)
