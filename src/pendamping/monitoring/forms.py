"""What is typed about the scorecard; the rules decide, the forms only parse."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField
from pendamping.access.rules import WARD_ROLES
from pendamping.kernel import clock
from pendamping.monitoring import labels
from pendamping.monitoring.rules.scorecard import SCALE


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


def _heads(label: Any, **more: Any) -> forms.IntegerField:
    box = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=0, max_value=9999, widget=box, **more)


class DoForm(forms.Form):
    """A step that needs no more than the button."""

    request_id = RequestField()


class SheetForm(forms.Form):
    """A group's sheet: how many were there, and for each statement the heads of each score."""

    request_id = RequestField()
    on = DayField(label=_("Day"), initial=clock.today)
    present = _heads(_("How many of the group were there"))

    def __init__(self, *args: Any, statements: Mapping[str, str], again: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.statements = dict(statements)
        for key in statements:
            for score in SCALE:
                self.fields[f"s_{key}_{score}"] = _heads(labels.SCORES[score], required=False)
        if again:
            self.fields["why"] = forms.CharField(label=_("Why it is typed anew"), max_length=200)

    def lines(self) -> list[tuple[str, list[Any]]]:
        """Each statement with its five boxes."""
        return [
            (name, [self[f"s_{key}_{score}"] for score in SCALE])
            for key, name in self.statements.items()
        ]

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        scores = {
            key: [said[f"s_{key}_{score}"] or 0 for score in SCALE] for key in self.statements
        }
        rated = {key: counts for key, counts in scores.items() if sum(counts)}
        return {"on": said["on"], "present": said["present"], "scores": rated, "why": said.get("why", "")}  # fmt: skip


class MeetingForm(forms.Form):
    """The meeting in which both sides talked about the scores."""

    request_id = RequestField()
    on = DayField(label=_("Day"), initial=clock.today)
    place = forms.CharField(label=_("Place"), max_length=120)
    women = _heads(_("Women who came"))
    men = _heads(_("Men who came"))
    notes = forms.CharField(
        label=_("What both sides said"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Why the scores are as they are, from both sides. Write no names."),
    )  # fmt: skip


class PromiseForm(forms.Form):
    """What somebody promises after the talk."""

    request_id = RequestField()
    what = forms.CharField(
        label=_("What will be done"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    role = forms.ChoiceField(label=_("Who is answerable"))
    who = forms.CharField(label=_("Name"), max_length=120)
    until = DayField(label=_("Until when"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["role"].choices = [(key, labels.role(key)) for key in WARD_ROLES]


class FollowForm(forms.Form):
    """What became of a promise."""

    request_id = RequestField()
    word = forms.ChoiceField(label=_("Was it done?"), widget=forms.RadioSelect)
    came_of = forms.CharField(
        label=_("What came of it"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["word"].choices = [
            (key, text) for key, (text, _tone) in labels.FOLLOWED.items() if key
        ]
