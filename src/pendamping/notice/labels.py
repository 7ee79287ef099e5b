"""Words for what this room keeps as keys."""

from datetime import date

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from pendamping.guidelines import queries as guidelines

OWN = {
    "cash": gettext_lazy("ready money"),
    "material": gettext_lazy("material"),
    "labour": gettext_lazy("labour"),
    "land": gettext_lazy("land"),
}
PLAN_STATES = {
    "done": (gettext_lazy("done"), "good"),
    "works": (gettext_lazy("works under way"), "river"),
    "agreed": (gettext_lazy("agreed with a group"), "river"),
    "planned": (gettext_lazy("planned, money set aside"), "plain"),
    "waits": (gettext_lazy("not funded yet"), "warn"),
    "excluded": (gettext_lazy("not allowed by the guideline"), "warn"),
}
# what a meeting decided about persons: who they are stands in its minutes, not on a board
OF_PERSONS = {
    "grants.social": gettext_lazy("Social help for residents"),
    "institutions.appoint": gettext_lazy("Officers of a body were appointed"),
    "institutions.release_seat": gettext_lazy("An officer of a body was released"),
    "institutions.give_role": gettext_lazy("The board gave out its roles"),
    "institutions.change_officer": gettext_lazy("Officers of a group were changed"),
    "elections.seat_board": gettext_lazy("The result of the election of the board was confirmed"),
    "elections.replace_member": gettext_lazy("A seat of the board was filled again"),
    "complaints.answer": gettext_lazy("The answer to a complaint"),
    "loans.reschedule": gettext_lazy("A loan of a group was rescheduled"),
    "loans.write_off": gettext_lazy("A loan of a group was written off"),
}


def language() -> str:
    """In which of the guideline's languages the reader reads."""
    return "en" if get_language() == "en" else "id"


def own(key: str) -> str:
    """A kind of what residents gave."""
    return str(OWN[key])


def plan_state(key: str) -> tuple[str, str]:
    """How far a line of the plan is: words and the tone of a badge."""
    text, tone = PLAN_STATES[key]
    return str(text), tone


def of_persons(prefix: str) -> str:
    """What is said of a decision about persons in place of its own words; empty for other decisions."""
    return str(OF_PERSONS.get(prefix, ""))


def names(section: str, ward: str, on: date) -> dict[str, str]:
    """The names of what a section of the guideline lists."""
    found = guidelines.section(section, ward, on)
    return {key: str(one["name"][language()]) for key, one in found.items()}


def meetings(ward: str, on: date) -> dict[str, str]:
    """The guideline's name of each kind of meeting."""
    return names("meetings", ward, on)


def place(rw: str, rt: str) -> str:
    """``RT 02 RW 05``; the whole ward where it is neither."""
    parts = [f"RT {rt}" if rt else "", f"RW {rw}" if rw else ""]
    return " ".join(part for part in parts if part) or _("the whole ward")
