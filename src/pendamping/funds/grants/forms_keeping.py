"""What is typed about the maintenance group of finished works; the rules decide, the forms only parse."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.funds.ledger.fields import DayField, RequestField, RupiahField


class KeeperForm(forms.Form):
    """The maintenance group: one that sits in the ward (``bodies``), or its figures as they were told."""

    body_id = forms.ChoiceField(
        label=_("Maintenance group of the ward"), required=False,
        help_text=_("Its officers are read from those who sit in it."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name of the group"), max_length=120)
    officers = forms.IntegerField(label=_("Officers"), min_value=1, max_value=100)
    women_officers = forms.IntegerField(
        label=_("Women among the officers"), min_value=0, max_value=100
    )
    on = DayField(label=_("Formed on"))

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["body_id"].choices = [("", _("none: write it down below")), *bodies]
        if not bodies:
            del self.fields["body_id"]
        elif self.data.get("body_id"):
            for name in ("name", "officers", "women_officers"):
                self.fields[name].required = False

    def arguments(self) -> dict[str, Any]:
        """As ``actions.record_keeper`` wants them."""
        told = self.cleaned_data
        return {**told, **{name: told[name] or 0 for name in ("officers", "women_officers")}}


class KeeperMoneyForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What"),
        choices=[("in", _("Paid in by users")), ("out", _("Spent on upkeep"))],
        widget=forms.RadioSelect,
        initial="in",
    )
    amount = RupiahField(label=_("Amount"))
    what = forms.CharField(label=_("What for"), max_length=160)
    on = DayField(label=_("Day"))
    request_id = RequestField()
