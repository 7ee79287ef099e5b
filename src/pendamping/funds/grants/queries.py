"""Reading the grant: allocation, windows, tranches, works, social grants, reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from django.db.models import QuerySet
from django.utils.translation import get_language

from pendamping.funds.grants import dues, dumped, signoff
from pendamping.funds.grants.models import (
    Allocation,
    Grant,
    Movement,
    Photo,
    Report,
    SocialGrant,
    Tranche,
    Transfer,
)
from pendamping.funds.grants.rules import handing, parting, windows, works
from pendamping.funds.grants.rules import tranches as rules
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel.refusal import Reason
from pendamping.kernel.share import Share

accepted_on = signoff.accepted_on
dump = dumped.dump

# --- allocation and windows -------------------------------------------------------------------------


def allocation(ward: str, allocation_id: str) -> Allocation | None:
    """An allocation of the ward."""
    return Allocation.objects.filter(pk=allocation_id, ward=ward).first()


def allocations(ward: str) -> list[Allocation]:
    """All allocations, the latest year first."""
    return list(Allocation.objects.filter(ward=ward).order_by("-year"))


def window_names(ward: str, on: date) -> dict[str, str]:
    """The windows of the guideline in force, by key, in the reader's language."""
    lang = "en" if get_language() == "en" else "id"
    found = guidelines.section("components", ward, on)
    return {key: str(one["name"][lang]) for key, one in found.items()}


def shares(tranche: Tranche, on: date) -> list[tuple[str, int]]:
    """What each window gets of a tranche, in the guideline's order: databases keep the keys in other ones."""
    known = list(guidelines.section("components", tranche.ward, on))
    place = {key: number for number, key in enumerate(known)}
    return sorted(tranche.shares.items(), key=lambda one: (place.get(one[0], len(known)), one[0]))


def window_name(ward: str, on: date, window: str) -> str:
    """A window in the reader's language."""
    return window_names(ward, on).get(window, window)


def changes(ward: str) -> list[windows.Change]:
    """Every movement of the ward's windows, as the rules take them."""
    rows = Movement.objects.filter(ward=ward).order_by("on", "id")
    return [
        windows.Change(
            one.window, one.kind, one.on, one.amount, one.grant_id or "", one.reversed_on
        )
        for one in rows
    ]


@dataclass(frozen=True, slots=True)
class Window:
    """A window on a day: its name, what the split gives it, and where its money is."""

    key: str
    name: str
    split: int
    repaid: bool
    standing: windows.Standing


def standing(ward: str, on: date) -> list[Window]:
    """Every window of the guideline in force with where its money is at the end of a day."""
    known = changes(ward)
    components = guidelines.section("components", ward, on)
    splits = [one.split for one in allocations(ward)]
    return [
        Window(
            key,
            name,
            sum(each.get(key, 0) for each in splits),
            bool(components[key]["repaid"]),
            windows.standing(known, key, on),
        )
        for key, name in window_names(ward, on).items()
    ]


def transfers(ward: str) -> list[Transfer]:
    """Money that was moved between windows, the latest first."""
    return list(Transfer.objects.filter(ward=ward).order_by("-on", "-id"))


# --- movements ----------------------------------------------------------------------------------------


def _movements() -> "QuerySet[Movement]":
    return Movement.objects.select_related("grant__group", "line", "tranche", "entered_by")


def movement(ward: str, movement_id: str) -> Movement | None:
    """One movement with what it belongs to."""
    return _movements().filter(pk=movement_id, ward=ward).first()


def tranche_or_transfer(movement_id: str) -> set[str]:
    """What the trail knows a movement by where it is part of more: its tranche, its transfer."""
    found = Movement.objects.filter(pk=movement_id)
    parts = found.values_list("tranche", "transfer")
    return {str(key) for each in parts for key in each if key}


def by_request(request_id: str) -> Movement | None:
    """The movement that a form with this id has made already."""
    return _movements().filter(request_id=request_id).first() if request_id else None


def movements(ward: str, *, window: str = "", grant: str = "") -> list[Movement]:
    """Movements of a ward by date: of a window, of a grant; those that were taken back too."""
    found = _movements().filter(ward=ward)
    if window:
        found = found.filter(window=window)
    if grant:
        found = found.filter(grant=grant)
    return list(found.order_by("on", "id"))


# --- tranches -----------------------------------------------------------------------------------------


