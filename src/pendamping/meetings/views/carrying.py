"""Where what a meeting decided is carried out: a decision by itself changes nothing yet."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.refusal import N_
from pendamping.meetings import offering, queries
from pendamping.meetings.models import Meeting
from pendamping.meetings.rules import Matter, Way

UNSIGNED = N_(
    "By the decision alone nothing changes yet: sign the minutes; then this page leads to where it is carried out."
)
WAITS = N_("Decided, and still to be carried out.")


@dataclass(frozen=True, slots=True)
class Carry:
    """What a page says below a decision: words, the address (empty where the reader may not open it) and its link."""

    said: str
    url: str
    label: str


def links(request: HttpRequest, found: Meeting) -> dict[str, Carry]:
    """By the subject of each accepted decision: whether it waits to be carried out, and where that is done."""
    waits = {one.subject: one for one in offering.waiting(found.ward, found.held_on)}
    beside = _beside_the_guideline(request, found) if found.status == "closed" else {}
    known = {}
    for one in queries.decisions(found.id):
        if one.outcome != "accepted":
            continue
        if one.subject in beside:
            known[one.subject] = beside[one.subject]
            continue
        waiting = waits.get(one.subject)
        where = _where(found, one.subject, waiting)
        if where is not None:
            known[one.subject] = _carry(request, found, where)
    return known


def _where(found: Meeting, subject: str, waiting: Matter | None) -> Way | None:
    """The page, and whether the decision waits for it; nothing where it was carried out."""
    if waiting and waiting.forms_group:  # the group of this meeting, no other one's
        here = {"ward": found.ward, "meeting": found.id}
        return Way(reverse("institutions:form", kwargs=here), waiting.permission, waits=True)
    if waiting and waiting.url:
        return Way(waiting.url, waiting.permission, waits=True)
    place = offering.place(found.ward, subject)
    if place is None:
        return None
    waits = waiting is not None or place.waits
    open_ = found.status != "closed" or waits or place.stays
    return place._replace(waits=waits) if open_ else None


def _carry(request: HttpRequest, found: Meeting, where: Way) -> Carry:
    if found.status != "closed":
        return Carry(_(UNSIGNED), "", "")
    waits = where.waits
    label = _("Carry it out: open its page") if waits else _("The page where it is carried out")
    may = access.may(request.user, where.permission, found.ward)
    return Carry(_(WAITS) if waits else "", where.url if may else "", label)


def _beside_the_guideline(request: HttpRequest, found: Meeting) -> dict[str, Carry]:
    """Decisions of the ward's own that are to be recorded, or ended, beside the guideline."""
    here, links = {"ward": found.ward, "meeting": found.id}, {}
    if access.may(request.user, "guidelines.record_deviation", found.ward):
        for subject, clause in guidelines.waiting(found.ward, found.id).items():
            address = reverse("guidelines:record", kwargs={**here, "clause": clause})
            links[subject] = Carry("", address + "?reason=", _("Record it beside the guideline"))
    if access.may(request.user, "guidelines.end_deviation", found.ward):
        for subject, deviation in guidelines.ends_waiting(found.ward, found.id).items():
            address = reverse("guidelines:record_end", kwargs={**here, "deviation": deviation})
            links[subject] = Carry("", address, _("Record the end of the decision"))
    return links
