"""For residents without an account: complain, follow by the code, and see the ward's figures."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import answer_pdf, attempt, request_of
from pendamping.access.gate import public, standing_in
from pendamping.access.throttle import TooManyTries, address, guess, spend
from pendamping.complaints import actions, facts, labels, papers, queries
from pendamping.complaints.forms import FollowForm, OwnComplaint
from pendamping.complaints.models import Complaint
from pendamping.complaints.rules import written
from pendamping.complaints.views.shown import status
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal, refuse
from pendamping.territory import queries as territory

HOUR = 3600
FROM_ONE, IN_A_WARD = 10, 60  # complaints in an hour
TRIES, SECONDS = 20, 15 * 60
MOST_BYTES = 64 * 1024
MOST_PLACES = (
    40  # wards on the page of the server; where there are more, the code on the board leads
)
WRONG = "complaints.code"
THEIR_WORDS = {"added", "reopened", "confirmed"}
"""Steps with words of the complainant: whoever finds the slip reads the answers, and not these."""
DOES = {"confirm": "text", "reopen": "why", "add_word": "text"}


def _ward_or_404(code: str) -> Any:
    found = territory.ward(code)
    if found is None or access.put_away(code):
        raise Http404
    return found


@public
def complain(request: HttpRequest, ward: str) -> HttpResponse:
    """The form of a ward; then the code, once."""
    found = _ward_or_404(ward)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _complain(
            request, found, None, {"blocked": _("That was too much for this form.")}, 413
        )
    with standing_in(ward):
        start = {"via": request.GET.get("via", "")[:20], "line": request.GET.get("line", "")[:120]}
        if start["line"]:
            start["text"] = _("About the line: %(line)s") % {"line": start["line"]} + "\n"
        form = OwnComplaint(request.POST or None, initial=start)
        if form.is_valid():
            try:
                spend("complain.ward", ward, tries=IN_A_WARD, seconds=HOUR)
                spend("complain", address(request), tries=FROM_ONE, seconds=HOUR)
            except TooManyTries:
                text = _(
                    "Many complaints came in within the hour. Try again later, or use the box or the book in the ward office."
                )
                return _complain(request, found, form, {"blocked": text}, 429)
        tried = attempt(
            form, actions.receive, by=access.system(), ward=ward, received_on=clock.today()
        )
        if tried.done:
            return _taken_in(request, found, tried.made)
        told = {"reasons": tried.reasons}
        return _complain(request, found, form, told, status(tried.reasons, form))


def _complain(
    request: HttpRequest, ward: Any, form: Any, told: dict[str, Any], code: int = 200
) -> HttpResponse:
    with standing_in(ward.code):
        rule = facts.rule_on(ward.code, clock.today())
    shown = {"place": ward, "form": form, "rule": rule, **told}
    return render(request, "complaints/complain.html", shown, status=code)


def _taken_in(request: HttpRequest, ward: Any, made: Complaint) -> HttpResponse:
    code = queries.code(made)
    shown = {
        "place": ward,
        "code": code,
        "written": written(code),
        "by": facts.acknowledge_by(made),
    }
    answer = render(request, "complaints/taken_in.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer


@public
def follow(request: HttpRequest) -> HttpResponse:
    """With the code: where it stands, what was answered; confirm, open again, add."""
    typed = request.POST.get("code") or request.GET.get("code", "")
    told: dict[str, Any] = {"code": typed[:20], "reasons": []}
    if typed:
        try:
            with guess("complaint", address(request), wrong=WRONG, tries=TRIES, seconds=SECONDS):
                return _of_code(request, typed, told)
        except TooManyTries:
            return render(request, "complaints/follow.html", {**told, "blocked": True}, status=429)
        except Refusal as refusal:
            told["reasons"] = refusal.reasons
    told["places"] = _places()
    return render(request, "complaints/follow.html", told, status=status(told["reasons"]))


def _places() -> list[dict[str, str]]:
    """The wards of the programme, each with the district and the city that it lies in."""
    wards = [one for one in territory.wards([""]) if not one.practice_of][:MOST_PLACES]
    districts = {one.code.rpartition(".")[0] for one in wards}
    above = {
        code: ", ".join(area.name for area in reversed(territory.path(code)[-2:]))
        for code in districts
    }
    return [
        {"code": one.code, "name": one.name, "above": above[one.code.rpartition(".")[0]]}
        for one in wards
    ]


def _meant(typed: str) -> Complaint:
    found = queries.by_code(typed)
    if found is None:
        raise refuse(
            WRONG, "No complaint has this code. Look at the slip again: nine signs, no 0, O, 1, I or L.",
            where={"field": "code"},
        )  # fmt: skip
    return found


def _of_code(request: HttpRequest, typed: str, told: dict[str, Any]) -> HttpResponse:
    found, reasons, done = _meant(typed), [], ""
    with standing_in(found.ward):
        verb = request.POST.get("do", "")
        form = FollowForm(request.POST if verb in DOES else None)
        if verb in DOES and form.is_valid():
            says = {DOES[verb]: form.cleaned_data["text"], **request_of(form)}
            reasons, done = _say(found, verb, says)
            found = _meant(typed)
            form = FollowForm() if done else form  # what is said next is another word
        today = clock.today()
        line, levels = queries.line(found, today), labels.names(found.ward, "levels", today)
        shown = {
            **told,
            "one": found,
            "place": territory.ward(found.ward),
            "status": labels.status(found),
            "clock": labels.clock_said(line, today, levels),
            "happened": [_step(each, levels) for each in queries.steps(found, shown=True)],
            "form": form,
            "reasons": reasons,
            "done": done,
        }
        answer = render(request, "complaints/followed.html", shown, status=status(reasons))
    answer["Cache-Control"] = "no-store"
    return answer


def _say(one: Complaint, verb: str, told: dict[str, Any]) -> tuple[list[Reason], str]:
    """What the complainant says with the code."""
    act = getattr(actions, verb)
    try:
        act(by=access.system(), ward=one.ward, complaint_id=one.id, **told)
    except Refusal as refusal:
        return refusal.reasons, ""
    return [], verb


def _step(each: queries.Happened, levels: dict[str, str]) -> dict[str, Any]:
    level = levels.get(each.step.level, "") if each.step.kind == "passed" else ""
    said = "" if each.step.kind in THEIR_WORDS else each.text
    text = " · ".join(part for part in (level, said) if part)
    return {
        "day": each.step.on, "title": labels.step(each.step.kind), "text": text, "state": "done",
    }  # fmt: skip


@require_POST
@public
def slip_pdf(request: HttpRequest) -> HttpResponse:
    """The slip of who has the code."""
    typed = request.POST.get("code", "")
    try:
        with guess("complaint", address(request), wrong=WRONG, tries=TRIES, seconds=SECONDS):
            found = _meant(typed)
    except (TooManyTries, Refusal):
        raise Http404 from None
    link = request.build_absolute_uri(reverse("complaints:follow"))
    name = getattr(territory.ward(found.ward), "name", found.ward)
    with standing_in(found.ward):
        return answer_pdf(papers.slip(found, queries.code(found), name, link), "slip-pengaduan.pdf")


@require_safe
@public
def figures(request: HttpRequest, ward: str) -> HttpResponse:
    """The ward's complaints in figures, for everybody: whole months of a year, nothing of a few."""
    found = _ward_or_404(ward)
    with standing_in(ward):
        today = clock.today()
        said = queries.in_public(ward, today)
        shown = {
            "place": found,
            "least": facts.rule_on(ward, today).least_shown,
            "said": said,
            "months": [{"label": labels.month(one), "value": value} for one, value in said.months],
            "scopes": _table(said.scopes, labels.names(ward, "scopes", said.until)),
            "channels": _table(said.channels, labels.names(ward, "channels", said.until)),
        }
        return render(request, "complaints/public.html", shown)


def _table(parts: Iterable[tuple[str, int | None]], names: dict[str, str]) -> list[dict[str, Any]]:
    return [{"label": names.get(key, key), "value": value} for key, value in parts]
