"""What is typed about a household after the census; the rules decide, the forms only parse."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from pendamping.households import words
from pendamping.households.forms import SEXES, DayField, PersonForm, RequestField
from pendamping.households.queries import Home, Resident
from pendamping.households.rules.kinship import BIRTHS
from pendamping.kernel import clock

NEW = "new"


class PlacedForm(forms.Form):
    """RW and RT, chosen among those where people live; a new one is typed and confirmed."""

    place = forms.ChoiceField(label="RT / RW")
    rw = forms.CharField(label="RW", max_length=6, required=False)
    rt = forms.CharField(label="RT", max_length=6, required=False)
    new_place = forms.BooleanField(
        label=gettext_lazy("Yes, this RW or RT is new; nobody lived there until now"),
        required=False,
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            ("", gettext("choose")),
            *((f"{rw}/{rt}", f"RT {rt} RW {rw}") for rw, rt in places),
            (NEW, gettext("another RT, written below")),
        ]
        if not places:
            self.initial.setdefault("place", NEW)

    def clean(self) -> dict[str, Any]:
        """Turns the choice into ``rw``, ``rt`` and ``new_place``, as the actions take them."""
        data = super().clean() or {}
        place = data.get("place", "")
        if place != NEW:
            rw, _slash, rt = place.partition("/")
            return {**data, "rw": rw, "rt": rt, "new_place": False}
        for name in ("rw", "rt"):
            if not data.get(name, "").strip():
                self.add_error(name, gettext("Write the number."))
        return data

    def where(self) -> dict[str, Any]:
        """The arguments of the actions."""
        return {name: self.cleaned_data[name] for name in ("rw", "rt", "new_place")}


class MoveInForm(PersonForm):
    """Somebody comes to live in the household."""

    on = DayField()
    origin = forms.CharField(label=gettext_lazy("From where"), required=False, max_length=200)
    request_id = RequestField()


class HouseholdForm(PlacedForm, PersonForm):
    """A new household with its head; the others are added on its page."""

    field_order = ("place", "rw", "rt", "new_place", "address", "kk", "on")
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    kk = forms.CharField(
        label=gettext_lazy("Family card number (KK)"), required=False, max_length=30
    )
    on = DayField(label=gettext_lazy("Lives in the ward since"))
    request_id = RequestField()

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
    request_id = RequestField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices = words.relations(only=BIRTHS)  # type: ignore[attr-defined]


def described(each: Resident) -> str:
    """A member as a choice: name, relation, age."""
    age = each.age(clock.today())
    years = gettext("%(age)s years") % {"age": age} if age is not None else gettext("age not known")
    return f"{each.name} ({words.word(each.relation)}, {years})"


class _OfMembers(forms.Form):
    """A form that chooses among the members of a household. ``leaders``: those old enough to lead one; the
    present head is no choice for the new head of those who stay, who need one only where the head goes."""

    request_id = RequestField()

    def __init__(
        self,
        *args: Any,
        home: Home,
        leaders: Sequence[Resident],
        again: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        heirs = [each for each in leaders if each.relation != "head"]
        for name, among in (("people", home.members), ("head", leaders), ("new_head", heirs)):
            if name not in self.fields:
                continue
            field = self.fields[name]
            members = [(each.id, described(each)) for each in among]
            if again:
                members += _no_more_there(self.data, ("people", "new_head", "head"), members)
            if name != "people":
                none = gettext("choose") if field.required else gettext("the head stays")
                members = [("", none), *members]
            field.choices = members  # type: ignore[attr-defined]


def _no_more_there(
    sent: Any, names: Sequence[str], members: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Whom a form that is sent again names, and who went with its first sending."""
    there = {key for key, _name in members}
    named = dict.fromkeys(key for name in names for key in sent.getlist(name))
    return [(key, gettext("no more there")) for key in named if key and key not in there]


def _people() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=gettext_lazy("Who"), widget=forms.CheckboxSelectMultiple)


def _new_head() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("New head of those who stay"),
        required=False,
        help_text=gettext_lazy("Only where the head leaves."),
    )


class DeathForm(forms.Form):
    """A person died; where it was the head: who leads the household, and who the others are then."""

    on = DayField(label=gettext_lazy("Day of death"))
    request_id = RequestField()

    def __init__(
        self,
        *args: Any,
        home: Home,
        person: str,
        leaders: Sequence[Resident],
        again: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        others = [each for each in home.members if each.id != person]
        heirs = [each for each in leaders if each.id != person]
        head = any(each.id == person and each.relation == "head" for each in home.members)
        head = head or (again and "new_head" in self.data)
        self.relations: list[str] = []
        if not head or not others:
            return
        self.fields["new_head"] = forms.ChoiceField(
            label=gettext("Who leads the household from now on?"),
            choices=[("", gettext("choose")), *((each.id, described(each)) for each in heirs)],
            error_messages={
                "required": gettext(
                    "The household has lost its head. Choose who leads it from now on."
                )
            },
        )
        if len(others) > 1:
            self._ask_relations(others)

    def _ask_relations(self, others: Sequence[Resident]) -> None:
        as_before = [("", gettext("as follows from before"))]
        for each in others:
            name = f"relation_{each.id}"
            self.relations.append(name)
            self.fields[name] = forms.ChoiceField(
                label=gettext("%(name)s is to the new head") % {"name": each.name},
                choices=as_before + words.relations("head"),
                required=False,
            )

    def asked(self) -> list[forms.BoundField]:
        """The questions about who the others are to the new head."""
        return [self[name] for name in self.relations]

    def arguments(self) -> dict[str, Any]:
        """As ``actions.record_death`` wants them."""
        data = self.cleaned_data
        told = {name.removeprefix("relation_"): data[name] for name in self.relations}
        told.pop(data.get("new_head", ""), None)
        known = {name: data[name] for name in ("on", "request_id")}
        return {**known, "new_head": data.get("new_head", ""), "relations": told}


class MoveOutForm(_OfMembers):
    """Some or all leave the ward."""

    people = _people()
    on = DayField()
    to = forms.CharField(label=gettext_lazy("To where"), required=False, max_length=200)
    new_head = _new_head()


class SplitForm(PlacedForm, _OfMembers):
    """Some members found a household of their own."""

    field_order = ("people", "head", "on", "place", "rw", "rt", "new_place", "address", "new_head")
    people = _people()
    head = forms.ChoiceField(label=gettext_lazy("Head of the new household"))
    on = DayField()
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    new_head = _new_head()

    def arguments(self) -> dict[str, Any]:
        """As ``actions.split_household`` wants them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "place"}


class JoinForm(forms.Form):
    """The whole household goes on in another one, which was chosen before."""

    into = forms.CharField(widget=forms.HiddenInput, max_length=40)
    head_becomes = forms.ChoiceField(initial="relative")
    on = DayField()
    request_id = RequestField()

    def __init__(self, *args: Any, names: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = gettext("%(name)s is to %(head)s") % {"name": names[0], "head": names[1]}
        self.fields["head_becomes"].label = label
        self.fields["head_becomes"].choices = words.relations("head")  # type: ignore[attr-defined]
