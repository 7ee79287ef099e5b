"""What is typed about complaints; the rules decide, the forms only parse."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField
from pendamping.complaints import labels
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.money import group_thousands, read_rupiah

MOST_BYTES = 2_000_000
Choices = Sequence[tuple[str, Any]]


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class RupiahField(forms.CharField):
    """A sum of whole rupiah, typed grouped or not."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        amount = read_rupiah(text[:40])
        if amount is None:
            raise forms.ValidationError(_("Write whole rupiah, for example 575.000."))
        return amount

    def prepare_value(self, value: Any) -> Any:
        return group_thousands(value) if isinstance(value, int) else value


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Complain(forms.Form):
    """What a resident types, without account; also the first half of what is written down for them."""

    request_id = forms.CharField(max_length=40, initial=new_id, widget=forms.HiddenInput)
    about = forms.ChoiceField(
        label=_("What it is about"), choices=[("", _("choose")), *labels.ABOUT.items()]
    )
    text = forms.CharField(label=_("What happened"), max_length=2000, widget=_area(6))
    hope = forms.CharField(
        label=_("What you hope for"), max_length=500, required=False, widget=_area(2)
    )
    misuse = forms.BooleanField(label=_("Money was misused, I think"), required=False)
    amount = RupiahField(
        label=_("How much money"), required=False,
        help_text=_("As near as you know it. Only where money was misused."),
    )  # fmt: skip
    against = forms.CharField(label=_("Whom it is about"), max_length=200, required=False)
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    contact = forms.CharField(label=_("Phone or other contact"), max_length=120, required=False)
    address = forms.CharField(label=_("Your address"), max_length=200, required=False)
    sex = forms.ChoiceField(label=_("You are"), choices=list(labels.SEX.items()), required=False)

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``receive``, less what the page knows; money makes it a financial one."""
        data = self.cleaned_data
        person = {key: data[key] for key in ("name", "contact", "address", "against")}
        said = {key: data[key] for key in ("request_id", "about", "text", "hope", "misuse", "sex")}
        money = data["misuse"] or data["amount"] is not None
        return {"scope": "financial" if money else "administrative", **said,
                "amount": data["amount"], "person": person}  # fmt: skip


class OwnComplaint(Complain):
    """With how somebody came to the page: by the code on the board, or by a line of it."""

    via = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    line = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``receive``; who asks about a line wants to know something."""
        via, line = self.cleaned_data["via"], self.cleaned_data["line"]
        channel = via if via in ("info_board", "project_board") else "website"
        found = {**super().arguments(), "channel": channel}
        return {**found, "kind": "informative" if line else "problem"}


