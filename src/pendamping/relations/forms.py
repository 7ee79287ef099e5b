"""What is typed about relations; the rules decide, the forms only parse."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.relations import labels
from pendamping.relations.rules import KINDS


class DeclareForm(forms.Form):
    """Two residents whom the searches found, and how they are related."""

    one = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("is"))
    other = forms.ChoiceField(label=_("of whom"), widget=forms.RadioSelect)
    said = forms.CharField(
        label=_("Who declared it"), max_length=200,
        help_text=_("One of them, or somebody who knows; on paper, in which meeting."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        ones: Sequence[tuple[str, str]],
        others: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["one"].choices = list(ones)
        self.fields["other"].choices = list(others)
        self.fields["kind"].choices = [(key, labels.kind(key)) for key in KINDS]


class WithdrawForm(forms.Form):
    why = forms.CharField(label=_("Why it was wrong"), max_length=200)
