"""What is typed about people; the actions decide, the forms only parse."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext, gettext_lazy

from pendamping.access.models import User
from pendamping.access.rules import ROLES
from pendamping.kernel.refusal import Reason, Refusal


def add_reasons(form: forms.Form, refusal: Refusal) -> list[Reason]:
    """Put each reason at the field that it names; returns those that name none."""
    others = []
    for reason in refusal.reasons:
        field = str(reason.where.get("field", ""))
        if field in form.fields:
            form.add_error(field, reason.say(gettext))
        else:
            others.append(reason)
    return others


class RoleForm(forms.Form):
    """A role until a day; ``area`` only where the ward's address does not say it."""

    area = forms.CharField(
        label=gettext_lazy("Area"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Official code, such as 32.71 or 32.71.01.1003; empty: everywhere."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The last day of the term; empty: until it is ended."),
    )

    def __init__(self, *args: Any, roles: Iterable[str], ward: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.ward = ward
        if ward:
            del self.fields["area"]
        roles = list(roles)
        self.fields["role"].choices = [("", "—")] + [  # type: ignore[attr-defined]
            (key, gettext(name)) for key, (name, _for) in ROLES.items() if key in roles
        ]

    def typed(self) -> dict[str, Any]:
        """What can be read of the form, wrong or not, as the actions take it; without the area."""
        found = {name: self.cleaned_data.get(name, "") for name in self.fields if name != "area"}
        return {**found, "until": self.cleaned_data.get("until")}

    @property
    def chosen_area(self) -> str:
        """Where the role is given."""
        return self.ward or self.cleaned_data.get("area", "").strip()


class InviteForm(RoleForm):
    """Somebody new."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        help_text=gettext_lazy("Short and easy to type: letters, digits, points and dashes."),
    )
    field_order = ["name", "username", "role", "area", "until"]


class GiveForm(RoleForm):
    """One more role for somebody who has an account."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ["username", "role", "area", "until"]


class TwicePassword(forms.Form):
    """A new password, typed twice. ``whose``: it is not to be like their name."""

    whose: User | None = None

    password = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least ten letters or figures; four words are easy to keep."),
    )
    again = forms.CharField(
        label=gettext_lazy("The same once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """What is wrong with the password itself stands beside what is wrong elsewhere."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.whose)
        return password

    def clean_again(self) -> str:
        """Both must be the same."""
        again: str = self.cleaned_data["again"]
        if self.data.get(self.add_prefix("password"), again) != again:
            raise forms.ValidationError(gettext("The two passwords are not the same."))
        return again


class SlipForm(TwicePassword):
    """The code of a slip and a new password."""

    code = forms.CharField(
        label=gettext_lazy("Code on the slip"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
        help_text=gettext_lazy("Four groups of four; dashes and small letters do not matter."),
    )
    field_order = ["code", "password", "again"]


class PasswordForm(TwicePassword):
    """One's own password."""

    old = forms.CharField(
        label=gettext_lazy("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old", "password", "again"]
