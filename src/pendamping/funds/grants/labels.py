"""What is shown for a state or a kind: words, and the tone of a badge."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.kernel.refusal import N_

WHAT_FOR = {
    "education": gettext_lazy("School and scholarships"),
    "training": gettext_lazy("Training"),
    "elderly": gettext_lazy("Care for the elderly"),
    "health": gettext_lazy("Health"),
    "food": gettext_lazy("Food and basic needs"),
    "other": gettext_lazy("Something else"),
}
OWN_KINDS = {
    "cash": gettext_lazy("Cash"),
    "material": gettext_lazy("Material"),
    "labour": gettext_lazy("Labour"),
    "land": gettext_lazy("Land"),
}
TICKS = {
    "materials": gettext_lazy("Report on the use of materials"),
    "attendance": gettext_lazy("Attendance list"),
    "cash_book": gettext_lazy("Entered in the cash book"),
    "other": gettext_lazy("Other proof"),
}
COSTS = {
    "material": gettext_lazy("Material"),
    "equipment": gettext_lazy("Equipment"),
    "transport": gettext_lazy("Hired transport"),
    "wages": gettext_lazy("Wages and fees"),
    "other": gettext_lazy("Another purchase"),
}
STEPS = {
    "tppi": gettext_lazy("Works committee (TPPI)"),
    "bkm": gettext_lazy("Board (BKM)"),
    "satker": gettext_lazy("Project work unit (Satker/PPK)"),
    "kpp": gettext_lazy("Maintenance group (KPP)"),
}
PEOPLE = {
    "households": gettext_lazy("Households that benefit"),
    "poor_households": gettext_lazy("Poor households among them"),
    "people": gettext_lazy("People that benefit"),
    "women": gettext_lazy("Women among them"),
}

TRANCHES: dict[str, tuple[str, str]] = {
    "planned": (N_("planned"), "plain"),
    "requested": (N_("with the chain"), "river"),
    "returned": (N_("returned, to be mended"), "warn"),
    "cleared": (N_("passed, waits for its order"), "river"),
    "ordered": (N_("ordered, on its way"), "river"),
    "received": (N_("received"), "good"),
}
REPORTS: dict[str, tuple[str, str]] = {
    "": (N_("not drafted yet"), "plain"),
    "drafted": (N_("drafted"), "plain"),
    "handed-in": (N_("handed in, with the chain"), "river"),
    "returned": (N_("returned, to be mended"), "warn"),
    "accepted": (N_("accepted"), "good"),
}
MOVEMENTS: dict[str, str] = {
    "received": N_("Tranche received"),
    "paid": N_("Paid to the group"),
    "spent": N_("Spent by the group"),
    "returned": N_("Given back by the group"),
    "given": N_("Social grant"),
    "passed-on": N_("Passed on to the UPK"),
    "moved-out": N_("Moved to another window"),
    "moved-in": N_("Moved from another window"),
}


STANDING = ("received", "moved_in", "moved_out", "bank", "held", "spent")
"""The columns of the table of windows: received + moved in - moved out = in the bank + with groups + used."""


def windows_head() -> list[str]:
    """The heads of the table of windows, its name first."""
    return [
        _("Window"), _("Received"), _("Moved in"), _("Moved out"), _("In the bank"), _("With groups"), _("Used"),
    ]  # fmt: skip


def windows_title(on: date) -> str:
    """What the table of windows speaks of: not of one tranche."""
    return _("Windows, all tranches up to %(day)s") % {"day": date_format(on, "j F Y")}


def windows_rows(found: Any) -> list[list[Any]]:
    """A draft's windows, each with its figures in whole rupiah, and all of them together."""
    rows = [(one.name, one.standing) for one in found.windows]
    rows.append((_("Total"), found.total))
    return [[name, *(getattr(stands, key) for key in STANDING)] for name, stands in rows]


def tranche(state: str) -> tuple[str, str]:
    """The words and the tone of a tranche's state."""
    text, tone = TRANCHES[state]
    return _(text), tone


def report(state: str) -> tuple[str, str]:
    """The words and the tone of a report's state."""
    text, tone = REPORTS[state]
    return _(text), tone


def what(one: Any) -> str:
    """A movement in words: its kind, and what or whom it was for; a social grant's purpose, never a name."""
    social = getattr(one, "social", None) if one.kind == "given" else None
    whom = one.who if one.kind != "passed-on" else ""
    more = one.what or whom or (one.grant.title if one.grant else "")
    if social and not more:
        more = str(WHAT_FOR[social.what_for])
    return f"{movement(one.kind)}: {more}" if more else movement(one.kind)


def movement(kind: str) -> str:
    """A kind of movement in the reader's language."""
    return _(MOVEMENTS[kind])
