"""What is typed or uploaded about households; the rules decide, the forms only parse."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from pendamping.households import words
from pendamping.households.rules.life import NewPerson
from pendamping.households.rules.values import Wrong, read_date
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import Refusal

LARGEST_UPLOAD = 60_000_000
SEXES = [("L", gettext_lazy("male")), ("P", gettext_lazy("female"))]


def add_reasons(form: forms.Form, refusal: Refusal) -> None:
    """Put each reason of a refusal at the field that it names, or above the form."""
    for reason in refusal.reasons:
        field = str(reason.where.get("field", "")).removeprefix("0-")  # the one person of the form
        said = forms.ValidationError(reason.say(gettext), code=reason.clause)
        form.add_error(field if field in form.fields else None, said)


class DayField(forms.DateField):
    """A day, from the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Day it happened"))
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class BornField(forms.CharField):
    """A date of birth: a day, or only a year. Cleans to ``(date, precision)`` or ``None``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Date of birth"))
        kwargs.setdefault("help_text", gettext_lazy("12/05/1975, or only the year."))
        super().__init__(required=False, max_length=30, **kwargs)

    def clean(self, value: Any) -> tuple[date, str] | None:  # type: ignore[override]
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return read_date(typed)
        except Wrong as wrong:
            raise forms.ValidationError(wrong.reason.say(gettext)) from None


class RequestField(forms.CharField):
    """A hidden id that is made with the form, so that sending it twice does it once."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, initial=new_id, **kwargs)


class UploadForm(forms.Form):
    """A census file and the day for which it is true."""

    file = forms.FileField(label=gettext_lazy("Census file (XLSX, CSV or Kobo JSON)"))
    on = DayField(
        label=gettext_lazy("Day of the census"),
        help_text=gettext_lazy(
            "The day on which the households were asked, not that of the upload. Births, deaths and"
            " moves before this day cannot be recorded afterwards."
        ),
    )

    def clean_file(self) -> Any:
        """A file of a size that one ward's census may have."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(
                gettext("The file is too large. Split the list by RW and send the parts.")
            )
        return file


class PersonForm(forms.Form):
    """A person entered or corrected by hand."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=SEXES, widget=forms.RadioSelect)
    born = BornField()
    relation = forms.ChoiceField(label=gettext_lazy("Relation to the head"))
    nik = forms.CharField(
        label="NIK",
        required=False,
        max_length=30,
        help_text=gettext_lazy("16 digits. Leave empty if it is not known."),
    )
    occupation = forms.CharField(label=gettext_lazy("Occupation"), required=False, max_length=120)
    education = forms.CharField(label=gettext_lazy("Education"), required=False, max_length=120)

    def __init__(self, *args: Any, but: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices = words.relations(but)  # type: ignore[attr-defined]

    def person(self) -> NewPerson:
        """What was typed, as the rules take it."""
        data = self.cleaned_data
        born, precision = data["born"] or (None, "")
        return NewPerson(
            name=data["name"],
            sex=data["sex"],
            relation=data["relation"],
            born=born,
            born_precision=precision,
            nik=data.get("nik", ""),
            occupation=data["occupation"],
            education=data["education"],
        )


class CorrectForm(PersonForm):
    """As above; an empty NIK leaves the stored one as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nik"].help_text = gettext("Leave empty to keep what is stored.")

    def changes(self) -> dict[str, Any]:
        """The fields of the action."""
        told = self.person()
        names = ("name", "sex", "born", "born_precision", "relation", "occupation", "education")
        found = {name: getattr(told, name) for name in names}
        return {**found, "nik": told.nik} if told.nik else found


class RevealForm(forms.Form):
    """Why somebody needs to see a NIK."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you need to see the number?"),
        help_text=gettext_lazy("The reason is kept in the trail with your name."),
        max_length=200,
    )


class MistakeForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("What went wrong?"),
        help_text=gettext_lazy("For example: entered twice. The reason is kept with your name."),
        max_length=200,
    )


def started_today() -> dict[str, Any]:
    """What a form with a day begins with."""
    return {"on": clock.today()}
