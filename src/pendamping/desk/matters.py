"""What waits for the decision of a meeting, asked of every room: meetings offer it (ADR 0032)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.desk import complaints, stages
from pendamping.elections import queries as elections
from pendamping.funds.grants import queries as grants
from pendamping.funds.loans import waiting as loans
from pendamping.funds.upk import waiting as upk
from pendamping.guidelines import queries as guidelines
from pendamping.handover import queries as handover
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.meetings import queries as meetings
from pendamping.meetings.rules import Matter
from pendamping.planning import queries as planning
from pendamping.targeting import queries as targeting
from pendamping.verification import queries as verification


def waiting(ward: str, on: date) -> Iterator[Matter]:
    """Everything that waits for a meeting of the ward, by the guideline of a day, in the reader's
    language. What hangs on figures that are still to be typed (a transfer between windows, a contract)
    comes from its own page.
    """
    yield from loans.to_decide(ward, on)
    yield from _dossiers(ward, on)
    yield from _lists(ward, on)
    yield from _seats(ward, on)
    yield from institutions.to_decide(ward, on)
    yield from _splits(ward, on)
    yield from upk.to_decide(ward, on)
    kinds = _kinds(ward, on, "group_formation")
    address = reverse("institutions:choose", kwargs={"ward": ward})
    yield Matter("institutions.form_group", _("The group is formed."), kinds, None, address,
                 "institutions.form_group", forms_group=True)  # fmt: skip
    yield from stages.to_decide(ward, on)
    yield from handover.to_decide(ward, on)
    yield from _plans(ward, on)
    yield from complaints.to_decide(ward, on)
    yield from _deviations(ward, on)


def _kinds(ward: str, on: date, matter: str) -> tuple[str, ...]:
    return tuple(meetings.deciding_kinds(ward, on, matter))


def _lists(ward: str, on: date) -> Iterator[Matter]:
    """Criteria that no meeting has ratified, and a poor list that was posted."""
    version = targeting.criteria_version(ward)
    if version is not None and version.status != "ratified":
        said = _("The residents ratify their poverty criteria, version %(number)s.")
        yield Matter(
            f"targeting.ratify_criteria:{version.id}", said % {"number": version.number},
            _kinds(ward, on, "poverty_criteria"), version.set_on,
            reverse("targeting:ratify_criteria", kwargs={"ward": ward}), "targeting.ratify_criteria",
        )  # fmt: skip
    found = targeting.current_list(ward)
    if found is not None and found.status == "posted":
        rule = targeting.list_rule(ward, found.posted_on or found.drafted_on).meeting
        kinds = (rule[0],) if rule else _kinds(ward, on, "poor_list")
        said = _("The poor list, number %(number)s, is ratified.")
        yield Matter(
            f"targeting.ratify_list:{found.id}", said % {"number": found.number}, kinds,
            found.objections_until,
            reverse("targeting:ratify", kwargs={"ward": ward, "poor_list": found.id}),
            "targeting.ratify_list",
        )  # fmt: skip


def _seats(ward: str, on: date) -> Iterator[Matter]:
    """The board that was elected, and who coordinates it while nobody does."""
    election = elections.open_now(ward)
    last = elections.last_vote(election) if election else None
    if election and last and elections.step(election).kind == "seat":
        yield Matter(
            f"elections.seat_board:{election.id}", _("The elected take their seats in the board."),
            _kinds(ward, on, "board_members"), last.held_on,
            reverse("elections:seat", kwargs={"ward": ward, "election": election.id}),
            "elections.seat_board",
        )  # fmt: skip
    board = elections.board(ward, clock.today())
    if any(one.role == "coordinator" for one in board):
        return
    kinds = _kinds(ward, on, "coordinator")
    living = households.persons(ward, [one.person for one in board])
    for one in board:
        where = living.get(one.person)
        name = f"{one.name} (RT {where.rt} RW {where.rw})" if where and where.rt else one.name
        yield Matter(
            f"institutions.give_role:{one.seat}",
            _("%(name)s coordinates the board.") % {"name": name}, kinds, one.since,
            reverse("elections:coordinator", kwargs={"ward": ward, "seat": one.seat}),
            "institutions.give_role", waits=False,
        )  # fmt: skip


def _splits(ward: str, on: date) -> Iterator[Matter]:
    kinds = _kinds(ward, on, "component_split")
    for one in grants.allocations(ward):
        if not one.split:
            said = _("The split of the funds is agreed: %(sum)s.")
            yield Matter(
                f"grants.split:{one.id}", said % {"sum": format_rupiah(one.amount)}, kinds,
                one.letter_on,
                reverse("grants:split", kwargs={"ward": ward, "allocation": one.id}),
                "grants.decide_split",
            )  # fmt: skip


def _plans(ward: str, on: date) -> Iterator[Matter]:
    """A version of the medium-term plan that is being written."""
    draft = planning.draft(ward)
    if draft is not None:
        said = _("The residents ratify the PJM Pronangkis %(from)s–%(to)s, version %(number)s.")
        last = draft.first_year + draft.years - 1
        yield Matter(
            planning.plan_subject(draft),
            said % {"from": draft.first_year, "to": last, "number": draft.number},
            _kinds(ward, on, planning.plan_matter(draft)), draft.drafted_on,
            reverse("planning:plan", kwargs={"ward": ward, "plan": draft.id}),
            "planning.ratify_plan",
        )  # fmt: skip


def _dossiers(ward: str, on: date) -> Iterator[Matter]:
    """Dossiers that lie where a meeting decides."""
    for one in verification.of_ward(ward, ("open",)):
        tiers = guidelines.section("verification_tiers", ward, one.opened_on)
        if not tiers.get(one.tier, {}).get("minutes_required"):
            continue
        matter = "loans" if one.kind == "loan" else "proposals"
        yield Matter(
            f"verification.decide:{one.id}", one.summary, _kinds(ward, on, matter),
            one.received_on,
            reverse("verification:dossier", kwargs={"ward": ward, "dossier": one.id}),
            "verification.read",
        )  # fmt: skip


def _deviations(ward: str, on: date) -> Iterator[Matter]:
    """Decisions of the ward's own that may end; a new one is put to a meeting from its rule's page."""
    kinds = _kinds(ward, on, "local_decision")
    for one in guidelines.deviations(ward):
        if one.until is None and one.id:
            found = guidelines.cited(one.clause, ward, on)
            rule = found.text if found else one.clause
            yield Matter(
                guidelines.end_subject(one.id),
                _("The ward's own decision ends: %(rule)s.") % {"rule": rule.rstrip(".")},
                kinds, one.since, waits=False,
            )  # fmt: skip
