"""What is typed about posters; the rules decide, the forms only parse."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField
from pendamping.kernel import clock


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class PutUpForm(forms.Form):
    """Where the poster hangs, since when, and a picture of it."""

    request_id = RequestField()
    place = forms.CharField(
        label=_("Where it hangs"), max_length=120,
        help_text=_("As residents call the place, for example: Balai RW 05. Everybody sees it."),
    )  # fmt: skip
    on = DayField(label=_("Put up on"))
    content = forms.FileField(
        label=_("Photograph (JPEG or PNG, at most 1 MB)"), required=False,
        help_text=_("Of the board, not of people. Where and when it was taken is removed from the file."),
    )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``put_up``."""
        sent = self.cleaned_data["content"]
        return {**self.cleaned_data, "content": sent.read() if sent else b""}


class TakeDownForm(forms.Form):
    """The first day without it."""

    on = DayField(label=_("Taken down on"))
