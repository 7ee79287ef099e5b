"""Decisions of the ward beside the guideline, recorded and not: part of the open work of the case."""

from datetime import date

TODAY = date(2005, 5, 12)
FIRST_LOAN = "loans.p2kp2.first_loan_max"


def unrecorded(case) -> list[tuple[str, str, dict[str, str]]]:
    """The decision on a larger group, and the one that ends the smaller loan: both wait to be recorded."""
    from pendamping.guidelines import queries as texts

    [larger] = texts.decided(case.ward)
    [end] = texts.ends(case.ward)
    return [
        ("bkm", "guidelines:record", {"meeting": larger.meeting, "clause": larger.clause}),
        ("bkm", "guidelines:record_end", {"meeting": end.meeting, "deviation": end.deviation}),
    ]


def decide_otherwise(case) -> None:
    """The ward decided on a smaller first loan; on a larger group, and on the end of the first, which
    nobody recorded yet."""
    from pendamping.guidelines import queries as texts

    deviate(case, FIRST_LOAN, 400_000, reason="Kas masih kecil.")
    larger = texts.decision_subject("groups.p2kp2.min_members", 7)
    decided(case, larger, reason="Supaya tanggung renteng lebih kuat.")
    [first] = [one for one in texts.deviations(case.ward) if one.clause == FIRST_LOAN]
    decided(case, texts.end_subject(first.id), reason="Kas sudah cukup.")


def decided(case, subject, *, reason) -> str:
    """The board meets, decides, and signs; the id of its meeting."""
    from pendamping.meetings import actions as meetings

    here = {"by": case.actor("pendamping"), "ward": case.ward}
    met = meetings.call_meeting(**here, kind="board", held_on=TODAY, place="Sekretariat BKM").id
    count = {"total": 7, "women": 3, "poor": 2}
    meetings.take_roll(**here, meeting_id=met, head_count=count, eligible=9)
    meetings.record_decision(**here, meeting_id=met, subject=subject, text=reason)
    meetings.sign_minutes(
        **here, meeting_id=met, text="Berita acara", signed_on=TODAY, signers=["Contoh Satu"]
    )
    return met


def deviate(case, clause, value, *, reason) -> None:
    """What the board decided otherwise than the text is recorded."""
    from pendamping.guidelines import actions as guidelines
    from pendamping.guidelines import queries as texts

    guidelines.record_deviation(
        by=case.actor("bkm"), ward=case.ward, clause=clause, value=value, since=TODAY,
        meeting=decided(case, texts.decision_subject(clause, value), reason=reason), reason=reason,
    )  # fmt: skip


def plan_anew(case) -> None:
    """New dates for the stages that are late wait for a meeting."""
    from pendamping.cycle import actions as cycle

    dates = {
        "funds": (date(2004, 8, 26), date(2005, 8, 31)),
        "handover": (date(2005, 9, 1), date(2005, 10, 31)),
    }
    by, why = case.actor("pendamping"), "Termin ketiga terlambat."
    cycle.draft_plan(by=by, ward=case.ward, dates=dates, why=why)


def remedied(case) -> str:
    """What the facilitator does about dossiers that lie too long, too early to say whether it helps."""
    from pendamping.insight import actions

    told = {"by": case.actor("pendamping"), "ward": case.ward}
    actions.acknowledge(**told, factor="verification-stuck")
    made = actions.plan_remedy(
        **told, factor="verification-stuck", what="Mengantar berkas ke PJOK setiap Senin",
        role="facilitator", who="Contoh Pendamping", until=TODAY, request_id="every-monday",
    )  # fmt: skip
    actions.tell_outcome(
        **told, remedy_id=made.id, word="early", request_id="first-monday", note="Baru satu Senin"
    )
    return made.id


def handed_over(case) -> str:
    """The hand-over is put to a meeting: what is not met has somebody answerable, every duty has a name."""
    from pendamping.handover import actions, queries

    told = {"by": case.actor("bkm"), "ward": case.ward}
    unmet = queries.standing(case.ward, TODAY).unmet
    for criterion in unmet:
        actions.promise(**told, criterion=criterion, what="Dibahas dalam rapat BKM", role="board",
                        who="Contoh Koordinator", until=TODAY)  # fmt: skip
    for one in queries.duties(case.ward, TODAY):
        if not one.word:
            username = queries.takers(case.ward, one.duty)[0].username
            actions.name_taker(**told, duty=one.duty.key, username=username)
    return actions.prepare_sign_off(**told, last_day=TODAY, despite=unmet).id
