"""Forms of the grant: what is typed, ready as the arguments of an action."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.funds.grants.labels import COSTS, OWN_KINDS, PEOPLE, STEPS, TICKS, WHAT_FOR
from pendamping.funds.grants.models import Contribution, Progress, SocialGrant
from pendamping.funds.grants.rules import buying
from pendamping.funds.grants.rules.handing import HANDOVER
from pendamping.funds.ledger.fields import DayField, RequestField, RupiahField
from pendamping.kernel import clock

Choices = Sequence[tuple[str, str]]


class NumberField(forms.CharField):
    """A measure that is not money: kept as it is written, with a point."""

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip().replace(",", ".").replace("−", "-")
        if text and not _NUMBER.fullmatch(text):
            raise forms.ValidationError(_("Write a number, for example 120 or 12.5."))
        return text


_NUMBER = re.compile(r"-?\d{1,7}(?:\.\d{1,6})?", re.ASCII)


class AllocationForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=1999, max_value=2100)
    letter_no = forms.CharField(label=_("Number of the letter"), max_length=80)
    letter_on = DayField(label=_("Day of the letter"))
    population = forms.IntegerField(
        label=_("People in the ward"),
        min_value=1,
        max_value=1_000_000,
        help_text=_("The guideline's table gives the amount by this number."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["year"].initial = clock.today().year


class MeetingForm(forms.Form):
    """A step that a meeting has decided."""

    meeting_id = forms.ChoiceField(label=_("Decided in the meeting"))

    def __init__(self, *args: Any, meetings: Choices = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting_id"].choices = meetings


class SplitForm(MeetingForm):
    on = DayField(label=_("Decided on"))

    def __init__(self, *args: Any, windows: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        for key, name in windows.items():
            self.fields[f"window_{key}"] = RupiahField(label=name, required=False, initial=0)

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``decide_split``: whole rupiah by window, the day, the meeting."""
        split = {
            name.removeprefix("window_"): value or 0
            for name, value in self.cleaned_data.items()
            if name.startswith("window_")
        }
        return {"split": split, **{name: self.cleaned_data[name] for name in ("on", "meeting_id")}}


