from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.funds.ledger.fields import DayField, RequestField, RupiahField


class ApplyForm(forms.Form):
    """A group's application: for each member an amount (empty: does not borrow) and a purpose."""

    on = DayField(label=_("Day of the application"))
    instalments = forms.IntegerField(label=_("Number of instalments"), min_value=1, max_value=520)

    def __init__(
        self,
        *args: Any,
        members: Sequence[tuple[str, str]],
        most: Mapping[str, int],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.members = list(members)
        for number, (person, name) in enumerate(self.members):
            self.fields[f"amount_{number}"] = RupiahField(
                label=_("Amount for %(name)s") % {"name": name},
                required=False,
                initial=most.get(person),
            )
            self.fields[f"purpose_{number}"] = forms.CharField(
                label=_("Business of %(name)s") % {"name": name}, max_length=200, required=False
            )

    def rows(self) -> list[dict[str, Any]]:
        """Per member the name and the two bound fields."""
        return [
            {
                "name": name,
                "amount": self[f"amount_{number}"],
                "purpose": self[f"purpose_{number}"],
            }
            for number, (_person, name) in enumerate(self.members)
        ]

    def borrowers(self) -> list[dict[str, Any]]:
        """Who borrows, as ``loans.actions.apply`` takes it."""
        data = self.cleaned_data
        return [
            {
                "person": person,
                "amount": data[f"amount_{number}"],
                "purpose": data[f"purpose_{number}"],
            }
            for number, (person, _name) in enumerate(self.members)
            if data.get(f"amount_{number}")
        ]


class DecideForm(forms.Form):
    """A decision of a meeting: which one, and the day from which it counts."""

    meeting_id = forms.ChoiceField(label=_("Decided in the meeting"))
    on = DayField(label=_("Day of the decision"))

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting_id"].choices = list(meetings)


class RejectForm(DecideForm):
    why = forms.CharField(label=_("Why it is not approved"), max_length=300)


class DisburseForm(forms.Form):
    on = DayField(label=_("Day of the payment"))


class RepayForm(forms.Form):
    """An instalment; ``seen``, ``sure``: the amount and day whose split was shown, that were asked about."""

    amount = RupiahField(label=_("Amount received"))
    on = DayField(label=_("Received on"))
    received_from = forms.CharField(label=_("Brought by"), max_length=120, required=False)
    request_id = RequestField()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    sure = forms.CharField(
        widget=forms.HiddenInput, required=False
    )  # of a sum that was asked about


class ReverseForm(forms.Form):
    on = DayField(label=_("Taken back on"))
    why = forms.CharField(label=_("Why"), max_length=300)
