"""What is typed about targeting; the rules decide, the forms only parse."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField
from pendamping.kernel import clock
from pendamping.targeting.rules import Candidate

MOST = 1_000_000
LARGEST_FILE = 1_000_000
KNOWN = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
FLAGS = {"yes": True, "no": False}


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class CandidateForm(forms.Form):
    """One row of the comparison; an empty row is left out."""

    code = forms.CharField(label=_("Code"), max_length=20, required=False)
    name = forms.CharField(label=_("Ward"), max_length=120, required=False)
    households = forms.IntegerField(
        label=_("Households"), min_value=0, max_value=MOST, required=False
    )
    poor = forms.IntegerField(
        label=_("Poor households"), min_value=0, max_value=MOST, required=False
    )
    urban = forms.ChoiceField(label=_("Urban"), choices=KNOWN, required=False)
    had_programme = forms.ChoiceField(
        label=_("Had the programme before"), choices=KNOWN, required=False
    )
    source = forms.CharField(label=_("Source"), max_length=120, required=False)
    chosen = forms.BooleanField(label=_("Choose this ward"), required=False)

    def candidate(self) -> Candidate | None:
        """The row as the rules know it; ``None`` where it is empty."""
        data = self.cleaned_data
        if not data["code"].strip():
            return None
        return Candidate(
            data["code"].strip(),
            data["name"].strip() or data["code"].strip(),
            data["households"],
            data["poor"],
            FLAGS.get(data["urban"]),
            FLAGS.get(data["had_programme"]),
            data["source"].strip(),
        )


def as_row(candidate: Candidate) -> dict[str, Any]:
    """A candidate as the first values of its row."""
    words = {True: "yes", False: "no", None: ""}
    return {
        "code": candidate.code,
        "name": candidate.name,
        "households": candidate.households,
        "poor": candidate.poor,
        "urban": words[candidate.urban],
        "had_programme": words[candidate.had_programme],
        "source": candidate.source,
    }


class LetterForm(forms.Form):
    letter_no = forms.CharField(label=_("Number of the letter"), max_length=80)
    decided_on = DayField(label=_("Decided on"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    request_id = RequestField()


class FileForm(forms.Form):
    file = forms.FileField(label=_("CSV file of candidates"))

    def clean_file(self) -> Any:
        found = self.cleaned_data["file"]
        if found.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than one megabyte."))
        return found


class CriterionForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What it is about"),
        choices=[("household", _("a household")), ("area", _("an area"))],
    )
    text = forms.CharField(label=_("Criterion"), max_length=200, required=False)
    weight = forms.IntegerField(label=_("Weight"), min_value=0, max_value=1000, required=False)
    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


class DayForm(forms.Form):
    on = DayField(label=_("Day"))


class WrittenForm(DayForm):
    """The day on which the criteria were written down."""

    request_id = RequestField()


class PostForm(DayForm):
    why = forms.CharField(
        label=_("Why it is entered only now"),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, late_days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _(
            "Needed where the list was posted more than %(days)s days ago; else leave it empty."
        )
        self.fields["why"].help_text = said % {"days": late_days}


class DraftForm(DayForm):
    from_marks = forms.BooleanField(
        label=_("Begin with the households that the census marks as poor"),
        required=False,
        initial=True,
    )
    request_id = RequestField()


class ObjectionForm(forms.Form):
    request_id = RequestField()
    kind = forms.ChoiceField(
        label=_("What is asked"),
        choices=[("add", _("add to the list")), ("remove", _("take off the list"))],
        widget=forms.RadioSelect,
    )
    household = forms.CharField(label=_("Household"), max_length=40)
    reason = forms.CharField(
        label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    raised_on = DayField(label=_("Raised on"))
    raised_by = forms.CharField(
        label=_("Raised by"), max_length=120, required=False, help_text=_("May be left empty.")
    )


class SettleForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("accepted", _("accepted")), ("rejected", _("rejected"))],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("Why"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    settled_on = DayField(label=_("Settled on"))
    criteria = forms.MultipleChoiceField(
        label=_("Criteria that the household meets"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, criteria: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        if criteria:
            self.fields["criteria"].choices = list(criteria)
        else:
            del self.fields["criteria"]


class MeetingForm(forms.Form):
    meeting_id = forms.ChoiceField(label=_("Meeting"))

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting_id"].choices = list(meetings)
