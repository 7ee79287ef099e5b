"""One dossier: its clock, its way so far, and what can be done with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf, attempt, carry_out
from pendamping.access.gate import page
from pendamping.kernel import clock
from pendamping.verification import actions, figures, labels, papers, queries
from pendamping.verification.forms import AgainForm, DayForm, PauseForm, WhyForm
from pendamping.verification.guideline import Rule
from pendamping.verification.models import Dossier, Step
from pendamping.verification.queries import Standing
from pendamping.verification.views.shown import (
    dossier_or_404,
    may,
    record_page,
    row,
    rule_of,
    status,
)


@require_safe
@page("verification.read")
def show(request: HttpRequest, ward: str, dossier: str) -> HttpResponse:
    return render_dossier(request, dossier_or_404(ward, dossier))


def render_dossier(
    request: HttpRequest, found: Dossier, reasons: Any = (), what: str = ""
) -> HttpResponse:
    """The page of a dossier, with what could not be done on top."""
    rule, stand = rule_of(found), queries.standing_of(found)
    guess = figures.forecast(found, stand.left, stand.days)
    mine = request.user.username in {one.user for one in stand.turn}  # type: ignore[union-attr]
    shown = {
        "dossier": found,
        "row": row(found, rule),
        "stand": stand,
        "short": labels.short_state(found.state),
        "tone": labels.TONES[found.state],
        "here": here(stand, rule),
        "way": way(stand, rule),
        "mend": mend(stand, rule),
        "forecast": guess,
        "sure": labels.sure(guess.sure) if guess else "",
        "turn": [one.name for one in stand.turn],
        "mine": mine,
        "told": told(found, rule),
        "scans": queries.scans(found.id),
        "day": DayForm(),
        "why": WhyForm(),
        "pause": PauseForm(reasons=choices(rule, "verification_pauses")),
        "record": record_page(found),
        "can_appeal": found.state == "refused" and found.appeals < rule.appeals,
        "may": may(request, found.ward),
        "reasons": list(reasons),
        "what": what,
    }
    return render(request, "verification/dossier.html", shown, status=status(shown["reasons"]))


def here(stand: Standing, rule: Rule) -> dict[str, Any]:
    """Where it lies now, and its clock."""
    found = stand.dossier
    if not found.tier:
        return {}
    step = stand.steps[-1]
    paused = next((one for one in step.pauses.all() if one.until is None), None)
    return {
        "tier": labels.tier(rule, found.tier),
        "name": labels.name_in(rule, "verification_tiers", found.tier),
        "looks_at": labels.said(rule.raw["verification_tiers"][found.tier]["looks_at"]),
        "days": stand.days,
        "limit": step.limit_days,
        "due": found.due_on,
        "late": stand.overdue,
        "late_days": (clock.today() - found.due_on).days if found.due_on else 0,
        "since": step.received_on,
        "taken": step.taken_on,
        "paused": paused,
        "paused_why": labels.name_in(rule, "verification_pauses", paused.reason) if paused else "",
    }


def way(stand: Standing, rule: Rule) -> list[dict[str, Any]]:
    """Every stay so far, and the tiers still to come, as a timeline."""
    found = [_stay(step, rule, stand) for step in stand.steps]
    open_now = stand.steps[-1].tier if stand.dossier.state == "open" else ""
    ahead = [tier for tier in stand.left if tier != open_now]
    return [*found, *({"title": labels.tier(rule, tier), "ahead": True} for tier in ahead)]


def _stay(step: Step, rule: Rule, stand: Standing) -> dict[str, Any]:
    names = access.names([step.decided_by]) if step.decided_by else {}
    late = step.within is False or (step.decided_on is None and stand.overdue)
    return {
        "title": labels.tier(rule, step.tier),
        "received": step.received_on,
        "decided": step.decided_on,
        "entered": step.decided_entered_on,
        "days": step.days if step.decided_on else stand.days,
        "limit": step.limit_days,
        "late": late,
        "result": labels.name_in(rule, "verification_results", step.result) if step.result else "",
        "tone": {"pass": "good", "return": "warn", "refuse": "bad"}.get(step.decision, "plain"),
        "reasons": [labels.name_in(rule, "verification_reasons", key) for key in step.reasons],
        "note": step.note,
        "by": names.get(step.decided_by, step.decided_by),
        "substitute": step.substitute,
        "withdrawn": step.withdrawn,
    }


def mend(stand: Standing, rule: Rule) -> dict[str, Any] | None:
    """What the last decision found wanting: reasons, note, and each paper that is not right."""
    step = stand.mend
    if step is None:
        return None
    names = {paper["key"]: paper["name"] for paper in stand.dossier.papers}
    ticks = step.ticks.get("papers", {})
    return {
        "tier": labels.tier(rule, step.tier),
        "on": step.decided_on,
        "note": step.note,
        "reasons": [labels.name_in(rule, "verification_reasons", key) for key in step.reasons],
        "missing": [names[key] for key, (present, _) in ticks.items() if not present and key in names],
        "wrong": [names[key] for key, (here, right) in ticks.items() if here and not right and key in names],
    }  # fmt: skip


def told(found: Dossier, rule: Rule) -> list[dict[str, Any]]:
    """Who only has to know, and when they were told."""
    when = dict(found.notices.values_list("actor", "on"))
    informed = rule.chains[found.chain].informed
    return [
        {"key": key, "name": labels.name_in(rule, "actors", key), "on": when.get(key)}
        for key in informed
    ]


def choices(rule: Rule, section: str) -> list[tuple[str, str]]:
    """The keys of a section of the guideline with their names."""
    return [(key, labels.name_in(rule, section, key)) for key in rule.raw[section]]


def _done(request: HttpRequest, found: Dossier, tried: Any, text: str, what: str) -> HttpResponse:
    if tried.done:
        messages.success(request, text)
        return redirect("verification:dossier", ward=found.ward, dossier=found.id)
    return render_dossier(request, dossier_or_404(found.ward, found.id), tried.reasons, what)


def _day_given(request: HttpRequest) -> Any:
    form = DayForm(request.POST)
    return form.cleaned_data["on"] if form.is_valid() else clock.today()


@require_POST
@page("verification.receive")
def receive(request: HttpRequest, ward: str, dossier: str) -> HttpResponse:
    found = dossier_or_404(ward, dossier)
    tried = carry_out(
        actions.receive, by=request.user, ward=ward, dossier_id=found.id, on=_day_given(request)
    )
    return _done(request, found, tried, _("You have it in hand."), _("It is not taken in hand"))


@page("verification.pause")
def pause(request: HttpRequest, ward: str, dossier: str) -> HttpResponse:
    found = dossier_or_404(ward, dossier)
    form = PauseForm(request.POST or None, reasons=choices(rule_of(found), "verification_pauses"))
    tried = attempt(form, actions.pause, by=request.user, ward=ward, dossier_id=found.id)
    texts = (_("Stop the clock"), _("While it stands, no limit runs. The reason is shown to the proposer."))  # fmt: skip
    return formed(request, found, form, tried, texts, _("The clock stands."))


@require_POST
@page("verification.resume")
def resume(request: HttpRequest, ward: str, dossier: str) -> HttpResponse:
    found = dossier_or_404(ward, dossier)
    tried = carry_out(
        actions.resume, by=request.user, ward=ward, dossier_id=found.id, on=_day_given(request)
    )
    return _done(request, found, tried, _("The clock runs again."), _("The clock still stands"))


@page("verification.recuse")
def recuse(request: HttpRequest, ward: str, dossier: str) -> HttpResponse:
    found = dossier_or_404(ward, dossier)
    form = WhyForm(request.POST or None)
    tried = attempt(form, actions.recuse, by=request.user, ward=ward, dossier_id=found.id)
    texts = (_("Step back from this dossier"), _("Kin, friendship or business with a party: somebody else of the office decides, or a substitute."))  # fmt: skip
    return formed(request, found, form, tried, texts, _("You have stepped back."))


@page("verification.send_again")
def again(request: HttpRequest, ward: str, dossier: str) -> HttpResponse:
    """A dossier that came on paper goes on here; one with a record of its own goes on there."""
    found = dossier_or_404(ward, dossier)
    own = record_page(found)
    if own and request.method == "GET":
        return redirect(own)
    form = AgainForm(request.POST or None)
    tried = attempt(form, actions.send_again, by=request.user, ward=ward, dossier_id=found.id)
    texts = (_("Hand in again"), _("It goes on in the tier that returned it. What earlier tiers let pass stays."))  # fmt: skip
    return formed(request, found, form, tried, texts, _("The dossier is on its way again."))


@page("verification.appeal")
def appeal(request: HttpRequest, ward: str, dossier: str) -> HttpResponse:
    found = dossier_or_404(ward, dossier)
    form = WhyForm(request.POST or None)
    tried = attempt(form, actions.appeal, by=request.user, ward=ward, dossier_id=found.id)
    texts = (_("Appeal against the refusal"), _("Somebody who did not refuse it hears both sides. Upheld, the tier examines it anew, by another person."))  # fmt: skip
    return formed(request, found, form, tried, texts, _("The appeal is on its way."))


@page("verification.withdraw")
def withdraw(request: HttpRequest, ward: str, dossier: str) -> HttpResponse:
    found = dossier_or_404(ward, dossier)
    form = WhyForm(request.POST or None)
    tried = attempt(form, actions.withdraw, by=request.user, ward=ward, dossier_id=found.id)
    texts = (_("Withdraw the dossier"), _("It is closed for good; its history stays. The matter may be handed in anew."))  # fmt: skip
    return formed(request, found, form, tried, texts, _("The dossier is taken back."))


def formed(
    request: HttpRequest, found: Dossier, form: Any, tried: Any, texts: Any, done: str
) -> HttpResponse:
    """A page of one form that does one thing to a dossier."""
    if tried.done:
        messages.success(request, done)
        return redirect("verification:dossier", ward=found.ward, dossier=found.id)
    rule = rule_of(found)
    shown = {
        "form": form,
        "reasons": tried.reasons,
        "title": texts[0],
        "lead": texts[1],
        "dossier": found,
        "row": row(found, rule),
        "mend": mend(queries.standing_of(found), rule),
    }
    return render(request, "verification/form.html", shown, status=status(tried.reasons, form))


@require_POST
@page("verification.note_informed")
def tell(request: HttpRequest, ward: str, dossier: str) -> HttpResponse:
    found = dossier_or_404(ward, dossier)
    tried = carry_out(
        actions.note_informed,
        by=request.user,
        ward=ward,
        dossier_id=found.id,
        actor=request.POST.get("actor", ""),
        on=_day_given(request),
    )
    return _done(request, found, tried, _("Noted."), _("It is not noted"))


@require_safe
@page("verification.read")
def slip(request: HttpRequest, ward: str, dossier: str) -> HttpResponse:
    """One page for the proposer: where the dossier stands, what to mend."""
    found = dossier_or_404(ward, dossier)
    rule, stand = rule_of(found), queries.standing_of(found)
    pdf = papers.slip(
        stand,
        rule,
        ward_name=request.ward.name,  # type: ignore[attr-defined]
        forecast=figures.forecast(found, stand.left, stand.days),
        way=way(stand, rule),
        mend=mend(stand, rule),
        address=address(request, "verification:dossier", dossier=found.id),
    )
    return answer_pdf(pdf, f"berkas-{found.number}.pdf")
