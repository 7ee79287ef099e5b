"""What is typed when two entries are joined or parted; the rules decide, the forms only parse."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy


class JoinForm(forms.Form):
    """Which entry stays, and how it is known that both are one person.

    ``heirs``: by entry that leads a household, the others of that household (id and words); asked for the
    new head only where there are some.
    """

    kept = forms.ChoiceField(label=gettext_lazy("Which entry stays"), widget=forms.RadioSelect)
    new_head = forms.ChoiceField(
        label=gettext_lazy("Who leads the others from now on"), required=False
    )
    why = forms.CharField(label=gettext_lazy("How it is known"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        entries: list[tuple[str, str]],
        alike: bool,
        heirs: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType({}),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.heirs = heirs
        names = dict(entries)
        self.fields["kept"].choices = entries  # type: ignore[attr-defined]
        self.fields["why"].required = not alike
        if heirs:
            self.fields["new_head"].choices = [  # type: ignore[attr-defined]
                ("", gettext("choose")),
                *((names[entry], list(others)) for entry, others in heirs.items()),
            ]
        else:
            del self.fields["new_head"]

    def clean(self) -> dict[str, Any]:
        """Who leads those whom the entry that goes leaves; nobody where it leads none."""
        data = super().clean() or {}
        if not data.get("kept"):
            return data
        among = {key for key, _words in self.heirs.get(self._other(data["kept"]), ())}
        head = data.get("new_head", "")
        if among and head not in among:
            said = gettext("The entry that goes leads others. Choose one of them as their head.")
            self.add_error("new_head", said)
        return {**data, "new_head": head if among else ""}

    def _other(self, kept: str) -> str:
        return next(key for key, _ in self.fields["kept"].choices if key != kept)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, str]:
        """The arguments of the action."""
        kept = self.cleaned_data["kept"]
        told = {name: self.cleaned_data[name] for name in ("why", "new_head")}
        return {"kept_id": kept, "removed_id": self._other(kept), **told}


class PartForm(forms.Form):
    """Why two entries are parted again."""

    reason = forms.CharField(label=gettext_lazy("What went wrong"), max_length=200)
