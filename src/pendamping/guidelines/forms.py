"""The form in which a ward's own decision is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.guidelines import labels, pages, rules
from pendamping.guidelines.rules import Guideline
from pendamping.guidelines.rules.kinds import Both, Day, Flag, Kind, ListOf, Ref, Word


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more
    )


class DayForm(forms.Form):
    """On which day the guideline is read."""

    on = _day(label=gettext_lazy("Day"), required=False)


class ProposalForm(forms.Form):
    """What is to hold in the ward instead, before a meeting decides on it."""

    def __init__(self, *args: Any, guideline: Guideline, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.languages = kind, guideline.languages
        self.fields["value"] = value_field(guideline, kind)

    def clean_value(self) -> Any:
        """The value as the guideline's engine knows it; the rules check it."""
        typed = self.cleaned_data["value"]
        if isinstance(typed, str):
            return rules.read(self.kind, typed, self.languages)
        return typed


class RecordForm(forms.Form):
    """From when on what a meeting decided holds, and why; what it decided is known."""

    since = _day(label=gettext_lazy("Holds from"))
    until = _day(label=gettext_lazy("Last day"), required=False,
                 help_text=gettext_lazy("Leave it empty where the decision has no end."))  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In the words of those who decided; others will learn from it."),
    )


def value_field(guideline: Guideline, kind: Kind) -> forms.Field:
    """The box that fits the kind of value."""
    label = _("What holds here instead")
    if isinstance(kind, Flag):
        choices = [("true", _("Yes")), ("false", _("No"))]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    if isinstance(kind, Word):
        choices = [(choice, _(labels.word(choice))) for choice in kind.choices]
        return forms.ChoiceField(label=label, choices=choices)
    if isinstance(kind, Ref):
        return forms.ChoiceField(label=label, choices=_keys(guideline, kind))
    if isinstance(kind, ListOf) and isinstance(kind.item, Ref):
        return forms.MultipleChoiceField(
            label=label,
            choices=_keys(guideline, kind.item),
            widget=forms.CheckboxSelectMultiple,
            required=kind.least > 0,
        )
    if isinstance(kind, Day):
        return _day(label=label)
    if isinstance(kind, Both):
        return forms.CharField(
            label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
        )
    hint = _("Several values are separated by commas.") if isinstance(kind, ListOf) else ""
    return forms.CharField(label=label, max_length=500, help_text=hint)


def _keys(guideline: Guideline, kind: Ref) -> list[tuple[str, str]]:
    return [(key, pages.describe(guideline, kind, key)) for key in guideline.section(kind.section)]


class EndForm(forms.Form):
    """The last day of a decision that a meeting ended."""

    until = _day(label=gettext_lazy("Last day"))
