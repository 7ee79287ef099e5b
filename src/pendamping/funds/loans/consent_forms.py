from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import said_of
from pendamping.funds.ledger.fields import DayField
from pendamping.funds.loans.rules.consent import Signature

_AGREED = _("The family of %(name)s has agreed now; %(name)s signs again with it")


class ConsentForm(forms.Form):
    """Signatures on one paper: the day, who saw it, and for each member whether she signed.

    Fields are called by the member: a form that is sent again, or after somebody else entered a part
    of the paper, never speaks for another one (ADR 0049).
    """

    on = DayField(label=_("Signed on"))
    witness = forms.CharField(
        label=_("Who saw it signed"),
        max_length=120,
        help_text=_("The facilitator, cadre or treasurer who was there; nobody who borrows too."),
    )

    def __init__(self, *args: Any, signatures: Sequence[Signature], **more: Any) -> None:
        super().__init__(*args, **more)
        self.signatures = list(signatures)
        for one in self.signatures:
            text = _("%(name)s signed in person") if one.signed_on is None else _AGREED
            self.fields[f"signed_{one.person_id}"] = forms.BooleanField(
                label=text % {"name": one.name}, required=False
            )
            self.fields[f"family_{one.person_id}"] = forms.CharField(
                label=_("Who of the family agreed"),
                max_length=120,
                required=False,
                help_text=_("Husband, wife or grown-up child. Lives alone: write that."),
            )

    def rows(self) -> list[dict[str, Any]]:
        """Per member the signature's facts and the two bound fields."""
        return [
            {
                "one": one,
                "signed": self[f"signed_{one.person_id}"],
                "family": self[f"family_{one.person_id}"],
            }
            for one in self.signatures
        ]

    def arguments(self) -> dict[str, Any]:
        """What ``loans.actions.record_consents`` takes; who has signed meanwhile is told by it."""
        data = self.cleaned_data
        agreed = said_of(self.data, "family")
        open_ = {one.person_id for one in self.signatures}
        signed = [one.person_id for one in self.signatures if data[f"signed_{one.person_id}"]]
        signed += [person for person in said_of(self.data, "signed") if person not in open_]
        return {
            "on": data["on"],
            "witness": data["witness"],
            "signatures": [
                {"person": one, "family_by": data.get(f"family_{one}", agreed.get(one, ""))}
                for one in signed
            ],
        }


class WithdrawForm(forms.Form):
    person = forms.ChoiceField(label=_("Whose signature"))
    on = DayField(label=_("From which day on"))
    why = forms.CharField(label=_("Why it does not count"), max_length=300)

    def __init__(self, *args: Any, signed: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = list(signed)
