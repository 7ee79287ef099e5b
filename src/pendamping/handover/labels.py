"""Words of the hand-over: criteria with their rule, figures, duties, decisions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from pendamping.access.rules import ROLES
from pendamping.guidelines import queries as guidelines
from pendamping.handover.models import SignOff
from pendamping.handover.rules import Criterion, Found

WORDS = {
    # word: (as read, tone, icon)
    "met": (gettext_lazy("met"), "good", "check"),
    "unmet": (gettext_lazy("not met"), "warn", "clock"),
    "none": (gettext_lazy("nothing to judge yet"), "plain", "next"),
}
RULES = {
    "volunteers_active": gettext_lazy(
        "Counts cadres who have not left and were seen at a meeting, a training or another activity in the last"
        " %(months)s months; joining counts too. At least %(least)s are wanted."
    ),
    "units_trained": gettext_lazy(
        "Of every unit (UP) of the guideline, at least %(least)s of those who sit in it came to a training."
    ),
    "books_closed": gettext_lazy(
        "Looks at the last %(least)s months whose close was due. Each was closed in time by the unit's own officers"
        " and approved by the board. The facilitator can do neither."
    ),
    "own_review": gettext_lazy(
        "In the last %(months)s months the yearly residents' meeting was held with its quorum, its minutes are signed,"
        " and somebody else than the facilitator called it."
    ),
    "loan_book_reconciled": gettext_lazy(
        "The last month whose close was due is closed, and its close found nothing against the cards, the bank and"
        " the books. Nothing is judged before the first loan."
    ),
    "arrears_plan": gettext_lazy(
        "Of every loan that is behind, each step of collection was taken when it was due. Nothing is judged before the"
        " first loan; with nobody behind it is met."
    ),
    "complaints_local": gettext_lazy(
        "Every complaint of the last %(months)s months kept its limits, and none was answered or closed by the"
        " facilitator. Without any complaint there is nothing to judge."
    ),
    "user_groups": gettext_lazy(
        "Of the works that are finished, at least %(least)s per cent have a user group (KPP) that keeps them. Nothing"
        " is judged before the first is finished."
    ),
}
FIGURES = {
    "volunteers_active": gettext_lazy("Active cadres: %(have)s of %(wanted)s wanted"),
    "units_trained": gettext_lazy("Units with enough trained people: %(have)s of %(wanted)s"),
    "books_closed": gettext_lazy("Months closed without help: %(have)s of the last %(wanted)s"),
    "own_review": gettext_lazy("Own yearly meetings in the last year: %(have)s"),
    "loan_book_reconciled": gettext_lazy("Last due month reconciled: %(have)s of %(wanted)s"),
    "arrears_plan": gettext_lazy("Loans behind that are followed up: %(have)s of %(wanted)s"),
    "complaints_local": gettext_lazy("Complaints handled here in time: %(have)s of %(wanted)s"),
    "user_groups": gettext_lazy("Finished works with a user group: %(have)s of %(wanted)s"),
}
STEPS = {
    # how far a duty has passed: (as read, tone)
    "": (gettext_lazy("with the facilitator"), "warn"),
    "named": (gettext_lazy("somebody is named"), "plain"),
    "together": (gettext_lazy("done together"), "river"),
    "alone": (gettext_lazy("done alone"), "river"),
    "passed": (gettext_lazy("passed on"), "good"),
}
TOLD = {
    "named": gettext_lazy("Named: %(name)s"),
    "together": gettext_lazy("%(name)s did it together with the facilitator"),
    "alone": gettext_lazy("%(name)s did it alone"),
    "passed": gettext_lazy("Passed on to %(name)s"),
    "back": gettext_lazy("Taken back from %(name)s"),
}


def lang() -> str:
    """The reader's language, as the guideline names it."""
    return "en" if get_language() == "en" else "id"


def names(section: str, ward: str, on: date) -> dict[str, str]:
    """Keys and names of a section of the guideline in the reader's language."""
    rows = guidelines.section(section, ward, on)
    return {key: str(one["name"][lang()]) for key, one in rows.items()}


def word(found: Found) -> tuple[str, str, str]:
    """How a criterion stands: word, tone and icon of its badge."""
    text, tone, icon = WORDS[found.word]
    return str(text), tone, icon


def figure(found: Found) -> str:
    """The figure of a criterion in words; empty where there is nothing to judge."""
    if found.word == "none":
        return ""
    if found.criterion == "arrears_plan" and not found.wanted:
        return _("Nobody is behind")
    text = FIGURES.get(found.criterion, gettext_lazy("%(have)s of %(wanted)s"))
    return str(text) % {"have": found.have, "wanted": found.wanted}


def rule(one: Criterion) -> str:
    """The rule of a criterion in one paragraph."""
    text = RULES.get(
        one.key, gettext_lazy("No rule reads this from the record; the meeting judges it.")
    )
    return str(text) % {"months": one.within_months, "least": one.at_least}


def role(key: str) -> str:
    """A role by name."""
    return _(ROLES[key][0])


def step(key: str) -> tuple[str, str]:
    """How far a duty has passed: word and tone."""
    text, tone = STEPS[key]
    return str(text), tone


def told(key: str, name: str) -> str:
    """A step of a duty as a line of its course."""
    return str(TOLD[key]) % {"name": name}


def decision(one: SignOff, ward: str) -> str:
    """The decision as minutes are signed: in Indonesian, with what is handed over unmet."""
    with translation.override("id"):
        known = names("handover", ward, one.on)
        day = date_format(one.last_day, "j F Y")
        if not one.despite:
            return _(
                "Board and units take over from the facilitator, whose last day is %(day)s."
            ) % {"day": day}
        unmet = "; ".join(known.get(key, key) for key in one.despite)
        said = _(
            "Board and units take over from the facilitator, whose last day is %(day)s. Handed over unmet, each with"
            " somebody answerable and a date: %(unmet)s."
        )
        return said % {"day": day, "unmet": unmet}


def checking(due: date) -> str:
    """The decision of the yearly meeting on a check."""
    with translation.override("id"):
        said = _(
            "The residents have seen the yearly check of the hand-over that was due on %(day)s."
        )
        return said % {"day": date_format(due, "j F Y")}


def clause(section: str, key: str, ward: str, on: date) -> Mapping[str, Any]:
    """The clause behind something: its status, and its place in the guideline."""
    found = guidelines.in_force(ward, on).clauses.get((section, key))
    return {"status": found.status, "id": found.id} if found else {}


def day(on: date) -> str:
    """A day in words."""
    return date_format(on, "j F Y")
