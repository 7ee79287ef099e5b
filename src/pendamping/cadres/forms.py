"""What is typed about cadres; the rules decide, the forms only parse."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.kernel import clock
from pendamping.kernel.ids import new_id


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class JoinForm(forms.Form):
    """A resident who becomes a cadre; ``people``: those whom the search found."""

    person = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect)
    joined_on = DayField(label=_("Joined on"))
    stage = forms.ChoiceField(label=_("At which stage of the cycle"))
    meeting_id = forms.ChoiceField(
        label=_("Meeting that found them"), required=False,
        help_text=_("Cadres are found in the readiness meeting; later ones join without it."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, str]],
        stages: Mapping[str, str],
        meetings: Sequence[tuple[str, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = list(people)
        self.fields["stage"].choices = list(stages.items())
        self.fields["meeting_id"].choices = [("", _("none: joined later")), *meetings]


class LeaveForm(forms.Form):
    on = DayField(label=_("First day without them"))
    why = forms.CharField(label=_("Why they stop"), max_length=200)


class TaskForm(forms.Form):
    task = forms.ChoiceField(label=_("Task"))
    since = DayField(label=_("Since"))

    def __init__(self, *args: Any, tasks: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["task"].choices = list(tasks.items())


class DeedForm(forms.Form):
    request_id = forms.CharField(max_length=40, widget=forms.HiddenInput, initial=new_id)
    on = DayField(label=_("Day"))
    what = forms.CharField(
        label=_("What they did"), max_length=200,
        help_text=_("Meetings and trainings count by their rolls; note here what stands on no roll."),
    )  # fmt: skip
