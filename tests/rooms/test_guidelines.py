"""Adopting a guideline, handing in texts, deciding beside the text."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from pendamping.guidelines import actions, queries
from pendamping.guidelines.models import LocalDecision, StoredText
from pendamping.kernel import memory
from pendamping.kernel.refusal import Refusal
from pendamping.trail import writing
from pendamping.trail.actions import record
from pendamping.trail.models import Event
from pendamping.trail.writing import WriteOutsideAction, action
from tests.cast import OTHER, WARD
from tests.gatherings import HELD, decided_end, decided_otherwise
from tests.guideline_texts import AMENDMENT, lumbung

pytestmark = pytest.mark.django_db

DAY = date(2004, 5, 12)
CLAUSE = "loans.p2kp2.first_loan_max"


def decide(cast, **more):
    given = {
        "by": cast.chair,
        "ward": WARD,
        "clause": CLAUSE,
        "value": 400_000,
        "since": DAY,
        "reason": "Usaha masih kecil",
        **more,
    }
    if "meeting" not in given:
        given["meeting"] = decided_otherwise(cast, given["clause"], given["value"])
    return actions.record_deviation(**given)


def clauses_of(refused):
    return [reason.clause for reason in refused.value.reasons]


# --- without a row, the shipped guideline -------------------------------------------------------


def test_every_ward_is_under_the_shipped_guideline_until_it_adopts_another():
    assert queries.code(WARD, DAY) == "p2kp2"
    assert queries.version(WARD, DAY) == "1.0"
    assert queries.section("groups", WARD, DAY)["min_members"] == 5
    assert queries.vocabulary(WARD, DAY, "id")["board"] == "BKM"


def test_the_loans_section_has_exactly_the_keys_that_the_loans_room_types():
    assert set(queries.section("loans", WARD, DAY)) == {
        "grace_months", "grace_in_tenor", "grace_service", "rate_bp", "instalments",
        "min_instalments", "max_instalments", "ladder", "max_loans", "min_saving_months",
        "required_trainings", "books_required", "allocation", "every", "method", "first_loan_max",
        "amortisation", "grace_periods",
    }  # fmt: skip


def test_a_clause_comes_with_its_source_and_status():
    clause = queries.clause(CLAUSE, WARD, DAY)
    assert (clause.value, clause.status, clause.version) == (500_000, "sourced", "1.0")
    assert "S45" in clause.source
    assert clause.deviation is None
    assert queries.clause_id("loans", "first_loan_max", WARD, DAY) == CLAUSE


def test_what_is_asked_wrongly_is_an_error_not_a_guess():
    with pytest.raises(KeyError):
        queries.section("moons", WARD, DAY)
    with pytest.raises(KeyError):
        queries.clause("loans.p2kp2.moon", WARD, DAY)


def test_a_caller_cannot_change_the_shared_text():
    queries.section("loans", WARD, DAY)["ladder"].append(1)
    assert queries.section("loans", WARD, DAY)["ladder"][-1] == 2_000_000


def test_no_text_holds_before_the_programme():
    with pytest.raises(Refusal) as refused:
        queries.in_force(WARD, date(1999, 1, 1))
    assert clauses_of(refused) == ["guidelines.p2kp2.valid_from"]


def test_the_texts_in_force_can_be_handed_on_as_files():
    files = queries.files(WARD, DAY)
    assert list(files) == ["p2kp2-general-1.0.toml", "p2kp2-technical-1.0.toml"]
    assert "[loans.first_loan_max]" in files["p2kp2-technical-1.0.toml"]


# --- another guideline --------------------------------------------------------------------------


def test_a_ward_can_adopt_another_guideline_from_a_day_on(cast):
    actions.publish_texts(by=cast.administrator, contents=[lumbung()])
    actions.adopt_guideline(by=cast.administrator, ward=WARD, code="lumbung", from_=DAY)
    assert queries.code(WARD, DAY - timedelta(1)) == "p2kp2"
    assert queries.code(WARD, DAY) == "lumbung"
    assert queries.section("loans", WARD, DAY)["every"] == "1week"
    assert queries.vocabulary(WARD, DAY, "en")["facilitator"] == "Extension worker"
    assert queries.code(OTHER, DAY) == "p2kp2"
    assert queries.codes() == ["lumbung", "p2kp2"]
    assert list(queries.files(WARD, DAY)) == ["lumbung-whole-2.0.toml"]


def test_a_page_that_changes_the_guideline_shows_the_new_one(cast):
    actions.publish_texts(by=cast.administrator, contents=[lumbung()])
    with memory.remembering():
        assert queries.code(WARD, DAY) == "p2kp2"
        assert queries.in_force(WARD, DAY).code == "p2kp2"
        actions.adopt_guideline(by=cast.administrator, ward=WARD, code="lumbung", from_=DAY)
        assert queries.code(WARD, DAY) == "lumbung"
        assert queries.in_force(WARD, DAY).code == "lumbung"


def test_what_is_decided_beside_the_text_holds_for_the_rest_of_the_page_and_of_the_action(cast):
    met = decided_otherwise(cast, CLAUSE, 400_000)

    def allowed():
        return queries.section("loans", WARD, DAY)["first_loan_max"]

    @action
    def decide_and_ask(*, by):
        before = allowed()
        decide(cast, meeting=met)
        record(by=by, ward=WARD, record=f"ward:{WARD}")
        return before, allowed()

    with memory.remembering():
        assert allowed() == 500_000
        assert decide_and_ask(by=cast.chair) == (500_000, 400_000)
        assert allowed() == 400_000


def test_a_guideline_is_read_once_for_a_page(cast, django_assert_num_queries):
    with memory.remembering(), django_assert_num_queries(3):
        for section in ("loans", "groups", "books"):
            assert queries.section(section, WARD, DAY)


def test_a_new_version_holds_at_once_unless_the_ward_stays_at_one(cast):
    actions.publish_texts(by=cast.administrator, contents=[lumbung(), AMENDMENT])
    adopt = {"by": cast.administrator, "code": "lumbung", "from_": DAY}
    actions.adopt_guideline(ward=WARD, **adopt)
    actions.adopt_guideline(ward=OTHER, version="2.0", **adopt)
    assert (queries.version(WARD, DAY), queries.version(OTHER, DAY)) == ("2.1", "2.0")
    assert queries.section("groups", WARD, DAY)["min_members"] == 6
    assert queries.section("groups", OTHER, DAY)["min_members"] == 8


def test_an_amendment_may_come_later(cast):
    actions.publish_texts(by=cast.administrator, contents=[lumbung()])
    actions.publish_texts(by=cast.administrator, contents=[AMENDMENT])
    assert [text.header.version for text in queries.texts("lumbung")] == ["2.0", "2.1"]


@pytest.mark.parametrize(
    ("contents", "clause"),
    [
        ([], "guidelines.text.missing"),
        (["x ="], "guidelines.text.toml"),
        ([AMENDMENT], "guidelines.text.amends"),
        ([lumbung().replace("[60, 40]", "[60, 30]")], "guidelines.text.shares"),
        ([lumbung(), lumbung()], "guidelines.text.version"),
        ([lumbung().replace('"whole"', '"general"', 1)], "guidelines.text.parts"),
    ],
)
def test_a_broken_text_is_not_taken(cast, contents, clause):
    with pytest.raises(Refusal) as refused:
        actions.publish_texts(by=cast.administrator, contents=contents)
    assert clause in clauses_of(refused)
    assert StoredText.objects.count() == 0


def test_a_shipped_version_cannot_be_handed_in_again(cast):
    files = list(queries.files(WARD, DAY).values())
    with pytest.raises(Refusal) as refused:
        actions.publish_texts(by=cast.administrator, contents=files)
    assert clauses_of(refused) == ["guidelines.text.version"] * 2


@pytest.mark.parametrize(
    ("more", "clause"),
    [
        ({"ward": "99.99.99.9999"}, "ward"),
        ({"code": "moon"}, "code"),
        ({"version": "9.9"}, "version"),
        ({"from_": date(1999, 1, 1)}, "valid_from"),
    ],
)
def test_an_adoption_that_cannot_hold_is_refused(cast, more, clause):
    given = {"by": cast.administrator, "ward": WARD, "code": "p2kp2", "from_": DAY, **more}
    with pytest.raises(Refusal) as refused:
        actions.adopt_guideline(**given)
    assert clauses_of(refused) == [f"guidelines.adoption.{clause}"]


def test_two_adoptions_on_one_day_are_refused(cast):
    given = {"by": cast.administrator, "ward": WARD, "code": "p2kp2", "from_": DAY}
    actions.adopt_guideline(**given)
    with pytest.raises(Refusal) as refused:
        actions.adopt_guideline(**given)
    assert clauses_of(refused) == ["guidelines.adoption.since"]


@pytest.mark.parametrize("table", ["guidelines_storedtext", "guidelines_adoption"])
def test_the_database_keeps_texts_and_adoptions_as_they_were(cast, table):
    actions.publish_texts(by=cast.administrator, contents=[lumbung()])
    actions.adopt_guideline(by=cast.administrator, ward=WARD, code="lumbung", from_=DAY)
    for statement in (f"UPDATE {table} SET code = 'x'", f"DELETE FROM {table}"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            writing._open("tests.attack"),  # past the guard of the house, to the database itself
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


# --- a ward's own decisions ---------------------------------------------------------------------


def test_a_decision_of_the_ward_holds_from_its_day_on(cast):
    decision = decide(cast)
    assert queries.section("loans", WARD, DAY)["first_loan_max"] == 400_000
    assert queries.section("loans", WARD, DAY - timedelta(1))["first_loan_max"] == 500_000
    assert queries.section("loans", OTHER, DAY)["first_loan_max"] == 500_000
    clause = queries.clause(CLAUSE, WARD, DAY)
    assert (clause.status, clause.deviation.meeting) == ("local", decision.meeting)


def test_a_decision_can_end(cast):
    decision = decide(cast)
    met = decided_end(cast, decision)
    actions.end_deviation(
        by=cast.facilitator,
        ward=WARD,
        deviation=decision.id,
        until=DAY + timedelta(30),
        meeting=met,
    )
    assert queries.deviations(WARD)[0].ended_by == met
    assert queries.section("loans", WARD, DAY + timedelta(30))["first_loan_max"] == 400_000
    assert queries.section("loans", WARD, DAY + timedelta(31))["first_loan_max"] == 500_000


def test_a_day_survives_being_stored(cast):
    decide(cast, clause="case.p2kp2.programme_end", value=date(2005, 6, 1))
    assert queries.section("case", WARD, DAY)["programme_end"] == date(2005, 6, 1)


def test_one_field_of_a_table_can_be_decided(cast):
    decide(cast, clause="meetings.p2kp2.readiness.quorum.present_percent", value=60)
    quorum = queries.section("meetings", WARD, DAY)["readiness"]["quorum"]
    assert (quorum["present_percent"], quorum["women_percent"]) == (60, 30)


@pytest.mark.parametrize(
    ("more", "clause"),
    [
        ({"clause": "loans.p2kp2.moon"}, "guidelines.deviation.clause"),
        ({"value": "much"}, "guidelines.deviation.value"),
        ({"meeting": ""}, "guidelines.deviation.meeting"),
        ({"meeting": "moon"}, "guidelines.deviation.meeting"),
        ({"since": HELD - timedelta(days=1)}, "guidelines.deviation.since"),
        ({"reason": "  "}, "guidelines.deviation.reason"),
        ({"until": DAY - timedelta(1)}, "guidelines.deviation.until"),
        ({"value": 500_000}, "guidelines.adoption.same"),
        ({"value": 900_000}, "guidelines.text.ladder"),
        ({"clause": "tranches.p2kp2.percentages", "value": [60, 60]}, "guidelines.text.shares"),
        ({"clause": "loans.p2kp2.required_trainings", "value": ["moon"]},
         "guidelines.text.unknown_key"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_stand_is_refused(cast, more, clause):
    with pytest.raises(Refusal) as refused:
        decide(cast, **more)
    assert clause in clauses_of(refused)
    assert not LocalDecision.objects.exists()


def test_several_reasons_come_at_once(cast):
    with pytest.raises(Refusal) as refused:
        decide(cast, value=-1, meeting="", reason="")
    assert len(refused.value.reasons) == 3


def test_the_same_clause_is_decided_once_a_day(cast):
    decide(cast)
    with pytest.raises(Refusal) as refused:
        decide(cast, value=300_000)
    assert clauses_of(refused) == ["guidelines.adoption.since"]


@pytest.mark.parametrize(
    ("who", "more", "clause"),
    [
        ("chair", {"deviation": "nobody"}, "unknown"),
        ("chair", {"until": DAY - timedelta(1)}, "until"),
    ],
)
def test_an_end_that_cannot_be_is_refused(cast, who, more, clause):
    decision = decide(cast)
    given = {"by": cast.chair, "ward": WARD, "deviation": decision.id, "until": DAY, **more}
    given["meeting"] = decided_end(cast, decision)
    with pytest.raises(Refusal) as refused:
        actions.end_deviation(**given)
    assert clauses_of(refused) == [f"guidelines.deviation.{clause}"]


def test_a_decision_that_has_ended_stays_ended(cast):
    decision = decide(cast, until=DAY)
    with pytest.raises(Refusal) as refused:
        actions.end_deviation(
            by=cast.chair,
            ward=WARD,
            deviation=decision.id,
            until=DAY + timedelta(9),
            meeting=decided_end(cast, decision),
        )
    assert clauses_of(refused) == ["guidelines.deviation.ended"]


@pytest.mark.parametrize(
    "who", ["ward_admin", "cadre", "treasurer", "officer", "verifier", "lead", "stranger"]
)
def test_those_without_the_role_decide_nothing(cast, who):
    with pytest.raises(Refusal) as refused:
        decide(cast, by=getattr(cast, who))
    assert clauses_of(refused) == ["access.permission"]


@pytest.mark.parametrize("who", ["facilitator", "chair", "ward_admin", "stranger"])
def test_only_the_server_administrator_adopts_or_hands_in(cast, who):
    by = getattr(cast, who)
    for attempt in (
        lambda: actions.adopt_guideline(by=by, ward=WARD, code="p2kp2", from_=DAY),
        lambda: actions.publish_texts(by=by, contents=[lumbung()]),
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert clauses_of(refused) == ["access.permission"]


def test_each_write_leaves_its_trail(cast):
    actions.publish_texts(by=cast.administrator, contents=[lumbung()])
    actions.adopt_guideline(by=cast.administrator, ward=WARD, code="p2kp2", from_=DAY)
    decision = decide(cast)
    actions.end_deviation(
        by=cast.chair,
        ward=WARD,
        deviation=decision.id,
        until=DAY,
        meeting=decided_end(cast, decision),
    )
    verbs = list(
        Event.objects.filter(verb__startswith="guidelines.").values_list("verb", flat=True)
    )
    assert sorted(verbs) == [
        "guidelines.adopt_guideline",
        "guidelines.end_deviation",
        "guidelines.publish_texts",
        "guidelines.record_deviation",
    ]


def test_nothing_is_written_outside_an_action(cast):
    decision = decide(cast)
    decision.reason = "x"
    with pytest.raises(WriteOutsideAction):
        decision.save()


def test_the_ward_takes_what_is_its_own_along(cast):
    decide(cast)
    actions.adopt_guideline(by=cast.administrator, ward=WARD, code="p2kp2", from_=DAY)
    dumped = queries.dump(WARD)
    assert [row["clause"] for row in dumped["local_decisions"]] == [CLAUSE]
    assert [row["code"] for row in dumped["adoptions"]] == ["p2kp2"]
    assert queries.dump(OTHER) == {"adoptions": [], "local_decisions": []}
