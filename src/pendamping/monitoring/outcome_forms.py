"""What is typed about a sample and an interview; the rules decide, the forms only parse."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField
from pendamping.kernel import clock
from pendamping.monitoring import labels
from pendamping.monitoring.forms import DayField


class DrawForm(forms.Form):
    """How many are drawn."""

    request_id = RequestField()
    size = forms.IntegerField(
        label=_("How many people to ask"), min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


class InsteadForm(forms.Form):
    """Why somebody cannot be asked."""

    request_id = RequestField()
    why = forms.CharField(label=_("Why they cannot be asked"), max_length=200)


class InterviewForm(forms.Form):
    """A quick interview: a few questions, each with answers to tick; none has to be answered."""

    request_id = RequestField()
    on = DayField(label=_("Day"), initial=clock.today)

    def __init__(
        self, *args: Any, questions: Mapping[str, Mapping[str, Any]], again: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.questions = list(questions)
        for key, said in questions.items():
            choices = list(labels.answers(said).items())
            label = labels.question(said)
            if said.get("several"):
                self.fields[f"q_{key}"] = forms.MultipleChoiceField(
                    label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
                    help_text=_("Several may be ticked."),
                )  # fmt: skip
            else:
                self.fields[f"q_{key}"] = forms.ChoiceField(
                    label=label, choices=choices, required=False, widget=forms.RadioSelect
                )
        self.fields["note"] = forms.CharField(
            label=_("In their own words"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Seen by interviewers only. Write no names."),
        )  # fmt: skip
        if again:
            self.fields["why"] = forms.CharField(label=_("Why it is typed anew"), max_length=200)

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        given = {key: said[f"q_{key}"] for key in self.questions if said[f"q_{key}"]}
        answers = {key: each if isinstance(each, list) else [each] for key, each in given.items()}
        return {"on": said["on"], "answers": answers, "note": said["note"], "why": said.get("why", "")}  # fmt: skip


class TickForm(forms.Form):
    """Whether a criterion of maturity is met, and what shows it."""

    request_id = RequestField()
    met = forms.TypedChoiceField(
        label=_("Is it met?"), choices=[("yes", _("yes")), ("no", _("no"))], widget=forms.RadioSelect,
        coerce=lambda word: word == "yes",
    )  # fmt: skip
    evidence = forms.CharField(
        label=_("What shows it"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A paper with its number and day, a meeting, an account."),
    )  # fmt: skip
