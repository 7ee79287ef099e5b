"""One complaint: what was said, where it stands, and what those may do in whose hands it lies."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.complaints import actions, facts, labels, queries
from pendamping.complaints import forms as typed
from pendamping.complaints.models import Complaint
from pendamping.complaints.views import shown
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.meetings import queries as meetings

# verb of the action: (its form, what is said when it is done)
DONE: dict[str, tuple[type[forms.Form], Any]] = {
    "acknowledge": (typed.ReceiptForm, gettext_lazy("The receipt is confirmed.")),
    "sort": (typed.SortForm, gettext_lazy("Kept.")),
    "add_note": (typed.NoteForm, gettext_lazy("Noted.")),
    "pass_on": (typed.PassForm, gettext_lazy("Passed on; its clock begins there.")),
    "answer": (typed.AnswerForm, gettext_lazy("Answered. Now the complainant says whether it is settled.")),
    "record_recovered": (typed.RecoveredForm, gettext_lazy("Noted what came back.")),
    "close": (typed.WhyForm, gettext_lazy("Closed, without a word of the complainant.")),
    "confirm": (typed.WordForm, gettext_lazy("Closed: the complainant confirms it.")),
    "reopen": (typed.WhyForm, gettext_lazy("Opened again; the clock begins anew.")),
    "join": (typed.JoinForm, gettext_lazy("Joined.")),
    "part": (typed.WhyForm, gettext_lazy("Taken apart; its clock begins anew.")),
    "name_concerned": (typed.ConcernForm, gettext_lazy("Noted: they neither see nor handle it.")),
}  # fmt: skip
OPEN_IN = {
    # state: what can be done then
    "open": ("answer", "acknowledge", "sort", "add_note", "pass_on", "join", "name_concerned",
             "record_recovered"),
    "answered": ("confirm", "reopen", "close", "add_note", "sort", "record_recovered"),
    "closed": ("reopen", "record_recovered"),
    "joined": ("part",),
}  # fmt: skip
FOR_ANYBODY = frozenset({"add_note", "confirm", "reopen"})  # also for who does not act now


@require_safe
@page("complaints.read")
def show(request: HttpRequest, ward: str, complaint: str) -> HttpResponse:
    """The page of a complaint."""
    return _show(request, shown.found_or_404(request, ward, complaint), {})


def _stepping(verb: str) -> Callable[..., HttpResponse]:
    @require_POST
    @page(f"complaints.{verb}")
    def view(request: HttpRequest, ward: str, complaint: str) -> HttpResponse:
        found = shown.found_or_404(request, ward, complaint)
        form = _form(verb, found, request.user, request.POST)
        act = getattr(actions, verb)
        tried = attempt(form, act, by=request.user, ward=ward, complaint_id=found.id)
        if tried.done:
            messages.success(request, str(DONE[verb][1]))
            if facts.is_concerned(tried.made, request.user):  # type: ignore[arg-type]
                return redirect("complaints:home", ward=ward)
            return redirect("complaints:complaint", ward=ward, complaint=found.id)
        told = {"reasons": tried.reasons, "sent": verb, "form": form}
        return _show(request, found, told, shown.status(tried.reasons, form))

    return view


STEPS = {verb: _stepping(verb) for verb in DONE}


@require_POST
@page("complaints.reveal_person")
def reveal(request: HttpRequest, ward: str, complaint: str) -> HttpResponse:
    """Who complained and whom it is about, on this answer alone; the trail keeps who asked, and why."""
    found = shown.found_or_404(request, ward, complaint)
    form = typed.WhyForm(request.POST, auto_id="reveal_%s")
    tried = attempt(form, actions.reveal_person, by=request.user, ward=ward, complaint_id=found.id)
    told = {"person": tried.made, "reasons": tried.reasons, "sent": "reveal", "form": form}
    answer = _show(request, found, told, shown.status(tried.reasons, form))
    answer["Cache-Control"] = "no-store"
    return answer


def _named(one: Complaint) -> bool:
    return not queries.travelled(one) and bool(one.told.person)


def _form(verb: str, one: Complaint, by: Any, data: Any = None) -> forms.Form:
    """The form of a step, with the choices that it has for this complaint."""
    form = DONE[verb][0]
    more: dict[str, Any] = {}
    initial: dict[str, Any] = {}
    if verb == "sort":
        fields = ("subject", "kind", "scope", "about", "misuse", "amount")
        initial = {key: getattr(one, key) for key in fields}
        more = {
            part: list(labels.names(one.ward, part, one.received_on).items())
            for part in ("kinds", "scopes")
        }
    elif verb == "pass_on":
        now = facts.stands(one, clock.today()).level
        names = labels.names(one.ward, "levels", one.received_on)
        known = [level.key for level in facts.rule(one).levels if level.key != now]
        more = {"levels": [(key, names.get(key, key)) for key in known]}
    elif verb == "answer":
        more = {"meetings": queries.able_to_decide(one), "asks": asks_meeting(one)}
    elif verb == "join":
        more = {"others": _others(one, by)}
    elif verb == "name_concerned":
        more = {"people": _people(one)}
    return form(data, initial=initial, auto_id=f"{verb}_%s", **more)


def asks_meeting(one: Complaint) -> bool:
    """Whether a meeting has to decide the answer."""
    return one.misuse and facts.rule(one).meeting_if_misuse


def _others(one: Complaint, by: Any) -> list[tuple[str, str]]:
    """With which it can be joined: those in the same hands; of what is about them nobody learns here."""
    lines = queries.running(one.ward, clock.today(), by)
    return [
        (each.complaint.id, f"{labels.number(each.complaint)} · "
         f"{each.complaint.subject or labels.ABOUT[each.complaint.about]}")
        for each in lines
        if each.complaint.id != one.id and each.in_hands_of(by)
    ]  # fmt: skip


def _people(one: Complaint) -> list[tuple[str, str]]:
    found = {
        user.username: user.name
        for level in facts.rule(one).levels
        for user in facts.hands(one.ward, level.key)
        if not facts.is_concerned(one, user)
    }
    return sorted(found.items(), key=lambda pair: pair[1])


def _show(
    request: HttpRequest, one: Complaint, told: dict[str, Any], code: int = 200
) -> HttpResponse:
    today, can = clock.today(), shown.may(request, one.ward)
    line = queries.line(one, today)
    levels = labels.names(one.ward, "levels", one.received_on)
    acts = line.in_hands_of(request.user)  # type: ignore[arg-type]
    sent = told.get("sent")
    found = {
        "one": one,
        "number": labels.number(one),
        "status": labels.status(one),
        "clock": labels.clock_said(line, today, levels),
        "said": queries.said(one) if can["add_note"] else None,
        "facts": _facts(one, levels, line),
        "happened": [_happened(each, levels, can["add_note"]) for each in queries.steps(one)],
        "acts": acts,
        "level": levels.get(line.level, line.level),
        "forms": {
            verb: told["form"] if verb == sent else _form(verb, one, request.user)
            for verb in _verbs(one, can, acts)
        },
        "reveal_form": told["form"] if sent == "reveal" else typed.WhyForm(auto_id="reveal_%s"),
        "may_reveal": can["reveal_person"] and acts and one.status != "joined" and _named(one),
        "may_print": can["print_slip"] and queries.may_print(one, request.user),  # type: ignore[arg-type]
        "joined": [labels.number(each) for each in one.duplicates.order_by("number")],
        "asks_meeting": asks_meeting(one) and one.status == "open",
        "decide": _decide(one),
        **told,
    }
    return render(request, "complaints/complaint.html", found, status=code)


def _verbs(one: Complaint, can: dict[str, bool], acts: bool) -> list[str]:
    """What the reader can do now."""
    done = {"acknowledge"} if one.acknowledged_on else set()
    if one.amount is None:
        done.add("record_recovered")
    wanted = (verb for verb in OPEN_IN[one.status] if can[verb] and verb not in done)
    return [verb for verb in wanted if acts or verb in FOR_ANYBODY]


def _decide(one: Complaint) -> dict[str, Any]:
    """Where a meeting can decide the answer."""
    kind = next(iter(meetings.deciding_kinds(one.ward, clock.today(), "complaints")), "")
    text = _("The answer to complaint %(number)s is decided.") % {"number": labels.number(one)}
    return {"kind": kind, "text": text, "subject": f"complaints.answer:{one.id}"}


def _facts(one: Complaint, levels: dict[str, str], line: queries.Line) -> list[tuple[str, Any]]:
    def name(section: str, key: str) -> str:
        return labels.names(one.ward, section, one.received_on).get(key, key)

    found = [
        (_("Received on"), labels.day(one.received_on)),
        (_("How it came"), name("channels", one.channel)),
        (_("Kind"), f"{name('kinds', one.kind)} · {name('scopes', one.scope)}"),
        (_("What it is about"), str(labels.ABOUT[one.about])),
        (_("Level"), levels.get(line.stands.level, line.stands.level)),
    ]
    if one.amount is not None:
        found.append((_("Amount alleged"), format_rupiah(one.amount)))
        found.append((_("Came back"), format_rupiah(one.recovered)))
    if one.reopened:
        found.append((_("Opened again"), str(one.reopened)))
    return found


def _happened(each: queries.Happened, levels: dict[str, str], reads: bool) -> dict[str, Any]:
    step, parts = each.step, []
    if step.level and step.kind != "received":
        parts.append(levels.get(step.level, step.level))
    if step.amount is not None and step.kind == "recovered":
        parts.append(format_rupiah(step.amount))
    parts.append(each.text if reads else "")
    who = step.by.name if step.by else _("the complainant")
    return {
        "day": step.on, "title": f"{labels.step(step.kind)} · {who}",
        "text": " · ".join(part for part in parts if part), "state": "done",
    }  # fmt: skip
