"""Forms of bank statements."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendamping.funds.ledger.fields import RupiahField
from pendamping.funds.upk.bank.files import LARGEST_BYTES

FIELDS = {
    "date": _("Day"),
    "text": _("Text"),
    "reference": _("Reference"),
    "debit": _("Money out (debit)"),
    "credit": _("Money in (credit)"),
    "amount": _("Amount with its sign"),
    "balance": _("Balance"),
}


class UploadForm(forms.Form):
    account = forms.ChoiceField(label=_("Which bank account"))
    file = forms.FileField(label=_("Statement (OFX, MT940, XLSX, XLS or CSV)"))

    def __init__(self, *args: Any, accounts: Sequence[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["account"].choices = [(one.key, f"{one.code} {one.name}") for one in accounts]

    def clean_file(self) -> Any:
        """A file of a size that a statement may have."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(gettext("The file is too large."))
        return file

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``stage_statement``."""
        data = self.cleaned_data
        return {
            "account": data["account"],
            "filename": data["file"].name,
            "content": data["file"].read(),
        }


DOUBLES = (
    ("", _("say which")),
    ("skip", _("They are the same lines: leave them out")),
    ("take", _("They are other lines: take them in as well")),
)


class ColumnsForm(forms.Form):
    """Which column of the file holds what, and what is in doubt."""

    header = forms.IntegerField(label=_("Row with the headings"), min_value=1)
    opening = RupiahField(
        label=_("Balance before the first line"),
        required=False,
        help_text=_("Only where no column says the balance."),
    )
    doubles = forms.ChoiceField(
        label=_("Lines that an earlier statement seems to have had"),
        choices=DOUBLES,
        required=False,
    )
    renumbered = forms.BooleanField(
        label=_("The bank gave this account another number"), required=False
    )

    def __init__(self, *args: Any, headings: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        columns = [("", _("no column"))]
        columns += [(str(at), f"{at + 1}. {name}") for at, name in enumerate(headings)]
        for field, label in FIELDS.items():
            self.fields[field] = forms.ChoiceField(label=label, choices=columns, required=False)

    def clean(self) -> dict[str, Any]:
        """A statement has a day, and one amount or two."""
        data = super().clean() or {}
        if not data.get("date"):
            self.add_error("date", gettext("Say which column holds the day."))
        if not any(data.get(name) for name in ("debit", "credit", "amount")):
            self.add_error("amount", gettext("Say which column holds the amount."))
        return data

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``take_statement``."""
        data = self.cleaned_data
        return {
            "header": data["header"] - 1,
            "opening": data["opening"],
            "doubles": data["doubles"],
            "renumbered": data["renumbered"],
            "columns": {field: int(data[field]) for field in FIELDS if data.get(field)},
        }


class MatchForm(forms.Form):
    """Open lines that are ticked on both sides."""

    bank = forms.MultipleChoiceField(label=_("Lines of the statement"), required=False)
    book = forms.MultipleChoiceField(label=_("Lines of the books"), required=False)

    def __init__(self, *args: Any, bank: Sequence[str], book: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["bank"].choices = [(one, one) for one in bank]
        self.fields["book"].choices = [(one, one) for one in book]


class ItemForm(forms.Form):
    """What the bank did by itself."""

    line_id = forms.CharField(label=_("Line of the statement"), max_length=40)
    item = forms.ChoiceField(
        label=_("What the bank did"), choices=[(one, one) for one in ("interest", "charge", "tax")]
    )


class LineForm(forms.Form):
    line_id = forms.CharField(label=_("Line of the statement"), max_length=40)