def tranches(ward: str) -> "QuerySet[Tranche]":
    """The ward's tranches with their allocation, in the order in which they come."""
    found = Tranche.objects.filter(ward=ward).select_related("allocation")
    return found.order_by("allocation__year", "number")


def tranche(ward: str, tranche_id: str) -> Tranche | None:
    """One tranche with its allocation."""
    return tranches(ward).filter(pk=tranche_id).first()


def tranche_state(tranche: Tranche) -> str:
    """Where a tranche stands, one of ``rules.tranches.STATES``; what is requested, the chain says."""
    if tranche.status != "requested":
        return tranche.status
    if tranche.order:
        return "ordered"
    outcome = signoff.outcome(tranche)
    if outcome.passed:
        return "cleared"
    return "returned" if outcome.decided else "requested"


def papers(tranche: Tranche, on: date) -> list[rules.Paper]:
    """The release papers of a tranche by the guideline in force, with their ticks."""
    known = guidelines.section("tranche_papers", tranche.ward, on)
    return rules.papers(known, tranche.number, tranche.papers)


def paper_rows(tranche: Tranche, on: date) -> list[list[str | bool]]:
    """The ticks of the release papers, as two of them are compared."""
    return [[one.key, one.present, one.correct, one.note] for one in papers(tranche, on)]


def used_parts(ward: str, on: date) -> dict[str, dict[str, int]]:
    """What each use that stands on a day takes of each tranche, window by window: {movement: {tranche: rupiah}}."""
    ids = list(tranches(ward).values_list("id", flat=True))
    place = {one: number for number, one in enumerate(ids)}
    stands = Movement.objects.filter(ward=ward, on__lte=on).exclude(reversed_on__lte=on)
    flows = (
        parting.Flow(
            one.id, one.window, one.kind, one.on, one.amount,
            place.get(one.tranche_id or ""), one.transfer_id or "",
        )
        for one in stands.order_by("on", "id")
    )  # fmt: skip
    return {
        key: {ids[number]: part for number, part in parts.items()}
        for key, parts in parting.parted(flows).items()
    }


def used(ward: str, on: date) -> dict[str, int]:
    """How much of each tranche that has come is used by a day: what the vouchers of every window take of it."""
    came = tranches(ward).filter(received_on__lte=on).values_list("id", flat=True)
    found = dict.fromkeys(came, 0)
    for parts in used_parts(ward, on).values():
        for key, part in parts.items():
            found[key] = found.get(key, 0) + part
    return found


def before(tranche: Tranche, on: date) -> rules.Before | None:
    """What a tranche follows: the one before it, of this allocation or of an earlier year."""
    known = list(tranches(tranche.ward))
    place = [one.id for one in known].index(tranche.id)
    if not place:
        return None
    last = known[place - 1]
    found = report(last)
    return rules.Before(
        number=last.number,
        amount=last.amount,
        used=used(tranche.ward, on).get(last.id, 0),
        received=last.status == "received",
        report=report_state(found) if found else "",
        due_on=last.report_due_on,
    )


def gate(tranche: Tranche, on: date) -> list[Reason]:
    """Everything that holds a tranche back on a day because of the one before."""
    ward = tranche.ward
    terms = rules.Terms.of(
        guidelines.section("tranches", ward, on),
        guidelines.section("accountability", ward, on),
        guidelines.code(ward, on),
    )
    return rules.gate(before(tranche, on), terms, on)


# --- reports ------------------------------------------------------------------------------------------


def report(tranche: Tranche) -> Report | None:
    """The report of a tranche, where one is drafted."""
    return Report.objects.filter(tranche=tranche).select_related("tranche__allocation").first()


def report_state(report: Report) -> str:
    """``drafted``, ``handed-in``, ``returned`` or ``accepted``: what is handed in, the chain says."""
    if report.handed_in_on is None:
        return "drafted"
    outcome = signoff.outcome(report)
    if outcome.passed:
        return "accepted"
    return "returned" if outcome.decided else "handed-in"


@dataclass(frozen=True, slots=True)
class Due:
    """A report that is still owed: its tranche, where it stands, when it is due."""

    tranche: Tranche
    state: str
    due_on: date

    def late(self, on: date) -> int:
        """Days past the due day; zero where it is not late."""
        return max((on - self.due_on).days, 0)


def reports_due(ward: str, on: date) -> list[Due]:
    """Reports that are owed and due by the reminder's days from a day on, the oldest first."""
    known = {one.tranche_id: report_state(one) for one in Report.objects.filter(ward=ward)}
    horizon = on + timedelta(days=dues.reminder_days(ward, on))
    return [
        Due(one, known.get(one.id, ""), one.report_due_on)
        for one in tranches(ward)
        if one.report_due_on is not None
        and one.report_due_on <= horizon
        and known.get(one.id, "") not in ("handed-in", "accepted")
    ]


