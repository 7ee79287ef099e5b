"""What is typed when two entries are joined or parted; the rules decide, the forms only parse."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class JoinForm(forms.Form):
    """Which entry stays, and how it is known that both are one person."""

    kept = forms.ChoiceField(label=gettext_lazy("Which entry stays"), widget=forms.RadioSelect)
    why = forms.CharField(label=gettext_lazy("How it is known"), max_length=200, required=False)

    def __init__(
        self, *args: Any, entries: list[tuple[str, str]], alike: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = entries  # type: ignore[attr-defined]
        self.fields["why"].required = not alike

    def arguments(self) -> dict[str, str]:
        """The arguments of the action."""
        kept = self.cleaned_data["kept"]
        other = next(key for key, _ in self.fields["kept"].choices if key != kept)  # type: ignore[attr-defined]
        return {"kept_id": kept, "removed_id": other, "why": self.cleaned_data["why"]}


class PartForm(forms.Form):
    """Why two entries are parted again."""

    reason = forms.CharField(label=gettext_lazy("What went wrong"), max_length=200)
