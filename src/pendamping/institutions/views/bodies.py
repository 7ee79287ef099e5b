"""The bodies of a ward: who sits in each, until when, on which papers; who leaves."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.guidelines import queries as guidelines
from pendamping.institutions import actions, appointments, bodies, duties, labels, papers
from pendamping.institutions.forms import PaperForm, ReleaseForm
from pendamping.institutions.models import Body, Seat
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings

SOON = 60  # days


@require_safe
@page("institutions.read")
def show_list(request: HttpRequest, ward: str) -> HttpResponse:
    """Every body that the guideline knows: who sits in it, or that it is not formed yet."""
    today = clock.today()
    shown = {
        "rows": rows(ward, today),
        "drafts": [
            {
                "name": one.name or labels.body(ward, one.kind, today),
                "since": one.since,
                "count": one.people.count(),
                "url": reverse("institutions:appointment", kwargs={"ward": ward, "appointment": one.id}),
            }
            for one in appointments.drafts(ward)
        ],
        "may_draft": access.may(request.user, "institutions.draft_appointment", ward),
    }  # fmt: skip
    return render(request, "institutions/bodies.html", shown)


def rows(ward: str, today: date) -> list[dict[str, Any]]:
    """A row for each body of the ward, and for each that the guideline knows and nobody formed."""
    names, known = labels.bodies(ward, today), duties.rules_of(ward, today)
    sitting: dict[str, list[Seat]] = {}
    for seat in bodies.held_seats(ward, today):
        sitting.setdefault(seat.body_id, []).append(seat)
    formed = bodies.bodies(ward)
    there = [_row(one, sitting.get(one.id, []), names, known) for one in formed]
    kinds = {one.kind for one in formed}
    missing = [
        {"name": names[key], "key": key, "url": None, "count": None, "women": None, "ends": None,
         "state": _("not formed yet"), "tone": "plain"}
        for key in known
        if key not in kinds
    ]  # fmt: skip
    order = list(known)
    return sorted([*there, *missing], key=lambda one: (order.index(one["key"]), one["name"]))


def _row(of: Body, sitting: list[Seat], names: dict[str, str], known: Any) -> dict[str, Any]:
    rule = known.get(of.kind)
    short = rule is not None and len(sitting) < rule.least
    page = "elections:board" if of.kind == bodies.BOARD else "institutions:body"
    here = {"ward": of.ward} | ({} if of.kind == bodies.BOARD else {"body": of.id})
    return {
        "name": of.name or names.get(of.kind, of.kind),
        "key": of.kind,
        "url": reverse(page, kwargs=here),
        "count": len(sitting),
        "women": sum(seat.sex == "P" for seat in sitting),
        "ends": max((seat.ends for seat in sitting), default=None),
        "state": _("nobody sits in it") if not sitting else _("too few") if short else _("at work"),
        "tone": "warn" if short or not sitting else "good",
    }


def body_or_404(ward: str, key: str) -> Body:
    """A body of the ward that is appointed, or the page of what is not there."""
    found = bodies.one_body(ward, key)
    if found is None:
        raise Http404
    return found


@require_safe
@page("institutions.read")
def show(request: HttpRequest, ward: str, body: str) -> HttpResponse:
    """One body: its people, duties kept apart, papers, and who sat in it before."""
    found, today = body_or_404(ward, body), clock.today()
    if found.kind == bodies.BOARD:
        return redirect("elections:board", ward=ward)
    said = guidelines.section("bodies", ward, today).get(found.kind, {})
    rule = duties.rules_of(ward, today).get(found.kind)
    sitting = bodies.seats(found, today)
    offices = labels.offices(ward, today)
    shown = {
        "body": found,
        "name": found.name or labels.bodies(ward, today).get(found.kind, found.kind),
        "members": [_member(seat, offices) for seat in sitting],
        "women": sum(seat.sex == "P" for seat in sitting),
        "ends": max((seat.ends for seat in sitting), default=None),
        "soon": any((seat.ends - today).days <= SOON for seat in sitting),
        "short": rule.least - len(sitting) if rule and len(sitting) < rule.least else 0,
        "open_offices": [
            offices.get(key, key)
            for key in (rule.offices if rule else ())
            if key not in {seat.office for seat in sitting}
        ],
        "facts": _facts(said),
        "never": appointments.never_beside(ward, found.kind, today),
        "papers": [_paper(one) for one in bodies.papers(found)],
        "expiring": [
            {"name": labels.paper(one.paper.kind), "day": one.paper.expires_on, "late": one.late}
            for one in bodies.expiring(found, today)
        ],
        "appointments": [
            {
                "since": one.since,
                "ends": one.ends,
                "count": one.people.count(),
                "url": reverse(
                    "institutions:appointment", kwargs={"ward": ward, "appointment": one.id}
                ),
            }
            for one in found.appointments.order_by("-since", "-id")
        ],
        "history": history(found, offices, today),
        "may": {
            key: access.may(request.user, f"institutions.{key}", ward)
            for key in ("draft_appointment", "record_paper", "release_seat")
        },
    }
    return render(request, "institutions/body.html", shown)


def _facts(said: Any) -> list[tuple[str, str]]:
    lang = "en" if get_language() == "en" else "id"
    found = [
        (_("Appointed by"), said.get("appointed_by")),
        (_("Accounts to"), said.get("accounts_to")),
    ]
    found += [(_("Duties"), duty) for duty in said.get("duties", ())]
    return [(label, value[lang]) for label, value in found if value]


def _member(seat: Seat, offices: dict[str, str]) -> dict[str, Any]:
    return {
        "name": seat.name,
        "office": offices.get(seat.office or "", seat.office) if seat.office else _("member"),
        "key": seat.office,
        "sex": labels.sex(seat.sex),
        "since": seat.since,
        "ends": seat.ends,
        "leave": reverse("institutions:release", kwargs={"ward": seat.body.ward, "seat": seat.id}),
    }


def _paper(one: Any) -> dict[str, Any]:
    return {
        "kind": labels.paper(one.kind), "number": one.number, "issued_on": one.issued_on,
        "issued_by": one.issued_by, "expires_on": one.expires_on,
    }  # fmt: skip


def history(of: Body, offices: dict[str, str], today: date) -> list[dict[str, Any]]:
    """Who sat in the body before, the latest first: until when, as what, and why they left."""
    gone = [(seat.until or seat.ends, seat) for seat in bodies.all_seats(of)]
    past = [(day, seat) for day, seat in gone if day <= today and not _sits(seat, today)]
    return [
        {
            "day": day,
            "title": seat.name,
            "text": _("%(office)s since %(since)s. %(why)s") % {
                "office": offices.get(seat.office or "", "") or _("member"),
                "since": labels.day(seat.since),
                "why": _("The term was over.") if seat.left_why in {"", "term"} else seat.left_why,
            },
            "state": "done",
        }
        for day, seat in sorted(past, key=lambda one: one[0], reverse=True)
    ]  # fmt: skip


def _sits(seat: Seat, today: date) -> bool:
    return seat.since <= today <= seat.ends and (seat.until is None or seat.until > today)


@page("institutions.record_paper")
def paper(request: HttpRequest, ward: str, body: str) -> HttpResponse:
    """A paper on which a body stands is entered; the board's too."""
    found = bodies.one_body(ward, body)
    if found is None and body != bodies.BOARD:
        raise Http404
    name = labels.body(ward, found.kind if found else body, clock.today())
    form = PaperForm(request.POST or None)
    tried = attempt(form, actions.record_paper, by=request.user, ward=ward, body_id=body)
    if tried.done:
        messages.success(request, _("The paper is entered."))
        return redirect("institutions:body", ward=ward, body=tried.made.body_id)
    shown = {
        "form": form,
        "reasons": tried.reasons,
        "name": found.name if found and found.name else name,
        "back": reverse("elections:board", kwargs={"ward": ward})
        if body == bodies.BOARD
        else reverse("institutions:body", kwargs={"ward": ward, "body": body}),
    }
    status = 409 if tried.reasons else 422 if form.errors else 200
    return render(request, "institutions/body_paper.html", shown, status=status)


