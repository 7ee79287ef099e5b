"""A ballot on the screen of a kiosk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.planning.rules.ballots import Form


class BallotForm(forms.Form):
    """Ticks, places, points or one choice for each option; ``marks`` after cleaning: numbers with their points."""

    def __init__(
        self, *args: Any, options: Sequence[tuple[int, str]], holds: Form, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.holds, self.numbers = holds, [number for number, _title in options]
        if holds.by_sex:
            self.fields["sex"] = forms.ChoiceField(
                label=_("Who votes"), choices=[("P", _("a woman")), ("L", _("a man"))],
                widget=forms.RadioSelect, required=False,
            )  # fmt: skip
        if holds.kind in ("approval", "one"):
            choices = [(str(number), f"{number} · {title}") for number, title in options]
            field, widget = (
                (forms.ChoiceField, forms.RadioSelect)
                if holds.kind == "one"
                else (forms.MultipleChoiceField, forms.CheckboxSelectMultiple)
            )
            self.fields["marks"] = field(
                label=_("Needs on the ballot"), choices=choices, widget=widget, required=False
            )
            return
        for number, title in options:
            self.fields[f"n{number}"] = self._figure(f"{number} · {title}")

    def _figure(self, label: str) -> forms.Field:
        if self.holds.kind == "points":
            return forms.IntegerField(
                label=label, min_value=0, max_value=self.holds.most, required=False
            )
        places = [
            ("", "–"),
            *((str(place), str(place)) for place in range(1, self.holds.marks + 1)),
        ]
        return forms.ChoiceField(label=label, choices=places, required=False)

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``cast_ballot``."""
        data = self.cleaned_data
        if self.holds.kind in ("approval", "one"):
            said = data["marks"]
            numbers = [said] if isinstance(said, str) else said
            marks = [(int(number), 1) for number in numbers if number]
        elif self.holds.kind == "points":
            marks = [(one, data[f"n{one}"]) for one in self.numbers if data[f"n{one}"]]
        else:
            placed = sorted((int(data[f"n{one}"]), one) for one in self.numbers if data[f"n{one}"])
            twice = len({place for place, _one in placed}) < len(placed)
            marks = [(one, 1) for _place, one in placed] * (2 if twice else 1)
        return {"marks": marks, "sex": data.get("sex", "")}
