"""Meetings that are under way in the case: called, held, and one that may decide."""

from datetime import timedelta

from tests.journeys.open_decisions import TODAY


def begin_meetings(case) -> None:
    """One meeting that is called for next week, one that took place and may decide, one that may not;
    one of a group's own, to which all its members came."""
    from pendamping.institutions import queries as institutions
    from pendamping.meetings import actions as meetings

    facilitator = case.actor("pendamping")

    def call(held_on, **told):
        return meetings.call_meeting(
            by=facilitator, ward=case.ward, held_on=held_on, place="Aula kelurahan", **told
        )

    def heads(meeting, total, women, poor):
        meetings.take_roll(
            by=facilitator, ward=case.ward, meeting_id=meeting.id,
            head_count={"total": total, "women": women, "poor": poor},
        )  # fmt: skip

    call(TODAY, kind="group", level="group", agenda=("Angsuran kesepuluh",))
    group = institutions.groups(case.ward)[0].id
    members = institutions.member_ids(group, TODAY)
    own = call(TODAY, kind="group", level="group", group=group, members=members)
    meetings.take_roll(
        by=facilitator, ward=case.ward, meeting_id=own.id,
        present=[{"person": person} for person in members],
    )  # fmt: skip
    call(
        TODAY + timedelta(days=7), kind="orientation", level="RW", rw="03", agenda=("Sosialisasi",)
    )
    heads(call(TODAY, kind="orientation", level="RW", rw="05"), 40, 22, 21)
    heads(call(TODAY - timedelta(days=2), kind="mapping", level="RW", rw="06"), 9, 1, 2)


def of_meetings(case) -> list[tuple[str, str, dict[str, str]]]:
    """The form for what a meeting decides, of one whose quorum was met and whose minutes are open; and the
    one that strikes a row, of a meeting by names."""
    from pendamping.meetings import queries as meetings

    may = [one for one in meetings.meetings(case.ward) if one.status == "held" and one.quorum_met]
    named = meetings.meetings(case.ward, status=("closed",), with_names=True)
    return [
        ("pendamping", "meetings:decide", {"meeting": may[0].id}),
        ("pendamping", "meetings:correct", {"meeting": named[0].id}),
    ]