# --- grants to groups ---------------------------------------------------------------------------------


def grants(ward: str, window: str = "") -> list[Grant]:
    """Grants to groups, the latest first."""
    found = Grant.objects.filter(ward=ward).select_related("group")
    return list((found.filter(window=window) if window else found).order_by("-number"))


def grants_with_all(ward: str) -> list[Grant]:
    """Grants to groups, the latest first, with money, progress, own part and hand-over read along."""
    found = Grant.objects.filter(ward=ward).select_related("group").order_by("-number")
    return list(found.prefetch_related("movements", "contributions", "progress", "handovers"))


def grant(ward: str, grant_id: str) -> Grant | None:
    """One grant with its group."""
    return Grant.objects.filter(pk=grant_id, ward=ward).select_related("group").first()


def percent_of(grant: Grant, on: date | None = None) -> int:
    """The physical progress that is recorded by a day."""
    known = grant.progress.all()
    return max((one.percent for one in known if on is None or one.month <= on), default=0)


@dataclass(frozen=True, slots=True)
class GrantMoney:
    """The programme's money of a grant, in whole rupiah; ``by_line``: spent by line of the budget."""

    paid: int
    spent: int
    returned: int
    by_line: dict[str, int]

    @property
    def held(self) -> int:
        """What the group still holds."""
        return self.paid - self.spent - self.returned


def money_of(grant: Grant, on: date | None = None) -> GrantMoney:
    """What was paid to a grant, spent of it and given back by a day; without what was taken back."""
    sums = {"paid": 0, "spent": 0, "returned": 0}
    by_line: dict[str, int] = {}
    for one in grant.movements.all():
        gone = one.reversed_on is not None and (on is None or one.reversed_on <= on)
        if gone or (on is not None and one.on > on):
            continue
        sums[one.kind] += one.amount
        if one.line_id:
            by_line[one.line_id] = by_line.get(one.line_id, 0) + one.amount
    return GrantMoney(sums["paid"], sums["spent"], sums["returned"], by_line)


def works_of(grant: Grant) -> handing.Works:
    """Where works stand that are to be handed over."""
    last = grant.progress.order_by("-month").first()
    ticks = last.ticks if last else ()
    return handing.Works(percent_of(grant), money_of(grant).held, ticks)


def own_part(grant: Grant, on: date | None = None) -> Share:
    """The residents' own part over the programme funds paid, both in rupiah."""
    return works.ratio(parts_of(grant, on), money_of(grant, on).paid)


def parts_of(grant: Grant, on: date | None = None) -> list[works.Part]:
    """What residents put in themselves by a day."""
    return [
        works.Part(one.kind, one.value, one.days_women, one.days_men)
        for one in grant.contributions.all()
        if on is None or one.on <= on
    ]


def keeper_lowest(grant: Grant, since: date) -> int:
    """The least that the maintenance fund holds at the end of any day from ``since`` on."""
    days = {since: 0}
    for one in grant.keeper_money.all():
        day = max(one.on, since)
        days[day] = days.get(day, 0) + (one.amount if one.kind == "in" else -one.amount)
    return min(accumulate(days[day] for day in sorted(days)))


def photo(ward: str, photo_id: str) -> Photo | None:
    """A photograph of the works, with its content."""
    return Photo.objects.filter(pk=photo_id, ward=ward).first()


# --- social grants ------------------------------------------------------------------------------------


def social_grants(ward: str) -> list[SocialGrant]:
    """Social grants, the latest first."""
    found = SocialGrant.objects.filter(ward=ward)
    return list(
        found.select_related("movement", "person", "group").order_by("-movement__on", "-id")
    )


def given_before(ward: str, person: str, group_id: str) -> Iterable[str]:
    """What a resident or a group was given before, as far as it stands."""
    found = SocialGrant.objects.filter(ward=ward, movement__reversed_on=None)
    entries = households.selves([person])[person]
    found = found.filter(person__in=entries) if person else found.filter(group=group_id)
    return list(found.values_list("what_for", flat=True))


def check(ward: str) -> list[Reason]:
    """The breaks of the ward's windows; see :func:`pendamping.funds.grants.checks.check`."""
    from pendamping.funds.grants import checks

    return checks.check(ward)
