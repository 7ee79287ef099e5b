"""What is typed about the plan and about proposals; the rules decide, the forms only parse."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import SeenField
from pendamping.planning import labels
from pendamping.planning.forms import DayField, RupiahField
from pendamping.planning.rules.proposal import Cost

Choices = Sequence[tuple[str, str]]


class BeginForm(forms.Form):
    first_year = forms.IntegerField(
        label=_("First year of the plan"), min_value=1990, max_value=2200
    )


class LineForm(forms.Form):
    """The year of a line and what each source gives."""

    year = forms.TypedChoiceField(
        label=_("Year"), required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    volume = forms.CharField(
        label=_("Volume"),
        max_length=60,
        required=False,
        help_text=_("For example 120 m, 20 people."),
    )
    cleared = forms.CharField(
        label=_("Why the negative list does not mean it"), max_length=200, required=False
    )
    excluded = forms.ChoiceField(label=_("Falls under the negative list"), required=False)

    def __init__(
        self, *args: Any, years: Mapping[int, str], sources: Mapping[str, str],
        negative: Mapping[str, str], **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.sources = list(sources)
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            *years.items(), ("", _("not planned yet, carried forward")),
        ]  # fmt: skip
        self.fields["excluded"].choices = [("", _("no")), *negative.items()]  # type: ignore[attr-defined]
        for key, name in sources.items():
            self.fields[f"from_{key}"] = RupiahField(label=name, required=False)

    def money(self) -> list[Any]:
        """The bound fields of the sources."""
        return [self[f"from_{key}"] for key in self.sources]

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``shape_line``."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("year", "volume", "cleared", "excluded")},
            "sources": {key: data[f"from_{key}"] or 0 for key in self.sources},
        }


class RatifyForm(forms.Form):
    meeting_id = forms.ChoiceField(label=_("Meeting that decided it"))

    def __init__(self, *args: Any, meetings: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["meeting_id"].choices = list(meetings)  # type: ignore[attr-defined]


class ProposeForm(forms.Form):
    group_id = forms.ChoiceField(label=_("Group that proposes"))

    def __init__(self, *args: Any, groups: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["group_id"].choices = list(groups)  # type: ignore[attr-defined]


class AboutForm(forms.Form):
    purpose = forms.CharField(
        label=_("Why, and what changes by it"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    work = forms.CharField(label=_("Type of work"), max_length=60, required=False)
    size = forms.CharField(label=_("Size"), max_length=40, required=False)
    spot = forms.CharField(label=_("Where exactly"), max_length=120, required=False)
    land = forms.ChoiceField(label=_("Whose land it is"), required=False)
    land_area = forms.CharField(label=_("Area of the land"), max_length=40, required=False)
    land_owner = forms.CharField(label=_("Name of the owner"), max_length=80, required=False)

    def __init__(self, *args: Any, lands: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        if not lands:
            for name in ("land", "land_area", "land_owner"):
                del self.fields[name]
        else:
            self.fields["land"].choices = [("", "–"), *lands.items()]  # type: ignore[attr-defined]


class QuantityField(forms.CharField):
    """A quantity with at most two decimals, typed with a comma or a point; hundredths as a whole number."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value).replace(" ", "")[:20]
        if not text:
            return None
        match = re.fullmatch(r"(\d{1,7})(?:[.,](\d{1,2}))?", text)
        if match is None:
            raise forms.ValidationError(_("Write a number, for example 12 or 2,5."))
        return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        whole, rest = divmod(value, 100)
        return f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)


class BudgetForm(forms.Form):
    """Lines of a budget, one in each row; an empty row is left out."""

    MORE = 3

    seen = SeenField()

    def __init__(
        self, *args: Any, kept: Sequence[Cost], payers: Sequence[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        sent = [key for key in self.data if key.startswith("what_")]
        self.count = min(max(len(sent), len(kept) + self.MORE), 60)
        choices = [(key, labels.paid_by(key)) for key in payers]
        for row in range(1, self.count + 1):
            old = kept[row - 1] if row <= len(kept) else None
            self._row(row, old, choices)

    def _row(self, row: int, old: Cost | None, choices: Choices) -> None:
        made = {
            "what": forms.CharField(label=_("Line of the budget"), max_length=80, required=False),
            "hundredths": QuantityField(label=_("How much"), required=False),
            "unit": forms.CharField(label=_("Unit of measure"), max_length=12, required=False),
            "price": RupiahField(label=_("One costs"), required=False),
            "by": forms.ChoiceField(label=_("Who bears it"), choices=choices, required=False),
        }
        for name, field in made.items():
            field.initial = getattr(old, name) if old else None
            self.fields[f"{name}_{row}"] = field

    def rows(self) -> list[dict[str, Any]]:
        """The bound fields, row by row."""
        names = ("what", "hundredths", "unit", "price", "by")
        return [
            {"no": row, **{name: self[f"{name}_{row}"] for name in names}}
            for row in range(1, self.count + 1)
        ]

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``set_budget``."""
        lines = [one for row in range(1, self.count + 1) if (one := self._cost(row))]
        return {"lines": lines, "seen": self.cleaned_data["seen"]}

    def _cost(self, row: int) -> Cost | None:
        said = {name: self.cleaned_data.get(f"{name}_{row}") for name in ("what", "hundredths", "unit", "price", "by")}  # fmt: skip
        if not said["what"] and not said["hundredths"] and not said["price"]:
            return None
        return Cost(
            said["what"] or "", said["hundredths"] or 0, said["unit"] or "", said["price"] or 0,
            said["by"] or "programme",
        )  # fmt: skip


class PeopleForm(forms.Form):
    """Who benefits: RTs, or residents by name."""

    seen = SeenField()
    places = forms.MultipleChoiceField(
        label=_("RTs that benefit"), widget=forms.CheckboxSelectMultiple, required=False
    )
    people = forms.MultipleChoiceField(
        label=_("Residents who benefit"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, places: Sequence[str], people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["places"].choices = [(one, labels.place(one)) for one in places]  # type: ignore[attr-defined]
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]


class TickForm(forms.Form):
    """Two ticks for each paper: it is there, and it is right."""

    seen = SeenField()

    def __init__(
        self, *args: Any, papers: Mapping[str, str], ticks: Sequence[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.papers, self.ticks = dict(papers), list(ticks)
        said = {"present": _("is there"), "correct": _("is right")}
        for key in papers:
            for tick in ticks:
                self.fields[f"{tick}_{key}"] = forms.BooleanField(label=said[tick], required=False)

    def rows(self) -> list[tuple[str, str, list[Any]]]:
        """Key, name and the bound ticks of each paper."""
        return [
            (key, name, [self[f"{tick}_{key}"] for tick in self.ticks])
            for key, name in self.papers.items()
        ]

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``tick_proposal``."""
        return {
            "seen": self.cleaned_data["seen"],
            "ticks": {
                key: [tick for tick in self.ticks if self.cleaned_data.get(f"{tick}_{key}")]
                for key in self.papers
            },
        }


class HandInForm(forms.Form):
    on = DayField(label=_("Handed in on"))
    note = forms.CharField(
        label=_("What was mended"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