class Intake(Complain):
    """What is written down for somebody who came, called or wrote."""

    received_on = DayField(label=_("Received on"))
    channel = forms.ChoiceField(label=_("How it came"))
    kind = forms.ChoiceField(label=_("Kind"))
    subject = forms.CharField(
        label=_("In a few words, for the register"), max_length=120, required=False,
        help_text=_("Names nobody: the register is printed."),
    )  # fmt: skip

    def __init__(self, *args: Any, channels: Choices, kinds: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["channel"].choices = list(channels)  # type: ignore[attr-defined]
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
        self.fields["kind"].initial = "problem"
        for name, label in (
            ("misuse", _("Misuse of money is alleged")), ("name", _("Name of who complains")),
            ("address", _("Address")), ("sex", _("Who complains is")), ("hope", _("What is hoped for")),
        ):  # fmt: skip
            self.fields[name].label = label
        self.fields["amount"].help_text = _("As near as it is known. Only where money was misused.")

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``receive``."""
        data = self.cleaned_data
        here = {key: data[key] for key in ("received_on", "channel", "kind", "subject")}
        return {**super().arguments(), **here}


class SortForm(forms.Form):
    """What kind of complaint it is, once it was studied."""

    subject = forms.CharField(
        label=_("In a few words, for the register"), max_length=120,
        help_text=_("Names nobody: the register is printed."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"))
    scope = forms.ChoiceField(label=_("Scope"))
    about = forms.ChoiceField(label=_("What it is about"), choices=list(labels.ABOUT.items()))
    misuse = forms.BooleanField(label=_("Misuse of money is alleged"), required=False)
    amount = RupiahField(label=_("How much money"), required=False)

    def __init__(self, *args: Any, kinds: Choices, scopes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
        self.fields["scope"].choices = list(scopes)  # type: ignore[attr-defined]


class TextForm(forms.Form):
    """A text that the complainant reads."""

    text = forms.CharField(label=_("To the complainant"), max_length=1000, widget=_area(3))


class ReceiptForm(forms.Form):
    """The receipt, with a word if one likes."""

    text = forms.CharField(
        label=_("To the complainant"), max_length=1000, widget=_area(2), required=False
    )


class NoteForm(forms.Form):
    """What was found out or done, and who was told of it."""

    text = forms.CharField(label=_("What was found out or done"), max_length=700, widget=_area(3))
    told = forms.CharField(label=_("Who was told of it"), max_length=200, required=False)
    shown = forms.BooleanField(label=_("The complainant reads this"), required=False)
    request_id = RequestField()


class PassForm(forms.Form):
    """To which level, and why."""

    level = forms.ChoiceField(label=_("Level"))
    why = forms.CharField(label=_("Why"), max_length=500, widget=_area(2))

    def __init__(self, *args: Any, levels: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = list(levels)  # type: ignore[attr-defined]


class AnswerForm(TextForm):
    """The answer, and the meeting that decided it where one has to."""

    meeting_id = forms.ChoiceField(label=_("The meeting that decided it"), required=False)

    def __init__(self, *args: Any, meetings: Choices, asks: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if asks:
            self.fields["meeting_id"].choices = [("", "–"), *meetings]  # type: ignore[attr-defined]
        else:
            del self.fields["meeting_id"]


class RecoveredForm(forms.Form):
    """Money that came back."""

    amount = RupiahField(label=_("How much came back"))
    text = forms.CharField(label=_("From where and into which book"), max_length=500)
    request_id = RequestField()


class WhyForm(forms.Form):
    """Why something is done."""

    why = forms.CharField(label=_("Why"), max_length=500, widget=_area(2))


class WordForm(forms.Form):
    """What the complainant said, if anything."""

    text = forms.CharField(label=_("In the complainant's words"), max_length=500, required=False)


class JoinForm(WhyForm):
    """To which complaint."""

    to = forms.ChoiceField(label=_("The other complaint"))
    field_order = ["to", "why"]

    def __init__(self, *args: Any, others: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = list(others)  # type: ignore[attr-defined]


class ConcernForm(forms.Form):
    """Whom it is about, of those with an account."""

    username = forms.ChoiceField(label=_("It is about"))

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["username"].choices = list(people)  # type: ignore[attr-defined]


class FollowForm(forms.Form):
    """What the complainant says with the code."""

    text = forms.CharField(
        label=_("What you want to say"), max_length=500, required=False, widget=_area(3)
    )
    request_id = RequestField()


class RegisterForm(forms.Form):
    """A register that was typed in a workbook, and what the book is called."""

    origin = forms.CharField(
        label=_("Which book"), max_length=60, initial=_("Complaint book"),
        help_text=_("The same name each time: by it and the number a complaint comes in once."),
    )  # fmt: skip
    file = forms.FileField(label=_("Workbook (XLSX) or CSV"))

    def clean_origin(self) -> str:
        """Without blanks that nobody sees."""
        return " ".join(self.cleaned_data["origin"].split())

    def clean_file(self) -> Any:
        """A file of a size that a ward's book may have."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than two megabytes; send it year by year.")
            )
        return file


class WaitingForm(forms.Form):
    """The file that was looked at and waits for the word."""

    waiting = forms.CharField(max_length=40, widget=forms.HiddenInput)
