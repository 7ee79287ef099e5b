"""Words for what this room keeps as keys."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.facilitation.rules import Course
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.share import Share


def _names(section: str, ward: str, on: date) -> dict[str, str]:
    lang = "en" if get_language() == "en" else "id"
    return {
        key: table["name"][lang] for key, table in guidelines.section(section, ward, on).items()
    }


def stages(ward: str, on: date) -> dict[str, str]:
    """The guideline's name of each stage of the cycle."""
    return _names("stages", ward, on)


def roles(ward: str, on: date) -> dict[str, str]:
    """The guideline's name of each role."""
    return _names("facilitator_roles", ward, on)


def trainings(ward: str, on: date) -> dict[str, str]:
    """The guideline's name of each training."""
    return _names("training_modules", ward, on)


def lessons(ward: str, on: date) -> dict[str, int]:
    """How many lessons (JPL) the guideline gives each training, where it says so."""
    known = guidelines.section("training_modules", ward, on)
    return {key: table["lessons"] for key, table in known.items() if "lessons" in table}


def training_status(key: str) -> tuple[str, str]:
    """How a training stands, and the tone of its badge."""
    return {
        "planned": (_("planned"), "river"),
        "held": (_("held"), "good"),
        "called_off": (_("called off"), "plain"),
    }[key]


def questions(ward: str, on: date) -> dict[str, str]:
    """What residents are asked about the help."""
    return _names("help_questions", ward, on)


def scale() -> dict[int, str]:
    """How far somebody agrees."""
    return {1: _("no"), 2: _("rather not"), 3: _("rather yes"), 4: _("yes")}


def acts(ward: str, on: date) -> dict[str, str]:
    """What one does in each role, in a few words."""
    lang = "en" if get_language() == "en" else "id"
    known = guidelines.section("facilitator_roles", ward, on)
    return {key: ", ".join(act[lang] for act in table["acts"]) for key, table in known.items()}


def deciders() -> dict[str, str]:
    """Who can have decided."""
    return {
        "community": _("The residents"),
        "joint": _("We together"),
        "facilitator": _("I as facilitator"),
        "none": _("Nothing was decided"),
    }


def decided(key: str) -> str:
    """Who decided, as others read it."""
    return {
        "community": _("the residents"),
        "joint": _("residents and facilitator together"),
        "facilitator": _("the facilitator"),
        "none": _("nothing was decided"),
    }[key]


def plan_state(key: str) -> tuple[str, str]:
    """How something planned stands, and the tone of its badge."""
    return {
        "done": (_("done"), "good"),
        "dropped": (_("given up"), "plain"),
        "missed": (_("not logged"), "warn"),
        "waits": (_("planned"), "river"),
    }[key]


def position(key: str) -> str:
    """A position in the team."""
    return {
        "senior": _("senior facilitator"),
        "social": _("facilitator, social"),
        "technical": _("facilitator, technical"),
        "economy": _("facilitator, economy"),
    }[key]


def education(key: str) -> str:
    """A level of education."""
    return {
        "secondary": _("secondary school (SMA)"),
        "diploma": _("diploma (D3)"),
        "bachelor": _("bachelor (S1)"),
        "master": _("master (S2)"),
    }[key]


def hours(minutes: int) -> str:
    """Minutes as hours and minutes."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return _("%(hours)s h") % {"hours": whole}
    if not whole:
        return _("%(minutes)s min") % {"minutes": rest}
    return _("%(hours)s h %(minutes)s min") % {"hours": whole, "minutes": rest}


def share(part: int, whole: int, least: int) -> str:
    """A part of some decisions: in percent from the guideline's least number on, below it as it was counted."""
    if 0 < whole < least:
        return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}
    return Share(part, whole).percent(0)


def month(first: date) -> str:
    """A month in words."""
    return date_format(first, "F Y")


def course(found: Course) -> str:
    """Where dependence on the facilitator goes, as a sentence."""
    values = {"last": found.last.percent(0), "before": found.before.percent(0)}
    return {
        "falling": _("Dependence is falling: in the last three months the facilitator alone took %(last)s of the decisions, in the three before %(before)s."),
        "rising": _("Dependence is rising: in the last three months the facilitator alone took %(last)s of the decisions, in the three before %(before)s."),
        "level": _("Dependence stays: the facilitator alone took %(last)s of the decisions, as in the three months before."),
        "few": _("Too few decisions are logged to say where it goes."),
    }[found.word] % values  # fmt: skip
