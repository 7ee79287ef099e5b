"""What is typed about groups; the rules decide, the forms only parse."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import RequestField, SeenField
from pendamping.institutions import labels
from pendamping.institutions.rules import OFFICERS
from pendamping.institutions.rules.bodies import PAPERS
from pendamping.kernel import clock


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class GroupForm(forms.Form):
    """The group itself; its members are ticked from the roll, see :func:`read_members`."""

    name = forms.CharField(label=_("Name of the group"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"))
    formed_on = DayField(label=_("Formed on"))
    signed_on = DayField(
        label=_("Pledge of joint liability signed on"),
        required=False,
    )

    def __init__(self, *args: Any, kinds: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = list(kinds.items())


def read_members(data: QueryDict) -> list[dict[str, str]]:
    """Members ticked in the order of the page, each with the role chosen."""
    return [
        {"person": person, "role": data.get(f"role-{person}", "member")}
        for person in data.getlist("member")
    ]


class StepForm(forms.Form):
    request_id = RequestField()
    what = forms.ChoiceField(label=_("What"))
    on = DayField(label=_("Day"))
    evidence = forms.CharField(
        label=_("Evidence"), max_length=200, required=False, help_text=_("Roll, photo, book …")
    )

    def __init__(self, *args: Any, trainings: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, auto_id="step_%s", **more)
        self.fields["what"].choices = [
            ("books", _("The group's own books checked")),
            *((f"training:{key}", name) for key, name in trainings.items()),
        ]

    def arguments(self) -> dict[str, Any]:
        """As ``actions.record_step`` wants them."""
        kind, _colon, module = self.cleaned_data["what"].partition(":")
        return {
            "kind": kind,
            "module": module,
            "on": self.cleaned_data["on"],
            "evidence": self.cleaned_data["evidence"],
        }


class OfficerForm(forms.Form):
    role = forms.ChoiceField(label=_("Office"))
    person = forms.ChoiceField(label=_("New officer"))
    on = DayField(label=_("From which day on"))
    meeting_id = forms.ChoiceField(label=_("Decided in the meeting"))

    def __init__(
        self,
        *args: Any,
        members: Sequence[tuple[str, str]],
        meetings: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, auto_id="officer_%s", **more)
        self.fields["meeting_id"].choices = list(meetings)
        names = labels.roles()
        self.fields["role"].choices = [(role, names[role]) for role in OFFICERS]
        self.fields["person"].choices = list(members)


class ToDecideForm(OfficerForm):
    """Who shall hold which office, to be recorded as the decision of a meeting."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.auto_id = "decide_%s"
        del self.fields["on"]
        self.fields["meeting_id"].label = _("To be recorded in the meeting")


class WhichForm(forms.Form):
    """Which group meets."""

    group = forms.ChoiceField(label=_("Group"))

    def __init__(self, *args: Any, groups: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["group"].choices = [("", "–"), *groups]


class MeetForm(forms.Form):
    """A meeting of a group's own; its kind, level and who may decide are known."""

    request_id = RequestField()
    held_on = DayField(
        label=_("Day"), help_text=_("A day in the past records a meeting afterwards.")
    )
    place = forms.CharField(label=_("Place"), max_length=120)
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One point on each line."),
    )


class FollowersForm(forms.Form):
    """Who of those with the login of a group's officer looks after this group."""

    seen = SeenField()
    usernames = forms.MultipleChoiceField(
        label=_("Logins that see this group on their first page"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, auto_id="followers_%s", **more)
        self.fields["usernames"].choices = list(people.items())


class LeaveForm(forms.Form):
    person = forms.ChoiceField(label=_("Member"))
    on = DayField(label=_("First day without this member"))
    why = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, auto_id="leave_%s", **more)
        self.fields["person"].choices = list(members)


class JoinForm(forms.Form):
    person = forms.CharField(label=_("Who joins"), max_length=40)
    on = DayField(label=_("Joins on"))
    signed_on = DayField(label=_("Pledge of joint liability signed on"), required=False)


class DraftForm(forms.Form):
    """Which body is appointed, wholly or in part, from when to when."""

    request_id = RequestField()
    kind = forms.ChoiceField(label=_("Body"))
    name = forms.CharField(
        label=_("Name of the user group (KPP)"), max_length=80, required=False,
        help_text=_("Only a user group has a name of its own; a ward has several."),
    )  # fmt: skip
    whole = forms.ChoiceField(
        label=_("Who is appointed"),
        choices=[
            ("whole", _("The whole body, in place of everybody who sits there")),
            ("beside", _("More people, beside those who sit there")),
        ],
        widget=forms.RadioSelect,
        initial="whole",
    )
    since = DayField(label=_("The term begins on"))
    ends = DayField(label=_("The term ends on"))

    def __init__(self, *args: Any, kinds: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = list(kinds.items())

    def arguments(self) -> dict[str, Any]:
        """As ``actions.draft_appointment`` wants them."""
        return {**self.cleaned_data, "whole": self.cleaned_data["whole"] == "whole"}


class NameForm(forms.Form):
    """Somebody whom the search found, and the office."""

    person = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect)
    office = forms.ChoiceField(label=_("Office"), required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, str]],
        offices: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = list(people)
        self.fields["office"].choices = [("", _("member")), *offices]


class DecidedForm(forms.Form):
    meeting_id = forms.ChoiceField(label=_("Meeting that decided it"))

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting_id"].choices = list(meetings)


class ReleaseForm(forms.Form):
    request_id = RequestField()
    on = DayField(label=_("First day without this member"))
    why = forms.CharField(label=_("Why"), max_length=200)
    meeting_id = forms.ChoiceField(
        label=_("Dismissed by a meeting"), required=False,
        help_text=_("Leave it empty where they resigned, moved away or died."),
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting_id"].choices = [("", _("no: they leave by themselves")), *meetings]


class PaperForm(forms.Form):
    request_id = RequestField()
    paper = forms.ChoiceField(label=_("Paper"))
    number = forms.CharField(label=_("Number"), max_length=60)
    issued_on = DayField(label=_("Of the day"))
    issued_by = forms.CharField(
        label=_("From whom"), max_length=120, help_text=_("The notary, the office, the bank.")
    )
    expires_on = DayField(label=_("Valid until"), required=False, initial=None)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["paper"].choices = [(one, labels.paper(one)) for one in PAPERS]
