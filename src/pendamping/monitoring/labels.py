"""Words of the indicators: names and rules, figures, where they stand, what their parts are called."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from pendamping.access.rules import ROLES
from pendamping.complaints import queries as complaints
from pendamping.funds.grants import queries as grants
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.money import format_rupiah, group_thousands
from pendamping.kernel.share import Share
from pendamping.monitoring.reading import FUND, Read
from pendamping.monitoring.rules import Figure, Part, value
from pendamping.monitoring.rules.maturity import TICKED, Standing

BANDS = {
    # band: (as read, tone, icon)
    "reached": (gettext_lazy("target reached"), "good", "check"),
    "near": (gettext_lazy("nearly reached"), "river", "clock"),
    "short": (gettext_lazy("not reached"), "warn", "warn"),
    "open": (gettext_lazy("no target"), "plain", "next"),
    "none": (gettext_lazy("cannot be worked out"), "plain", "info"),
}
RULES = {
    "women": gettext_lazy(
        "Counts every attendance at meetings of residents and board whose roll was taken, without guests; a group's own"
        " meetings are not among them. Whoever came twice counts twice. Women and poor overlap and are never added."
    ),
    "poor": gettext_lazy(
        "Counts every attendance at meetings of residents and board whose roll was taken, without guests. Poor is who was"
        " marked so on the day of the meeting. Women and poor overlap and are never added."
    ),
    "voters": gettext_lazy(
        "Looks at the last election of the board that adults voted in and whose votes were counted. Run-offs do not count."
    ),
    "volunteers_active": gettext_lazy(
        "A volunteer is active with a sign of work (a roll, a training, something they did) within the months that the"
        " guideline says; joining is one. Who has left does not count."
    ),
    "plans_ratified": gettext_lazy("Whether residents have ratified a medium-term plan by the day."),
    "stage_days": gettext_lazy(
        "Takes the stages that are finished, from the first day to the last, both counted, on the average. Wanted are the"
        " days that were planned for the same stages."
    ),
    "grant_used": gettext_lazy(
        "What groups and the board have spent of the grant, out of all that has come, in rupiah, by window."
    ),
    "contribution": gettext_lazy(
        "What residents gave to works, at its value, over the programme's money paid for them. It is measured against the"
        " programme's money, not against the sum of both."
    ),
    "good_works": gettext_lazy("Of the works that are finished, those whose last examination says good."),
    "audits": gettext_lazy(
        "Of the years of books that are over, those whose audit is noted as done."
    ),
    "cheaper": gettext_lazy("What works cost against the price that the government pays for the same."),
    "complaints_closed": gettext_lazy("Closed out of all complaints that came in by the day."),
    "complaints_confirmed": gettext_lazy(
        "Of the complaints that were closed, those whose complainant says that it is so. Closing alone measures filing."
    ),
    "lar": gettext_lazy("Counts groups, from the loan book at the end of the day."),
    "par": gettext_lazy("Counts money, from the loan book at the end of the day."),
    "rr": gettext_lazy("A share of what is owed, from the loan book at the end of the day."),
    "ccr": gettext_lazy("From the books since 1 January of the year."),
    "roi": gettext_lazy("From the books since 1 January of the year, made yearly."),
}  # fmt: skip
LACKING = {
    "no_prices": gettext_lazy("Prices of the government for the same works are not recorded."),
    "no_rule": gettext_lazy("No rule reads this from the record."),
}
BY = {
    "kind": gettext_lazy("By kind of meeting"),
    "sex": gettext_lazy("By sex"),
    "poor": gettext_lazy("By poverty"),
    "stage": gettext_lazy("By stage"),
    "window": gettext_lazy("By window"),
    "own": gettext_lazy("By kind of contribution"),
    "days": gettext_lazy("Days of work by sex"),
    "complaint": gettext_lazy("By kind of complaint"),
}
SEX = {"P": gettext_lazy("Women"), "L": gettext_lazy("Men")}
POOR = {"poor": gettext_lazy("Poor when they joined"), "other": gettext_lazy("Not poor when they joined")}  # fmt: skip
OWN = {
    "cash": gettext_lazy("Given in cash"),
    "material": gettext_lazy("Material"),
    "labour": gettext_lazy("Labour"),
    "land": gettext_lazy("Land"),
}
RUPIAH = frozenset({"grant_used", "contribution", "par", "rr", "ccr", "roi"})
"""Indicators whose numerator and denominator are rupiah."""


def lang() -> str:
    """The reader's language, as the guideline names it."""
    return "en" if get_language() == "en" else "id"


