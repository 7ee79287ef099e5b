"""Complaints: taken in, in whose hands they lie by the clock, answered, confirmed or opened again."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from pendamping.complaints import actions, queries, secrecy
from pendamping.complaints.models import Complaint, Told
from pendamping.desk.complaints import tasks
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from tests import gatherings
from tests.cast import OTHER
from tests.complaining import ADDRESS, CONTACT, DAY, NAME, TEXT, handed_in, officer_of
from tests.rooms.test_ledger_attacks import attack

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_that_day():
    with clock.at(DAY):
        yield


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def act(verb, by, one, **told):
    return getattr(actions, verb)(by=by, ward=one.ward, complaint_id=one.id, **told)


def refused(verb, by, one, **told):
    with pytest.raises(Refusal) as found:
        act(verb, by, one, **told)
    return clauses(found)


def stands(one, on):
    with clock.at(on):
        return queries.line(queries.complaint(one.ward, one.id), on)


def desk(cast, who, on):
    with clock.at(on):
        return [(task.kind, task.due) for task in tasks(cast.ward, on, getattr(cast, who))]


def test_a_complaint_climbs_by_the_clock_onto_the_desk_of_who_must_act(cast):
    """By hand, of working days: 7 from Monday 3 May end on Wednesday 12 May; 10 from Thursday 13 May end
    on Thursday 27 May; then it is the city's, for 14 from Friday 28 May: until Thursday 17 June."""
    officer_of(cast, "32.71.01", "kecamatan")
    one = handed_in(cast)
    receipt, answer = date(2004, 5, 6), date(2004, 5, 12)
    assert (
        desk(cast, "facilitator", DAY)
        == desk(cast, "chair", DAY)
        == [("complaint_receipt", receipt)]
    )
    act("acknowledge", cast.chair, one, text="Kami periksa.")
    assert desk(cast, "facilitator", answer) == [("complaint", answer)]
    assert desk(cast, "kecamatan", answer) == []
    next_day = date(2004, 5, 13)
    assert desk(cast, "facilitator", next_day) == []
    assert desk(cast, "kecamatan", next_day) == [("complaint_climbed", date(2004, 5, 27))]
    with clock.at(next_day):
        assert refused("answer", cast.facilitator, one, text="Sudah.") == ["complaints.turn"]
    assert desk(cast, "verifier", date(2004, 5, 28)) == [("complaint_climbed", date(2004, 6, 17))]
    late = stands(one, date(2005, 5, 12))
    assert (late.stands.level, late.stands.late, late.stands.climbs) == ("national", True, 4)
    assert late.level == "city"  # nobody sits above it: the nearest below acts, it is never lost
    assert desk(cast, "verifier", date(2005, 5, 12))[0][0] == "complaint_climbed"


def test_a_level_without_anybody_is_passed_over_and_the_ward_never_loses_it(cast):
    one = handed_in(cast)
    at = stands(one, date(2004, 5, 13))  # at the sub-district, where nobody sits
    assert (at.stands.level, at.level, at.doers) == ("subdistrict", "city", (cast.verifier.pk,))


def test_a_complaint_goes_from_its_receipt_to_the_word_of_its_complainant(cast):
    one = handed_in(cast)
    code = queries.code(queries.complaint(cast.ward, one.id))
    assert refused("confirm", cast.system, one) == ["complaints.state"]
    act("answer", cast.facilitator, one, text="Semen kurang lima sak sudah dikirim.")
    assert refused("confirm", cast.facilitator, one) == ["complaints.confirmed"]
    act("reopen", cast.system, one, why="Baru tiga sak.")
    again = stands(one, DAY)
    assert (again.complaint.status, again.complaint.reopened, again.stands.runs) == (
        "open",
        1,
        True,
    )
    act("answer", cast.chair, one, text="Dua sak lagi sudah sampai.")
    act("confirm", cast.system, one)
    found = queries.by_code(code.lower())
    assert (found.status, found.confirmed, found.closed_on) == ("closed", True, DAY)
    kinds = [each.step.kind for each in queries.steps(found, shown=True)]
    assert kinds == ["received", "answered", "reopened", "answered", "confirmed"]


