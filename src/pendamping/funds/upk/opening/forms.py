"""Forms of the balances with which a fund begins here."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import SeenField, said_of
from pendamping.funds.ledger.fields import DayField, RupiahField
from pendamping.funds.upk.opening.files import LARGEST_BYTES
from pendamping.funds.upk.opening.naming import NEW, Question
from pendamping.funds.upk.rules.opening import adding_up

NAMED = 30  # names asked for on a page at a time


class UploadForm(forms.Form):
    on = DayField(
        label=_("Last day of the old books"),
        help_text=_(
            "Best the last day of a month. From the next day on everything is entered here."
        ),
    )
    file = forms.FileField(label=_("Workbook (XLSX)"))

    def clean_file(self) -> Any:
        """A file of a size that such a workbook may have."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(gettext("The file is too large."))
        return file

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``stage_opening``."""
        data = self.cleaned_data
        content = data["file"].read()
        return {"on": data["on"], "filename": data["file"].name, "content": content}


class BalanceField(RupiahField):
    """A sum of whole rupiah that may be below zero: a loss of earlier years."""

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text.startswith(("-", "(")):
            return super().to_python(value)
        amount = super().to_python(text.strip("-() "))
        return None if amount is None else -amount

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int) and value < 0:
            return f"-{super().prepare_value(-value)}"
        return super().prepare_value(value)


class BalancesForm(forms.Form):
    """The balance of every account that can have one."""

    seen = SeenField()

    def __init__(
        self,
        *args: Any,
        accounts: Sequence[adding_up.Account],
        balances: dict[str, int],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.before = balances
        for one in accounts:
            if one.key not in adding_up.OWN:
                self.fields[one.key] = BalanceField(
                    label=f"{one.code} {one.name}",
                    required=False,
                    initial=balances.get(one.key) or None,
                )

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``balance_opening``: those that were changed."""
        said = {key: self.cleaned_data[key] or 0 for key in self.fields if key != "seen"}
        changed = {key: sum_ for key, sum_ in said.items() if sum_ != self.before.get(key, 0)}
        return {"balances": changed, "seen": self.cleaned_data["seen"]}


class NamesForm(forms.Form):
    """What names of the lists mean; the first so many of them.

    Fields are called by the question (ADR 0049). ``kept``: what was said before, by question: an answer
    to a question that is closed meanwhile is refused where it says something else.
    """

    def __init__(
        self, *args: Any, questions: Sequence[Question], kept: Mapping[str, str], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.kept = {field_of(key): answer for key, answer in kept.items()}
        offered = [one for one in questions if one.choices]
        sent = [one for one in offered[NAMED:] if field_of(one.key) in self.data]
        self.asked = {field_of(one.key): one for one in [*offered[:NAMED], *sent]}
        for name, one in self.asked.items():
            choices = [(key, gettext(text) if key == NEW else text) for key, text in one.choices]
            self.fields[name] = forms.ChoiceField(
                label=_("“%(name)s” in %(sheet)s, row %(row)s")
                % {"name": one.name, "sheet": one.row.sheet, "row": one.row.number},
                choices=[("", _("not said yet")), *choices],
                required=False,
                help_text=gettext(one.why),
            )

    def clean(self) -> dict[str, Any]:
        """An answer to what is not asked any more stands only where it was kept so."""
        said = {f"name_{key}": answer for key, answer in said_of(self.data, "name").items()}
        closed = said.keys() - self.asked.keys()
        if any(said[name] and said[name] != self.kept.get(name) for name in closed):
            text = gettext(
                "Of a name it was said meanwhile who is meant, or the workbook was uploaded again. "
                "What is kept stands; look at the names that are still asked for."
            )
            self.add_error(None, text)
        return self.cleaned_data

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``name_opening``."""
        data = self.cleaned_data
        return {"names": {one.key: data[name] for name, one in self.asked.items() if data[name]}}


def field_of(question: str) -> str:
    """The name of the field that asks a question: by its key, which may hold any sign."""
    return f"name_{sha256(question.encode()).hexdigest()[:16]}"


class ConfirmForm(forms.Form):
    """What the board has decided; the meeting where the guideline asks for one."""

    meeting_id = forms.ChoiceField(label=_("Decided in the meeting"))

    def __init__(
        self, *args: Any, meetings: Sequence[tuple[str, str]], needed: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        if needed:
            self.fields["meeting_id"].choices = meetings
        else:
            del self.fields["meeting_id"]


class TakeBackForm(ConfirmForm):
    """Why the balances are taken out of the books again, and the meeting that decided so."""

    why = forms.CharField(label=_("What was wrong"), max_length=300, widget=forms.Textarea)
