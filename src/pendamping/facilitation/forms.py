"""What is typed about the facilitator's work; the rules decide, the forms only parse."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField
from pendamping.facilitation import labels
from pendamping.facilitation.rules import DECIDERS, EDUCATION, NOBODY, POSITIONS, SCALE
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id

MINUTES = (30, 60, 120, 180, 240, 480)
MOST_MINUTES = 1440
MOST_PEOPLE = 5_000


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class LogForm(forms.Form):
    """One activity of a day. What has to be said comes first and is tapped; what is written comes last."""

    request_id = forms.CharField(max_length=40, widget=forms.HiddenInput, initial=new_id)
    plan_id = forms.ChoiceField(
        label=_("Was it planned?"), required=False, widget=forms.RadioSelect
    )
    on = DayField(label=_("Day"))
    roles = forms.MultipleChoiceField(
        label=_("In which role"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Several are possible."),
    )  # fmt: skip
    decided_by = forms.ChoiceField(label=_("Who decided"), widget=forms.RadioSelect)
    women = forms.IntegerField(label=_("Women met"), min_value=0, max_value=MOST_PEOPLE)
    men = forms.IntegerField(label=_("Men met"), min_value=0, max_value=MOST_PEOPLE)
    length = forms.ChoiceField(label=_("How long"), widget=forms.RadioSelect, required=False)
    minutes = forms.IntegerField(
        label=_("or exactly, in minutes"), min_value=1, max_value=MOST_MINUTES, required=False
    )
    stage = forms.ChoiceField(label=_("Stage of the cycle"))
    result = forms.CharField(label=_("What came of it"), max_length=500, required=False)
    obstacle = forms.CharField(label=_("Obstacle"), max_length=500, required=False)
    next_step = forms.CharField(label=_("Next step"), max_length=300, required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)

    def __init__(
        self,
        *args: Any,
        stages: Mapping[str, str],
        roles: Mapping[str, str],
        plans: Sequence[tuple[str, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        known = labels.deciders()
        self.fields["stage"].choices = list(stages.items())
        self.fields["roles"].choices = list(roles.items())
        self.fields["decided_by"].choices = [(key, known[key]) for key in (*DECIDERS, NOBODY)]
        self.fields["length"].choices = [(str(each), labels.hours(each)) for each in MINUTES]
        self.fields["plan_id"].choices = [*plans, ("", _("No, it came up"))]
        if not plans:
            self.fields["plan_id"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Either of the two says how long it took; what is typed exactly comes before what is tapped."""
        told = super().clean() or {}
        said = told.get("minutes") or told.get("length")
        if not said and not {"minutes", "length"} & set(self.errors):
            self.add_error("length", _("Say how long it took."))
        return told

    def arguments(self) -> dict[str, Any]:
        """As ``actions.log_day`` wants them."""
        told = dict(self.cleaned_data)
        length = told.pop("length")
        return {**told, "minutes": told["minutes"] or int(length)}


class CorrectForm(LogForm):
    """An entry put right, and why."""

    why = forms.CharField(label=_("Why it is corrected"), max_length=200)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["plan_id"], self.fields["request_id"]

    def arguments(self) -> dict[str, Any]:
        """As ``actions.correct_log`` wants them."""
        told = super().arguments()
        return {"why": told.pop("why"), "told": told}


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=200)


class PlanForm(forms.Form):
    request_id = RequestField()
    on = DayField(label=_("Day"))
    stage = forms.ChoiceField(label=_("Stage of the cycle"))
    activity = forms.CharField(label=_("What shall be done"), max_length=160)

    def __init__(self, *args: Any, stages: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["stage"].choices = list(stages.items())


class ReportForm(forms.Form):
    analysis = forms.CharField(
        label=_("What was achieved, what was not, and why"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What do the residents do without you now? What holds them back? Draw on the figures below."),
    )  # fmt: skip


class RoundForm(forms.Form):
    slips = forms.IntegerField(label=_("How many slips"), min_value=1, max_value=300, initial=30)
    closes_on = DayField(label=_("Last day"), initial=lambda: clock.today() + timedelta(days=14))


class RatingForm(forms.Form):
    """What somebody says about the help, question by question; each may be left out."""

    def __init__(self, *args: Any, questions: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        words = labels.scale()
        for key, text in questions:
            self.fields[key] = forms.ChoiceField(
                label=text, required=False, widget=forms.RadioSelect,
                choices=[(str(value), words[value]) for value in SCALE],
            )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """As ``actions.rate`` wants them."""
        return {"answers": {key: int(text) for key, text in self.cleaned_data.items() if text}}


class HourField(forms.TimeField):
    """An hour of the day, by the browser's own clock."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class TrainingForm(forms.Form):
    request_id = RequestField()
    module = forms.ChoiceField(label=_("Training"))
    on = DayField(label=_("Day"))
    starts = HourField(label=_("Begins"), initial="09:00")
    ends = HourField(label=_("Ends"), initial="12:00")
    place = forms.CharField(label=_("Place"), max_length=120)
    lessons = forms.IntegerField(
        label=_("Lessons (JPL)"), min_value=1, max_value=200, required=False,
        help_text=_("Left empty: as many as the guideline gives this training."),
    )  # fmt: skip
    trainers = forms.CharField(
        label=_("Trainers"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One name on each line."),
    )  # fmt: skip
    audience = forms.MultipleChoiceField(
        label=_("Who is asked"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("All members of what you tick; others are added afterwards."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        modules: Mapping[str, str],
        lessons: Mapping[str, int],
        audiences: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["module"].choices = list(modules.items())
        self.fields["audience"].choices = list(audiences)
        self.known = lessons

    def arguments(self) -> dict[str, Any]:
        """As ``actions.plan_training`` wants them, but for the audience."""
        told = dict(self.cleaned_data)
        told["lessons"] = told["lessons"] or self.known.get(told["module"], 1)
        told["trainers"] = told["trainers"].splitlines()
        return told


class AssignForm(forms.Form):
    username = forms.ChoiceField(label=_("Facilitator"))
    team = forms.CharField(label=_("Team"), max_length=40, initial=_("Team 1"))
    position = forms.ChoiceField(label=_("Position"))
    since = DayField(label=_("From the day"))
    until = DayField(label=_("Last day"), required=False, initial=None)
    letter_no = forms.CharField(label=_("Letter of assignment"), max_length=60, required=False)

    def __init__(self, *args: Any, people: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["username"].choices = list(people.items())
        self.fields["position"].choices = [(key, labels.position(key)) for key in POSITIONS]


class EndForm(forms.Form):
    until = DayField(label=_("Last day"))


class BackgroundForm(forms.Form):
    education = forms.ChoiceField(label=_("Education"))
    field = forms.CharField(label=_("Field of study"), max_length=80)
    years = forms.IntegerField(label=_("Years of work with communities"), min_value=0, max_value=60)
    experience = forms.CharField(
        label=_("Where you worked"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["education"].choices = [(key, labels.education(key)) for key in EDUCATION]