def test_silence_closes_only_after_the_complainant_was_waited_for(cast):
    one = handed_in(cast)
    act("answer", cast.facilitator, one, text="Sudah.")
    told = {"why": "Ditelepon dua kali, tidak diangkat."}
    with clock.at(date(2004, 5, 21)):  # the fourteenth working day
        assert refused("close", cast.facilitator, one, **told) == [
            "complaints.p2kp2.complainant_confirms"
        ]
        assert desk(cast, "facilitator", date(2004, 5, 21)) == [
            ("complaint_close", date(2004, 5, 21))
        ]
    with clock.at(date(2004, 5, 24)):
        assert refused("close", cast.facilitator, one, why=" ") == ["complaints.why"]
        act("close", cast.facilitator, one, **told)
    found = queries.complaint(cast.ward, one.id)
    assert (found.status, found.confirmed) == ("closed", False)


def test_nobody_handles_a_complaint_about_themself_or_their_office(cast):
    about = handed_in(cast, about="facilitator")
    assert refused("answer", cast.facilitator, about, text="Tidak benar.") == [
        "complaints.concerned"
    ]
    assert refused("reveal_person", cast.facilitator, about, why="Ingin tahu") == [
        "complaints.concerned"
    ]
    assert [line.complaint for line in queries.running(cast.ward, DAY, cast.facilitator)] == []
    named = handed_in(cast, request_id="dua", person={"against": "Bapak Contoh Chair"})
    assert refused("answer", cast.chair, named, text="Tidak benar.") == ["complaints.concerned"]
    act("name_concerned", cast.facilitator, named, username="secretary")
    assert refused("answer", cast.secretary, named, text="Tidak benar.") == ["complaints.concerned"]
    act("answer", cast.facilitator, named, text="Sudah diperiksa.")


def test_where_the_ward_is_concerned_the_city_acts_at_once(cast):
    one = handed_in(cast, about="board", person={"against": "Contoh Facilitator"})
    at = stands(one, DAY)
    assert (at.stands.level, at.level, at.doers) == ("ward", "city", (cast.verifier.pk,))


def test_where_everybody_is_concerned_who_gives_roles_hears_of_it(cast):
    handed_in(cast, by=cast.system, ward=OTHER, person={"against": "Contoh Verifier"})
    [task] = tasks(OTHER, DAY, cast.administrator)
    assert (task.kind, task.page) == ("complaint_nobody", "access:people")


def test_alleged_misuse_asks_for_its_amount_and_for_a_meeting(cast):
    with pytest.raises(Refusal) as found:
        handed_in(cast, misuse=True, scope="financial")
    assert clauses(found) == ["complaints.p2kp2.amount_if_misuse"]
    one = handed_in(cast, misuse=True, scope="financial", amount=600_000)
    assert refused("answer", cast.facilitator, one, text="Sudah.") == ["meetings.decided.meeting"]
    subject = f"complaints.answer:{one.id}"
    meeting = gatherings.board_decides(cast, subject, on=DAY)
    act("answer", cast.facilitator, one, text="Uang dikembalikan.", meeting_id=meeting)
    came = {"amount": 400_000, "text": "Kas Sekretariat", "request_id": new_id()}
    for _sent in range(2):
        act("record_recovered", cast.facilitator, one, **came)
    for other in ({"amount": 200_000}, {"text": "Kas UPK"}):
        sent = {**came, **other}
        assert refused("record_recovered", cast.facilitator, one, **sent) == ["trail.request"]
    over = refused("record_recovered", cast.facilitator, one, amount=200_001, text="Kas")
    assert over == ["complaints.recovered"]
    assert queries.complaint(cast.ward, one.id).recovered == 400_000


