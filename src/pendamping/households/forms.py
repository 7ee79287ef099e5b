"""What is typed or uploaded about households; the rules decide, the forms only parse."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from pendamping.households import words
from pendamping.households.queries import Home
from pendamping.households.rules.life import NewPerson
from pendamping.households.rules.values import Wrong, read_date
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal

LARGEST_UPLOAD = 60_000_000
SEXES = [("L", gettext_lazy("male")), ("P", gettext_lazy("female"))]


def add_reasons(form: forms.Form, refusal: Refusal) -> None:
    """Put each reason of a refusal at the field that it names, or above the form."""
    for reason in refusal.reasons:
        field = str(reason.where.get("field", "")).removeprefix("0-")  # the one person of the form
        form.add_error(field if field in form.fields else None, reason.say(gettext))


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


class UploadForm(forms.Form):
    """A census file and the day for which it is true."""

    file = forms.FileField(label=gettext_lazy("Census file (XLSX, CSV or Kobo JSON)"))
    on = DayField(label=gettext_lazy("Day of the census"))

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


class MoveInForm(PersonForm):
    """Somebody comes to live in the household."""

    on = DayField()
    origin = forms.CharField(label=gettext_lazy("From where"), required=False, max_length=200)


class HouseholdForm(PersonForm):
    """A new household with its head; the others are added on its page."""

    field_order = ("rw", "rt", "address", "kk", "on")
    rw = forms.CharField(label="RW", max_length=6)
    rt = forms.CharField(label="RT", max_length=6)
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    kk = forms.CharField(
        label=gettext_lazy("Family card number (KK)"), required=False, max_length=30
    )
    on = DayField(label=gettext_lazy("Lives in the ward since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["relation"]

    def clean(self) -> dict[str, Any]:
        """The one person entered here is the head."""
        return {**(super().clean() or {}), "relation": "head"}


class BirthForm(forms.Form):
    """A child is born."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=SEXES, widget=forms.RadioSelect)
    on = DayField(label=gettext_lazy("Date of birth"))
    relation = forms.ChoiceField(label=gettext_lazy("Relation to the head"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices = words.relations("head")  # type: ignore[attr-defined]


class _OfMembers(forms.Form):
    """A form that chooses among the members of a household."""

    def __init__(self, *args: Any, home: Home, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = [(each.id, each.name) for each in home.members]
        for name, field in self.fields.items():
            if name == "people":
                field.choices = members  # type: ignore[attr-defined]
            elif name in {"new_head", "head"}:
                none = [] if field.required else [("", gettext("the head stays"))]
                field.choices = none + members  # type: ignore[attr-defined]


def _people() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=gettext_lazy("Who"), widget=forms.CheckboxSelectMultiple)


def _new_head() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("New head of those who stay"),
        required=False,
        help_text=gettext_lazy("Only where the head leaves."),
    )


class DeathForm(_OfMembers):
    """A person died."""

    on = DayField()
    new_head = _new_head()


class MoveOutForm(_OfMembers):
    """Some or all leave the ward."""

    people = _people()
    on = DayField()
    to = forms.CharField(label=gettext_lazy("To where"), required=False, max_length=200)
    new_head = _new_head()


class SplitForm(_OfMembers):
    """Some members found a household of their own."""

    people = _people()
    head = forms.ChoiceField(label=gettext_lazy("Head of the new household"))
    on = DayField()
    rw = forms.CharField(label="RW", max_length=6)
    rt = forms.CharField(label="RT", max_length=6)
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    new_head = _new_head()


class JoinForm(forms.Form):
    """The whole household goes on in another one."""

    into = forms.CharField(
        label=gettext_lazy("Joins the household"),
        help_text=gettext_lazy("The last part of the other household's address in the browser."),
        max_length=40,
    )
    on = DayField()


class RevealForm(forms.Form):
    """Why somebody needs to see a NIK."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you need to see the number?"),
        help_text=gettext_lazy("The reason is kept in the trail with your name."),
        max_length=200,
    )


def started_today() -> dict[str, Any]:
    """What a form with a day begins with."""
    return {"on": clock.today()}
