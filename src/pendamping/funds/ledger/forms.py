from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.funds.ledger.fields import DayField, RequestField, RupiahField
from pendamping.funds.ledger.models import Account
from pendamping.funds.ledger.rules.entries import MONEY, HandAccount

KINDS = {"in": _("Money in (A)"), "out": _("Money out (B)"), "transfer": _("Transfer (C)")}
SIDES = {
    "in": (_("Comes into"), _("Comes from (against)")),
    "out": (_("Paid out of"), _("Spent on (against)")),
    "transfer": (_("From account"), _("To account")),
}
"""What the two sides are called: where the money lies, and the other."""


class VoucherForm(forms.Form):
    """A voucher of one kind; of a transfer ``money`` is where it comes from, ``other`` where it goes.

    ``hands``: what a voucher by hand may do to each account, by key.
    """

    request_id = RequestField()
    kind = forms.CharField(widget=forms.HiddenInput)
    money = forms.ChoiceField()
    other = forms.ChoiceField()
    amount = RupiahField(label=_("Amount"))
    on = DayField(label=_("Day"))
    narration = forms.CharField(label=_("What for"), max_length=200)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # what was asked and shown

    def __init__(
        self,
        *args: Any,
        kind: str,
        accounts: Iterable[Account],
        hands: Mapping[str, HandAccount],
        **more: Any,
    ) -> None:
        initial = {"kind": kind, **(more.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **more)
        open_to = [one for one in accounts if kind in hands[one.key].by_hand]
        purses = [one for one in open_to if one.key in MONEY]
        others = purses if kind == "transfer" else [one for one in open_to if one not in purses]
        for name, label, offered in zip(
            ("money", "other"), SIDES[kind], (purses, others), strict=True
        ):
            self.fields[name].label = label
            self.fields[name].choices = [
                *([] if offered is purses else [("", _("Choose …"))]),
                *((one.key, f"{one.code} {one.name}") for one in offered),
                *self._sent(name, offered, hands),
            ]
        if kind == "transfer":  # from the first purse to the next, as far as nothing else is asked
            for name, beside in (("money", "other"), ("other", "money")):
                free = (one.key for one in purses if one.key != self.initial.get(beside))
                self.initial.setdefault(name, next(free, ""))

    def _sent(
        self, name: str, offered: Iterable[Account], hands: Mapping[str, HandAccount]
    ) -> list[tuple[str, str]]:
        """An account that was sent though it is not offered: the action says why it cannot be."""
        sent = self.data.get(name, "") if self.is_bound else ""
        if sent not in hands or sent in {one.key for one in offered}:
            return []
        return [(sent, hands[sent].name)]

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``record_voucher``: which of the two is debit follows from the kind."""
        data = self.cleaned_data
        money, other = data["money"], data["other"]
        debit, credit = (money, other) if data["kind"] == "in" else (other, money)
        return {
            "kind": data["kind"],
            "debit": debit,
            "credit": credit,
            **{name: data[name] for name in ("amount", "on", "narration", "request_id")},
        }


class ReverseForm(forms.Form):
    on = DayField(label=_("Day of the reversal"))
    why = forms.CharField(label=_("Why"), max_length=200)


class OpenForm(forms.Form):
    on = DayField(
        label=_("First day of the books"),
        help_text=_("What happened before this day cannot be entered in the books."),
    )
