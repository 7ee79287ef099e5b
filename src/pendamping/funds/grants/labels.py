"""What is shown for a state or a kind: words and the tone of a badge."""

from django.utils.translation import gettext as _

from pendamping.kernel.refusal import N_

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


def tranche(state: str) -> tuple[str, str]:
    """The words and the tone of a tranche's state."""
    text, tone = TRANCHES[state]
    return _(text), tone


def report(state: str) -> tuple[str, str]:
    """The words and the tone of a report's state."""
    text, tone = REPORTS[state]
    return _(text), tone


def movement(kind: str) -> str:
    """A kind of movement in the reader's language."""
    return _(MOVEMENTS[kind])