class TransferForm(MeetingForm):
    from_window = forms.ChoiceField(label=_("From the window"))
    to_window = forms.ChoiceField(label=_("To the window"))
    amount = RupiahField(label=_("Amount"))
    on = DayField(label=_("Moved on"))
    why = forms.CharField(label=_("Why"), max_length=300)
    request_id = RequestField()

    def __init__(self, *args: Any, windows: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("from_window", "to_window"):
            self.fields[name].choices = list(windows.items())

    def subject(self) -> str:
        """What the meeting must have decided."""
        data = self.cleaned_data
        return f"grants.transfer:{data['from_window']}:{data['to_window']}:{data['amount']}"


class OrderForm(forms.Form):
    spm_no = forms.CharField(label=_("Number of the payment order (SPM)"), max_length=80)
    spm_on = DayField(label=_("Day of the SPM"))
    sp2d_no = forms.CharField(label=_("Number of the order to the bank (SP2D)"), max_length=80)
    sp2d_on = DayField(label=_("Day of the SP2D"))


class ReceiveForm(forms.Form):
    on = DayField(label=_("In the board's account on"))
    work_ends_on = DayField(
        label=_("The work is to end on"), help_text=_("The report is due by this day.")
    )


class DayForm(forms.Form):
    on = DayField(label=_("Day"))


class MoneyForm(forms.Form):
    """A sum on a day: paid to a group, given back, passed on."""

    amount = RupiahField(label=_("Amount"))
    on = DayField(label=_("Day"))
    request_id = RequestField()


class AgreeForm(MeetingForm):
    window = forms.ChoiceField(label=_("Window"), widget=forms.RadioSelect)
    group_id = forms.ChoiceField(label=_("Group that does the work"))
    title = forms.CharField(label=_("What is done"), max_length=160)
    place = forms.CharField(label=_("Where (RT, RW)"), max_length=120, required=False)
    contract_no = forms.CharField(label=_("Number of the contract (SP3)"), max_length=80)
    contract_on = DayField(label=_("Day of the contract"))
    starts_on = DayField(label=_("Begins on"))
    ends_on = DayField(label=_("Ends on"))
    type = forms.CharField(label=_("Type of work"), max_length=60, required=False)
    size = NumberField(label=_("Size"), required=False)
    unit = forms.CharField(label=_("Unit (m, m², pieces)"), max_length=20, required=False)

    ROWS = 8

    proposal = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)

    def __init__(
        self, *args: Any, windows: Choices, groups: Choices, lines: int = 0, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.count = max(self.ROWS, lines)
        self.fields["window"].choices = windows
        self.fields["window"].initial = windows[0][0] if windows else ""
        self.fields["group_id"].choices = groups
        _add_people(self)
        for row in range(1, self.count + 1):
            first = row == 1
            self.fields[f"what_{row}"] = forms.CharField(
                label=_("Line of the budget"), max_length=120, required=first
            )
            self.fields[f"amount_{row}"] = RupiahField(label=_("Amount"), required=first)

    def rows(self) -> list[tuple[Any, Any]]:
        """The bound fields of the budget, line by line."""
        return [(self[f"what_{row}"], self[f"amount_{row}"]) for row in range(1, self.count + 1)]

    def subject(self) -> str:
        """What the board must have decided."""
        return f"grants.agree:{self.cleaned_data['contract_no'].strip()}"

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``agree_grant``."""
        data = self.cleaned_data
        names = (
            "window", "group_id", "title", "place", "contract_no", "contract_on", "starts_on",
            "ends_on", "meeting_id", "proposal",
        )  # fmt: skip
        lines = [(data[f"what_{row}"], data[f"amount_{row}"]) for row in range(1, self.count + 1)]
        return {
            **{name: data[name] for name in names},
            "lines": [(what, amount) for what, amount in lines if what and amount],
            "planned": asset(data),
        }


def _add_people(form: forms.Form) -> None:
    for name, label in PEOPLE.items():
        form.fields[name] = forms.IntegerField(
            label=label, min_value=0, max_value=1_000_000, required=False
        )


def asset(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is built and who benefits, as it is stored: only what was filled in."""
    found = {name: data.get(name) for name in ("type", "size", "unit", *PEOPLE)}
    return {name: value for name, value in found.items() if value not in (None, "")}


class PayForm(MoneyForm):
    why = forms.CharField(
        label=_("Why so early"),
        max_length=200,
        required=False,
        help_text=_("Only where more is paid than the progress allows. It stands in the report."),
    )


class ExpenseForm(MoneyForm):
    line_id = forms.ChoiceField(label=_("Line of the budget"))
    cost = forms.ChoiceField(
        label=_("Kind of cost"), choices=[(key, COSTS[key]) for key in buying.COSTS]
    )
    what = forms.CharField(label=_("What was bought"), max_length=200)
    seller = forms.CharField(label=_("From whom"), max_length=120)

    QUOTES = 3

    def __init__(self, *args: Any, lines: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["line_id"].choices = lines
        for number in range(1, self.QUOTES + 1):
            self.fields[f"seller_{number}"] = forms.CharField(
                label=_("Seller asked"), max_length=120, required=False
            )
            self.fields[f"price_{number}"] = RupiahField(label=_("Price"), required=False)
        self.fields["why"] = forms.CharField(
            label=_("Why this seller"),
            max_length=200,
            required=False,
            help_text=_(
                "Only where the seller is not the cheapest of those asked. It stands in the report."
            ),
        )

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``record_expense``."""
        data = self.cleaned_data
        asked = [(data[f"seller_{n}"], data[f"price_{n}"]) for n in range(1, self.QUOTES + 1)]
        quotes = [{"seller": who, "price": price} for who, price in asked if who and price]
        names = ("amount", "on", "request_id", "line_id", "what", "seller", "cost", "why")
        return {**{name: data[name] for name in names}, "quotes": quotes}


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=100_000, required=False, initial=0
    )


class ProgressForm(forms.Form):
    month = DayField(label=_("Day of the record"))
    percent = forms.IntegerField(label=_("Physical progress"), min_value=0, max_value=100)
    workers_women = _count(_("Women who worked"))
    workers_men = _count(_("Men who worked"))
    days_women = _count(_("Paid days of women (HOK)"))
    days_men = _count(_("Paid days of men (HOK)"))
    incentive = RupiahField(label=_("Wages paid"), required=False)
    ticks = forms.MultipleChoiceField(
        label=_("Proved by"),
        choices=[(key, TICKS[key]) for key in Progress.TICKS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    problem = forms.CharField(label=_("Problem"), max_length=300, required=False)
    follow_up = forms.CharField(label=_("Follow-up"), max_length=300, required=False)
    request_id = RequestField()

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``record_progress``."""
        numbers = ("workers_women", "workers_men", "days_women", "days_men", "incentive")
        return {
            name: (value or 0) if name in numbers else value
            for name, value in self.cleaned_data.items()
        }


class ContributionForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(key, OWN_KINDS[key]) for key in Contribution.KINDS],
        widget=forms.RadioSelect,
        initial="material",
    )
    what = forms.CharField(label=_("What was given"), max_length=120)
    quantity = forms.CharField(label=_("How much (12 sacks, 40 m²)"), max_length=40, required=False)
    days_women = _count(_("Days of women (HOK)"))
    days_men = _count(_("Days of men (HOK)"))
    value = RupiahField(label=_("Worth"))
    on = DayField(label=_("Day"))
    request_id = RequestField()

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``record_contribution``."""
        return {
            name: (value or 0) if name in ("days_women", "days_men") else value
            for name, value in self.cleaned_data.items()
        }


class PhotoForm(forms.Form):
    content = forms.FileField(label=_("Photograph (JPEG or PNG, at most 1 MB)"))
    name = forms.CharField(label=_("What it shows"), max_length=120)
    percent = forms.TypedChoiceField(
        label=_("The works then"),
        choices=[("0", "0 %"), ("50", "50 %"), ("100", "100 %")],
        coerce=int,
        initial="0",
    )
    on = DayField(label=_("Taken on"))
    request_id = RequestField()

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``add_photo``."""
        return {**self.cleaned_data, "content": self.cleaned_data["content"].read()}


