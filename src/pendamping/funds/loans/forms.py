from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendamping.funds.ledger.fields import DayField, RequestField, RupiahField


class ApplyForm(forms.Form):
    """A group's application: for each member an amount (empty: does not borrow) and a purpose.

    Fields are called by the member (ADR 0049). ``members``: those of the day that is typed, id and name;
    ``named``: names by id of everybody whom the form that was sent named. Where the two differ, as the
    day was changed, it is said once and the page asks the members of the new day.
    """

    on = DayField(label=_("Day of the application"))
    instalments = forms.IntegerField(label=_("Number of instalments"), min_value=1, max_value=520)

    def __init__(
        self,
        *args: Any,
        members: Sequence[tuple[str, str]],
        most: Mapping[str, int],
        named: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.members = list(members)
        self.named = dict(self.members) if named is None else named
        for person, name in self.members:
            self.fields[f"amount_{person}"] = RupiahField(
                label=_("Amount for %(name)s") % {"name": name},
                required=False,
                initial=most.get(person),
            )
            self.fields[f"purpose_{person}"] = forms.CharField(
                label=_("Business of %(name)s") % {"name": name}, max_length=200, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Say who is a member on the day that was typed and was not on the page, or the other way."""
        if "on" in self.cleaned_data:
            for text in self.moved():
                self.add_error(None, text)
        return self.cleaned_data

    def moved(self) -> list[str]:
        """How the members of the day differ from those whom the page named, in words."""
        now = dict(self.members)
        gone = sorted(self._typed(person) for person in self.named if person not in now)
        come = sorted(name for person, name in self.members if person not in self.named)
        off = gettext("Not a member of the group on this day, and left out below: %(names)s.")
        new = gettext("A member of the group on this day too, and asked below: %(names)s.")
        pairs = ((off, gone), (new, come))
        return [text % {"names": ", ".join(names)} for text, names in pairs if names]

    def _typed(self, person: str) -> str:
        """Whom the page named, with the amount that was typed there: it is to be found again."""
        amount = str(self.data.get(f"amount_{person}", "")).strip()
        return f"{self.named[person]} (Rp {amount})" if amount else self.named[person]

    def rows(self) -> list[dict[str, Any]]:
        """Per member the name and the two bound fields."""
        return [
            {"name": name, "amount": self[f"amount_{person}"], "purpose": self[f"purpose_{person}"]}
            for person, name in self.members
        ]

    def borrowers(self) -> list[dict[str, Any]]:
        """Who borrows, as ``loans.actions.apply`` takes it."""
        data = self.cleaned_data
        return [
            {
                "person": person,
                "amount": data[f"amount_{person}"],
                "purpose": data[f"purpose_{person}"],
            }
            for person, _name in self.members
            if data.get(f"amount_{person}")
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
    """``meetings``: those that may have decided it, where it is of a closed month; ``None`` where nobody has to."""

    on = DayField(label=_("Taken back on"))
    why = forms.CharField(label=_("Why"), max_length=300)

    def __init__(
        self, *args: Any, meetings: Sequence[tuple[str, str]] | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        if meetings is not None:
            field = forms.ChoiceField(label=_("Decided in the meeting"), choices=meetings)
            self.fields["meeting_id"] = field
