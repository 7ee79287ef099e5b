from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.funds.ledger import chart
from pendamping.funds.ledger.fields import DayField, RupiahField
from pendamping.funds.ledger.models import Account
from pendamping.funds.ledger.rules.entries import CARDS, MONEY
from pendamping.kernel import clock

KINDS = [("in", _("Money in (A)")), ("out", _("Money out (B)")), ("transfer", _("Transfer (C)"))]


class VoucherForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of voucher"), choices=KINDS, widget=forms.RadioSelect)
    money = forms.ChoiceField(label=_("Cash or bank"))
    other = forms.ChoiceField(
        label=_("Against"), help_text=_("Where it comes from, or what it is spent on.")
    )
    amount = RupiahField(label=_("Amount"))
    on = DayField(label=_("Day"))
    narration = forms.CharField(label=_("What for"), max_length=200)

    def __init__(self, *args: Any, accounts: Iterable[Account], **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(one, (one.key, f"{one.code} {one.name}")) for one in accounts]
        self.fields["money"].choices = [pair for one, pair in named if one.key in MONEY]
        self.fields["other"].choices = [
            pair
            for one, pair in named
            if chart.controls(one.ward, clock.today()).get(one.key, one.control_of) not in CARDS
        ]

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``record_voucher``: which of the two is debit follows from the kind."""
        data = self.cleaned_data
        money, other = data["money"], data["other"]
        debit, credit = (money, other) if data["kind"] == "in" else (other, money)
        return {
            "kind": data["kind"],
            "debit": debit,
            "credit": credit,
            **{name: data[name] for name in ("amount", "on", "narration")},
        }


class ReverseForm(forms.Form):
    on = DayField(label=_("Day of the reversal"))
    why = forms.CharField(label=_("Why"), max_length=200)


class OpenForm(forms.Form):
    on = DayField(
        label=_("First day of the books"),
        help_text=_("What happened before this day cannot be entered in the books."),
    )
