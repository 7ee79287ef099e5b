"""What is typed about the map."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField
from pendamping.planning import labels
from pendamping.planning.forms import DayField


class GridForm(forms.Form):
    grid = forms.CharField(
        label=_("The map, row by row"), widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        max_length=12_000, strip=False,
        help_text=_("The first line is the north. RW/RT apart by a space, such as 01/02; - where nothing stands."),
    )  # fmt: skip


class PotentialForm(forms.Form):
    request_id = RequestField()
    title = forms.CharField(label=_("What there is to build on"), max_length=120)
    place = forms.ChoiceField(label=_("Where"), required=False)
    found_on = DayField(label=_("Day of the meeting"))

    def __init__(self, *args: Any, places: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            ("", labels.place("")), *((one, labels.place(one)) for one in places)
        ]  # fmt: skip
