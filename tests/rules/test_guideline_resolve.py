"""Which text holds when, what a ward decided beside it, what changed, how it reads."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.guidelines import library, rules
from pendamping.guidelines.rules import Deviation
from pendamping.guidelines.rules.kinds import (
    Both,
    Day,
    Flag,
    Line,
    ListOf,
    Record,
    Ref,
    Whole,
    Word,
)
from tests.guideline_texts import AMENDMENT, lumbung

DAY = date(2004, 5, 12)


def texts():
    base, wrong = rules.parse(lumbung())
    assert not wrong
    later, wrong = rules.parse(AMENDMENT, among=[base])
    assert not wrong
    return [base, later]


def p2kp2(on=DAY):
    return rules.combine(rules.in_force(library.texts("p2kp2"), "p2kp2", on))


def decided(clause, value, since=DAY, **more):
    fields = {"meeting": "M1", "reason": "Musim panen", **more}
    return Deviation(clause=clause, value=value, since=since, **fields)


# --- two programmes in one engine ---------------------------------------------------------------


def test_the_invented_guideline_has_its_own_terms():
    granary = rules.combine(rules.in_force(texts(), "lumbung", date(2003, 6, 1)))
    loans = granary.section("loans")
    assert (loans["grace_months"], loans["every"], loans["method"]) == (0, "1week", "declining")
    assert set(loans) == set(p2kp2().section("loans"))
    assert list(granary.section("stages")) == ["gathering", "storehouse", "lending", "harvest"]
    words = rules.vocabulary(granary, "id")
    assert (words["board"], words["group"], words["group.long"]) == (
        "Dewan Lumbung", "Pokja", "Kelompok Kerja",
    )  # fmt: skip
    assert rules.vocabulary(p2kp2(), "en")["board"] == "BKM"


def test_an_amendment_keeps_what_it_does_not_change():
    old, new = texts()
    assert new.clauses["groups", "min_members"].value == 6
    assert new.clauses["groups", "min_members"].version == "2.1"
    assert new.clauses["groups", "formation"] == old.clauses["groups", "formation"]
    assert ("vocabulary", "facilitator") not in new.clauses


def test_changes_name_what_was_added_removed_and_changed():
    found = {(c.kind, c.clause): c for c in rules.diff(*texts())}
    assert set(found) == {
        ("changed", "groups.lumbung.min_members"),
        ("added", "vocabulary.lumbung.loan"),
        ("removed", "vocabulary.lumbung.facilitator"),
    }
    changed = found["changed", "groups.lumbung.min_members"]
    assert (changed.old.value, changed.new.value) == (8, 6)
    assert rules.diff(texts()[0], texts()[0]) == []


def test_changes_seen_backwards_are_turned_round():
    there, back = rules.diff(*texts()), rules.diff(*reversed(texts()))
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(turned[c.kind], c.clause) for c in there} == {(c.kind, c.clause) for c in back}


@given(st.dates(date(2002, 1, 1), date(2031, 12, 31)))
def test_on_each_day_the_newest_text_holds(day):
    found = rules.in_force(texts(), "lumbung", day)
    if day < date(2003, 1, 1):
        assert found == ()
    else:
        assert [t.header.version for t in found] == ["2.1" if day >= date(2004, 1, 1) else "2.0"]
    held_back = rules.in_force(texts(), "lumbung", day, upto="2.0")
    expected = ["2.0"] if date(2003, 1, 1) <= day <= date(2030, 12, 31) else []
    assert [t.header.version for t in held_back] == expected


def test_another_guideline_is_not_in_force():
    assert rules.in_force(texts(), "p2kp2", DAY) == ()
    with pytest.raises(ValueError, match="at least one"):
        rules.combine([])


# --- a ward's own decisions ---------------------------------------------------------------------


def test_a_decision_changes_the_value_and_marks_it_local():
    lived = rules.overlay(p2kp2(), [decided("loans.p2kp2.first_loan_max", 400_000)], DAY)
    clause = lived.clauses["loans", "first_loan_max"]
    assert (clause.value, clause.status) == (400_000, "local")
    assert clause.deviation.meeting == "M1"
    assert rules.sentence(clause, "id") == "Pinjaman pertama paling banyak Rp 400.000 tiap anggota."
    assert p2kp2().clauses["loans", "first_loan_max"].value == 500_000


def test_a_decision_about_one_field_leaves_the_others():
    place = "meetings.p2kp2.readiness.quorum.present_percent"
    lived = rules.overlay(p2kp2(), [decided(place, 60)], DAY)
    before = p2kp2().section("meetings")["readiness"]["quorum"]
    after = lived.section("meetings")["readiness"]["quorum"]
    assert after == {**before, "present_percent": 60}
    assert rules.find(lived, place).value == 60
    assert before["present_percent"] == 50


def test_a_field_that_the_text_left_open_can_be_decided():
    place = "components.p2kp2.economic.max_percent"
    lived = rules.overlay(p2kp2(), [decided(place, 60)], DAY)
    assert lived.section("components")["economic"]["max_percent"] == 60


@given(st.integers(-30, 60))
def test_a_decision_holds_from_its_first_to_its_last_day(offset):
    decision = decided("groups.p2kp2.min_members", 7, until=DAY + timedelta(30))
    on = DAY + timedelta(offset)
    lived = rules.overlay(p2kp2(), [decision], on)
    assert lived.section("groups")["min_members"] == (7 if 0 <= offset <= 30 else 5)


def test_the_later_decision_holds_whatever_the_order_they_come_in():
    first = decided("groups.p2kp2.min_members", 7)
    second = decided("groups.p2kp2.min_members", 9, since=DAY + timedelta(1))
    for order in ([first, second], [second, first]):
        lived = rules.overlay(p2kp2(), order, DAY + timedelta(2))
        assert lived.section("groups")["min_members"] == 9
        assert len(lived.clauses["groups", "min_members"].deviations) == 2


BAD = [
    (decided("groups.p2kp2.nothing", 1), "clause"),
    (decided("groups.lumbung.min_members", 1), "clause"),
    (decided("groups", 1), "clause"),
    (decided("moon.p2kp2.x", 1), "clause"),
    (decided("meetings.p2kp2.readiness.quorum.moon", 1), "clause"),
    (decided("groups.p2kp2.min_members", "7"), "value"),
    (decided("groups.p2kp2.min_members", 0), "value"),
    (decided("groups.p2kp2.formation", "forced"), "value"),
    (decided("groups.p2kp2.min_members", 7, meeting=" "), "meeting"),
    (decided("groups.p2kp2.min_members", 7, reason=""), "reason"),
    (decided("groups.p2kp2.min_members", 7, until=DAY - timedelta(1)), "until"),
]


@pytest.mark.parametrize(("decision", "what"), BAD)
def test_a_decision_that_cannot_stand_is_refused_and_changes_nothing(decision, what):
    reasons = rules.check(p2kp2(), decision)
    assert f"guidelines.deviation.{what}" in [reason.clause for reason in reasons]
    assert all(reason.say() for reason in reasons)
    if what in {"clause", "value"}:
        assert rules.overlay(p2kp2(), [decision], DAY) == p2kp2()


def test_what_a_clause_names_is_found_or_not():
    assert rules.find(p2kp2(), "loans.p2kp2.grace_months").value == 2
    assert rules.find(p2kp2(), "loans.lumbung.grace_months") is None
    assert rules.find(p2kp2(), "loans.p2kp2.grace_months.deeper") is None
    assert rules.find(p2kp2(), "loans") is None


# --- words and forms ----------------------------------------------------------------------------


def test_values_read_as_people_say_them():
    assert rules.say(1_500_000, "IDR", "id") == "Rp 1.500.000"
    assert rules.say(150, "basis_points", "en") == "1.5 %"
    assert rules.say(200, "basis_points", "id") == "2 %"
    assert rules.say(1, "months", "en") == "1 month"
    assert rules.say(date(2004, 5, 12), "", "id") == "12 Mei 2004"
    assert rules.say([{"id": "kas", "en": "cash"}], "", "en") == "cash"
    assert rules.say(3, "USD", "en") == "USD 3"


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Whole("IDR"), "Rp 1.500.000", 1_500_000),
        (Whole("IDR"), "1,500,000", 1_500_000),
        (Whole("persons"), " 7 ", 7),
        (Whole("persons"), "seven", "seven"),
        (Whole("persons"), "1.5", "1.5"),
        (Whole("percent"), "30 %", 30),
        (Whole("basis_points"), "1,5", 150),
        (Whole("basis_points"), "1.25 %", 125),
        (Whole("basis_points"), "lots", "lots"),
        (Flag(), "ya", True),
        (Flag(), "No", False),
        (Flag(), "maybe", "maybe"),
        (Day(), "2004-05-12", date(2004, 5, 12)),
        (Day(), "12 May", "12 May"),
        (Both(), "kas", {"id": "kas", "en": "kas"}),
        (ListOf(Whole("IDR")), "500.000; 1.000.000", [500_000, 1_000_000]),
        (ListOf(Ref("training_modules")), "loan, enterprise", ["loan", "enterprise"]),
    ],
)
def test_what_is_typed_becomes_a_value_or_stays_as_it_was(kind, typed, value):
    assert rules.read(kind, typed, ("id", "en")) == value


@given(st.integers(0, 10**12))
def test_a_number_in_a_form_comes_back_as_it_went(number):
    for kind in (Whole("IDR"), ListOf(Whole("IDR"))):
        value = [number] if isinstance(kind, ListOf) else number
        assert rules.read(kind, rules.typed(kind, value, "id"), ("id",)) == value
    rate = Whole("basis_points")
    assert rules.read(rate, rules.typed(rate, number % 10_000, "id"), ("id",)) == number % 10_000


def test_every_plain_value_of_the_shipped_guideline_survives_the_form():
    seen = 0
    for (section, key), clause in p2kp2().clauses.items():
        for _path, kind, value in rules.parts(rules.SECTIONS[section].kind_of(key), clause.value):
            if value is None or isinstance(kind, Both):
                continue
            back = rules.read(kind, rules.typed(kind, value, "id"), ("id", "en"))
            assert back == value, clause.id
            seen += 1
    assert seen > 300


def test_a_table_can_be_decided_field_by_field():
    kind = Record({"a": Whole("days"), "b": Record({"c": Word(("x",))})}, {"d": Line()})
    value = {"a": 1, "b": {"c": "x"}}
    assert [(path, v) for path, _, v in rules.parts(kind, value)] == [
        ("a", 1), ("b.c", "x"), ("d", None),
    ]  # fmt: skip
    assert list(rules.parts(ListOf(kind), [value])) == []
