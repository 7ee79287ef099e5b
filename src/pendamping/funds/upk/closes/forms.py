"""Forms of counts, closes and the sharing of profit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.funds.ledger.fields import DayField, RequestField, RupiahField
from pendamping.kernel.money import format_rupiah

MOST_PIECES = 100_000


class CountForm(forms.Form):
    """The cash box, one field for each note and coin."""

    on = DayField(label=_("Cash at the end of"))
    witnesses = forms.CharField(
        label=_("Counted before"), max_length=200, help_text=_("Name and office of who was there.")
    )
    why = forms.CharField(label=_("Reason of the difference"), max_length=300, required=False)
    request_id = RequestField()

    def __init__(self, *args: Any, values: Sequence[int] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.values = values
        for value in values:
            self.fields[f"d{value}"] = forms.IntegerField(
                label=format_rupiah(value), min_value=0, max_value=MOST_PIECES, required=False
            )

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``count_cash``."""
        data = self.cleaned_data
        return {
            "on": data["on"],
            "witnesses": data["witnesses"],
            "why": data["why"],
            "pieces": {value: data[f"d{value}"] or 0 for value in self.values},
        }


class DoForm(forms.Form):
    """A step that needs no more than the button."""


class CloseForm(forms.Form):
    """The close of a month; ``missing``: the bank accounts that no statement covers, each with its reason."""

    def __init__(self, *args: Any, missing: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.missing = [key for key, _name in missing]
        for key, name in missing:
            self.fields[f"why_{key}"] = forms.CharField(
                label=_("Why there is no statement of %(account)s") % {"account": name},
                max_length=300,
                help_text=_("It stands on the close, and the board reads it."),
            )

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``close_month``."""
        return {"without_statement": {key: self.cleaned_data[f"why_{key}"] for key in self.missing}}


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=300)


class MeetingForm(forms.Form):
    """A step that a meeting has decided."""

    meeting_id = forms.ChoiceField(label=_("Decided in the meeting"))
    on = DayField(label=_("Day"))

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting_id"].choices = meetings


class ReopenForm(MeetingForm):
    why = forms.CharField(label=_("Why"), max_length=300)


class PayShareForm(forms.Form):
    """Money that is paid from a share of the profit: the shares that hold something."""

    request_id = RequestField()
    share = forms.ChoiceField(label=_("Paid from the share"))
    amount = RupiahField(label=_("Amount"))
    money = forms.ChoiceField(label=_("Paid out of"))
    on = DayField(label=_("Day"))
    narration = forms.CharField(label=_("What for"), max_length=200)

    def __init__(
        self,
        *args: Any,
        shares: Sequence[tuple[str, str]],
        purses: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["share"].choices = [("", _("Choose …")), *shares]
        self.fields["money"].choices = purses


class SharesForm(forms.Form):
    """The shares of a profit in whole per cent, as a meeting is to decide them."""

    def __init__(
        self, *args: Any, shares: Sequence[dict[str, Any]], lang: str, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.keys = [one["key"] for one in shares]
        for one in shares:
            self.fields[f"share_{one['key']}"] = forms.IntegerField(
                label=one["name"][lang], min_value=0, max_value=100, initial=one["percent"]
            )

    def shares(self) -> list[Any]:
        """The fields of the shares."""
        return [self[f"share_{key}"] for key in self.keys]

    def percents(self) -> dict[str, int]:
        """What was typed, by the key of the share."""
        return {key: self.cleaned_data[f"share_{key}"] for key in self.keys}


class SplitForm(SharesForm, MeetingForm):
    """The shares as the yearly meeting decided them, in whole per cent."""

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``split_profit``."""
        data = self.cleaned_data
        return {
            "on": data["on"],
            "meeting_id": data["meeting_id"],
            "percents": self.percents(),
        }
