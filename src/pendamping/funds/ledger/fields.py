"""Fields of forms that take money: sums as they are written on paper, days, one-time form ids."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.money import group_thousands, read_rupiah
from pendamping.kernel.refusal import Reason


class RupiahField(forms.CharField):
    """A sum of whole rupiah; shows it grouped, takes it grouped or not."""

    default_error_messages = {
        "rupiah": _("Write whole rupiah, for example 575.000."),
        "much": _("This sum is too large."),
    }

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        amount = read_rupiah(text[:40])
        if amount is None:
            raise forms.ValidationError(self.error_messages["rupiah"], code="rupiah")
        if amount >= 10**13:
            raise forms.ValidationError(self.error_messages["much"], code="much")
        return amount

    def prepare_value(self, value: Any) -> Any:
        return group_thousands(value) if isinstance(value, int) else value


class DayField(forms.DateField):
    """A day, by the browser's own calendar; today by default."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class RequestField(forms.CharField):
    """A hidden id that is made with the form, so that sending it twice does it once."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, required=False, initial=new_id, **options)


def day_of(text: str | None) -> date:
    """The day that an address asks for; today where it is none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return clock.today()


def day_read(text: str | None) -> date:
    """The day at whose end books are read: no later than today, for nothing is known beyond it."""
    return min(day_of(text), clock.today())


def day_ahead(text: str | None) -> date | None:
    """The day that an address asks for where it is still to come: its page says that it shows today."""
    asked = day_of(text)
    return asked if asked > clock.today() else None


def day_typed(text: str | None) -> date | None:
    """A day as it stands in a form that is being filled in; ``None`` while it is none."""
    try:
        found: date | None = DayField(required=False).clean(text)
    except forms.ValidationError:
        return None
    return found


def status(reasons: list[Reason], form: forms.BaseForm | None = None) -> int:
    """Of a page's answer: 409 where an action refused, 422 where the form is wrong, else 200."""
    if reasons:
        return 409
    return 422 if form is not None and form.errors else 200
