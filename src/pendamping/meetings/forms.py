"""What is typed about meetings; the rules decide, the forms only parse."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField
from pendamping.kernel import clock
from pendamping.meetings.rules import Matter
from pendamping.meetings.rules.changing import LONGEST_WHY
from pendamping.meetings.rules.undecided import field_of

LEVELS = [("kelurahan", _("ward")), ("RW", "RW"), ("RT", "RT"), ("group", _("group"))]
MOST = 100_000
OTHER = "meetings.other"  # a decision that no room asks for
OF_GROUP = [
    ("", _("no group's meeting")),
    ("there", _("a group that is there already; choose it next")),
    ("new", _("a group that is to be formed in it")),
]


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class CallForm(forms.Form):
    request_id = RequestField()
    kind = forms.ChoiceField(label=_("Kind of meeting"))
    held_on = DayField(
        label=_("Day"), help_text=_("A day in the past records a meeting afterwards.")
    )
    place = forms.CharField(label=_("Place"), max_length=120)
    of_group = forms.ChoiceField(
        label=_("For which group?"),
        choices=OF_GROUP,
        required=False,
        help_text=_("Only for a meeting of a group."),
    )
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS, initial="kelurahan")
    rw = forms.ChoiceField(label="RW", required=False)
    rt = forms.ChoiceField(label="RT", required=False)
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One point on each line."),
    )
    follows = forms.ChoiceField(label=_("Second meeting after"), required=False)
    subject = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)
    text = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        kinds: Mapping[str, str],
        failed: Sequence[tuple[str, str]] = (),
        places: Sequence[tuple[str, str]] = (),
        of_groups: Collection[str] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.of_groups = of_groups
        for at, name in enumerate(("rw", "rt")):
            known = sorted({place[at] for place in places})
            self.fields[name].choices = [("", _("all")), *((each, each) for each in known)]
        self.fields["kind"].choices = list(kinds.items())
        self.fields["follows"].choices = [("", _("no: a first meeting")), *failed]

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or {})
        if data.get("kind") in self.of_groups and not data.get("of_group"):
            self.add_error("of_group", _("Say for which group this meeting is called."))
        return data

    @property
    def names_group(self) -> bool:
        """Whether it is the meeting of a group that is there already, still to be chosen."""
        data = self.cleaned_data
        return data.get("kind") in self.of_groups and data.get("of_group") == "there"

    def arguments(self) -> dict[str, Any]:
        """As ``actions.call_meeting`` wants them."""
        found = dict(self.cleaned_data)
        found["agenda"] = found["agenda"].splitlines()
        found.pop("of_group")
        subject, text = found.pop("subject"), found.pop("text")
        found["asked"] = [{"subject": subject, "text": text}] if subject and text else []
        return found


class CancelForm(forms.Form):
    why = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_WHY,
        help_text=_("It stands on the new paper for those who were invited."),
    )


class MoveForm(CancelForm):
    held_on = DayField(label=_("New day"))
    place = forms.CharField(label=_("Place"), max_length=120)
    field_order = ["held_on", "place", "why"]


class CorrectForm(CancelForm):
    """One person who stands on a roll twice: which number stays, which is struck."""

    stands = forms.IntegerField(label=_("Number that stays"), min_value=1, max_value=MOST)
    struck = forms.IntegerField(label=_("Number that is struck"), min_value=1, max_value=MOST)
    field_order = ["stands", "struck", "why"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["why"].label = _("How it is known that both are one person")
        self.fields["why"].help_text = _("It stays beside the roll and in the trail.")


class EligibleForm(forms.Form):
    eligible = forms.IntegerField(
        label=_("How many may decide"), min_value=0, max_value=MOST, required=False
    )


class HeadsForm(EligibleForm):
    total = forms.IntegerField(
        label=_("All who came"),
        min_value=0,
        max_value=MOST,
        help_text=_("Everybody in the room, guests too."),
    )
    women = forms.IntegerField(label=_("Women"), min_value=0, max_value=MOST)
    poor = forms.IntegerField(
        label=_("Poor"),
        min_value=0,
        max_value=MOST,
        help_text=_(
            "Women and poor overlap and are not added together. Guests are not counted in them."
        ),
    )
    guests = forms.IntegerField(
        label=_("Guests who may not decide"),
        min_value=0,
        max_value=MOST,
        required=False,
        help_text=_(
            "Who came without belonging to those who may decide: officials, the facilitator, people of other places."
        ),
    )
    rts = forms.MultipleChoiceField(
        label=_("RTs from which somebody came"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["total", "women", "poor", "guests", "eligible", "rts"]

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        if places:
            self.fields["rts"].choices = list(places)
        else:
            del self.fields["rts"]

    def head_count(self) -> dict[str, Any]:
        """As ``actions.take_roll`` wants it."""
        found = {key: self.cleaned_data[key] for key in ("total", "women", "poor")}
        found["guests"] = self.cleaned_data["guests"] or 0
        if "rts" in self.fields:
            found["rts"] = self.cleaned_data["rts"]
        return found


class VisitorForm(forms.Form):
    """Somebody who does not stand in the census."""

    name = forms.CharField(label=_("Name"), max_length=120)
    sex = forms.ChoiceField(
        label=_("Sex"), choices=[("", "–"), ("P", _("female")), ("L", _("male"))], required=False
    )
    poor = forms.BooleanField(label=_("Poor"), required=False)
    guest = forms.BooleanField(label=_("Guest, may not decide"), required=False)


ONE_WAY = {"consensus": "consensus", "secret-ballot": "vote"}
UNASKED = {"consensus": ("way", "yes", "no", "abstain"), "vote": ("way",)}


class DecisionForm(forms.Form):
    """A decision. ``matters``: what it may be about. ``words``: what the minutes say of a subject where
    nothing is typed. ``decides``: how this kind of meeting decides; where there is one way, nothing is asked."""

    request_id = RequestField()
    subject = forms.ChoiceField(label=_("What was it about?"), required=False)
    text = forms.CharField(label=_("What was decided"), widget=forms.Textarea(attrs={"rows": 3}))
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("accepted", _("accepted")), ("rejected", _("rejected"))],
        widget=forms.RadioSelect,
        initial="accepted",
    )
    way = forms.ChoiceField(
        label=_("How"),
        choices=[("consensus", _("by consensus")), ("vote", _("by vote"))],
        widget=forms.RadioSelect,
        initial="consensus",
    )
    yes = forms.IntegerField(label=_("Votes for"), min_value=0, max_value=MOST, required=False)
    no = forms.IntegerField(label=_("Votes against"), min_value=0, max_value=MOST, required=False)
    abstain = forms.IntegerField(
        label=_("Votes abstained"), min_value=0, max_value=MOST, required=False
    )

    def __init__(
        self,
        *args: Any,
        matters: Sequence[Matter] = (),
        words: Callable[[str], str] = lambda _subject: "",
        named: Callable[[str], str] = lambda _subject: "",
        decides: str = "",
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.way = "" if "way" in self.data else ONE_WAY.get(decides, "")
        for name in UNASKED.get(self.way, ()):
            del self.fields[name]
        self.known, self.words = {one.subject: one.text for one in matters}, words
        asked, said = self._linked()
        subject = self.fields["subject"]
        if asked and asked not in self.known:
            self.known[asked] = said or asked
            matters = [Matter(asked, named(asked) or self.known[asked], ()), *matters]
        if self.known:
            subject.choices = [("", "–"), *_grouped(matters), (OTHER, _("something else"))]
            subject.required = True
            self.fields["text"].required = False
            self.fields["text"].help_text = _(
                "Left empty, the words of the choice are written down."
            )
        else:
            subject.widget = forms.HiddenInput()
            subject.choices = [("", ""), (OTHER, OTHER)]

    def _linked(self) -> tuple[str, str]:
        """Subject and words that a page of another room brought along."""
        read = self.data if self.is_bound else self.initial
        subject = str(read.get("subject") or "")[:400]
        return ("", "") if subject == OTHER else (subject, str(read.get("text") or ""))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("text") and data.get("subject") in ("", OTHER) and not self.errors:
            self.add_error("text", _("Say what was decided."))
        return data

    def arguments(self) -> dict[str, Any]:
        """As ``actions.record_decision`` wants them."""
        data = self.cleaned_data
        votes = None
        if (self.way or data["way"]) == "vote":
            votes = {
                "for": data["yes"] or 0,
                "against": data["no"] or 0,
                "abstain": data["abstain"] or 0,
            }
        subject = data["subject"] or OTHER
        return {
            "subject": subject,
            "text": data["text"] or self.words(subject) or self.known.get(subject, ""),
            "outcome": data["outcome"],
            "votes": votes,
            "request_id": data["request_id"],
        }


def _grouped(matters: Sequence[Matter]) -> list[tuple[Any, Any]]:
    """The choices: what somebody asked for, then what the meeting may decide of its own accord."""
    parts = [(_("Waits for a decision"), True), (_("May be decided too"), False)]
    groups = [
        (name, [(one.subject, _with_bar(one)) for one in matters if one.waits is waits])
        for name, waits in parts
    ]
    return [(name, found) for name, found in groups if found]


def _with_bar(one: Matter) -> str:
    return f"{one.text} ({one.bars})" if one.bars else one.text


class MinutesForm(forms.Form):
    text = forms.CharField(label=_("Minutes"), widget=forms.Textarea(attrs={"rows": 16}))
    signed_on = DayField(label=_("Signed on"))
    signers = forms.CharField(
        label=_("Signed by"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One name on each line."),
    )
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, open_: Sequence[Mapping[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.open = [(field_of(one["subject"]), one) for one in open_]
        for name, _one in self.open:
            self.fields[name] = forms.CharField(
                label=_("Not decided, because"), required=False, max_length=LONGEST_WHY
            )

    def undecided(self) -> list[tuple[Any, Mapping[str, str]]]:
        """The field for the reason of each matter that was left open, and the matter."""
        return [(self[name], one) for name, one in self.open]

    def arguments(self) -> dict[str, Any]:
        """As ``actions.sign_minutes`` wants them."""
        typed = self.cleaned_data
        return {
            **{name: typed[name] for name in ("text", "signed_on", "seen")},
            "signers": typed["signers"].splitlines(),
            "undecided": {one["subject"]: typed[name] for name, one in self.open},
        }
