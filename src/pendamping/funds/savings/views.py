from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from lokal import terbilang

from pendamping.access import queries as access
from pendamping.access.answers import answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.fields import day_ahead, day_read, status
from pendamping.funds.savings import actions, papers, queries
from pendamping.funds.savings.forms import MovementForm, ReverseForm
from pendamping.funds.savings.models import Movement
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason, Refusal

TITLES = {
    "deposit": N_("Savings receipt"),
    "withdrawal": N_("Paid out of savings"),
    "opening": N_("Moved from the old book"),
    "draw": N_("Joint savings paid for a member"),
    "refill": N_("Paid back into the joint savings"),
}


@require_safe
@page("savings.read")
def register(request: HttpRequest, ward: str) -> HttpResponse:
    on = day_read(request.GET.get("on"))
    rows = [
        {
            "name": one.group.name,
            "url": reverse("savings:card", kwargs={"ward": ward, "group": one.group.id}),
            "balance": one.balance,
            "months": one.months,
            "last": one.last,
        }
        for one in queries.register(ward, on)
    ]
    return render(
        request,
        "savings/register.html",
        {"on": on, "ahead": day_ahead(request.GET.get("on")), "rows": rows},
    )


@page("savings.read")
def card(request: HttpRequest, ward: str, group: str) -> HttpResponse:
    found = institutions.group(ward, group)
    if found is None:
        raise Http404
    names = _names(ward, group)
    form = MovementForm(
        request.POST or None, members=_with_own(names, group), **_officers(ward, group)
    )
    sees = _sees(request, ward, group)
    reasons: list[Reason] = []
    question = None
    if request.method == "POST" and form.is_valid():
        question = _unseen(ward, group, form.cleaned_data)
    if request.method == "POST" and form.is_valid() and not question:
        try:
            made = _move(request, ward, group, form.cleaned_data)
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Entered: receipt %(no)s.") % {"no": made.receipt})
            return redirect("savings:receipt", ward=ward, movement=made.id)
    shown = {
        "group": found,
        "lines": list(reversed(queries.card(group))),
        "names": _called(names, sees),
        "balance": queries.balance(group),
        "months": queries.months_saved(group, clock.today()),
        "today": clock.today(),
        "since": queries.saving_since(group, clock.today()),
        "question": question,
        "own": queries.parts(group, clock.today()),
        "form": form,
        "reasons": reasons,
        "may_write": access.may(request.user, "savings.record_deposit", ward),
    }
    return render(request, "savings/card.html", shown, status=status(reasons, form))


def _called(names: list[tuple[str, str]], sees: bool) -> dict[str, str]:
    """What members are called for who asks, by person id."""
    return dict(names) if sees else {key: _("a member") for key, _name in names}


def _sees(request: HttpRequest, ward: str, group_id: str) -> bool:
    """Whether who asks may read what the group's members have put by, by name."""
    return access.may(request.user, "savings.read_members", ward) or institutions.looks_after(
        request.user, ward, group_id
    )


def _payer(request: HttpRequest, found: Movement) -> str:
    if found.person is None:
        return str(found.group.name)
    return str(found.person.name) if _sees(request, found.ward, found.group_id) else _("a member")


@dataclass(frozen=True, slots=True)
class Question:
    """What the form asks once more: the like of it on the card already, a large sum, a day far back."""

    twins: list[Movement]
    asked: books.Asked

    @property
    def mark(self) -> str:
        return "|".join(filter(None, (*(one.receipt for one in self.twins), self.asked.mark)))


def _unseen(ward: str, group: str, data: dict[str, Any]) -> Question | None:
    """What was not shown yet. A form that is only sent once more enters nothing new, and is not asked."""
    if queries.by_request(data["request_id"]):
        return None
    found = Question(
        queries.twins(group, data["kind"], data["person"], data["on"], data["amount"]),
        books.asked(ward, data["on"], data["amount"], "savings"),
    )
    return found if found.mark != data["seen"] else None


