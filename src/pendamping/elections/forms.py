"""What is typed about elections; the rules decide, the forms only parse."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pendamping.elections import labels
from pendamping.elections.rules import Register
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason

MOST = 100_000
ROWS = 8  # empty lines of a tally at first, and more at a time


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class PrepareForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            ("regular", _("Election of the whole board")),
            ("by_election", _("By-election for seats that fell free")),
        ],
        widget=forms.RadioSelect,
        initial="regular",
    )
    size = forms.IntegerField(label=_("Seats to fill"), min_value=1, max_value=99)
    votes_on = DayField(label=_("Day of the first vote"))
    term_since = DayField(label=_("The term begins on"))
    practice = forms.BooleanField(
        label=_("This is a mock election, for learning"),
        required=False,
        help_text=_("It runs like a real one, is marked everywhere and never gives a seat."),
    )


class WitnessForm(forms.Form):
    """Witnesses, one on each line."""

    witnesses = forms.CharField(
        label=_("Witnesses"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One name on each line."),
        required=False,
    )

    def clean_witnesses(self) -> list[str]:
        """The names, without empty lines."""
        return [
            line.strip() for line in self.cleaned_data["witnesses"].splitlines() if line.strip()
        ]


class CloseForm(WitnessForm):
    note = forms.CharField(
        label=_("What happened on the day"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Objections, pauses, anything that the minutes shall say."),
    )


class RoundForm(forms.Form):
    held_on = DayField(label=_("Day of the vote"))


class LotForm(WitnessForm):
    on = DayField(label=_("Drawn on"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.people = people
        for number in range(1, len(people) + 1):
            self.fields[f"drawn_{number}"] = forms.ChoiceField(
                label=_("Drawn as number %(number)s") % {"number": number},
                choices=[("", "–"), *people],
            )
        self.order_fields([*(f"drawn_{n}" for n in range(1, len(people) + 1)), "on", "witnesses"])

    def arguments(self) -> dict[str, Any]:
        """As ``actions.draw_lot`` wants them."""
        data = self.cleaned_data
        order = [data[f"drawn_{number}"] for number in range(1, len(self.people) + 1)]
        return {"order": order, "on": data["on"], "witnesses": data["witnesses"]}


class MeetingForm(forms.Form):
    meeting_id = forms.ChoiceField(label=_("Meeting that confirmed the result"))

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting_id"].choices = list(meetings)


class GiveUpForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=200)


class LeaveForm(forms.Form):
    on = DayField(label=_("First day without this member"))
    why = forms.CharField(label=_("Why"), max_length=200)


def _figure(key: str, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=labels.figure(key), min_value=0, max_value=MOST, required=required
    )


class TallyForm(forms.Form):
    """The figures of a tally sheet; its names are read by :func:`read_lines`."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for key in ("voters", "women", "valid", "invalid", "spoiled", "left"):
            self.fields[key] = _figure(key)
        for key in ("lost", "void_names"):
            self.fields[key] = _figure(key, required=False)
        self.fields["note"] = forms.CharField(label=_("Remark"), max_length=300, required=False)


def typed_lines(data: QueryDict, more: bool = False) -> list[tuple[str, str]]:
    """Names and votes as they were typed, with empty lines for more."""
    found = list(zip(data.getlist("name"), data.getlist("votes"), strict=False))
    filled = [(name, votes) for name, votes in found if name.strip() or votes.strip()]
    return filled + [("", "")] * max(ROWS if more else 0, len(found) - len(filled))


def read_lines(
    lines: Sequence[tuple[str, str]], book: Register
) -> tuple[dict[str, int], list[Reason]]:
    """Votes by person, and what is wrong with which line."""
    votes: dict[str, int] = {}
    wrong: list[Reason] = []
    for number, (typed, count) in enumerate(lines, 1):
        if not typed.strip() and not count.strip():
            continue
        person = book.find(typed)
        if person is None:
            wrong.append(_unknown(number, typed, book))
        elif person in votes:
            wrong.append(_line(number, N_("Line {number}: {name} stands in two lines."), typed))
        elif not count.strip().isdigit() or int(count) > MOST:
            wrong.append(_line(number, N_("Line {number}: how many votes has {name}?"), typed))
        else:
            votes[person] = int(count)
    return votes, wrong


def _line(number: int, text: str, typed: str, **values: Any) -> Reason:
    told = {"number": number, "name": typed.strip() or "–", **values}
    return Reason("elections.line", text, told, {"field": "lines", "line": number})


def _unknown(number: int, typed: str, book: Register) -> Reason:
    near = book.near(typed)
    if not near:
        text = N_("Line {number}: nobody who can be elected here is called “{name}”.")
        return _line(number, text, typed)
    text = N_("Line {number}: who is “{name}”? Perhaps {near}.")
    return _line(number, text, typed, near=" / ".join(near))
