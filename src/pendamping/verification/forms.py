"""What is typed about dossiers; the rules decide, the forms only parse."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField
from pendamping.kernel import clock

Choices = Sequence[tuple[str, str]]


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class DecideForm(forms.Form):
    """A tier's decision: two ticks for each paper, the checklist, the result with its reasons."""

    step_id = forms.CharField(widget=forms.HiddenInput)
    result = forms.ChoiceField(label=_("Result"), widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("What has to be mended, or why not"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    meeting_id = forms.ChoiceField(label=_("Meeting that decided"), required=False)
    on = DayField(label=_("Decided on"))
    other_person = forms.BooleanField(
        label=_("The party of the same name is somebody else"), required=False
    )

    def __init__(
        self, *data: Any, papers: Sequence[Any], checks: Choices, results: Choices,
        reasons: Choices, meetings: Choices | None, same_name: bool, **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*data, **more)
        self.papers = [
            (paper["name"], self._tick(f"present-{paper['key']}", _("present")),
             self._tick(f"correct-{paper['key']}", _("correct")))
            for paper in papers
        ]  # fmt: skip
        self.checks = [self._tick(f"check-{key}", text) for key, text in checks]
        self.keys = ([paper["key"] for paper in papers], [key for key, _text in checks])
        self._choose("result", results)
        self._choose("reasons", reasons)
        if meetings is None:
            del self.fields["meeting_id"]
        else:
            self._choose("meeting_id", [("", "–"), *meetings])
        if not same_name:
            del self.fields["other_person"]

    def _choose(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def _tick(self, name: str, label: Any) -> str:
        self.fields[name] = forms.BooleanField(label=label, required=False)
        return name

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        papers, checks = self.keys
        return {
            "result": data["result"],
            "on": data["on"],
            "step_id": data["step_id"],
            "reasons": data["reasons"],
            "note": data["note"],
            "meeting_id": data.get("meeting_id", ""),
            "other_person": data.get("other_person", False),
            "papers": {key: (data[f"present-{key}"], data[f"correct-{key}"]) for key in papers},
            "checks": [key for key in checks if data[f"check-{key}"]],
        }


class AgainForm(forms.Form):
    note = forms.CharField(
        label=_("What was mended"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    on = DayField(label=_("Handed in on"))


class WhyForm(forms.Form):
    """For an appeal, for taking back, for stepping back."""

    why = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    on = DayField(label=_("On"))


class PauseForm(forms.Form):
    request_id = RequestField()
    reason = forms.ChoiceField(label=_("Why the clock stands"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    on = DayField(label=_("From which day on"))

    def __init__(self, *data: Any, reasons: Choices, **more: Any) -> None:
        super().__init__(*data, **more)
        self.fields["reason"].choices = list(reasons)  # type: ignore[attr-defined]


class DayForm(forms.Form):
    on = DayField(label=_("On"))


class OfficeForm(forms.Form):
    tier = forms.ChoiceField(label=_("Office"))
    user = forms.ChoiceField(label=_("Who"))
    substitute = forms.BooleanField(
        label=_("As a substitute: decides only where nobody else of the office can"),
        required=False,
    )
    since = DayField(label=_("From"))
    until = DayField(label=_("Last day"), required=False, initial=None)
    letter = forms.CharField(label=_("Number of the letter"), max_length=80, required=False)

    def __init__(self, *data: Any, tiers: Choices, users: Choices, **more: Any) -> None:
        super().__init__(*data, **more)
        self.fields["tier"].choices = list(tiers)  # type: ignore[attr-defined]
        self.fields["user"].choices = list(users)  # type: ignore[attr-defined]


class AbsenceForm(forms.Form):
    request_id = RequestField()
    user = forms.ChoiceField(label=_("Who"))
    since = DayField(label=_("Away from"))
    until = DayField(label=_("Away until"))
    why = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *data: Any, users: Choices, **more: Any) -> None:
        super().__init__(*data, **more)
        self.fields["user"].choices = list(users)  # type: ignore[attr-defined]


class FreezeForm(forms.Form):
    request_id = RequestField()
    since = DayField(label=_("From"))
    until = DayField(label=_("Decisions again from"))
    why = forms.CharField(label=_("Why"), max_length=200)


class PaperForm(forms.Form):
    file = forms.FileField(label=_("The list (.xlsx or .csv)"))
    bring = forms.BooleanField(
        label=_("Bring in, if every cell is right (else the list is only checked)"), required=False
    )


class ScanForm(forms.Form):
    """Which paper, where it is kept, and its picture."""

    request_id = RequestField()
    paper = forms.ChoiceField(label=_("Paper"))
    kept_at = forms.CharField(
        label=_("Kept at"),
        max_length=200,
        required=False,
        help_text=_("For instance: folder of tranche 2, cupboard of the secretariat."),
    )
    content = forms.FileField(label=_("Scan (JPEG, PNG or PDF, at most 1 MB)"), required=False)

    def __init__(self, *args: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [(one["key"], one["name"]) for one in papers]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``attach_scan``."""
        content = self.cleaned_data["content"]
        return {**self.cleaned_data, "content": content.read() if content else b""}