def _names(ward: str, group_id: str) -> list[tuple[str, str]]:
    """Who is a member, and who once was and has still something put by."""
    people = [one.person_id for one in institutions.members(group_id, clock.today())]
    kept = [one for one, sum_ in queries.parts(group_id, clock.today()).items() if one and sum_]
    found = households.persons(ward, dict.fromkeys([*people, *kept]))
    return [(key, one.name) for key, one in found.items()]


def _with_own(names: list[tuple[str, str]], group_id: str) -> list[tuple[str, str]]:
    """Each of them with what she has put by of her own."""
    own = queries.parts(group_id, clock.today())
    return [
        (key, f"{name} ({format_rupiah(own[key])})" if own.get(key) else name)
        for key, name in names
    ]


def _officers(ward: str, group_id: str) -> dict[str, Any]:
    """Who may sign for the group, and how many do."""
    found = institutions.members(group_id, clock.today())
    officers = [(one.person_id, one.name) for one in found if one.role != "member"]
    return {"officers": officers, "least": queries.common_signers(ward, clock.today())}


def _move(request: HttpRequest, ward: str, group_id: str, data: dict[str, Any]) -> Movement:
    write = {"deposit": actions.record_deposit, "withdrawal": actions.record_withdrawal}
    told = ["on", "amount", "person", "request_id"]
    if data["kind"] == "withdrawal" and not data["person"]:
        told.append("signers")
    given = {name: data[name] for name in told}
    return write[data["kind"]](by=request.user, ward=ward, group_id=group_id, **given)


@page("savings.read")
def receipt(request: HttpRequest, ward: str, movement: str) -> HttpResponse:
    found = _movement_or_404(ward, movement)
    form = ReverseForm(request.POST or None)
    tried = attempt(
        form, actions.reverse_movement, by=request.user, ward=ward, movement_id=found.id
    )
    if tried.done:
        messages.success(request, _("The entry is taken back."))
        return redirect("savings:receipt", ward=ward, movement=found.id)
    shown = {
        "one": found,
        "title": _(TITLES[found.kind]),
        "given": found.kind in Movement.IN,
        "payer": _payer(request, found),
        "sees": _sees(request, ward, found.group_id),
        "taker": access.signer(found.received_by),
        "signed": papers.signed(found) if _sees(request, ward, found.group_id) else "",
        "words": f"{terbilang(found.amount)} rupiah",
        "dated": papers.dated(found),
        "qr": papers.code(_address(request, found)),
        "may_reverse": found.reversed_on is None
        and found.kind in ("deposit", "withdrawal")
        and access.may(request.user, "savings.reverse_movement", ward),
        "form": form,
        "reasons": tried.reasons,
    }
    return render(request, "savings/receipt.html", shown, status=status(tried.reasons, form))


@require_safe
@page("savings.read")
def receipt_pdf(request: HttpRequest, ward: str, movement: str) -> HttpResponse:
    found = _movement_or_404(ward, movement)
    if found.person is not None and not _sees(request, ward, found.group_id):
        raise PermissionDenied("savings.read_members")
    pdf = papers.receipt(found, _(TITLES[found.kind]), request.ward.name, _address(request, found))
    return answer_pdf(pdf, f"{found.receipt.replace('/', '-')}.pdf")


@require_safe
@page("savings.read")
def card_pdf(request: HttpRequest, ward: str, group: str) -> HttpResponse:
    found = institutions.group(ward, group)
    if found is None:
        raise Http404
    path = reverse("savings:card", kwargs={"ward": ward, "group": group})
    names = _called(_names(ward, group), _sees(request, ward, group))
    at = request.build_absolute_uri(path)
    pdf = papers.card(found.name, request.ward.name, group, at, names)
    return answer_pdf(pdf, "kartu-tabungan.pdf")


def _address(request: HttpRequest, movement: Movement) -> str:
    path = reverse("savings:receipt", kwargs={"ward": movement.ward, "movement": movement.id})
    return request.build_absolute_uri(path)


def _movement_or_404(ward: str, movement_id: str) -> Movement:
    found = queries.movement(ward, movement_id)
    if found is None:
        raise Http404
    return found
