"""The poor list from its draft to its ratification."""

from collections.abc import Mapping, Sequence
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.guidelines import queries as guidelines
from pendamping.households import actions as households
from pendamping.households import queries as homes
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.targeting import entries, queries
from pendamping.targeting.models import (
    CriteriaVersion,
    ListEntry,
    PoorList,
)
from pendamping.targeting.rules import poor_list as rules
from pendamping.targeting.rules.draft import Change
from pendamping.territory.actions import take_turn
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def draft_list(
    *,
    by: User,
    ward: str,
    on: date,
    from_marks: bool = True,
    household_ids: Sequence[str] = (),
    ticks: Mapping[str, Sequence[str]] | None = None,
    criteria_id: str = "",
) -> PoorList:
    """Begin a poor list: the households that the census marks as poor, and those picked.

    ``ticks``: household id to the keys (or ids) of the criteria it meets. ``criteria_id``: a version
    of the criteria; the latest where it is left out. Households that the ratified list holds too begin
    with its ticks, where ``ticks`` says nothing else. Refused while another list is open.
    """
    take_turn(ward, "targeting")
    allow(by, "targeting.draft_list", ward)
    rule = queries.list_rule(ward, on)
    version = queries.criteria_version(ward, criteria_id)
    latest = queries.current_list(ward)
    refuse_if(_draft_problems(version, latest, rule.code, on))
    found = PoorList.objects.create(
        ward=ward,
        number=latest.number + 1 if latest else 1,
        criteria=version,
        drafted_on=on,
        entered_on=clock.today(),
        guideline_version=guidelines.version(ward, on),
    )
    marked = homes.poor_households(ward, on)
    official = entries.living(ward, marked)
    entries.put(found, official, listed=from_marks, origin="census", official=marked)
    entries.put(
        found, entries.known(ward, household_ids), listed=True, origin="picked", official=marked
    )
    last = PoorList.objects.filter(ward=ward, status="ratified").first()
    entries.tick(found, {**entries.ticked_before(found, last), **(ticks or {})})
    record(
        by=by, ward=ward, record=f"poor_list:{found.id}", on=on, number=found.number,
        households=queries.state(found).listed,
    )  # fmt: skip
    return found


def _draft_problems(
    version: CriteriaVersion | None, latest: PoorList | None, code: str, on: date
) -> list[Reason]:
    reasons = []
    if version is None:
        reasons.append(
            Reason(
                f"poor_list.{code}.criteria_by_residents",
                "The residents' criteria come first; write them down before the list.",
            )
        )
    if latest is not None and latest.status in {"draft", "posted"}:
        reasons.append(
            Reason("targeting.list.open", "Another list is open already; finish that one first.")
        )
    if on > clock.today():
        reasons.append(
            Reason("targeting.list.future", "The day lies in the future.", where={"field": "on"})
        )
    return reasons


@action
def change_list(
    *,
    by: User,
    ward: str,
    list_id: str,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    ticks: Mapping[str, Sequence[str]] | None = None,
    changes: Mapping[str, Change] | None = None,
) -> PoorList:
    """Change a draft: put households on it, take them off, tick criteria (replacing old ticks).

    ``changes``: by household what a page showed and what its sender made of it. Only that is changed,
    whatever others did since; refused, by name, where one took off a household of which the other said more.
    """
    found = lock(ward, list_id)
    allow(by, "targeting.change_list", ward)
    if found.status != "draft":
        raise refuse(
            "targeting.list.posted",
            "The list is posted; from now on it changes by objections only.",
        )
    marked = homes.poor_households(ward, found.drafted_on)
    entries.put(found, entries.known(ward, add), listed=True, origin="picked", official=marked)
    entries.take_off(found, remove)
    entries.tick(found, ticks or {})
    done = {"added": len(add), "removed": len(remove), "ticked": len(ticks or {})}
    merged = entries.merge(found, changes or {})
    done = {what: count + merged[what] for what, count in done.items()}
    record(by=by, ward=ward, record=f"poor_list:{found.id}", **done)
    return found


@action
def post_list(*, by: User, ward: str, list_id: str, posted_on: date, why: str = "") -> PoorList:
    """Post the list in the ward; from this day residents may object.

    ``why``: why the posting is entered late, where more days have passed than the guideline allows.
    """
    found = lock(ward, list_id)
    allow(by, "targeting.post_list", ward)
    rule = queries.list_rule(ward, posted_on)
    refuse_if(
        rules.posting_problems(
            queries.state(found), rule, posted_on, found.drafted_on, clock.today(), why
        )
    )
    found.status, found.posted_on = "posted", posted_on
    found.objections_until = rules.last_day(posted_on, rule.objection_days)
    late = (clock.today() - posted_on).days > rule.posting_late_days
    found.posted_late_why = fitting(why, 300) if late else ""
    found.save(update_fields=["status", "posted_on", "objections_until", "posted_late_why"])
    told = {"why_late": found.posted_late_why} if late else {}
    record(
        by=by, ward=ward, record=f"poor_list:{found.id}", on=posted_on,
        until=found.objections_until, **told,
    )  # fmt: skip
    return found


@action
def ratify_list(*, by: User, ward: str, list_id: str, meeting_id: str) -> PoorList:
    """A meeting has decided ``targeting.ratify_list:<list id>``: its households count as poor.

    Refused, with every reason, before the objection period has ended, while objections are open,
    and where the meeting did not validly decide it. Marks households from the day of the meeting;
    those that are not on the list lose their mark.
    """
    found = lock(ward, list_id)
    allow(by, "targeting.ratify_list", ward)
    meeting = meetings.meeting(ward, meeting_id) if meeting_id else None
    rule = queries.list_rule(ward, found.posted_on or found.drafted_on)
    refuse_if(
        rules.ratifying_problems(
            queries.state(found),
            rule,
            held_on=meeting.held_on if meeting else None,
            not_decided=meetings.decided(
                ward,
                meeting_id,
                f"targeting.ratify_list:{found.id}",
                matter="poor_list",
                by=rule.meeting,
                until=clock.today(),
            ),
        )
    )
    on = meeting.held_on
    PoorList.objects.filter(ward=ward, status="ratified").update(status="superseded")
    found.status, found.ratified_on, found.meeting = "ratified", on, meeting_id
    found.save(update_fields=["status", "ratified_on", "meeting"])
    listed = ListEntry.objects.filter(list=found, listed=True)
    poor = {
        home.id for home in entries.living(ward, set(listed.values_list("household_id", flat=True)))
    }
    others = {home.id for home in entries.living(ward, homes.poor_households(ward) - poor)}
    households.mark_poor(
        by=by, ward=ward, households=poor, on=on, source="list", meeting=meeting_id
    )
    households.unmark_poor(by=by, ward=ward, households=others, on=on, meeting=meeting_id)
    record(
        by=by, ward=ward, record=f"poor_list:{found.id}", on=on, meeting=meeting_id,
        households=len(poor), removed=len(others),
    )  # fmt: skip
    return found


def lock(ward: str, list_id: str) -> PoorList:
    """The list, locked; refuses one that is not of the ward."""
    found = PoorList.objects.select_for_update().filter(pk=list_id, ward=ward).first()
    if found is None:
        raise refuse("targeting.list.unknown", "There is no such list in this ward.")
    return found
