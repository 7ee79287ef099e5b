"""Somebody stands on a roll twice: strike one row beside the roll, and see what follows."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pendamping.access.answers import Attempt, attempt
from pendamping.access.gate import page
from pendamping.meetings import actions, alike, correcting, labels, queries
from pendamping.meetings.forms import CorrectForm
from pendamping.meetings.models import Meeting
from pendamping.meetings.views.shown import meeting_or_404, named, status

MOST_PAIRS = 12
NUMBERS = ("stands", "struck")


@page("meetings.correct_roll")
def correct(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    """Strike a person's second row; ``stands`` and ``struck`` in the address: the two numbers, whose names the page
    shows. Other numbers are shown with their names first.
    """
    found = meeting_or_404(ward, meeting)
    asked = {key: request.GET.get(key, "") for key in NUMBERS}
    form = CorrectForm(request.POST or None, initial=asked)
    typed = {key: str(form[key].value() or "").strip() for key in NUMBERS}
    unseen = request.method == "POST" and typed != asked and form.is_valid()
    tried = (
        Attempt() if unseen
        else attempt(form, actions.correct_roll, by=request.user, ward=ward, meeting_id=found.id)
    )  # fmt: skip
    if tried.done:
        _say(request, tried.made)
        return redirect("meetings:meeting", ward=ward, meeting=found.id)
    rows = {one.number: one for one in queries.roll(found.id)}
    shown = {
        **named(found),
        "form": form,
        "reasons": tried.reasons,
        "chosen": [
            rows[int(each)] for each in typed.values() if each.isdecimal() and int(each) in rows
        ],
        "shown": typed,
        "unseen": unseen,
        "pairs": _pairs(found),
        "final": correcting.is_final(found),
    }
    return render(request, "meetings/correct.html", shown, status=status(tried.reasons, form))


def _pairs(found: Meeting) -> list[tuple[Any, Any]]:
    """Two rows each that may name one person; the earlier first."""
    rows = {one.person_id: one for one in queries.roll(found.id) if one.person_id}
    pairs = {
        tuple(sorted((rows[person].number, rows[other.id].number)))
        for person, others in alike.looks_like(found.ward, list(rows), list(rows)).items()
        for other in others
    }
    at = {one.number: one for one in rows.values()}
    return [(at[one], at[two]) for one, two in sorted(pairs)][:MOST_PAIRS]


def _say(request: HttpRequest, made: Meeting) -> None:
    """That it is done; plainly, where nothing that was decided stands any more."""
    said = _("The row is struck: %(came)s came. %(quorum)s.") % {
        "came": made.attended,
        "quorum": labels.quorum_name(made).capitalize(),
    }
    messages.success(request, said)
    if not made.quorum_met and made.decisions.exists():
        messages.warning(request, _("What this meeting decided does not stand any more."))
