"""What stands out in a ward, and one factor with its rule, its limits and the records behind it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.gate import page
from pendamping.insight import evidence, labels, queries, said
from pendamping.insight.rules import FACTORS, INHIBITING, STANDS_OUT, Quarter, Warned
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason


@require_safe
@page("insight.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """What holds the ward back, by urgency; what carries it; what was looked at besides."""
    look = queries.look_and_keep(ward, clock.today())
    seen, running = queries.seen(ward, look.holding_back), _running(ward)
    shown = {
        "holding": [_holding(one, ward, seen, running) for one in look.holding_back],
        "strengths": [_card(one, ward) for one in look.strengths],
        "quiet": [_card(one, ward) for one in look.quiet],
        "unknown": [_card(one, ward) for one in look.unknown],
        "on": look.on,
        **_turnout(look.turnout),
    }
    return render(request, "insight/home.html", shown)


def _card(one: Warned, ward: str) -> dict[str, Any]:
    word, tone, icon = labels.severity(one.severity)
    return {
        "name": labels.name(one.factor),
        "word": word,
        "tone": tone,
        "icon": icon,
        "since": one.since,
        "found": labels.found(one),
        "url": reverse("insight:factor", kwargs={"ward": ward, "factor": one.factor}),
        "records": len(one.evidence),
    }


def _running(ward: str) -> Counter[str]:
    """How many remedies run, by factor."""
    return Counter(one.remedy.factor for one in queries.remedies(ward) if one.open)


def _holding(
    one: Warned, ward: str, seen: Mapping[str, Any], running: Mapping[str, int]
) -> dict[str, Any]:
    """A warning: whether somebody has seen it, and how many remedies run."""
    found = seen.get(one.factor)
    return {
        **_card(one, ward),
        "new": found is None,
        "note": labels.seen(found.user.name, found.on) if found else "",
        "running": running.get(one.factor, 0),
    }


def _turnout(found: list[Quarter]) -> dict[str, Any]:
    """The chart of different persons, and the figures beside it."""
    return {
        "points": [
            {"label": _quarter(one.first), "value": one.persons if one.meetings else None} for one in found
        ],
        "quarters": [
            {"quarter": _quarter(one.first), "meetings": one.meetings}
            | ({"attendances": one.attendances, "persons": one.persons, "women": one.women, "poor": one.poor}
               if one.meetings else {})
            for one in found
        ],
        "without": ", ".join(_quarter(one.first) for one in found if not one.meetings),
    }  # fmt: skip


def _quarter(first: date) -> str:
    """A quarter as it stands under a column: ``IV/03``."""
    return f"{('I', 'II', 'III', 'IV')[first.month // 3]}/{first:%y}"


@require_safe
@page("insight.read")
def factor(request: HttpRequest, ward: str, factor: str) -> HttpResponse:
    """One factor: what was found, since when, how sure, by which rule and limits, from which records."""
    return show_factor(request, ward, factor)


def show_factor(
    request: HttpRequest, ward: str, factor: str, reasons: Sequence[Reason] = ()
) -> HttpResponse:
    """The page of a factor; 404 for a name that is none. ``reasons``: why what was asked could not be done."""
    if factor not in FACTORS:
        raise Http404
    today = clock.today()
    look = queries.look_and_keep(ward, today)
    one = look.of(factor)
    if one is None:
        raise Http404
    behind = evidence.behind(look, one, request.user)
    shown = {
        "factor": factor,
        "one": one,
        "card": _card(one, ward),
        "sure": labels.sure(one) if one.seen else "",
        "rule": labels.rule(factor, look.limits),
        "limits": labels.limits_of(factor, ward, today),
        "behind": behind,
        "day_label": _("Behind since") if factor == evidence.ARREARS else _("Day"),
        "more": len(one.evidence) - len(behind),
        "reasons": reasons,
        "told": said.of_factor(ward, one),
        **(_acting(request, look, one) if factor in INHIBITING else {}),
        **(_turnout(look.turnout) if factor.startswith("participation") else {}),
    }
    return render(request, "insight/factor.html", shown, status=409 if reasons else 200)


def _acting(request: HttpRequest, look: queries.Look, one: Warned) -> dict[str, Any]:
    """Who saw a warning, what is done, what can help."""
    warns = one.severity in STANDS_OUT
    seen = queries.seen(look.ward, [one]).get(one.factor)
    may = {
        name: warns and access.may(request.user, f"insight.{name}", look.ward)
        for name in ("acknowledge", "plan_remedy")
    }
    return {
        "inhibits": True,
        "seen": seen,
        "warns": warns,
        "may": may,
        "remedies": [remedy_row(each) for each in queries.remedies(look.ward, one.factor)],
        "suggested": labels.remedies(one.factor, look.ward, look.on),
        "elsewhere": [_elsewhere(each) for each in queries.elsewhere(look.ward, one.factor)]
        if warns
        else [],
    }


def remedy_row(done: queries.Done) -> dict[str, Any]:
    """A remedy in a line: what, who, until when, how it worked."""
    made, last = done.remedy, done.last
    word, tone = labels.outcome(last.word) if last else (_("running"), "river")
    return {
        "what": made.what,
        "who": " · ".join(filter(None, [labels.role(made.role), made.who])),
        "until": made.until,
        "word": word,
        "tone": tone,
        "url": reverse("insight:remedy", kwargs={"ward": made.ward, "remedy": made.id}),
    }


def _elsewhere(one: queries.Elsewhere) -> dict[str, Any]:
    word, tone = labels.outcome(one.word)
    return {
        "what": one.what,
        "role": labels.role(one.role),
        "word": word,
        "tone": tone,
        "course": labels.course(one.before, one.after, one.days),
    }
