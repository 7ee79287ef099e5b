from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.funds.ledger.fields import DayField, RequestField, RupiahField

MONEY = [
    ("cash", _("Cash")),
    ("bank", _("Bank account of the UPK")),
    ("joint_liability_bank", _("Joint-liability bank account")),
]


class BuyForm(forms.Form):
    request_id = RequestField()
    name = forms.CharField(label=_("Thing"), max_length=120)
    on = DayField(label=_("Bought on"))
    cost = RupiahField(label=_("Price"))
    residue = RupiahField(label=_("Worth in the end"), initial=0)
    life_months = forms.IntegerField(label=_("Months of use"), min_value=1, max_value=600)
    money = forms.ChoiceField(label=_("Paid out of"), choices=MONEY)


class GoForm(forms.Form):
    on = DayField(label=_("Gone on"))
    proceeds = RupiahField(label=_("What it brought in"), initial=0)
    money = forms.ChoiceField(label=_("Paid into"), choices=MONEY)
    why = forms.CharField(label=_("What became of it"), max_length=200)