class HandoverForm(forms.Form):
    step = forms.ChoiceField(label=_("To"), choices=[(key, STEPS[key]) for key in HANDOVER])
    on = DayField(label=_("Day"))
    minutes = forms.CharField(label=_("Number of the minutes"), max_length=120)
    signed_by = forms.CharField(
        label=_("Who signed for this step"),
        max_length=120,
        help_text=_("One person signs one step only."),
    )
    request_id = RequestField()


class ActualForm(forms.Form):
    on = DayField(label=_("Measured on"))
    type = forms.CharField(label=_("Type of work"), max_length=60)
    size = NumberField(label=_("Size"))
    unit = forms.CharField(label=_("Unit (m, m², pieces)"), max_length=20)
    latitude = NumberField(label=_("Latitude"), help_text=_("As −6.61 for Bogor."), required=False)
    longitude = NumberField(
        label=_("Longitude"), help_text=_("As 106.79 for Bogor."), required=False
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _add_people(self)

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``record_actuals``."""
        data = self.cleaned_data
        place = {name: data[name] for name in ("latitude", "longitude")}
        return {"on": data["on"], "actual": asset(data), **place}


class SocialForm(MeetingForm):
    receiver = forms.ChoiceField(label=_("Given to"), widget=forms.RadioSelect)
    what_for = forms.ChoiceField(
        label=_("Purpose"), choices=[(key, WHAT_FOR[key]) for key in SocialGrant.KINDS]
    )
    amount = RupiahField(label=_("Amount"))
    on = DayField(label=_("Day"))
    details = forms.CharField(label=_("More about it"), max_length=200, required=False)
    signed_by = forms.CharField(label=_("Who signed the receipt"), max_length=120)
    why_again = forms.CharField(
        label=_("Why again"),
        max_length=200,
        required=False,
        help_text=_("Only where they were given a grant for the same before."),
    )
    request_id = RequestField()

    def __init__(self, *args: Any, receivers: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["receiver"].choices = receivers

    def subject(self) -> str:
        """What the board must have decided."""
        _kind, _colon, key = self.cleaned_data["receiver"].partition(":")
        return f"grants.social:{key}:{self.cleaned_data['what_for']}"

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``give_social_grant``."""
        data = {**self.cleaned_data}
        kind, _colon, key = data.pop("receiver").partition(":")
        return {**data, "person" if kind == "person" else "group_id": key}


class TakeBackForm(forms.Form):
    on = DayField(label=_("Taken back on"))
    why = forms.CharField(label=_("Why"), max_length=150)