def day(on: date) -> str:
    """A day in words."""
    return date_format(on, "j F Y")


def names(ward: str, on: date) -> dict[str, str]:
    """What the guideline calls its indicators, those of the fund with their short name first."""
    text = guidelines.in_force(ward, on)
    found = {
        key: str(one["name"][lang()]) for key, one in text.section("indicators_of_progress").items()
    }
    fund = text.section("indicators")
    return found | {
        key: f"{fund[key]['short']}: {fund[key]['name'][lang()]}" for key in FUND if key in fund
    }


def formula(ward: str, on: date, key: str) -> str:
    """The formula of an indicator as the guideline writes it."""
    text = guidelines.in_force(ward, on)
    if key in FUND:
        said = text.section("indicators")[key]
        return f"{said['numerator'][lang()]} / {said['denominator'][lang()]}"
    return str(text.section("indicators_of_progress")[key]["formula"][lang()])


def clause(ward: str, on: date, key: str) -> Mapping[str, Any]:
    """Where the guideline says it: section, place and status of its clause."""
    section = "indicators" if key in FUND else "indicators_of_progress"
    found = guidelines.in_force(ward, on).clauses.get((section, key))
    return {"section": section, "id": found.id, "status": found.status} if found else {}


def said(part: int, whole: int, unit: str) -> str:
    """A figure as it is read: ``57,7 %``, ``27,8 hari``; a dash where it cannot be worked out."""
    mark = "." if lang() == "en" else ","
    if unit == "percent":
        return Share(part, whole).percent(1, mark)
    found = value(part, whole, unit)
    if found is None:
        return "–"
    tenths = (found.numerator * 20 + found.denominator) // (found.denominator * 2)
    return _("%(days)s days") % {"days": f"{tenths // 10}{mark}{tenths % 10}"}


def target(one: Read) -> str:
    """The target in words; a dash where there is none."""
    aim, wanted = one.aim, one.figure.wanted
    if wanted is not None:
        return _("at most %(figure)s") % {"figure": said(wanted, one.figure.whole, aim.unit)}
    if aim.target is None:
        return "–"
    figure = f"{aim.target} %" if aim.unit == "percent" else _("%(days)s days") % {"days": aim.target}  # fmt: skip
    return (_("at least %(figure)s") if aim.higher else _("at most %(figure)s")) % {"figure": figure}  # fmt: skip


def counted(one: Read) -> str:
    """Numerator and denominator: ``1.103 / 1.910``; money as rupiah."""
    return f"{amount(one.aim.key, one.figure.part)} / {amount(one.aim.key, one.figure.whole)}"


def amount(key: str, number: int) -> str:
    """One number of an indicator."""
    if key in RUPIAH:
        return format_rupiah(number)
    return f"{number:,}" if lang() == "en" else group_thousands(number)


def rule(one: Read) -> str:
    """The rule of an indicator in one paragraph."""
    return str(RULES.get(one.aim.measure, LACKING["no_rule"]))


def lacking(figure: Figure) -> str:
    """Why there is no figure."""
    if figure.lacking:
        return str(LACKING[figure.lacking])
    return _("The denominator is zero: there is nothing of it in the record yet.")


