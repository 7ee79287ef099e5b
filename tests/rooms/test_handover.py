"""The hand-over: criteria read over time, who is answerable, duties that pass with their rights, the sign-off."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from pendamping.access import queries as access
from pendamping.cycle import actions as cycle
from pendamping.cycle import queries as cycle_queries
from pendamping.desk import handing, matters, oversight
from pendamping.desk import queries as desk
from pendamping.exchange.filling import rows_of
from pendamping.handover import actions, background, queries
from pendamping.handover.models import DutyStep, Promise, Reading, SignOff, YearlyCheck
from pendamping.handover.rules.duties import RIGHTS
from pendamping.insight import queries as insight
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from pendamping.trail.writing import migrating
from tests.cast import WARD
from tests.gatherings import decide, meet
from tests.staging import staged

pytestmark = pytest.mark.django_db

DAY, LAST = date(2005, 4, 4), date(2005, 5, 13)
UNMET = ["volunteers_active", "units_trained", "books_closed", "own_review"]
MAY_PROMISE = {"what": "BKM mengundang kader dari RT", "role": "board", "who": "Contoh chair"}


@pytest.fixture
def today():
    with clock.at(DAY):
        yield DAY


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def promise(cast, criterion, until=LAST, **changes):
    told = {
        **MAY_PROMISE,
        "by": cast.chair,
        "until": until,
        "request_id": f"{criterion}-{until}",
        **changes,
    }
    return actions.promise(ward=WARD, criterion=criterion, **told)


def pass_on(cast, duty="cycle", who="chair"):
    """Named, done together, done alone, passed: all on one day."""
    by = {"by": cast.facilitator, "ward": WARD, "duty": duty}
    actions.name_taker(**by, username=cast.players[who].username)
    for step in ("together", "alone"):
        actions.practise(**by, step=step, on=clock.today())
    return actions.pass_duty(**by)


def name_everybody(cast):
    takers = {"training": "cadre", "groups": "cadre", "poor_data": "cadre", "works": "secretary",
              "arrears": "treasurer"}  # fmt: skip
    for duty in RIGHTS:
        who = cast.players[takers.get(duty, "chair")]
        actions.name_taker(by=cast.facilitator, ward=WARD, duty=duty, username=who.username)


@staged(at=DAY)
def prepared(cast):
    """What is not met has somebody answerable, every duty has a name, and the hand-over is put to a meeting."""
    for criterion in UNMET:
        promise(cast, criterion)
    name_everybody(cast)
    return cast, actions.prepare_sign_off(
        by=cast.facilitator, ward=WARD, last_day=LAST, despite=UNMET
    )


def meeting_decides(cast, one, on=DAY, **changes):
    count = {"total": 7, "women": 3, "poor": 0}
    met = meet(cast, [], kind="handover", on=on, head_count=count, eligible=9)
    return decide(cast, met, queries.subject(one), **changes).id


def sign(cast, one, meeting, **changes):
    told = {
        "by": cast.chair,
        "ward_head": "Contoh Lurah",
        "coordinator": "Contoh Koordinator",
        **changes,
    }
    return actions.sign_off(ward=WARD, sign_off_id=one.id, meeting_id=meeting, **told)


def test_what_a_ward_lacks_is_read_once_a_month_and_goes_out_with_its_package(cast, today):
    assert background.read_of_the_month(WARD) is True
    assert background.read_of_the_month(WARD) is False  # a month is read once by itself
    with pytest.raises(Refusal) as refused:
        actions.read_criteria(by=cast.chair, ward=WARD)
    assert clauses(refused) == ["handover.read.once"]
    with clock.at(DAY + timedelta(days=30)):
        actions.read_criteria(by=cast.facilitator, ward=WARD)
        found = queries.curve(WARD, clock.today(), queries.found(WARD, clock.today()))
    assert [(one.month, one.met) for one in found.read] == [
        (date(2005, 4, 1), 0),
        (date(2005, 5, 1), 0),
    ]
    assert (found.total, found.points[0].month) == (8, date(2003, 11, 1))
    rows = rows_of(WARD)["readiness"]
    assert [row["criterion"] for row in rows] == sorted(
        UNMET
    ) * 2  # what has nothing to judge is no row
    assert {row["met"] for row in rows} == {False}
    # the early warning reads them: unmet since the first of both readings
    with clock.at(DAY + timedelta(days=30)):
        one = insight.look(WARD, clock.today()).of("cadres-unready")
    assert one.severity in ("watch", "act", "unknown")
    assert oversight.breaks(WARD) == []


def test_somebody_is_answerable_for_what_is_not_met_and_the_desk_reminds_before_the_day(
    cast, today
):
    near = DAY + timedelta(days=14)
    made = promise(cast, "own_review", near)
    assert queries.due_promises(WARD, DAY) == [made]
    assert queries.due_promises(WARD, DAY - timedelta(days=1)) == []
    [task] = [one for one in handing.tasks(WARD, DAY, lambda right: right == "handover.promise")]
    assert (task.kind, task.due, task.parts) == ("promise_due", near, {"criterion": "own_review"})
    with pytest.raises(Refusal) as refused:
        promise(cast, "own_review", DAY - timedelta(days=1), what=" ", who="", role="lead")
    assert clauses(refused) == ["handover.promise.what", "handover.promise.role", "handover.promise.who",
                                "handover.promise.until"]  # fmt: skip
    for criterion in ("signed", "no-such"):
        with pytest.raises(Refusal) as refused:
            promise(cast, criterion)
        assert clauses(refused) == ["handover.promise.unknown"]
    with pytest.raises(Refusal) as refused:
        promise(cast, "own_review", by=cast.treasurer)
    assert clauses(refused) == ["access.permission"]


def test_a_duty_passes_with_its_rights_and_comes_back_with_them(cast, today):
    right = "cycle.start_stage"
    assert access.may(cast.facilitator, right, WARD)
    with pytest.raises(Refusal) as refused:
        actions.pass_duty(by=cast.facilitator, ward=WARD, duty="cycle")
    assert clauses(refused) == ["handover.duty.nobody"]
    pass_on(cast)
    assert not access.may(cast.facilitator, right, WARD)
    assert access.may(cast.chair, right, WARD)
    with pytest.raises(Refusal) as refused:
        cycle.start_stage(by=cast.facilitator, ward=WARD, stage="orientation", on=DAY)
    assert clauses(refused) == ["access.passed_on"]
    cycle.start_stage(by=cast.chair, ward=WARD, stage="orientation", on=DAY)
    assert access.may(cast.facilitator, "cadres.join", WARD)  # what did not pass stays
    actions.take_back_duty(by=cast.chair, ward=WARD, duty="cycle", why="Anggota BKM sakit")
    assert access.may(cast.facilitator, right, WARD)
    assert queries.duty(WARD, DAY, "cycle").word == "named"
    assert oversight.breaks(WARD) == []


def test_nobody_takes_a_duty_over_who_has_no_role_for_it_or_accompanies_the_ward(cast, today):
    for who in ("officer", "facilitator", "treasurer", "stranger"):
        with pytest.raises(Refusal) as refused:
            actions.name_taker(
                by=cast.chair, ward=WARD, duty="cycle", username=cast.players[who].username
            )
        assert clauses(refused) == ["handover.duty.taker"], who
    with pytest.raises(Refusal) as refused:
        actions.name_taker(by=cast.chair, ward=WARD, duty="no-such", username="chair")
    assert clauses(refused) == ["handover.duty.unknown"]


def test_the_hand_over_is_not_prepared_while_something_unmet_has_nobody_answerable(cast, today):
    with pytest.raises(Refusal) as refused:
        actions.prepare_sign_off(by=cast.facilitator, ward=WARD, last_day=LAST)
    assert clauses(refused)[:4] == [f"handover.p2kp2.{key}" for key in UNMET]
    assert clauses(refused)[4:] == ["handover.sign.duty"] * len(RIGHTS)
    promise(cast, "own_review")
    with pytest.raises(Refusal) as refused:
        actions.prepare_sign_off(by=cast.facilitator, ward=WARD, last_day=LAST, despite=UNMET)
    alone = "handover_rules.p2kp2.unmet_needs_owner_and_date"
    assert clauses(refused).count(alone) == 3


def test_a_meeting_signs_the_hand_over_and_the_ward_goes_on_without_its_facilitator(
    prepared, client
):
    cast, one = prepared
    with clock.at(DAY):
        assert queries.subject(one) in {each.subject for each in matters.waiting(WARD, DAY)}
        with pytest.raises(Refusal) as refused:
            sign(cast, one, "", ward_head=" ")
        assert clauses(refused) == ["meetings.decided.meeting", "handover.p2kp2.signed"]
        refused_by = meeting_decides(cast, one, outcome="rejected")
        with pytest.raises(Refusal):
            sign(cast, one, refused_by)
    with clock.at(LAST):
        meeting = meeting_decides(cast, one, on=LAST)
        done = sign(cast, one, meeting)
        assert (done.status, done.despite) == ("signed", UNMET)
        assert access.may(cast.facilitator, "desk.read", WARD)  # to the end of the last day
    for player in cast.players.values():
        vars(player).pop("_held", None)
    with clock.at(LAST + timedelta(days=1)):
        assert access.roles(cast.facilitator, WARD) == []
        assert not access.may(cast.facilitator, "desk.read", WARD)
        client.force_login(cast.facilitator)
        assert client.get(reverse("desk:today", kwargs={"ward": WARD})).status_code == 403
        for who in ("chair", "cadre", "treasurer", "secretary", "ward_admin"):
            client.force_login(cast.players[who])
            page = client.get(reverse("desk:today", kwargs={"ward": WARD}))
            assert page.status_code == 200, who
        may = lambda right: access.may(cast.chair, right, WARD)  # noqa: E731 -- as the desk asks
        found = desk.desk(WARD, clock.today(), may)
        client.force_login(cast.chair)
        for task in [*found.tasks, *found.coming]:
            address = reverse(task.page, kwargs={"ward": WARD, **task.parts})
            assert client.get(f"{address}?{task.query}").status_code == 200, task.kind
        with pytest.raises(Refusal) as refused:
            pass_on(cast)
    assert clauses(refused) == ["access.permission"]
    assert oversight.breaks(WARD) == []


def test_the_gate_of_the_last_stage_reads_the_decision_on_what_was_prepared(prepared):
    cast, one = prepared
    with clock.at(LAST):
        [before] = cycle_queries.cycle(WARD, LAST).verdicts(["handover"])["handover"]
        meeting_decides(cast, one, on=LAST)
        [after] = cycle_queries.cycle(WARD, LAST).verdicts(["handover"])["handover"]
    assert (before.met, after.met) == (False, True)


def test_a_year_after_the_hand_over_the_board_reads_the_same_criteria_and_the_yearly_meeting_sees_them(
    prepared,
):
    cast, one = prepared
    with clock.at(LAST):
        sign(cast, one, meeting_decides(cast, one, on=LAST))
        assert queries.check_due(WARD, LAST) == date(2006, 5, 13)
    year_on, may = date(2006, 5, 2), lambda right: right == "handover.check_year"
    with clock.at(year_on):
        [task] = handing.tasks(WARD, year_on, may)
        assert (task.kind, task.due) == ("check_year", date(2006, 5, 13))
        with pytest.raises(Refusal):
            actions.check_year(by=cast.chair, ward=WARD, meeting_id="")
        meeting = yearly_meeting(cast, year_on)
        made = actions.check_year(by=cast.chair, ward=WARD, meeting_id=meeting)
        words = {each["criterion"]: each["word"] for each in made.found}
        assert words["own_review"] == "met"  # the board called it: the ward's own
        assert list(handing.tasks(WARD, year_on, may)) == []
        assert queries.check_due(WARD, year_on) == date(2007, 5, 13)
    assert oversight.breaks(WARD) == []


def yearly_meeting(cast, on):
    """The board calls the yearly meeting; it sees the check, and its minutes are signed."""
    by = {"by": cast.chair, "ward": WARD}
    met = meetings.call_meeting(**by, kind="yearly", held_on=on, place="Balai")
    count = {"total": 20, "women": 12, "poor": 10, "rts": []}
    meetings.take_roll(**by, meeting_id=met.id, head_count=count, eligible=20)
    subject = queries.check_subject(queries.check_due(WARD, on))
    meetings.record_decision(**by, meeting_id=met.id, subject=subject, text="Dilihat")
    signers = ["Contoh Satu", "Contoh Dua"]
    meetings.sign_minutes(
        **by, meeting_id=met.id, text="Berita acara", signed_on=on, signers=signers
    )
    return met.id


def test_every_page_of_the_hand_over_opens_for_who_may_read_it(prepared, client):
    cast, one = prepared
    with clock.at(DAY):
        client.force_login(cast.facilitator)
        for name, part in (
            ("home", {}), ("prepare", {}), ("criterion", {"criterion": "own_review"}),
            ("duty", {"duty": "meetings"}), ("sign_off", {"sign_off": one.id}), ("pdf", {}),
        ):  # fmt: skip
            page = client.get(reverse(f"handover:{name}", kwargs={"ward": WARD, **part}))
            assert page.status_code == 200, name
        text = client.get(reverse("handover:home", kwargs={"ward": WARD})).text
        assert "Serah terima" in text
        assert "0 dari 8" in text
        typed = {"taking-username": cast.secretary.username, "taking-request_id": "t"}
        address = reverse("handover:name_taker", kwargs={"ward": WARD, "duty": "complaints"})
        assert client.post(address, typed).status_code == 302
        address = reverse("handover:pass_duty", kwargs={"ward": WARD, "duty": "complaints"})
        refused = client.post(address, {"passing-request_id": "p"})
        assert refused.status_code == 409
        assert "bersama pendamping" in refused.text


def test_the_database_keeps_what_was_read_promised_and_signed(prepared):
    cast, one = prepared
    with clock.at(LAST):
        actions.read_criteria(by=cast.chair, ward=WARD)
        sign(cast, one, meeting_decides(cast, one, on=LAST))
    for model, change in (
        (Reading, {"word": "met"}), (Promise, {"until": DAY}), (DutyStep, {"step": "back"}),
        (SignOff, {"last_day": DAY}),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), migrating():
            model.objects.update(**change)
    assert not YearlyCheck.objects.exists()
