"""What is typed about stages and plans; the rules decide, the forms only parse."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.kernel import clock


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class DayForm(forms.Form):
    """The day on which a stage began or was finished."""

    on = DayField(label=gettext_lazy("Day"))


class WhyForm(forms.Form):
    """Why a date is taken back."""

    why = forms.CharField(label=gettext_lazy("Why"), max_length=200)


class MeetingForm(forms.Form):
    """The meeting that decided a plan."""

    meeting_id = forms.ChoiceField(label=gettext_lazy("The meeting that decided it"))

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting_id"].choices = list(meetings)  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """First and last day of every stage that can be planned anew; a stage without both is left as it is."""

    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, stages: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.stages = list(stages)
        for key, name in stages.items():
            self.fields[f"{key}_starts"] = DayField(
                label=_("%(stage)s: first day") % {"stage": name}, required=False, initial=None
            )
            self.fields[f"{key}_ends"] = DayField(
                label=_("%(stage)s: last day") % {"stage": name}, required=False, initial=None
            )

    def pairs(self) -> list[Any]:
        """The two boxes of each stage, as the page shows them."""
        return [(self[f"{key}_starts"], self[f"{key}_ends"]) for key in self.stages]

    def clean(self) -> dict[str, Any]:
        """Both days of a stage or none."""
        found = super().clean() or {}
        for key in self.stages:
            starts, ends = found.get(f"{key}_starts"), found.get(f"{key}_ends")
            if (starts is None) != (ends is None) and not self.errors:
                lacking = f"{key}_starts" if starts is None else f"{key}_ends"
                self.add_error(lacking, _("Type both days of the stage, or none."))
        return found

    def arguments(self) -> dict[str, Any]:
        """As ``actions.draft_plan`` wants them."""
        data = self.cleaned_data
        dates: dict[str, tuple[date, date]] = {
            key: (data[f"{key}_starts"], data[f"{key}_ends"])
            for key in self.stages
            if data.get(f"{key}_starts") and data.get(f"{key}_ends")
        }
        return {"dates": dates, "why": data["why"]}
