"""An election of the board, from the RTs to the seats: typed twice, counted by rule, confirmed, seated."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pendamping.elections import actions, facts, queries
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.persons import queries as persons
from pendamping.persons.rules import against_joining
from pendamping.trail import queries as trail
from tests.cast import WARD
from tests.electing import (
    RT_DAY,
    TERM,
    TODAY,
    WARD_DAY,
    board,
    close,
    confirm,
    hamlet,
    open_round,
    prepared,
    seated,
    tally,
    type_twice,
    vote_in_rts,
    vote_in_ward,
)
from tests.staging import staged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def people(cast):
    return hamlet(cast)


def clauses(refusal):
    return [reason.clause for reason in refusal.value.reasons]


def test_a_board_of_nine_is_elected_from_three_names_of_each_rt(cast, people):
    election = prepared(cast)
    first = open_round(election)
    assert [(one.unit, one.eligible, one.first, one.last) for one in first.stations.order_by("number")] == [
        ("01/01", 5, 1, 6), ("01/02", 5, 7, 12), ("01/03", 5, 13, 18), ("01/04", 5, 19, 24),
    ]  # fmt: skip
    vote_in_rts(cast, election, people)
    assert queries.step(election).level == "ward"
    ward = vote_in_ward(cast, election, people)
    assert (ward.eligible, ward.voters, ward.status) == (12, 12, "counted")
    assert queries.step(election).kind == "seat"
    meeting = confirm(cast, election, people)
    done = actions.seat_board(
        by=cast.facilitator, ward=WARD, election_id=election.id, meeting_id=meeting
    )
    assert (done.status, done.seated_on, done.term_ends) == ("seated", TERM, date(2007, 1, 31))
    expected = [people[rt][place] for place in range(3) for rt in range(4)][:9]
    assert sorted(board(cast)) == sorted(expected)
    assert board(cast, on=date(2007, 2, 1)) == []
    body = institutions.body(WARD)
    assert {seat.decided_by for seat in institutions.seats(body, TERM)} == {
        f"elections:{election.id}"
    }
    assert trail.happened("elections.seat_board", WARD, f"election:{election.id}")


def test_who_may_not_is_refused_everything(cast, people):
    election = prepared(cast)
    this = open_round(election)
    here = {"ward": WARD}
    asked = [
        (actions.prepare, {"kind": "regular", "size": 9, "votes_on": RT_DAY, "term_since": TERM}),
        (actions.open_round, {"election_id": election.id, "held_on": WARD_DAY}),
        (actions.enter_tallies, {"round_id": this.id, "tallies": []}),
        (actions.close_round, {"round_id": this.id, "witnesses": []}),
        (actions.draw_lot, {"round_id": this.id, "unit": "", "order": [], "on": TODAY, "witnesses": []}),
        (actions.seat_board, {"election_id": election.id, "meeting_id": ""}),
        (actions.give_up, {"election_id": election.id, "why": "x"}),
        (actions.replace_member, {"seat_id": "x", "on": TODAY, "why": "x"}),
    ]  # fmt: skip
    for who in (cast.chair, cast.treasurer, cast.officer, cast.verifier, cast.lead, cast.stranger):
        for act, told in asked:
            with pytest.raises(Refusal) as refusal:
                act(by=who, **here, **told)
            assert clauses(refusal) == ["access.permission"], act.verb


def test_the_secretary_types_tallies_and_runs_nothing(cast, people):
    election = prepared(cast)
    this = open_round(election)
    station = this.stations.get(number=1)
    actions.enter_tallies(
        by=cast.secretary, ward=WARD, round_id=this.id, tallies=[tally(station, {people[0][0]: 3})]
    )
    with pytest.raises(Refusal) as refusal:
        close_by(cast.secretary, this)
    assert clauses(refusal) == ["access.permission"]


def close_by(who, this):
    return actions.close_round(by=who, ward=WARD, round_id=this.id, witnesses=["Satu", "Dua"])


def test_a_count_waits_for_two_people_and_for_witnesses(cast, people):
    election = prepared(cast)
    this = open_round(election)
    typed = [tally(one, {}) for one in this.stations.all()]
    actions.enter_tallies(by=cast.cadre, ward=WARD, round_id=this.id, tallies=typed)
    actions.enter_tallies(by=cast.cadre, ward=WARD, round_id=this.id, tallies=typed)
    with pytest.raises(Refusal) as refusal:
        actions.close_round(by=cast.cadre, ward=WARD, round_id=this.id, witnesses=["Satu", "satu"])
    assert clauses(refusal) == ["elections.typed_twice", "election.p2kp2.witnesses_min"]
    assert [row.state for row in queries.stations(this)] == ["once"] * 4


@pytest.mark.parametrize(
    "wrong",
    [{"votes": {"x": "y"}}, {"votes": {"x": 1.5}}, {"votes": {"x": True}}, {"votes": ["x"]},
     {"voters": "x"}, {"valid": "--1"}, {"left": "1.0"}, {"lost": {"a": 1}}, {"station": None}],
)  # fmt: skip
def test_what_is_no_figure_is_refused(cast, people, wrong):
    this = open_round(prepared(cast))
    typed = {**tally(this.stations.get(number=1), {people[0][0]: 3}), **wrong}
    with pytest.raises(Refusal) as refusal:
        actions.enter_tallies(by=cast.cadre, ward=WARD, round_id=this.id, tallies=[typed])
    assert clauses(refusal) == ["elections.station" if "station" in wrong else "elections.tally"]


def test_who_cannot_be_elected_gets_no_vote_and_figures_that_do_not_add_up_are_refused(
    cast, people
):
    election = prepared(cast)
    this = open_round(election)
    station = this.stations.get(number=1)
    wrong = [tally(station, {people[1][0]: 3}, left=2)]
    with pytest.raises(Refusal) as refusal:
        actions.enter_tallies(by=cast.cadre, ward=WARD, round_id=this.id, tallies=wrong)
    assert clauses(refusal) == ["elections.tally", "elections.electable"]
    assert refusal.value.reasons[0].where["number"] == 1
    with clock.at(RT_DAY - timedelta(days=1)), pytest.raises(Refusal):
        actions.enter_tallies(
            by=cast.cadre, ward=WARD, round_id=this.id, tallies=[tally(station, {people[0][0]: 3})]
        )


def test_too_few_voters_and_the_vote_is_held_again_with_the_lower_threshold(cast, people):
    election = prepared(cast)
    few = {"01/01": {people[0][0]: 3}}  # three of twenty, where 30 % are six
    failed = close(cast, type_twice(cast, election, few))
    assert (failed.status, failed.voters, failed.named.count()) == ("failed", 3, 0)
    step = queries.step(election)
    assert (step.kind, step.level, step.attempt) == ("round", "rt", 2)
    actions.open_round(by=cast.cadre, ward=WARD, election_id=election.id, held_on=WARD_DAY)
    again = close(cast, type_twice(cast, election, few))
    assert (again.status, again.threshold_percent) == ("counted", 15)


def test_equal_votes_are_voted_on_again_and_then_a_lot_decides(cast, people):
    election = prepared(cast)
    equal = {f"01/0{n}": dict(zip(people[n - 1][:3], (4, 3, 2), strict=True)) for n in range(1, 5)}
    equal["01/02"] = dict(zip(people[1][:4], (4, 3, 2, 2), strict=True))
    main = close(cast, type_twice(cast, election, equal))
    assert queries.step(election).units == ("01/02",)
    with pytest.raises(Refusal) as refusal:
        draw(cast, main, people[1][2:4])
    assert clauses(refusal) == ["election.p2kp2.ties"]
    runoff = actions.open_round(by=cast.cadre, ward=WARD, election_id=election.id, held_on=WARD_DAY)
    [station] = runoff.stations.all()
    assert (station.unit, station.names, station.seats) == ("01/02", 1, 1)
    assert sorted(station.between) == sorted(people[1][2:4])
    close(cast, type_twice(cast, election, {"01/02": {people[1][2]: 2, people[1][3]: 2}}))
    assert queries.step(election).kind == "lot"
    with pytest.raises(Refusal) as refusal:
        draw(cast, main, [people[1][3], people[1][0]])
    assert clauses(refusal) == ["elections.lot"]
    draw(cast, main, [people[1][3], people[1][2]])
    assert queries.step(election).level == "ward"
    named = queries.named(main, "01/02")
    assert [(one.person_id, one.outcome) for one in named][2:] == [
        (people[1][3], "elected"),
        (people[1][2], "following"),
    ]


def draw(cast, main, order, unit="01/02"):
    return actions.draw_lot(
        by=cast.cadre, ward=WARD, round_id=main.id, unit=unit, order=order, on=TODAY,
        witnesses=["Satu", "Dua"],
    )  # fmt: skip


def test_a_run_off_decides_where_it_can(cast, people):
    election = prepared(cast)
    equal = {f"01/0{n}": dict(zip(people[n - 1][:3], (4, 3, 2), strict=True)) for n in range(1, 5)}
    equal["01/03"] = dict(zip(people[2][:4], (3, 2, 2, 2), strict=True))
    main = close(cast, type_twice(cast, election, equal))
    actions.open_round(by=cast.cadre, ward=WARD, election_id=election.id, held_on=WARD_DAY)
    votes = {people[2][1]: 3, people[2][2]: 1, people[2][3]: 2}
    close(cast, type_twice(cast, election, {"01/03": votes}))
    elected = [one.person_id for one in queries.named(main, "01/03") if one.outcome == "elected"]
    assert elected == [people[2][0], people[2][1], people[2][3]]


def test_a_mock_election_runs_beside_a_real_one_and_never_gives_a_seat(cast, people):
    prepared(cast)
    mock = prepared(cast, practice=True)
    vote_in_rts(cast, mock, people)
    vote_in_ward(cast, mock, people)
    with pytest.raises(Refusal) as refusal:
        actions.seat_board(
            by=cast.cadre, ward=WARD, election_id=mock.id, meeting_id=confirm(cast, mock, people)
        )
    assert clauses(refusal) == ["elections.practice"]
    with pytest.raises(Refusal) as refusal:
        prepared(cast)
    assert clauses(refusal) == ["elections.running"]


def test_a_board_is_seated_by_the_meeting_that_confirmed_it_alone(cast, people):
    election = prepared(cast)
    vote_in_rts(cast, election, people)
    with pytest.raises(Refusal) as refusal:
        actions.seat_board(by=cast.cadre, ward=WARD, election_id=election.id, meeting_id="")
    assert clauses(refusal) == ["elections.course"]
    vote_in_ward(cast, election, people)
    early = confirm(cast, election, people, on=RT_DAY)
    with pytest.raises(Refusal) as refusal:
        actions.seat_board(by=cast.cadre, ward=WARD, election_id=election.id, meeting_id=early)
    assert all(clause.startswith("meetings.") for clause in clauses(refusal))


def test_who_leaves_is_followed_by_the_next_in_line_and_then_by_a_by_election(cast, people):
    named = [people[rt][place] for place in range(3) for rt in range(4)]
    ten = dict(zip(named, (9, 8, 4, 3, 3, 2, 2, 2, 2, 1), strict=False))
    seated(cast, people, ten)
    later = TERM + timedelta(days=30)
    with clock.at(later):
        before = {seat.person: seat.seat for seat in queries.board(WARD, later)}
        new = leave(cast, before[named[0]], later)
        assert institutions.seat(WARD, new).person_id == named[9]
        assert institutions.seat(WARD, new).after_id == before[named[0]]
        assert leave(cast, before[named[1]], later) == ""
        assert len(queries.board(WARD, later)) == 8
        with pytest.raises(Refusal) as refusal:
            prepared(cast, kind="by_election", size=2, votes_on=later, term_since=later)
        assert clauses(refusal) == ["elections.vacancies"]
        election = prepared(cast, kind="by_election", size=1, votes_on=later, term_since=later)
        this = open_round(election)
        assert (this.level, this.eligible, this.adults_vote) == ("ward", 12, False)
        close(cast, type_twice(cast, election, {"": {named[10]: 12, named[11]: 3}}))
        meeting = confirm(cast, election, people, on=later)
        actions.seat_board(by=cast.cadre, ward=WARD, election_id=election.id, meeting_id=meeting)
        assert len(queries.board(WARD, later)) == 9
        assert named[10] in board(cast, later)
        assert {one.ends for one in queries.board(WARD, later)} == {date(2007, 1, 31)}


def leave(cast, seat, on):
    return actions.replace_member(by=cast.cadre, ward=WARD, seat_id=seat, on=on, why="pindah")


def test_who_is_next_in_line_is_read_when_nobody_else_can_seat_them(cast, people):
    seated(cast, people)
    with clock.at(TERM):
        seat = queries.board(WARD, TERM)[0].seat
        with CaptureQueriesContext(connection) as asked:
            leave(cast, seat, TERM)
    said = [one["sql"] for one in asked.captured_queries]
    turn = next(at for at, sql in enumerate(said) if "territory_turn" in sql)
    line = next(at for at, sql in enumerate(said) if "elections_named" in sql)
    assert turn < line
    assert not [sql for sql in said[:turn] if "institutions_seat" in sql]


def test_two_equally_next_in_line_wait_for_a_lot(cast, people):
    named = [people[rt][place] for place in range(3) for rt in range(4)]
    eleven = dict(zip(named, (9, 7, 4, 3, 3, 2, 2, 2, 2, 1, 1), strict=False))
    election = seated(cast, people, eleven)
    with clock.at(TERM):
        seat = queries.board(WARD, TERM)[0].seat
        with pytest.raises(Refusal) as refusal:
            leave(cast, seat, TERM)
        assert clauses(refusal) == ["election.p2kp2.ties"]
        main = election.rounds.get(level="ward")
        draw(cast, main, [named[10], named[9]], unit="")
        assert institutions.seat(WARD, leave(cast, seat, TERM)).person_id == named[10]


def test_the_next_board_is_elected_for_the_time_after_this_one(cast, people):
    seated(cast, people)
    near = date(2006, 12, 1)
    with clock.at(near):
        with pytest.raises(Refusal) as refusal:
            prepared(cast, votes_on=near, term_since=date(2007, 1, 31))
        assert clauses(refusal) == ["elections.term"]
        next_one = prepared(cast, votes_on=near, term_since=date(2007, 2, 1))
        assert next_one.term_ends == date(2010, 1, 31)


def test_an_election_is_given_up_with_its_reason_and_another_can_begin(cast, people):
    election = prepared(cast)
    with pytest.raises(Refusal):
        actions.give_up(by=cast.cadre, ward=WARD, election_id=election.id, why=" ")
    actions.give_up(by=cast.cadre, ward=WARD, election_id=election.id, why="banjir")
    assert queries.election(WARD, election.id).status == "given_up"
    assert queries.step(queries.election(WARD, election.id)).kind == "done"
    assert prepared(cast).status == "open"


def test_everything_leaves_in_the_package(cast, people):
    seated(cast, people)
    rows = {
        name: list(found)
        for name, found in {**queries.dump(WARD), **institutions.dump(WARD)}.items()
    }
    assert [len(rows[name]) for name in ("elections", "election_rounds", "election_stations")] == [
        1,
        2,
        5,
    ]
    assert len(rows["election_tallies"]) == 10
    assert len(rows["seats"]) == 9
    assert rows["seats"][0]["decided_by"] == f"elections:{rows['elections'][0]['id']}"


def ruled(monkeypatch, **changes):
    """The ward has decided otherwise on these points of the rule."""
    rule = facts.rule_on(WARD, RT_DAY)
    monkeypatch.setattr(facts, "rule_on", lambda _ward, _on: replace(rule, **changes))


def test_the_rw_may_stand_between_the_rt_and_the_ward(cast, people, monkeypatch):
    ruled(monkeypatch, levels=("rt", "rw", "ward"), names_per_rw=9)
    election = prepared(cast)
    vote_in_rts(cast, election, people)
    between = actions.open_round(
        by=cast.cadre, ward=WARD, election_id=election.id, held_on=WARD_DAY
    )
    [station] = between.stations.all()
    assert (between.level, station.unit, station.eligible, station.seats) == ("rw", "01", 12, 9)
    named = [people[rt][place] for place in range(3) for rt in range(4)]
    close(
        cast,
        type_twice(
            cast, election, {"01": dict(zip(named, (9, 8, 4, 3, 3, 3, 2, 2, 2), strict=False))}
        ),
    )
    ward = actions.open_round(by=cast.cadre, ward=WARD, election_id=election.id, held_on=WARD_DAY)
    assert (ward.level, ward.eligible) == ("ward", 9)


def test_where_all_vote_for_the_ward_the_stations_are_added_up_in_any_order(
    cast, people, monkeypatch
):
    ruled(monkeypatch, levels=("ward",))
    results = []
    for turn in (1, -1):
        election = prepared(cast, practice=True)
        this = open_round(election)
        stations = list(this.stations.order_by("number"))
        assert [(one.unit, one.rt, one.seats) for one in stations] == [
            ("", f"0{n}", 9) for n in range(1, 5)
        ]
        sheets = [
            tally(one, {people[0][0]: 4, people[n][1]: 2 + n % 2}) for n, one in enumerate(stations)
        ]
        for who in (cast.cadre, cast.facilitator):
            for sheet in sheets[::turn]:
                actions.enter_tallies(by=who, ward=WARD, round_id=this.id, tallies=[sheet])
        close(cast, this)
        results.append([(one.person_id, one.votes, one.outcome) for one in queries.named(this, "")])
    assert results[0] == results[1]
    assert results[0][0] == (people[0][0], 16, "elected")


def test_two_who_sit_in_one_board_are_two_persons(cast, people):
    seated(cast, people)
    first, second = (seat.person for seat in queries.board(WARD, TERM)[:2])
    together = persons.shared(WARD, first, second, TERM)
    assert together.seats == (TERM,)
    assert "persons.join.seat" in [reason.clause for reason in against_joining(together)]
    assert persons.shared(WARD, first, people[0][4], TERM).seats == ()