def part_names(ward: str, on: date, by: str) -> Mapping[str, Any]:
    """What the parts are called, by their key."""
    if by == "kind":
        return named(ward, on, "meetings")
    if by == "stage":
        return named(ward, on, "stages")
    if by == "window":
        return grants.window_names(ward, on)
    if by == "complaint":
        return complaints.names(ward, "kinds", on)
    return {"sex": SEX, "days": SEX, "poor": POOR, "own": OWN}[by]


def named(ward: str, on: date, section: str) -> dict[str, str]:
    """Keys and names of a section of the guideline in the reader's language."""
    return {
        key: str(one["name"][lang()]) for key, one in guidelines.section(section, ward, on).items()
    }


def part(one: Part, key: str, unit: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """A part of a figure in a line."""
    money = key if one.by in ("window", "own") else ""
    return {
        "name": str(known.get(one.key, one.key)),
        "part": amount(money, one.part),
        "whole": amount(money, one.whole),
        "figure": said(one.part, one.whole, unit),
    }


# --- the scorecard ------------------------------------------------------------------------------

SCORES = {
    1: gettext_lazy("1 very bad"),
    2: gettext_lazy("2 bad"),
    3: gettext_lazy("3 middling"),
    4: gettext_lazy("4 good"),
    5: gettext_lazy("5 very good"),
}
FOLLOWED = {
    # how a promise stands: (as read, tone)
    "": (gettext_lazy("promised"), "river"),
    "done": (gettext_lazy("it was done"), "good"),
    "partly": (gettext_lazy("partly done"), "warn"),
    "not": (gettext_lazy("not done"), "bad"),
}


def role(key: str) -> str:
    """A role by name."""
    return _(ROLES[key][0])


def mean(of: Fraction | None) -> str:
    """A mean score with one digit: ``3,8``; a dash where nothing is shown."""
    if of is None:
        return "–"
    tenths = (of.numerator * 20 + of.denominator) // (of.denominator * 2)
    return f"{tenths // 10}{'.' if lang() == 'en' else ','}{tenths % 10}"


def moved(by: Fraction | None) -> str:
    """How a mean moved: ``+0,4``; empty where it cannot be said."""
    if by is None:
        return ""
    sign = "+" if by > 0 else "−" if by < 0 else "±"
    return sign + mean(abs(by))


# --- outcomes of loans --------------------------------------------------------------------------

STRATA = {
    "behind": gettext_lazy("behind with instalments"),
    "current": gettext_lazy("paying as agreed"),
    "ended": gettext_lazy("loan ended"),
}
STATES = {
    # of somebody who was drawn: (as read, tone)
    "told": (gettext_lazy("interviewed"), "good"),
    "replaced": (gettext_lazy("somebody else in their place"), "plain"),
    "waits": (gettext_lazy("still to be asked"), "river"),
}


def question(said: Mapping[str, Any]) -> str:
    """A question in the reader's language."""
    return str(said["name"][lang()])


def answers(said: Mapping[str, Any]) -> dict[str, str]:
    """The answers of a question by key, in the reader's language."""
    return {each["key"]: str(each["name"][lang()]) for each in said["answers"]}


# --- maturity -----------------------------------------------------------------------------------

MATURITY = {
    # how a criterion stands: (as read, tone)
    "met": (gettext_lazy("met"), "good"),
    "unmet": (gettext_lazy("not met"), "warn"),
    "none": (gettext_lazy("nothing said yet"), "plain"),
}


def of_criterion(one: Standing) -> str:
    """What the record shows of a criterion: a share where it is one, else the count; empty where people say it."""
    if one.criterion.measure == TICKED:
        return ""
    if one.part is None or one.whole is None:
        return _("read from the record") if one.word != "none" else ""
    if one.criterion.measure.endswith("percent"):
        return said(one.part, one.whole, "percent")
    return f"{one.part} / {one.whole}"
