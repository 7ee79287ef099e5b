"""What is typed about needs and votes; the rules decide, the forms only parse."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField
from pendamping.kernel import clock
from pendamping.kernel.money import group_thousands, read_rupiah
from pendamping.planning import labels

MOST = 100_000
LETTERS = "ABCDE"  # sets of needs that exclude each other


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class RupiahField(forms.CharField):
    """A sum of whole rupiah, typed grouped or not."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        amount = read_rupiah(text[:40])
        if amount is None:
            raise forms.ValidationError(_("Write whole rupiah, for example 575.000."))
        return amount

    def prepare_value(self, value: Any) -> Any:
        return group_thousands(value) if isinstance(value, int) else value


class NeedForm(forms.Form):
    request_id = RequestField()
    component = forms.ChoiceField(label=_("Component"))
    title = forms.CharField(label=_("What is asked for"), max_length=120)
    place = forms.ChoiceField(label=_("Where"), required=False)
    cost = RupiahField(label=_("What it would cost"))
    asked_by = forms.ChoiceField(
        label=_("Who chose it"), choices=list(labels.ASKED_BY.items()), initial="all"
    )
    asked_on = DayField(label=_("Day of the meeting"))
    note = forms.CharField(label=_("Remarks"), max_length=300, required=False)

    def __init__(
        self, *args: Any, components: dict[str, str], places: Sequence[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["component"].choices = list(components.items())  # type: ignore[attr-defined]
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            ("", labels.place("")), *((one, labels.place(one)) for one in places)
        ]  # fmt: skip


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=200)


class VoteForm(forms.Form):
    budget = RupiahField(label=_("Money for this component"))
    held_on = DayField(label=_("Day of the vote"))
    needs = forms.MultipleChoiceField(
        label=_("On the ballot"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["needs"].choices = list(choices)  # type: ignore[attr-defined]
        self.fields["needs"].initial = [key for key, _text in choices]
        letters = [("", _("beside all others")), *((one, one) for one in LETTERS)]
        self.letters = [f"apart-{key}" for key, _text in choices]
        for name, (_key, text) in zip(self.letters, choices, strict=True):
            self.fields[name] = forms.ChoiceField(label=text, choices=letters, required=False)

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``prepare_vote``."""
        data = self.cleaned_data
        letters = {name.removeprefix("apart-"): data[name] for name in self.letters if data[name]}
        return {"budget": data["budget"], "held_on": data["held_on"], "needs": data["needs"],
                "exclusive": letters}  # fmt: skip


class CloseForm(forms.Form):
    witnesses = forms.CharField(
        label=_("Witnesses"), widget=forms.Textarea(attrs={"rows": 4}), required=False,
        help_text=_("One name on each line."),
    )  # fmt: skip

    def clean_witnesses(self) -> list[str]:
        """The names, without empty lines."""
        return [
            line.strip() for line in self.cleaned_data["witnesses"].splitlines() if line.strip()
        ]


class SheetForm(forms.Form):
    """The figures of a station and its valid ballots, one on each line."""

    voters = forms.IntegerField(label=labels.FIGURES["voters"], min_value=0, max_value=MOST)
    women = forms.IntegerField(label=labels.FIGURES["women"], min_value=0, max_value=MOST)
    invalid = forms.IntegerField(label=labels.FIGURES["invalid"], min_value=0, max_value=MOST)
    spoiled = forms.IntegerField(label=labels.FIGURES["spoiled"], min_value=0, max_value=MOST)
    left = forms.IntegerField(label=labels.FIGURES["left"], min_value=0, max_value=MOST)
    lost = forms.IntegerField(
        label=labels.FIGURES["lost"], min_value=0, max_value=MOST, initial=0, required=False
    )
    ballots = forms.CharField(
        label=_("Valid ballots"), widget=forms.Textarea(attrs={"rows": 12, "inputmode": "text"}),
        max_length=60_000, required=False,
        help_text=_("One line for each ballot: the numbers that are marked, such as 1 4 5."),
    )  # fmt: skip
    note = forms.CharField(label=_("What happened on the day"), max_length=300, required=False)

    def __init__(self, *args: Any, typed: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        if typed:
            self.fields["ballots"].help_text = typed

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``enter_ballots``."""
        data = self.cleaned_data
        figures = {name: data[name] or 0 for name in labels.FIGURES}
        return {"figures": figures, "ballots": data["ballots"], "note": data["note"]}