@page("institutions.release_seat")
def release(request: HttpRequest, ward: str, seat: str) -> HttpResponse:
    """Somebody leaves an appointed body, or was dismissed by the meeting that appoints it."""
    found, today = bodies.seat(ward, seat), clock.today()
    rule = duties.appointed_kinds(ward, today).get(found.body.kind) if found else None
    if found is None or rule is None:
        raise Http404
    if found.until is not None and request.method != "POST":  # a form sent twice is known by its id
        raise Http404
    choices = meetings.able_to_decide(ward, rule.matter, today, since=found.since)
    subject = f"institutions.release_seat:{found.id}"
    form = ReleaseForm(request.POST or None, meetings=choices)
    tried = attempt(form, actions.release_seat, by=request.user, ward=ward, seat_id=seat)
    if tried.done:
        messages.success(request, _("It is entered; the office is open again."))
        return redirect("institutions:body", ward=ward, body=found.body_id)
    shown = {"seat": found, "form": form, "reasons": tried.reasons, "choices": choices,
             "name": found.body.name or labels.body(ward, found.body.kind, today),
             "subject": subject, "decide": meetings.undecided(ward, subject, choices)}  # fmt: skip
    status = 409 if tried.reasons else 422 if form.errors else 200
    return render(request, "institutions/release.html", shown, status=status)


@require_safe
@page("institutions.read")
def list_pdf(request: HttpRequest, ward: str) -> HttpResponse:
    """The bodies of the ward with their people, on paper for the wall."""
    link = address(request, "institutions:bodies")
    made = papers.bodies(ward, request.ward.name, link)  # type: ignore[attr-defined]
    return answer_pdf(made, "lembaga.pdf")
