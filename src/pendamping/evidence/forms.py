"""What is typed in a study; the rules decide, the forms only parse."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField
from pendamping.evidence import labels, reading
from pendamping.kernel import clock

Choices = Sequence[tuple[str, Any]]
PLACE = re.compile(r"(\d{1,7})-(\d{1,7})")


def places(said: Sequence[str]) -> list[tuple[int, int]]:
    """Places of a text as a page sends them: ``12-58``; what is none is left out."""
    found = [PLACE.fullmatch(one) for one in said]
    return [(int(one[1]), int(one[2])) for one in found if one]


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SourceForm(forms.Form):
    """An interview, an observation or a document: where it is from, and its text typed, pasted or uploaded."""

    request_id = RequestField()
    kind = forms.ChoiceField(
        label=_("What it is"), choices=list(labels.KINDS.items()), widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("Names nobody: it stands beside every quote.")
    )
    on = DayField(label=_("Day"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    informant_id = forms.ChoiceField(label=_("Informant"), required=False)
    interviewer = forms.CharField(label=_("Who asked or watched"), max_length=120, required=False)
    consent = forms.BooleanField(
        label=_("Whoever speaks here agrees to be quoted, by code and without a name"),
        required=False,
    )
    text = forms.CharField(
        label=_("Full text"), required=False, widget=_area(10), strip=False,
        help_text=_("Type or paste it. Write codes such as I-03 in place of names."),
    )  # fmt: skip
    file = forms.FileField(label=_("Or a file (.txt, .docx)"), required=False)

    def __init__(self, *args: Any, informants: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["informant_id"].choices = [("", "–"), *informants]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``add_source``; a file counts before what was typed."""
        data = {key: value for key, value in self.cleaned_data.items() if key != "file"}
        return {**data, "text": text_said(self.cleaned_data)}


def text_said(data: dict[str, Any]) -> str:
    """The text of a form: that of its file, else what was typed; refuses a file that cannot be read."""
    file = data.get("file")
    return reading.text_of(file.name, file.read()) if file else str(data["text"])


class CorrectForm(forms.Form):
    """A corrected text, and what was wrong."""

    request_id = RequestField()
    text = forms.CharField(label=_("Full text"), required=False, widget=_area(14), strip=False)
    why = forms.CharField(label=_("What was wrong"), max_length=200)


class CodeForm(forms.Form):
    """Which places get which codes, with a thought if there is one."""

    request_id = RequestField()
    codes = forms.MultipleChoiceField(label=_("Codes"), required=False)
    memo = forms.CharField(
        label=_("Your thought"), max_length=4000, required=False, widget=_area(2)
    )

    def __init__(
        self, *args: Any, codes: Choices, places: list[tuple[int, int]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["codes"].choices = list(codes)  # type: ignore[attr-defined]
        self.places = places

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``code_passage``."""
        data = self.cleaned_data
        return {"codes": data["codes"], "memo": data["memo"], "spans": self.places}


class MemoForm(forms.Form):
    """A thought of who analyses."""

    request_id = RequestField()
    text = forms.CharField(label=_("Your thought"), max_length=4000, widget=_area(3))


class TieForm(forms.Form):
    """The record of the programme that a passage is about."""

    request_id = RequestField()
    record_key = forms.ChoiceField(label=_("Record"))

    def __init__(self, *args: Any, records: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["record_key"].choices = list(records)  # type: ignore[attr-defined]


class AddCodeForm(forms.Form):
    """A code of one's own."""

    request_id = RequestField()
    name = forms.CharField(label=_("Name of the code"), max_length=300)
    parent_id = forms.ChoiceField(
        label=_("Under which code"), required=False,
        help_text=_("Under a factor it speaks for that factor; under “not so” it speaks against it."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("When it is used"), max_length=2000, required=False, widget=_area(2)
    )

    def __init__(self, *args: Any, above: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["parent_id"].choices = [("", "–"), *above]  # type: ignore[attr-defined]


class InformantForm(forms.Form):
    """Who was chosen, and why."""

    request_id = RequestField()
    who = forms.CharField(
        label=_("Part in the programme"), max_length=120,
        help_text=_("For example: officer of a group, cadre. Names nobody."),
    )  # fmt: skip
    criterion = forms.CharField(
        label=_("Why this informant was chosen"), max_length=300, widget=_area(2)
    )
    knows = forms.MultipleChoiceField(
        label=_("Knows"), choices=list(labels.KNOWS.items()), widget=forms.CheckboxSelectMultiple
    )
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", "–"), ("P", _("woman")), ("L", _("man"))]
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False,
        help_text=_("Kept apart and sealed: it stands in no report and in no file. May stay empty."),
    )  # fmt: skip


class WhyForm(forms.Form):
    """Why a name is asked for."""

    why = forms.CharField(label=_("What you need the name for"), max_length=200)


class TakeForm(forms.Form):
    """A project or codebook of another tool."""

    request_id = RequestField()
    file = forms.FileField(
        label=_("REFI-QDA file (.qdpx or .qdc)"),
        help_text=_("From ATLAS.ti, MAXQDA, NVivo, Taguette and others."),
    )

    def arguments(self) -> dict[str, Any]:
        """The arguments of ``take_in``."""
        file = self.cleaned_data["file"]
        return {"file": file.name, "content": file.read()}


class ParagraphForm(forms.Form):
    """The analysis of one part of the report."""

    request_id = RequestField()
    text = forms.CharField(
        label=_("Your analysis"), max_length=6000, required=False, widget=_area(8)
    )
