"""Two entries that may be one person: looked at side by side, joined, parted again."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.households import actions as households
from pendamping.households import queries as people
from pendamping.households.queries import Resident
from pendamping.households.rules.census import sign
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.persons import actions, queries, rules
from pendamping.persons.forms import JoinForm, PartForm

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 50


@page("persons.join_persons")
@get_or_post
def doubles(request: HttpRequest, ward: str) -> HttpResponse:
    """Residents who may be one person, to be settled pair by pair."""
    if request.method == "POST":
        first = households.settle_duplicate(
            by=request.user,  # type: ignore[arg-type]
            ward=ward,
            first_id=request.POST.get("first", ""),
            second_id=request.POST.get("second", ""),
        )
        said = _("Two different people: %(name)s is not shown with this pair again.")
        messages.success(request, said % {"name": first.name})
        return redirect("persons:doubles", ward=ward)
    found = people.likely_doubles(ward)
    shown = found[:SHOWN]
    both = [who for one, two, _likely in shown for who in (one, two)]
    heads = people.head_names(ward, [who.household_id for who in both])
    papers = queries.papers(ward, [who.id for who in both], clock.today())
    pairs = [
        {
            "one": _entry(one, heads, papers),
            "two": _entry(two, heads, papers),
            "score": likely.score,
            "signs": [sign(kind).say(_) for kind in likely.kinds],
        }
        for one, two, likely in shown
    ]
    return render(request, "persons/doubles.html", {"pairs": pairs, "count": len(found)})


@page("persons.join_persons")
@get_or_post
def join(request: HttpRequest, ward: str, first: str, second: str) -> HttpResponse:
    """Say that two entries are one person, and which of them stays."""
    known = people.persons(ward, [first, second])
    if len({who.id for who in known.values()}) != 2:
        raise Http404
    one, two = known[first], known[second]
    alike = people.look_alike(ward, one.id, two.id)
    heads = people.head_names(ward, [one.household_id, two.household_id])
    papers = queries.papers(ward, [one.id, two.id], clock.today())
    entries = [_entry(who, heads, papers) for who in (one, two)]
    choices = [(each["id"], f"{each['name']} · {each['home']}") for each in entries]
    heirs = _heirs(ward, (one, two))
    form = JoinForm(
        request.POST or None, entries=choices, alike=alike, heirs=heirs, initial={"kept": one.id}
    )
    tried = attempt(form, actions.join_persons, by=request.user, ward=ward)
    if tried.done:
        said = _("One person: both entries of %(name)s are read together from now on.")
        kept = known[first] if tried.made == one.id else two
        messages.success(request, said % {"name": kept.name})
        return redirect("households:home", ward=ward, household=kept.household_id)
    against = rules.against_joining(queries.shared(ward, one.id, two.id, clock.today()))
    shown = {
        "entries": entries,
        "form": form,
        "alike": alike,
        "first_these": _first_these(ward, one, two) if heirs else [],
        "reasons": tried.reasons or against,
        "barred": bool(against),
        "twice": queries.rolls_of_both(ward, one.id, two.id) if against else [],
        "may_correct": access.may(request.user, "meetings.correct_roll", ward),
    }
    return render(request, "persons/join.html", shown, status=_status(tried.reasons, form))


def _heirs(ward: str, both: tuple[Resident, Resident]) -> dict[str, list[tuple[str, str]]]:
    """By entry that leads others: the others of its household, with their age."""
    found = {}
    for who in both:
        home = people.household(ward, who.household_id) if who.relation == "head" else None
        if home and len(home.members) > 1:
            others = [one for one in home.members if one.id != who.id]
            leaders = people.could_lead(ward, others, clock.today())
            found[who.id] = [(one.id, _aged(one)) for one in leaders]
    return found


def _aged(who: Resident) -> str:
    age = who.age(clock.today())
    years = _("age not known") if age is None else _("%(age)s years") % {"age": age}
    return f"{who.name} ({years})"


def _first_these(ward: str, one: Resident, two: Resident) -> list[tuple[Resident, Resident]]:
    """The other pairs of the same two households: where it was entered twice, they are joined first."""
    homes = {one.household_id, two.household_id}
    return [
        (other, another)
        for other, another, _likely in people.likely_doubles(ward)
        if {other.household_id, another.household_id} == homes and len(homes) == 2
        if {other.id, another.id} != {one.id, two.id}
    ]


@page("persons.part_persons")
@get_or_post
def part(request: HttpRequest, ward: str, person: str) -> HttpResponse:
    """Take back that two entries are one person."""
    known = people.joined(ward, person)
    if known is None:
        raise Http404
    form = PartForm(request.POST or None)
    tried = attempt(form, actions.part_persons, by=request.user, ward=ward, person_id=person)
    if tried.done:
        said = _("%(name)s is an entry of its own again.") % {"name": known.removed_name}
        messages.success(request, said)
        return redirect("households:home", ward=ward, household=known.removed_home)
    against = rules.against_parting(queries.asked_since(person, known.on), known.on)
    shown = {
        "known": known,
        "form": form,
        "reasons": tried.reasons or against,
        "barred": bool(against),
    }
    return render(request, "persons/part.html", shown, status=_status(tried.reasons, form))


def _status(reasons: list[Reason], form: Form) -> int:
    return 409 if reasons else 422 if form.errors else 200


def _entry(who: Resident, heads: dict[str, str], papers: dict[str, Any]) -> dict[str, Any]:
    """One entry as the pages show it, with the papers on which it stands."""
    home = _("Household of %(name)s, RT %(rt)s RW %(rw)s") % {
        "name": heads.get(who.household_id, "–"), "rt": who.rt or "–", "rw": who.rw or "–",
    }  # fmt: skip
    born = who.born.year if who.born and who.born_precision != "day" else who.born
    return {
        "id": who.id,
        "name": who.name,
        "sex": who.sex,
        "born": born,
        "nik": who.nik_last4,
        "relation": who.relation,
        "household": who.household_id,
        "home": home,
        "papers": papers[who.id],
    }