def test_the_same_form_sent_twice_is_one_complaint(cast):
    first = handed_in(cast)
    assert handed_in(cast).id == first.id
    others = [
        {"text": "Semen tidak sampai."}, {"hope": "Dikembalikan"}, {"about": "board"}, {"sex": "P"},
        {"received_on": date(2004, 4, 30)}, {"channel": "letter"}, {"person": None},
        {"person": {"name": NAME, "contact": CONTACT, "address": "RT 09"}},
    ]  # fmt: skip
    for other in others:  # what it said then is kept, and that is said
        with pytest.raises(Refusal) as refusal:
            handed_in(cast, **other)
        assert clauses(refusal) == ["trail.request"], other
    sorted_as = {"kind": "problem", "scope": "administrative", "about": "group", "subject": "Semen"}
    act("sort", cast.facilitator, first, misuse=False, amount=None, **sorted_as)
    assert handed_in(cast).id == first.id
    assert Complaint.objects.count() == 1


def test_duplicates_are_joined_and_taken_apart(cast):
    first, second = handed_in(cast), handed_in(cast, request_id="dua", person=None)
    code = queries.code(queries.complaint(cast.ward, second.id))
    act("join", cast.chair, second, to=first.id, why="Selokan yang sama.")
    assert queries.by_code(code).id == first.id
    assert refused("answer", cast.chair, second, text="Sudah.") == ["complaints.state"]
    assert refused("join", cast.chair, first, to=first.id, why="Sama.") == ["complaints.joined"]
    with clock.at(date(2004, 5, 5)):
        act("part", cast.chair, second, why="Selokan yang lain.")
    apart = stands(second, date(2004, 5, 5))
    assert (apart.complaint.status, apart.stands.since, apart.stands.due) == (
        "open", date(2004, 5, 5), date(2004, 5, 14),
    )  # fmt: skip
    assert queries.by_code(code).id == second.id


def test_who_complained_is_sealed_and_each_look_is_in_the_trail(cast):
    one = handed_in(cast)
    with connection.cursor() as cursor:
        for table in ("complaints_complaint", "complaints_told", "complaints_step", "trail_event"):
            cursor.execute(f"SELECT * FROM {table}")
            said = str(cursor.fetchall())
            assert not [word for word in (NAME, CONTACT, ADDRESS, TEXT) if word in said]
    assert refused("reveal_person", cast.facilitator, one, why=" ") == ["complaints.why"]
    assert refused("reveal_person", cast.cadre, one, why="Ingin tahu") == ["access.permission"]
    found = act("reveal_person", cast.facilitator, one, why="Menanyakan tempat.")
    assert found == {"name": NAME, "contact": CONTACT, "address": ADDRESS}
    last = trail.of_record(f"complaint:{one.id}")[-1]
    assert (last.verb, last.actor) == ("complaints.reveal_person", "facilitator")


def test_a_sealed_name_does_not_open_under_another_complaint(cast):
    first, second = handed_in(cast), handed_in(cast, request_id="dua")
    told = Told.objects.get(complaint=first)
    with pytest.raises(Refusal):
        secrecy.reveal(second.id, "person", told.person)


def test_the_slip_is_printed_by_who_took_it_in_on_that_day_alone(cast):
    one = handed_in(cast)
    assert refused("print_slip", cast.chair, one) == ["complaints.slip"]
    assert len(act("print_slip", cast.cadre, one)) == 9
    with clock.at(date(2004, 5, 4)):
        assert refused("print_slip", cast.cadre, one) == ["complaints.slip"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE complaints_step SET kind = 'closed'",
        "DELETE FROM complaints_step",
        "UPDATE complaints_told SET person = ''",
        "UPDATE complaints_complaint SET received_on = '2004-05-09'",
        "DELETE FROM complaints_concern",
    ],
)
def test_what_happened_stands_against_plain_sql_too(cast, sql):
    handed_in(cast, person={"against": "Contoh Chair"})
    with pytest.raises(DatabaseError), transaction.atomic():
        attack(by=cast.system, sql=[sql])
